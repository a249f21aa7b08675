"""The command that aligns a text with its translation."""

import csv
from pathlib import Path

import pytest
from lxml import etree

from corpus.memory.search import MemorySearch
from corpus.memory.store import MemoryStore

NEWS = Path(__file__).parents[2] / "corpus" / "alignment" / "news.tsv"


@pytest.fixture
def news():
    return [line.split("\t") for line in NEWS.read_text(encoding="utf-8").splitlines()[1:]]


@pytest.fixture
def files(tmp_path, news):
    """Two files with the same sentences, in paragraphs of three and of four."""
    for name, side, size in (("a.txt", 0, 3), ("e.txt", 1, 4)):
        texts = [pair[side] for pair in news]
        paragraphs = (" ".join(texts[start : start + size]) for start in range(0, len(texts), size))
        (tmp_path / name).write_text("\n\n".join(paragraphs) + "\n", encoding="utf-8")
    return "a.txt", "e.txt"


def test_a_summary_tells_what_was_found(tarjama, files):
    result = tarjama("align", *files)
    assert result.code == 0
    assert "a.txt: 40 sentences; e.txt: 40 sentences\n" in result.out
    assert "40 pairs, " in result.out
    assert "Sentences: 40 of 1-1\n" in result.out


def test_pairs_are_written_as_the_name_of_the_file_says(tarjama, files, news, tmp_path):
    assert tarjama("align", *files, "--out", "pairs.tsv").code == 0
    with (tmp_path / "pairs.tsv").open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream, delimiter="\t"))
    assert [[row["source"], row["target"]] for row in rows] == news
    assert {row["document"] for row in rows} == {"a.txt"}
    tarjama("align", *files, "-o", "pairs.tmx", "--paragraphs")
    units = etree.parse(tmp_path / "pairs.tmx").findall(".//tu")
    assert len(units) == 4


def test_doubtful_pairs_are_shown_marked_and_kept_out_of_the_memory(tarjama, files, home, tmp_path):
    result = tarjama("align", *files, "--review-below", "0.97", "--json", "-o", "pairs.tmx", "--memory")
    doubtful = [pair for pair in result.json["pairs"] if pair["doubtful"]]
    assert 0 < len(doubtful) == result.json["doubtful"] < 40
    assert all(pair["score"] < 0.97 for pair in doubtful)
    states = [one.text for one in etree.parse(tmp_path / "pairs.tmx").findall(".//prop[@type='x-state']")]
    assert states.count("edited") == len(doubtful)
    assert result.json["remembered"] == 40 - len(doubtful)
    assert "please check" in (tmp_path / "pairs.tmx").read_text(encoding="utf-8")


def test_pairs_in_the_memory_are_found_again_and_stand_there_once(tarjama, files, news, home):
    assert "Put 40 pairs into the memory" in tarjama("align", *files, "--memory", "--review-below", "0").out
    tarjama("align", *files, "--memory", "--review-below", "0")
    store = MemoryStore.open_or_create(home.memory)
    (match, *_) = MemorySearch(store).similar(news[7][0], ("ar", "en"))
    assert (match.score, match.unit.target) == (100, news[7][1])
    assert match.unit.provenance.name == "a.txt + e.txt"
    assert len(store) == 40
    store.close()


def test_terms_of_a_glossary_help(tarjama, tmp_path):
    tarjama("glossary", "add", "ططططط", "quux", "--glossary", "g.db")
    (tmp_path / "a.txt").write_text("\n\n".join(["ضضضض " * 30, "ططططط " + "ضضضض " * 29]), encoding="utf-8")
    (tmp_path / "e.txt").write_text("quuxes " + "wwww " * 33, encoding="utf-8")
    pairs = tarjama("align", "a.txt", "e.txt", "--glossary", "g.db", "--json").json["pairs"]
    assert [(pair["kind"], pair["source"][:5]) for pair in pairs] == [("1-0", "ضضضض "), ("1-1", "ططططط")]


def test_texts_that_are_no_translations_are_told_and_not_remembered(tarjama, news, home, tmp_path):
    (tmp_path / "a.txt").write_text("\n\n".join(arabic for arabic, _ in news[:20]), encoding="utf-8")
    (tmp_path / "e.txt").write_text("\n\n".join(english for _, english in news[20:]), encoding="utf-8")
    result = tarjama("align", "a.txt", "e.txt", "--memory")
    assert result.code == 1
    assert "do not seem to be translations of each other" in result.err
    assert not home.memory.exists()
    assert tarjama("align", "a.txt", "e.txt", "--json").json["are_translations"] is False


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("e.txt", "a.txt"), "There is hardly any Arabic in e.txt."),
        (("a.txt", "b.txt"), "b.txt is mostly Arabic."),
        (("a.txt", "a.txt"), "A file is no translation of itself."),
        (("a.txt", "empty.txt"), "There is no text in it."),
        (("a.txt", "none.txt"), "There is no file none.txt."),
        (("a.txt", "e.txt", "-o", "pairs.doc"), "What format pairs.doc shall have is not clear."),
        (("a.txt", "e.txt", "-o", "nowhere/pairs.tmx"), "cannot be written"),
        (("a.txt", "e.txt", "--glossary", "none.db"), "none.db"),
    ],
)
def test_what_cannot_be_aligned_is_said(tarjama, files, tmp_path, arguments, message):
    (tmp_path / "b.txt").write_text((tmp_path / "a.txt").read_text(encoding="utf-8") + "ب", encoding="utf-8")
    (tmp_path / "empty.txt").write_text("", encoding="utf-8")
    result = tarjama("align", *arguments)
    assert result.code == 2
    assert message in result.err


def test_an_interruption_leaves_the_older_file(tarjama, files, tmp_path, monkeypatch):
    (tmp_path / "pairs.tsv").write_text("older", encoding="utf-8")

    def interrupted(*_, **__):
        raise KeyboardInterrupt

    monkeypatch.setattr("workbench.alignment.align_texts", interrupted)
    assert tarjama("align", *files, "-o", "pairs.tsv", "--memory").code == 130
    assert (tmp_path / "pairs.tsv").read_text(encoding="utf-8") == "older"


def test_control_characters_of_a_text_do_not_reach_the_terminal(tarjama, news, tmp_path):
    (tmp_path / "a.txt").write_text("\n\n".join(arabic for arabic, _ in news[:9]) + "\n\nمن\x1b[31m", encoding="utf-8")
    (tmp_path / "e.txt").write_text("\n\n".join(english for _, english in news[:9]) + "\n\nfrom\x1b", encoding="utf-8")
    result = tarjama("align", "a.txt", "e.txt", "--review-below", "1")
    assert "\x1b" not in result.out
    assert "␛" in result.out
