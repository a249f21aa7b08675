"""What projects confirm comes into the memory, whichever way it was confirmed, and goes when it is taken back."""

import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing

import pytest

from corpus.grouped import TargetChange
from corpus.keys import source_hash
from corpus.memory.sentences import sentence_pairs
from corpus.memory.store import MemoryStore
from corpus.model import Draft, DraftKind, State
from workbench.session import Session
from workbench.settings import save_setting

ARTICLE = "أعلن المجلس هدنة.\n\nقال المتحدث نعم. وعاد السكان.\n\nوصلت القافلة."


@pytest.fixture
def project(tmp_path, home):
    path = tmp_path / "news.tarjama"
    (tmp_path / "news.txt").write_text(ARTICLE, encoding="utf-8")
    with Session.create(path, home=home, actor="anna") as session:
        session.import_file(tmp_path / "news.txt")
    return path


@pytest.fixture
def remembered(home):
    """Return a function that gives {uid: (source, target)} of the memory."""

    def read():
        with MemoryStore.open(home.memory) as memory:
            return {unit.uid: (unit.source, unit.target) for unit in memory.all_units(("ar", "en"))}

    return read


def confirm(session, place, text):
    segment = session.segments()[place]
    return session.confirm(segment.uid, text, segment.version)


def test_a_confirmed_pair_and_its_sentences_are_remembered(project, home, remembered):
    with Session.open(project, home=home, actor="anna") as session:
        assert not home.memory.exists()
        one, two = confirm(session, 0, "A truce."), confirm(session, 1, "The spokesman said yes. People returned.")
    assert remembered() == {
        one.uid: (one.source, "A truce."),
        two.uid: (two.source, two.target),
        f"{two.uid}#1": ("قال المتحدث نعم.", "The spokesman said yes."),
        f"{two.uid}#2": ("وعاد السكان.", "People returned."),
    }
    with MemoryStore.open(home.memory) as memory:
        unit = next(memory.all_units(("ar", "en")))
        ((provenance, count),) = memory.provenances()
    assert (unit.provenance.name, unit.document, unit.author, count) == ("news.tarjama", "news.txt", "anna", 4)
    assert unit.changed_at.endswith("Z")
    assert provenance == unit.provenance


def test_what_is_changed_is_replaced_and_what_is_taken_back_goes(project, home, remembered):
    with Session.open(project, home=home) as session:
        segment = confirm(session, 1, "He said yes. People returned.")
        segment = confirm(session, 1, "He agreed and people returned.")
        assert remembered() == {segment.uid: (segment.source, segment.target)}
        session.save_target(segment.uid, "He agr", segment.version)
        assert remembered() == {}


def test_changes_of_many_segments_and_their_undoing_are_followed(project, home, remembered):
    with Session.open(project, home=home, actor="anna") as session:
        changes = [TargetChange(s.uid, f"text {s.position}", State.TRANSLATED, s.version) for s in session.segments()]
        report = session._store.set_targets(changes, "anna")
        session.memory.follow()
        assert [target for _, target in remembered().values()] == ["text 1", "text 2", "text 3"]
        session.changes.undo(report.change)
        assert remembered() == {}


def test_what_another_program_has_confirmed_is_followed_too(project, home, remembered):
    with Session.open(project, home=home) as session:
        confirm(session, 0, "one")
        with Session.open(project, home=home) as other:
            other.memory.follow = lambda: None  # it ends before it could tell the memory
            confirm(other, 2, "three")
        confirm(session, 1, "two")
    assert sorted(target for _, target in remembered().values()) == ["one", "three", "two"]


def test_drafts_and_rejected_segments_never_enter(project, home, remembered):
    with Session.open(project, home=home) as session:
        drafts = [
            (s.uid, Draft("a gloss", DraftKind.GLOSS, "argos", "gloss", "1", "", source_hash(s.source)))
            for s in session.segments()
        ]
        session._store.add_drafts(drafts, "engine:argos")
        confirm(session, 0, "one")
    assert [target for _, target in remembered().values()] == ["one"]


def test_a_removed_paragraph_is_forgotten(project, home, remembered, tmp_path):
    with Session.open(project, home=home) as session:
        confirm(session, 0, "one")
        confirm(session, 2, "three")
        (tmp_path / "news.txt").write_text(ARTICLE.partition("\n\n")[2], encoding="utf-8")
        session.import_file(tmp_path / "news.txt", update=True)
    assert [target for _, target in remembered().values()] == ["three"]


def test_translations_that_a_file_brings_are_remembered(project, home, remembered, tmp_path):
    (tmp_path / "a.po").write_text('msgid ""\nmsgstr "Language: en\\n"\n\nmsgid "مرحبا بكم"\nmsgstr "Welcome"\n')
    with Session.open(project, home=home) as session:
        session.import_file(tmp_path / "a.po")
    assert [*remembered().values()] == [("مرحبا بكم", "Welcome")]


def test_what_was_confirmed_before_is_added_when_asked_for(project, home, remembered):
    with Session.open(project, home=home) as session:
        confirm(session, 0, "one")
    home.memory.unlink()
    with Session.open(project, home=home) as session:
        confirm(session, 1, "two")
        assert [target for _, target in remembered().values()] == ["two"]
        assert session.memory.add_all() == 2
        assert session.memory.add_all() == 2
    assert sorted(target for _, target in remembered().values()) == ["one", "two"]


def test_a_copy_of_a_project_that_went_another_way_is_not_taken_for_it(project, home, remembered, tmp_path):
    copy = tmp_path / "copy.tarjama"
    with Session.open(project, home=home) as session:
        confirm(session, 0, "one")
    shutil.copy(project, copy)
    with Session.open(project, home=home) as session:
        for text in ("two", "two again", "two once more"):
            confirm(session, 1, text)
    with Session.open(copy, home=home) as session:
        confirm(session, 2, "three")
    assert sorted(target for _, target in remembered().values()) == ["one", "three", "two once more"]


def test_a_memory_that_others_are_writing_is_waited_for_later(project, home, remembered):
    with Session.open(project, home=home) as session:
        confirm(session, 0, "one")
        with closing(sqlite3.connect(home.memory, isolation_level=None)) as other:
            other.execute("BEGIN IMMEDIATE")
            assert confirm(session, 1, "two").state is State.TRANSLATED
            assert session.memory.take_problem() is None
            other.execute("ROLLBACK")
    assert sorted(target for _, target in remembered().values()) == ["one", "two"]


@pytest.mark.parametrize("damage", ["not a database", "a folder", "no folder"])
def test_a_memory_that_cannot_be_used_stops_nobody(project, home, damage, tmp_path):
    home.root.mkdir()
    if damage == "not a database":
        home.memory.write_text("x" * 5000)
    elif damage == "a folder":
        home.memory.mkdir()
    else:
        (tmp_path / "file").touch()
        save_setting(home.settings, "memory", str(tmp_path / "file" / "memory.db"))
    with Session.open(project, home=home) as session:
        assert confirm(session, 0, "one").target == "one"
        assert session.similar(session.segments()[1].uid) == []
        problem = session.memory.take_problem()
        assert "safe" in problem.message
        assert session.memory.take_problem() is None
        confirm(session, 1, "two")
    with Session.open(project, home=home) as session:
        assert [segment.target for segment in session.segments()] == ["one", "two", ""]


def test_a_memory_damaged_inside_stops_nobody(project, home):
    with Session.open(project, home=home) as session:
        confirm(session, 0, "one")
    size = home.memory.stat().st_size
    with home.memory.open("r+b") as file:
        file.seek(4096)
        file.write(b"\xff" * (size - 4096))
    with Session.open(project, home=home) as session:
        confirm(session, 1, "two")
        session.similar(session.segments()[0].uid)
        assert session.memory.take_problem() is not None
        assert [segment.target for segment in session.segments()] == ["one", "two", ""]


WRITER = """
import sys
from pathlib import Path
from corpus.memory.model import Provenance, Unit
from corpus.memory.sentences import sentence_pairs
from corpus.memory.store import MemoryStore
with MemoryStore.open_or_create(Path(sys.argv[1])) as memory:
    for n in range(60):
        memory.add(Unit(f"كلمة {n}", "x", "ar", "en", Provenance(sys.argv[2], sys.argv[2]), str(n), "", ""))
"""


def test_several_writers_make_and_fill_one_memory(tmp_path):
    path = tmp_path / "new" / "memory.db"
    writers = [
        subprocess.Popen([sys.executable, "-c", WRITER, path, str(n)], stderr=subprocess.PIPE, text=True)
        for n in range(3)
    ]
    assert [writer.communicate()[1] for writer in writers] == ["", "", ""]
    with MemoryStore.open(path) as memory:
        assert [count for _, count in memory.provenances()] == [60, 60, 60]


def test_sentences_that_are_not_as_many_are_aligned():
    source = "وصلت القافلة إلى المدينة يوم الثلاثاء. وقال المتحدث إن 12 شاحنة دخلت. وعادت المياه."
    target = "The convoy reached the city on Tuesday. The spokesman said that 12 trucks entered, and water is back."
    pairs = sentence_pairs(source, target, ("ar", "en"))
    assert pairs[0] == ("وصلت القافلة إلى المدينة يوم الثلاثاء.", "The convoy reached the city on Tuesday.")
    assert " ".join(one for one, _ in pairs) == source
    assert " ".join(other for _, other in pairs) == target
    assert sentence_pairs(source, "One sentence.", ("ar", "en")) == []
