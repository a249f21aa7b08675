"""The main job on the real documents with the real engine: import, draft, edit, confirm, export, read the result."""

from __future__ import annotations

import csv
import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from lxml import etree

from corpus.model import Origin, State, StateFilter
from glossary.model import NewTerm
from workbench.drafting import draft_in_groups
from workbench.engines.choice import choose_engine
from workbench.session import Session
from workbench.settings import Settings

EDITS = {
    0: "Akhbar Al Aan, Dubai",
    3: "The video\tshows [b]fighters[/b] & “food”.\nSecond line.",
    12: "Zwölf – ٣",
}


@pytest.fixture(scope="module")
def project(shared, tmp_path_factory) -> Path:
    """Import and draft the three documents, edit some segments, confirm some."""
    from workbench.paths import Home

    folder = tmp_path_factory.mktemp("seeds")
    home = Home(folder / "home")
    path = folder / "seeds.tarjama"
    with Session.create(path, home=home, actor="tester") as session:
        for file in sorted((shared / "seeds").glob("*.txt")):
            session.import_file(file)
        session.terms.add(NewTerm("الباغوز", "Baghouz", pos="proper noun"))
        engine = choose_engine(home, Settings(), "ar", "en")
        for group in draft_in_groups(engine, session.drafts.to_draft(identity=engine.identity)):
            session.drafts.store(group, engine.identity)
        segments = session.segments()
        for index, text in EDITS.items():
            session.confirm(segments[index].uid, text, segments[index].version)
        session.save_target(segments[5].uid, "half a sent", segments[5].version)
    return path


@pytest.fixture
def session(project):
    from workbench.paths import Home

    with Session.open(project, home=Home(project.parent / "home")) as opened:
        yield opened


def test_the_sources_are_exactly_in_the_files(session, shared):
    documents = session.overview().documents
    assert len(documents) == 3
    for progress in documents:
        text = (shared / "seeds" / progress.document.name).read_text(encoding="utf-8")
        position = 0
        for segment in session.segments(progress.document.uid):
            position = text.index(segment.source, position) + len(segment.source)
        assert "".join(s.source for s in session.segments(progress.document.uid)).replace("\n", "") == (
            "".join(line.strip() for line in text.split("\n"))
        )


def test_every_paragraph_has_a_draft_marked_as_a_gloss(session):
    untouched = [segment for segment in session.segments() if segment.state is State.DRAFTED]
    assert len(untouched) == len(session.segments()) - len(EDITS) - 1
    for segment in untouched:
        assert segment.draft
        assert segment.draft.text.strip()
        assert segment.origin is Origin.GLOSS
        for piece in segment.draft.pieces:
            assert segment.source[piece.start : piece.end].strip()


def test_the_name_of_the_town_is_found_wherever_it_stands(session):
    for segment in session.segments():
        found = [match for match in session.terms.find(segment.source) if match.entry.target == "Baghouz"]
        assert len(found) == segment.source.count("باغوز")
        assert all(segment.source[match.start : match.end] == match.surface for match in found)


def test_the_tmx_is_valid_and_says_who_wrote_what(session, shared, tmp_path):
    report = session.export("tmx", tmp_path / "seeds.tmx")
    assert report.pairs == len(session.segments())
    tree = etree.parse(tmp_path / "seeds.tmx", etree.XMLParser(resolve_entities=False, no_network=True))
    dtd = etree.DTD(str(shared / "formats" / "tmx" / "tmx14.dtd"))
    assert dtd.validate(tree), dtd.error_log
    origins = [unit.findtext("prop[@type='x-origin']") for unit in tree.iter("tu")]
    assert (origins.count("human"), set(origins)) == (4, {"human", "gloss"})


def test_confirmed_text_comes_out_exactly(session, tmp_path):
    translated = StateFilter(State.TRANSLATED, and_later=True)
    session.export("tsv", tmp_path / "seeds.tsv", states=translated)
    session.export("jsonl", tmp_path / "seeds.jsonl", states=translated)
    with (tmp_path / "seeds.tsv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter="\t"))
    lines = [json.loads(line) for line in (tmp_path / "seeds.jsonl").read_text(encoding="utf-8").splitlines()]
    for records in (rows, lines):
        assert [record["target"] for record in records] == list(EDITS.values())
        assert {record["origin"] for record in records} == {"human"}


def test_the_page_reads_right_to_left_where_it_must(session, tmp_path):
    session.export("html", tmp_path / "seeds.html")
    page = etree.parse(tmp_path / "seeds.html", etree.HTMLParser(encoding="utf-8"))
    cells = page.xpath("//td[@lang='ar']")
    assert len(cells) == len(session.segments())
    assert {cell.get("dir") for cell in cells} == {"rtl"}
    assert "[b]fighters[/b] & “food”" in "".join(page.getroot().itertext())


KILLED = """
import os, signal, sys
from pathlib import Path
from workbench.paths import Home
from workbench.session import Session
session = Session.open(Path(sys.argv[1]), home=Home(Path(sys.argv[2])))
segment = session.segments()[0]
for n in range(1000):
    segment = session.save_target(segment.uid, f"text {n}", segment.version)
    print(n, flush=True)
"""


@pytest.mark.skipif(os.name == "nt", reason="SIGKILL is POSIX")
def test_what_was_acknowledged_survives_a_kill(tmp_path, home):
    path = tmp_path / "p.tarjama"
    (tmp_path / "news.txt").write_text("قال المتحدث.", encoding="utf-8")
    with Session.create(path, home=home) as session:
        session.import_file(tmp_path / "news.txt")
    writer = subprocess.Popen(
        [sys.executable, "-c", KILLED, str(path), str(home.root)],
        stdout=subprocess.PIPE,
        text=True,
        cwd=Path(__file__).parent.parent,
    )
    acknowledged = [int(writer.stdout.readline()) for _ in range(20)][-1]
    writer.send_signal(signal.SIGKILL)
    rest = writer.stdout.read()
    writer.wait()
    writer.stdout.close()
    last = int(rest.split()[-1]) if rest.split() else acknowledged
    with Session.open(path, home=home) as session:
        kept = int(session.segments()[0].target.removeprefix("text "))
        assert kept in (last, last + 1)
        assert session.problems() == []
