"""Several people at one glossary, as the command line shows it."""

import shutil

import pytest

from glossary.model import NewTerm
from glossary.store import GlossaryStore


@pytest.fixture
def pair(tmp_path):
    """Return two files that went apart: the same note changed in both."""
    with GlossaryStore.open_or_create(tmp_path / "a.db") as store:
        uid = store.add(NewTerm("هدنة", "truce", note="old"), "anna").uid
    shutil.copy(tmp_path / "a.db", tmp_path / "b.db")
    for name, actor in (("a.db", "anna"), ("b.db", "bashir")):
        with GlossaryStore.open(tmp_path / name) as store:
            store.change(uid, {"note": f"{actor}'s"}, actor)
            store.add(NewTerm("حرب", "war", domain="d"), actor)
    return tmp_path


def test_a_merge_tells_what_came_and_what_is_to_decide(tarjama, pair):
    dry = tarjama("glossary", "merge", "b.db", "--glossary", "a.db", "--dry-run")
    assert (dry.code, "2 terms would be added" in dry.out) == (1, True)
    told = tarjama("glossary", "merge", "b.db", "--glossary", "a.db")
    assert told.code == 1
    assert "2 terms added, 1 changed, 0 removed; 1 new conflict" in told.out
    assert "Twice: حرب = war [d]" in told.out
    assert ".db" in tarjama("backup", "a.db", "--list").out
    again = tarjama("glossary", "merge", "b.db", "--glossary", "a.db", "--json")
    assert (again.code, again.json["steps"], len(again.json["conflicts"])) == (1, 0, 1)
    assert again.json["doubles"][0]["source"] == "حرب"


def test_a_conflict_is_listed_and_decided(tarjama, pair):
    tarjama("glossary", "merge", "b.db", "--glossary", "a.db")
    (conflict,) = tarjama("glossary", "conflicts", "--glossary", "a.db", "--json").json
    listed = tarjama("glossary", "conflicts", "--glossary", "a.db")
    assert listed.code == 0
    assert listed.out.startswith(f"{conflict['uid']} truce: note is “bashir's”; anna offered “anna's”")
    decided = tarjama("glossary", "conflicts", "--glossary", "a.db", "--settle", conflict["uid"], "--take", "offered")
    assert (decided.code, decided.out) == (0, "Decided.\nThere are no conflicts.\n")
    with GlossaryStore.open(pair / "a.db") as store:
        assert store.entries()[0].note == "anna's"
    gone = tarjama("glossary", "conflicts", "--glossary", "a.db", "--settle", conflict["uid"], "--take", "kept")
    assert (gone.code, "no such conflict" in gone.err) == (2, True)
    assert tarjama("glossary", "merge", "b.db", "--glossary", "a.db").code == 0
    assert tarjama("glossary", "conflicts", "--glossary", "a.db", "--take", "kept").code == 2


def test_what_is_no_glossary_is_not_merged(tarjama, pair):
    (pair / "text.db").write_text("x")
    for other in ("text.db", "none.db", "a.db"):
        result = tarjama("glossary", "merge", other, "--glossary", "a.db")
        assert result.code == 2
        assert "Hint:" in result.err


def test_undo_and_redo_say_what_they_did(tarjama):
    tarjama("glossary", "add", "هدنة", "truce")
    assert tarjama("glossary", "undo").out == "Took back: 2 terms added (هدنة, truce).\n"
    assert tarjama("glossary", "redo").out == "Did again: 2 terms added (هدنة, truce).\n"
    uid = tarjama("glossary", "list", "--json").json[0]["uid"]
    tarjama("glossary", "edit", uid, "--note", "n")
    assert tarjama("glossary", "undo").out == "Took back: 1 term changed (truce).\n"
    tarjama("glossary", "edit", uid, "--domain", "war")
    assert tarjama("glossary", "undo").out == "Took back: 1 concept changed (هدنة = truce).\n"
    steps = tarjama("glossary", "history", uid, "--json").json
    first = tarjama("glossary", "undo", steps[0]["change"])
    assert (first.code, first.out) == (0, "Took back: 2 terms added (هدنة, truce).\n")
    nothing = tarjama("glossary", "undo", "no-such-change")
    assert (nothing.code, "no change" in nothing.err) == (2, True)
