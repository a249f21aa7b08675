"""Several processes at one glossary file, files of older versions and other tools that read it."""

import json
import signal
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest
from sqlite_utils import Database

from corpus.arabic import fold
from corpus.errors import StoreError
from glossary.errors import TermError
from glossary.live import LiveMatcher
from glossary.migrations import migrations
from glossary.model import Concept, LanguageSection, NewTerm, Term, TermStatus
from glossary.store import GlossaryStore

ROOT = Path(__file__).parents[2]

# Everybody adds, changes different fields of shared terms, and the same field as they have seen it once.
WRITER = """
import random, sys
from pathlib import Path
from glossary.errors import TermError
from glossary.model import NewTerm
from glossary.store import GlossaryStore
path, name, count = Path(sys.argv[1]), sys.argv[2], int(sys.argv[3])
chance = random.Random(name)
own, fields = [], ["note", "domain", "definition", "pos", "register", "geography", "example", "reference"]
with GlossaryStore.open(path) as store:
    shared = [entry.uid for entry in store.entries() if entry.source.startswith("مشترك")]
    seen = {uid: "" for uid in shared}
    for number in range(count):
        use = number % 5
        uid = chance.choice(shared)
        if use in (0, 1) or not own:
            own.append(store.add(NewTerm(f"كلمة {name} {number}", f"word {name} {number}"), name).uid)
        elif use == 2:
            store.change(uid, {fields[1 + int(name) % 7]: f"{name} {number}"}, name)
        elif use == 3:
            offered = f"{name} {number}"
            after = store.change(uid, {"note": offered}, name, base={"note": seen[uid]})
            print("won" if after.note == offered else "clashed")
            seen[uid] = after.note
        else:
            store.remove(own.pop(), name)
            print("removed")
"""


def started(code, *arguments):
    return subprocess.Popen(
        [sys.executable, "-c", code, *map(str, arguments)], stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd=ROOT
    )


def write_together(path, writers, count):
    """Let several write at once and check that every operation is accounted for."""
    with GlossaryStore.open_or_create(path) as store:
        store.add_many([NewTerm(f"مشترك {n}", f"shared {n}") for n in range(5)], "all")
    running = [started(WRITER, path, writer, count) for writer in range(writers)]
    outcomes = [process.communicate() for process in running]
    assert [err.decode() for _, err in outcomes] == [""] * writers
    said = b"".join(out for out, _ in outcomes).decode().split()
    uses = [number % 5 for number in range(count)]
    with GlossaryStore.open(path) as store:
        assert store.problems() == []
        assert store.unexplained() == []
        steps = list(store.journal())
        added = sum(use in {0, 1} for use in uses) * writers
        removed = said.count("removed")
        changes = {step.change for step in steps if step.actor != "all"}
        assert len(changes) == writers * count  # none is missing, none was torn apart
        assert len(store.entries()) == 5 + added - removed
        assert removed == uses.count(4) * writers
        assert said.count("won") + said.count("clashed") == uses.count(3) * writers
        noted = [step for step in steps if step.action == "change" and "note" in step.after and step.entity == "term"]
        assert len(noted) == said.count("won")
        conflicts = [step for step in steps if step.entity == "conflict" and step.action == "add"]
        assert len(conflicts) == said.count("clashed")


def test_a_few_writers_lose_nothing(tmp_path):
    write_together(tmp_path / "g.db", writers=3, count=20)


@pytest.mark.slow
def test_eight_writers_with_five_hundred_edits_each_lose_nothing(tmp_path):
    write_together(tmp_path / "g.db", writers=8, count=500)


def test_all_may_make_the_same_new_file_at_once(tmp_path):
    code = """
import sys
from pathlib import Path
from glossary.model import NewTerm
from glossary.store import GlossaryStore
with GlossaryStore.open_or_create(Path(sys.argv[1])) as store:
    store.add(NewTerm(f"كلمة {sys.argv[2]}", "word"), "anna")
"""
    running = [started(code, tmp_path / "g.db", number) for number in range(6)]
    assert [process.communicate()[1].decode() for process in running] == [""] * 6
    with GlossaryStore.open(tmp_path / "g.db") as store:
        assert len(store.entries()) == 6
    assert [path.name for path in tmp_path.iterdir()] == ["g.db"]


KILLED = """
import sys
from pathlib import Path
from glossary.model import NewTerm
from glossary.store import GlossaryStore
def terms():
    for number in range(10**6):
        if number == 50:
            print("in the middle", flush=True)
            sys.stdin.read()  # until killed
        yield NewTerm(f"كلمة {number}", f"word {number}")
with GlossaryStore.open(Path(sys.argv[1])) as store:
    store.add_many(terms(), "killed")
"""


@pytest.mark.skipif(sys.platform == "win32", reason="needs SIGKILL")
def test_a_writer_that_is_killed_leaves_nothing_half_written(tmp_path):
    with GlossaryStore.open_or_create(tmp_path / "g.db") as store:
        entry = store.add(NewTerm("هدنة", "truce"), "anna")
        process = subprocess.Popen(
            [sys.executable, "-c", KILLED, str(tmp_path / "g.db")],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            cwd=ROOT,
        )
        with process:
            assert process.stdout.readline().strip() == b"in the middle"
            assert store.entries() == [entry]  # reading goes on meanwhile
            process.send_signal(signal.SIGKILL)
        store.add(NewTerm("حرب", "war"), "anna")
        assert [entry.target for entry in store.entries()] == ["truce", "war"]
        assert (store.problems(), store.unexplained()) == ([], [])
    with GlossaryStore.open(tmp_path / "g.db") as store:
        assert len(store.entries()) == 2


def test_a_long_read_keeps_nobody_from_writing(tmp_path):
    with GlossaryStore.open_or_create(tmp_path / "g.db") as store:
        store.add_many([NewTerm(f"كلمة {n}", f"word {n}") for n in range(50)], "anna")
        with closing(sqlite3.connect(tmp_path / "g.db")) as reader:
            reader.execute("BEGIN")
            rows = reader.execute("SELECT * FROM bilingual_terms")
            rows.fetchone()
            for n in range(20):
                store.add(NewTerm(f"جديد {n}", f"new {n}"), "anna")
            assert len(rows.fetchall()) == 49  # as it was when the reading began
        assert len(store.entries()) == 70


def old_file(path):
    """Make a file as the first version of Tarjama did, with a changed and a removed term."""
    with closing(Database(path, strict=True)) as db:
        migrations.apply(db, stop_before="m002_full_concepts")
        db.execute("PRAGMA application_id = 0x54524A47")
        db.execute("PRAGMA user_version = 1")
        db["concepts"].insert({"uid": "c", "domain": "war", "definition": ""})
        numbers = iter(range(1, 100))

        def step(action, uid, before, after, entity="term", actor="anna"):
            number = next(numbers)
            told = {"before": json.dumps(before), "after": json.dumps(after), "at": f"2025-01-01T00:00:0{number}.000Z"}
            db["journal"].insert({"actor": actor, "action": action, "entity": entity, "entity_uid": uid, **told})

        step("add", "c", {}, {"domain": "", "definition": ""}, "concept")
        for uid, language, text in (("s", "ar", "الهُدنة"), ("t", "en", "truce"), ("gone", "en", "ceasefire")):
            fields = {"concept_uid": "c", "language": language, "text": text, "folded": fold(text)}
            row = {**fields, "status": "preferred", "pos": "noun" if language == "en" else "", "note": ""}
            step("add", uid, {}, {name: value for name, value in row.items() if value})
            if uid == "gone":
                step("remove", uid, {"uid": uid, **row, "version": 1}, {})
            else:
                db["terms"].insert({"uid": uid, **row})
        step("change", "c", {"domain": ""}, {"domain": "war"}, "concept", "bashir")
        step("change", "t", {"concept_uid": "c", "note": ""}, {"concept_uid": "c", "note": "n"}, "term", "bashir")
        db["terms"].update("t", {"note": "n"})
    return path


def test_a_file_of_the_first_version_is_brought_up_to_date(tmp_path):
    with GlossaryStore.open(old_file(tmp_path / "old.db")) as store:
        (entry,) = store.entries()
        assert (entry.source, entry.target, entry.note, entry.author) == ("الهُدنة", "truce", "n", "anna")
        assert [match.entry for match in LiveMatcher(store).find("وبالهدنة")] == [entry]
        assert store.unexplained() == []
        assert [step.action for step in store.history("t")] == [*["add"] * 4, "remove", *["change"] * 2]
        assert [step.actor for step in store.history("gone")][-1] == "bashir"
        (concept,) = store.concepts()
        assert (concept.stamp.changed_by, concept.terms[1].stamp.changed_by) == ("bashir", "bashir")
        with pytest.raises(TermError, match="nothing"):
            store.undo("anna")  # old steps tell no change that could be taken back


def test_all_may_bring_an_old_file_up_to_date_at_once(tmp_path):
    path = old_file(tmp_path / "old.db")
    code = """
import sys
from pathlib import Path
from glossary.store import GlossaryStore
GlossaryStore.open(Path(sys.argv[1])).close()
"""
    running = [started(code, path) for _ in range(6)]
    assert [process.communicate()[1].decode() for process in running] == [""] * 6


def test_an_old_file_is_merged_and_left_as_it_is(tmp_path):
    path = old_file(tmp_path / "old.db")
    before = path.read_bytes()
    with GlossaryStore.open_or_create(tmp_path / "g.db") as store:
        assert store.merge(path, "anna").added == 2
        assert store.merge(path, "anna").steps == 0
        assert (len(store.entries()), store.unexplained()) == (1, [])
    assert path.read_bytes() == before


def test_other_tools_read_the_views(tmp_path):
    path = tmp_path / "g.db"
    with GlossaryStore.open_or_create(path) as store:
        entry = store.add(NewTerm("هدنة", "truce", domain="war", note="old"), "anna")
        store.change(entry.uid, {"note": "new"}, "anna")
        store.change(entry.uid, {"note": "other"}, "bashir", base={"note": "old"})
        for view in ("bilingual_terms", "concept_overview", "change_history", "open_conflicts"):
            assert list(store._db[view].rows)  # also with the functions of views restricted, as we open files

    def sqlite_utils(*arguments):
        command = [sys.executable, "-m", "sqlite_utils", *map(str, arguments)]
        return json.loads(subprocess.run(command, check=True, capture_output=True, cwd=tmp_path).stdout)

    views = {view["view"]: view["columns"] for view in sqlite_utils("views", path, "--columns")}
    assert {"bilingual_terms", "concept_overview", "change_history", "open_conflicts"} == set(views)
    documentation = (ROOT / "docs" / "sharing.md").read_text(encoding="utf-8")
    for view, columns in views.items():
        for name in (view, *columns):
            assert f"`{name}`" in documentation
    (row,) = sqlite_utils("rows", path, "bilingual_terms")
    assert (row["arabic"], row["english"], row["domain"], row["note"]) == ("هدنة", "truce", "war", "new")
    (row,) = sqlite_utils("rows", path, "open_conflicts")
    assert (row["field"], row["kept"], row["offered"], row["actor"]) == ("note", "new", "other", "bashir")


def test_a_file_that_may_not_be_written_can_be_read(tmp_path):
    path = tmp_path / "g.db"
    with GlossaryStore.open_or_create(path) as store:
        store.add(NewTerm("هدنة", "truce"), "anna")
    path.chmod(0o444)
    with GlossaryStore.open(path) as store:
        assert len(store.entries()) == 1
        if not store._db.execute("PRAGMA query_only").fetchone()[0] and path.stat().st_uid == 0:
            pytest.skip("whoever runs this may write everything")
        with pytest.raises(StoreError, match="written"):
            store.add(NewTerm("حرب", "war"), "anna")


def test_joining_loses_nothing_that_is_said(tmp_path):
    with GlossaryStore.open_or_create(tmp_path / "g.db") as store:
        concepts = [
            Concept(
                "",
                domain=f"domain {n}",
                note=f"note {n}",
                url=f"https://example.org/{n}",
                sections=(LanguageSection("en", f"definition {n}", f"section {n}"),),
                terms=(
                    Term("", "ar", "هدنة", note=f"term {n}", forms=(f"شكل{n}",)),
                    Term("", "en", f"truce {n}", TermStatus.ADMITTED),
                ),
            )
            for n in (1, 2)
        ]
        store.add_concepts(concepts, "anna")
        first, second = store.concepts()
        joined = store.join_concepts(first.uid, [second.uid], "anna")
        said = repr(joined)
        for n in (1, 2):
            for what in (f"domain {n}", f"note {n}", f"org/{n}", f"definition {n}", f"section {n}", f"term {n}"):
                assert what in said
            assert f"شكل{n}" in said
        assert joined.domain == "domain 1"
        assert joined.sections[0].definition == "definition 1"
        store.undo("anna")
        assert len(store.concepts()) == 2


def test_a_matcher_sees_a_join_taken_back(tmp_path):
    with GlossaryStore.open_or_create(tmp_path / "g.db") as store:
        first = store.add(NewTerm("هدنة", "truce"), "anna")
        second = store.add(NewTerm("تهدئة", "calm"), "anna")
        store.join_concepts(first.concept_uid, [second.concept_uid], "anna")
        matcher = LiveMatcher(store)
        assert len(matcher.find("هدنة")) == 2
        store.undo("anna")
        assert [match.entry.target for match in matcher.find("هدنة")] == ["truce"]


@pytest.mark.parametrize("field", ["do_not_translate", "case_sensitive"])
def test_a_conflict_over_yes_or_no_is_decided_and_taken_back(tmp_path, field):
    with GlossaryStore.open_or_create(tmp_path / "g.db") as store:
        entry = store.add(NewTerm("هدنة", "truce"), "anna")
        store.change(entry.uid, {field: False}, "bashir", base={field: True})
        store.change(entry.uid, {field: True}, "bashir", base={field: True})
        (conflict,) = store.conflicts()
        store.settle_conflict(conflict.uid, "anna", take_offered=True)
        assert getattr(store.entry(entry.uid), field) is True
        assert store.unexplained() == []
        store.undo("anna")
        assert store.conflicts() == [conflict]


def test_conflicts_follow_what_they_are_about(tmp_path):
    with GlossaryStore.open_or_create(tmp_path / "g.db") as store:
        entry = store.add(NewTerm("هدنة", "truce", note="now"), "anna")
        for _ in range(2):  # the same offer twice is one conflict
            store.change(entry.uid, {"note": "offered"}, "bashir", base={"note": "seen"})
        (conflict,) = store.conflicts()
        store.change(entry.uid, {"note": "newer"}, "anna")
        assert [one.kept for one in store.conflicts()] == ["newer"]
        store.change(entry.uid, {"note": "offered"}, "anna")
        assert store.conflicts() == []
        store.undo("anna")
        assert [one.kept for one in store.conflicts()] == ["newer"]
        store.remove(entry.uid, "anna")
        assert store.conflicts() == []
        store.undo("anna")
        assert [one.uid for one in store.conflicts()] == [conflict.uid]


def test_a_change_is_taken_back_once(tmp_path):
    with GlossaryStore.open_or_create(tmp_path / "g.db") as store:
        entry = store.add(NewTerm("هدنة", "truce", note="a"), "anna")
        store.change(entry.uid, {"note": "b"}, "anna")
        change = list(store.journal())[-1].change
        store.undo("bashir", change)
        store.change(entry.uid, {"note": "b"}, "carla")
        with pytest.raises(TermError, match="already"):
            store.undo("anna", change)
        store.change(entry.uid, {"note": "a"}, "carla")
        store.redo("bashir")  # who has done nothing else
        assert store.entry(entry.uid).note == "b"


@pytest.mark.parametrize(
    ("entity", "before"),
    [("term", {"text = 'x', note": "y"}), ("terms; --", {"text": "x"}), ("term", {"uid": "x"})],
)
def test_a_journal_that_another_program_wrote_changes_nothing_else(tmp_path, entity, before):
    with GlossaryStore.open_or_create(tmp_path / "g.db") as store:
        entry = store.add(NewTerm("هدنة", "truce"), "anna")
        told = {"before": json.dumps(before), "after": json.dumps({"text": "truce"}), "at": "2026", "change": "planted"}
        step = {"actor": "m", "action": "change", "entity": entity, "entity_uid": entry.uid, **told}
        store._db["journal"].insert(step)
        with pytest.raises(TermError):
            store.undo("anna", "planted")
        assert store.entries() == [entry]
        store._db["conflicts"].insert(
            dict.fromkeys(("uid", "concept_uid", "base", "kept", "offered", "actor", "at"), "x")
            | {"entity": entity, "entity_uid": entry.uid, "field": next(iter(before))}
        )
        if entity == "term" and "uid" not in before:
            with pytest.raises(TermError):
                store.settle_conflict("x", "anna", take_offered=True)
