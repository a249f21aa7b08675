import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from corpus.errors import StoreError
from corpus.store import CorpusStore
from glossary.errors import TermError
from glossary.model import NewTerm, TermStatus
from glossary.store import GlossaryStore

ROOT = Path(__file__).parents[2]


@pytest.fixture
def path(tmp_path):
    return tmp_path / "deep" / "g.db"


@pytest.fixture
def store(path):
    with GlossaryStore.open_or_create(path) as made:
        yield made


def test_a_term_is_kept_with_all_it_says(store, path):
    term = NewTerm("نازح", "displaced", TermStatus.ADMITTED, "adjective", "humanitarian", "driven out", "not refugee")
    entry = store.add(term, "anna")
    with GlossaryStore.open(path) as again:
        assert again.entries() == [entry]
    assert (entry.source, entry.target, entry.status, entry.pos) == ("نازح", "displaced", term.status, "adjective")
    assert (entry.domain, entry.definition, entry.note) == ("humanitarian", "driven out", "not refugee")
    assert entry.author == "anna"


def test_the_same_pair_is_not_added_twice(store):
    first = store.add(NewTerm("هدنة", "truce"), "anna")
    version = store.version()
    assert store.add(NewTerm("هدنة", "Truce"), "bashir") == first
    assert store.version() == version


def test_several_translations_of_a_term_share_its_concept(store):
    first = store.add(NewTerm("نازح", "displaced"), "anna")
    second = store.add(NewTerm("نازح", "refugee", TermStatus.FORBIDDEN), "anna")
    other = store.add(NewTerm("نازح", "drained", domain="wells"), "anna")
    assert first.concept_uid == second.concept_uid != other.concept_uid
    assert [entry.target for entry in store.entries()] == ["displaced", "refugee", "drained"]


def test_many_are_added_all_or_none(store):
    counts = store.add_many([NewTerm("هدنة", "truce"), NewTerm("حرب", "war"), NewTerm("هدنة", "truce")], "anna")
    assert (counts.added, counts.unchanged) == (2, 1)
    with pytest.raises(TermError):
        store.add_many([NewTerm("سلام", "peace"), NewTerm(" ", "nothing")], "anna")
    assert len(store.entries()) == 2


@pytest.mark.parametrize("term", [NewTerm("", "x"), NewTerm("قال", " "), NewTerm("ـَُ", "marks only")])
def test_a_term_needs_both_sides(store, term):
    with pytest.raises(TermError):
        store.add(term, "anna")


def test_a_change_by_a_colleague_is_seen(store, path):
    before = store.version()
    with GlossaryStore.open(path) as colleague:
        colleague.add(NewTerm("هدنة", "truce"), "bashir")
    assert store.version() > before
    assert len(store.entries()) == 1


def test_the_journal_refuses_to_be_rewritten(store, path):
    store.add(NewTerm("هدنة", "truce"), "anna")
    db = sqlite3.connect(path)
    assert {row[0] for row in db.execute("SELECT actor FROM journal")} == {"anna"}
    with pytest.raises(sqlite3.IntegrityError, match="append-only"):
        db.execute("DELETE FROM journal")
    db.close()


def test_a_project_is_no_glossary(tmp_path):
    CorpusStore.create(tmp_path / "p.tarjama", {}).close()
    with pytest.raises(StoreError, match="another program"):
        GlossaryStore.open(tmp_path / "p.tarjama")


def test_a_sound_file_has_no_problems(store):
    assert store.problems() == []


WRITER = """
import sys
from pathlib import Path
from glossary.model import NewTerm
from glossary.store import GlossaryStore
path, name, count = Path(sys.argv[1]), sys.argv[2], int(sys.argv[3])
with GlossaryStore.open(path) as store:
    for number in range(count):
        store.add(NewTerm(f"كلمة {name} {number}", f"word {name} {number}"), name)
"""


def write_together(path, writers, count):
    GlossaryStore.open_or_create(path).close()
    command = [sys.executable, "-c", WRITER, str(path)]
    running = [
        subprocess.Popen([*command, f"w{writer}", str(count)], stderr=subprocess.PIPE, cwd=ROOT)
        for writer in range(writers)
    ]
    said = [process.communicate()[1].decode() for process in running]
    assert said == [""] * writers
    with GlossaryStore.open(path) as store:
        assert len(store.entries()) == writers * count
        assert store.version() == writers * count * 3  # a concept and its two terms


def test_several_writers_at_once_lose_nothing(tmp_path):
    write_together(tmp_path / "glossary.db", writers=3, count=20)


@pytest.mark.slow
def test_eight_writers_with_five_hundred_terms_each_lose_nothing(tmp_path):
    write_together(tmp_path / "glossary.db", writers=8, count=500)


def test_a_term_is_changed_and_the_journal_says_how(store):
    entry = store.add(NewTerm("قصف", "shelling"), "anna")
    other = store.add(NewTerm("قصف", "bombing"), "anna")
    changed = store.change(entry.uid, {"target": "bombardment", "status": "admitted", "domain": "war"}, "bashir")
    assert (changed.target, changed.status, changed.domain) == ("bombardment", TermStatus.ADMITTED, "war")
    assert {known.domain for known in store.entries()} == {"war"}
    store.change(other.uid, {"source": "القصف"}, "bashir")
    assert {known.source for known in store.entries()} == {"القصف"}
    changes = [step for step in store.history(entry.uid) if step.action == "change"]
    assert {step.actor for step in changes} == {"bashir"}
    assert [step.before["text"] for step in changes if step.entity_uid == entry.uid] == ["shelling"]


def test_a_change_that_changes_nothing_leaves_no_trace(store):
    entry = store.add(NewTerm("قصف", "shelling"), "anna")
    version = store.version()
    assert store.change(entry.uid, {"target": " shelling "}, "anna") == entry
    assert store.version() == version


def test_a_removed_term_is_gone_and_told_of(store):
    entry = store.add(NewTerm("قصف", "shelling"), "anna")
    other = store.add(NewTerm("قصف", "bombing"), "anna")
    assert store.remove(entry.uid, "bashir") == entry
    assert store.entries() == [other]
    store.remove(other.uid, "bashir")
    assert store.entries() == []
    assert [step.action for step in store.history(other.uid)].count(
        "remove"
    ) == 4  # two English terms, the Arabic one, the concept
    assert store.add(NewTerm("قصف", "shelling"), "anna").uid != entry.uid


@pytest.mark.parametrize("changes", [{"target": " "}, {"source": "\u064e"}])
def test_a_side_cannot_be_emptied(store, changes):
    entry = store.add(NewTerm("قصف", "shelling"), "anna")
    with pytest.raises(TermError):
        store.change(entry.uid, changes, "anna")
    assert store.entries() == [entry]


def test_a_term_that_is_not_there_is_told(store):
    for use in (lambda: store.change("x", {}, "a"), lambda: store.remove("x", "a")):
        with pytest.raises(TermError, match="no term"):
            use()


def test_search_ignores_marks_and_case(store):
    store.add(NewTerm("الأُمَم المتحدة", "United Nations"), "anna")
    store.add(NewTerm("قصف", "shelling"), "anna")
    assert [entry.target for entry in store.search("الامم")] == ["United Nations"]
    assert [entry.target for entry in store.search("nation")] == ["United Nations"]
    assert store.search("%") == []
