"""Two glossaries that went apart are joined: nothing is lost, and both sides come to the same."""

import shutil
import sqlite3
import tempfile
from contextlib import closing
from pathlib import Path

import hypothesis.strategies as st
import pytest
from hypothesis import given, settings

from corpus.errors import TarjamaError
from corpus.store import CorpusStore
from glossary.errors import GlossaryStoreError, TermError
from glossary.model import Concept, LanguageSection, NewTerm, OnDuplicate, Term, TermStatus
from glossary.store import GlossaryStore

ENTITIES = ("concept", "section", "term", "conflict")


def assert_sound(store):
    """Fail unless the tables are what the journal says, and no row refers to one that is not there."""
    assert store.unexplained() == []
    assert list(store._db.query("PRAGMA foreign_key_check")) == []
    assert store.problems() == []
    for conflict in store.conflicts():
        (row,) = store._db[f"{conflict.entity}s"].rows_where("uid = ?", [conflict.entity_uid])
        assert str(row.get(conflict.field, conflict.kept)) == conflict.kept != conflict.offered


def content(store):
    """Return what a glossary says, without counts of changes, which depend on the order in which steps came."""
    return {entity: {row["uid"]: {**row, "version": 0} for row in store._db[f"{entity}s"].rows} for entity in ENTITIES}


class Pair:
    """Two glossary files that were one, each open."""

    def __init__(self, folder, prepare):
        self.paths = [Path(folder) / "a.db", Path(folder) / "b.db"]
        with GlossaryStore.open_or_create(self.paths[0]) as store:
            prepare(store)
        shutil.copy(*self.paths)
        self.a, self.b = (GlossaryStore.open(path) for path in self.paths)

    def close(self):
        self.a.close()
        self.b.close()

    def merged(self):
        """Merge each into the other as they stand, and return both outcomes after checking what must always hold."""
        before = [content(store) for store in (self.a, self.b)]
        copy = self.paths[0].with_name("copy.db")
        with closing(sqlite3.connect(self.paths[0])) as source, closing(sqlite3.connect(copy)) as target:
            source.backup(target)
        first = self.a.merge(self.paths[1], "anna")
        assert content(self.b) == before[1]
        second = self.b.merge(copy, "bashir")
        for store in (self.a, self.b):
            assert_sound(store)
        assert content(self.a) == content(self.b)
        version = self.b.version()
        assert self.b.merge(copy, "bashir").steps == 0
        assert self.b.version() == version
        return first, second


@pytest.fixture
def pair(tmp_path):
    made = Pair(tmp_path, lambda store: store.add(NewTerm("هدنة", "truce", domain="war", note="old"), "anna"))
    yield made
    made.close()


def only(store):
    (entry,) = store.entries()
    return entry


def test_an_unchanged_copy_brings_nothing(pair):
    version = pair.a.version()
    report = pair.a.merge(pair.paths[1], "anna")
    assert (report.steps, report.conflicts, pair.a.version()) == (0, [], version)


def test_what_only_one_side_has_done_is_taken(pair):
    uid = only(pair.a).uid
    pair.a.change(uid, {"note": "new"}, "anna")
    pair.b.change(uid, {"domain": "law"}, "bashir")
    pair.b.add(NewTerm("حرب", "war"), "bashir")
    report, _ = pair.merged()
    assert (report.added, report.changed, report.removed, report.clashes) == (2, 0, 0, 0)
    assert [(entry.note, entry.domain) for entry in pair.a.entries()] == [("new", "law"), ("", "")]


def test_the_same_field_changed_by_both_is_a_conflict_that_can_be_decided(pair):
    uid = only(pair.a).uid
    pair.a.change(uid, {"note": "anna's"}, "anna")
    pair.b.change(uid, {"note": "bashir's"}, "bashir")
    report, _ = pair.merged()
    (conflict,) = report.conflicts
    assert (conflict.field, conflict.base, conflict.actor) == ("note", "old", "anna")
    assert {conflict.kept, conflict.offered} == {"anna's", "bashir's"}
    assert only(pair.a).note == conflict.kept == "bashir's"  # the later one
    pair.a.settle_conflict(conflict.uid, "anna", take_offered=True)
    assert only(pair.a).note == "anna's"
    report = pair.b.merge(pair.paths[0], "bashir")  # what was decided there is decided here
    assert (report.conflicts, only(pair.b).note) == ([], "anna's")
    assert pair.a.merge(pair.paths[1], "anna").conflicts == []
    assert only(pair.a).note == "anna's"


def test_the_same_change_on_both_sides_is_no_conflict(pair):
    for store in (pair.a, pair.b):
        store.change(only(store).uid, {"note": "new"}, "anna")
    report, _ = pair.merged()
    assert (report.clashes, only(pair.a).note) == (0, "new")


def test_a_change_taken_back_is_no_change(pair):
    uid = only(pair.a).uid
    pair.a.change(uid, {"note": "new"}, "anna")
    pair.b.change(uid, {"note": "mistake"}, "bashir")
    pair.b.undo("bashir")
    report, _ = pair.merged()
    assert (report.clashes, only(pair.a).note) == (0, "new")


@pytest.mark.parametrize("remover", ["a", "b"])
def test_what_one_removed_and_the_other_changed_is_kept_and_listed(pair, remover):
    uid = only(pair.a).uid
    changer = pair.b if remover == "a" else pair.a
    getattr(pair, remover).remove(uid, "anna")
    changer.change(uid, {"note": "needed"}, "bashir")
    report, _ = pair.merged()
    assert [(entry.source, entry.note) for entry in pair.a.entries()] == [("هدنة", "needed")]
    (conflict,) = report.conflicts
    assert (conflict.field, conflict.kept, conflict.offered, conflict.actor) == ("removed", "no", "yes", "anna")
    pair.a.settle_conflict(conflict.uid, "anna", take_offered=True)
    assert (pair.a.entries(), pair.a.conflicts()) == ([], [])
    assert_sound(pair.a)


def test_what_one_removed_and_nobody_changed_is_gone(pair):
    pair.b.remove(only(pair.b).uid, "bashir")
    report, _ = pair.merged()
    assert (report.removed, pair.a.entries(), report.clashes) == (2, [], 0)


def test_what_was_added_to_a_removed_concept_keeps_it(pair):
    pair.a.remove(only(pair.a).uid, "anna")
    pair.b.add(NewTerm("هدنة", "ceasefire", domain="war"), "bashir")
    report, _ = pair.merged()
    assert [entry.target for entry in pair.a.entries()] == ["truce", "ceasefire"] or report.clashes
    assert report.clashes == 1


def test_what_was_added_to_a_joined_concept_goes_where_it_went(tmp_path):
    def prepare(store):
        store.add(NewTerm("هدنة", "truce"), "anna")
        store.add(NewTerm("تهدئة", "calm", definition="old"), "anna")

    pair = Pair(tmp_path, prepare)
    first, second = pair.a.entries()
    pair.a.join_concepts(first.concept_uid, [second.concept_uid], "anna")
    pair.b.change(second.uid, {"definition": "new"}, "bashir")
    pair.b.add(NewTerm("تهدئة", "appeasement", definition="new"), "bashir")
    pair.merged()
    (concept,) = pair.a.concepts()
    assert sorted(term.text for term in concept.terms) == sorted(["هدنة", "truce", "تهدئة", "calm", "appeasement"])
    (conflict,) = pair.a.conflicts()
    assert (conflict.entity_uid, conflict.field, conflict.offered) == (first.concept_uid, "definition", "new")
    pair.close()


def test_joined_this_way_and_that_way(tmp_path):
    def prepare(store):
        store.add(NewTerm("هدنة", "truce"), "anna")
        store.add(NewTerm("تهدئة", "calm"), "anna")

    pair = Pair(tmp_path, prepare)
    first, second = (entry.concept_uid for entry in pair.a.entries())
    pair.a.join_concepts(first, [second], "anna")
    pair.b.join_concepts(second, [first], "bashir")
    pair.merged()
    (concept,) = pair.a.concepts()
    assert len(concept.terms) == 4
    pair.close()


def test_bases_that_never_met_are_joined_and_doubles_told(tmp_path):
    paths = [tmp_path / "a.db", tmp_path / "b.db"]
    for path, extra in zip(paths, ("war", "peace"), strict=True):
        with GlossaryStore.open_or_create(path) as store:
            store.add_many([NewTerm("هدنة", "truce", domain="d"), NewTerm(f"كلمة {extra}", extra)], "anna")
    with GlossaryStore.open(paths[0]) as store:
        report = store.merge(paths[1], "anna")
        assert (report.added, report.clashes, len(store.entries())) == (4, 0, 4)
        (double,) = report.doubles
        assert (double.source, double.target, double.domain, len(double.concept_uids)) == ("هدنة", "truce", "d", 2)
        assert_sound(store)


def test_the_same_uid_without_a_common_history_is_a_conflict_of_fields(tmp_path):
    paths = [tmp_path / "a.db", tmp_path / "b.db"]
    for path, actor, target, note in zip(paths, ("anna", "bashir"), ("truce", "ceasefire"), ("", "n"), strict=True):
        with GlossaryStore.open_or_create(path) as store:
            terms = (Term("ar-1", "ar", "هدنة"), Term("en-1", "en", target, note=note))
            store.add_concepts([Concept("c-1", terms=terms)], actor)
    with GlossaryStore.open(paths[0]) as store:
        (conflict,) = store.merge(paths[1], "anna").conflicts
        assert (conflict.field, conflict.entity_uid) == ("text", "en-1")
        assert only(store).note == "n"
        assert_sound(store)


def test_a_dry_run_tells_and_changes_nothing(pair):
    pair.b.change(only(pair.b).uid, {"note": "b"}, "bashir")
    pair.a.change(only(pair.a).uid, {"note": "a"}, "anna")
    before = (content(pair.a), pair.a.version())
    report = pair.a.merge(pair.paths[1], "anna", dry_run=True)
    assert (report.clashes, len(report.conflicts)) == (1, 1)
    assert (content(pair.a), pair.a.version()) == before


def test_the_other_file_is_not_changed(pair):
    pair.b.add(NewTerm("حرب", "war"), "bashir")
    pair.b.close()
    before = pair.paths[1].read_bytes()
    pair.a.merge(pair.paths[1], "anna")
    assert pair.paths[1].read_bytes() == before


def test_a_merge_is_not_taken_back(pair):
    pair.b.change(only(pair.b).uid, {"note": "b"}, "bashir")
    pair.a.change(only(pair.a).uid, {"note": "a"}, "carla")
    pair.a.merge(pair.paths[1], "anna")
    merges = {step.change for step in pair.a.journal() if step.action == "merge"}
    for change in merges:
        with pytest.raises(TermError, match="merging"):
            pair.a.undo("anna", change)
    assert merges
    with pytest.raises(TermError, match="since"):  # her own last change, from before
        pair.a.undo("anna")


def test_what_cannot_be_merged_is_told(pair, tmp_path):
    CorpusStore.create(tmp_path / "p.tarjama", {}).close()
    (tmp_path / "text.db").write_text("no database")
    damaged = tmp_path / "damaged.db"
    pair.b.add_many([NewTerm(f"كلمة {n}", f"word {n}") for n in range(300)], "b")
    pair.b.close()
    data = bytearray(pair.paths[1].read_bytes())
    data[8192:20480] = b"\xff" * (20480 - 8192)
    damaged.write_bytes(data)
    before = (content(pair.a), pair.a.version())
    for name in ("p.tarjama", "text.db", "none.db", "damaged.db", "a.db", "."):
        with pytest.raises(TarjamaError) as caught:
            pair.a.merge(tmp_path / name, "anna")
        assert caught.value.hint
    assert (content(pair.a), pair.a.version()) == before


@pytest.mark.parametrize(
    "step",
    [
        ("planet", "u", "{}", '{"text": "x"}'),
        ("term", "u", "{}", "[]"),
        ("term", "u", "{}", "{"),
        ("term", "u", "{}", '{"concept_uid": "none", "language": "en", "text": "x", "status": "preferred"}'),
        ("term", "u", "{}", '{"concept_uid": "none", "language": "en", "text": "", "status": "preferred"}'),
        ("concept", "u", "{}", '{"tags": "{}"}'),
        ("concept", "u", "{}", '{"tags": "[1]"}'),
        ("concept", "u", "{}", '{"extras": "[[1]]"}'),
        ("concept", "u", "{}", '{"extras": "[1]"}'),
        ("concept", "u", "{}", '{"do_not_translate": "yes"}'),
        ("concept", "u", "{}", '{"domain": "\\ud800"}'),
        ("conflict", "u", "{}", '{"entity": "term", "field": "x; DROP TABLE terms"}'),
    ],
)
def test_a_journal_that_makes_no_sense_is_refused(pair, step):
    columns = ("entity", "entity_uid", "before", "after")
    row = {**dict(zip(columns, step, strict=True)), "concept_uid": "u", "at": "2026-01-01", "actor": "m", "action": "a"}
    pair.b._db["journal"].insert(row)
    before = (content(pair.a), pair.a.version())
    with pytest.raises(GlossaryStoreError, match="damaged"):
        pair.a.merge(pair.paths[1], "anna")
    assert (content(pair.a), pair.a.version()) == before


ARABIC = st.sampled_from(["هدنة", "حرب", "قصف"])
ENGLISH = st.sampled_from(["truce", "war", "shelling", "x"])
WORDS = st.sampled_from(["", "a", "b"])
NUMBER = st.integers(0, 5)
USES = st.lists(
    st.one_of(
        st.tuples(st.just("add"), ARABIC, ENGLISH, WORDS),
        st.tuples(st.just("add_concept"), ARABIC, ENGLISH, WORDS),
        st.tuples(st.just("change"), NUMBER, st.sampled_from(["note", "domain", "target", "definition"]), WORDS),
        st.tuples(st.just("forms"), NUMBER, st.sampled_from([(), ("هدن",), ("حروب", "هدن")]), st.booleans()),
        st.tuples(st.just("stale"), NUMBER, st.sampled_from(["note", "domain"]), WORDS),
        st.tuples(st.just("remove"), NUMBER),
        st.tuples(st.just("join"), NUMBER, NUMBER),
        st.tuples(st.just("undo")),
        st.tuples(st.just("redo")),
        st.tuples(st.just("settle"), NUMBER, st.booleans()),
    ),
    max_size=6,
)


def use(store, actor, uses):  # noqa: C901  (a branch for each thing people do)
    """Do things to a glossary; numbers choose among what is there."""
    for what, *values in uses:
        entries, concepts, conflicts = store.entries(), store.concepts(), store.conflicts()
        try:
            if what == "add":
                store.add_many([NewTerm(values[0], values[1], domain=values[2])], actor)
            elif what == "add_concept":
                terms = (Term("", "ar", values[0]), Term("", "en", values[1], TermStatus.ADMITTED))
                sections = (LanguageSection("en", values[2] or "d"),)
                store.add_concepts([Concept("", sections=sections, terms=terms)], actor, OnDuplicate.MERGE)
            elif what == "change" and entries:
                store.change(entries[values[0] % len(entries)].uid, {values[1]: values[2] or "c"}, actor)
            elif what == "forms" and entries:
                fields = {"forms": values[1], "do_not_translate": values[2]}
                store.change(entries[values[0] % len(entries)].uid, fields, actor)
            elif what == "stale" and entries:
                seen = {"note": "seen", "domain": "seen"}
                store.change(entries[values[0] % len(entries)].uid, {values[1]: values[2]}, actor, base=seen)
            elif what == "remove" and entries:
                store.remove(entries[values[0] % len(entries)].uid, actor)
            elif what == "join" and len(concepts) > 1:
                into = concepts[values[0] % len(concepts)].uid
                store.join_concepts(into, [concepts[values[1] % len(concepts)].uid], actor)
            elif what in {"undo", "redo"}:
                getattr(store, what)(actor)
            elif what == "settle" and conflicts:
                conflict = conflicts[values[0] % len(conflicts)]
                store.settle_conflict(conflict.uid, actor, take_offered=values[1])
        except TermError:
            pass  # refused: nothing was done


@pytest.fixture(scope="module", params=[12, pytest.param(400, marks=pytest.mark.slow)])
def examples(request):
    return request.param


def texts(store):
    return {row["text"] for row in store._db.query("SELECT text FROM terms")}


def test_whatever_both_have_done_nothing_is_lost(examples):
    @settings(max_examples=examples, deadline=None)
    @given(USES, USES, USES, USES, USES)
    def check(common, first, second, third, fourth):
        with tempfile.TemporaryDirectory() as folder:
            pair = Pair(folder, lambda store: use(store, "anna", common))
            try:
                for in_a, in_b in ((first, second), (third, fourth), ([], [])):
                    use(pair.a, "anna", in_a)
                    use(pair.b, "bashir", in_b)
                    before = texts(pair.a) | texts(pair.b)
                    pair.merged()
                    offered = {conflict.offered for conflict in pair.a.conflicts()}
                    taken_away = {step.before.get("text") for step in pair.a.journal() if step.action != "merge"}
                    assert before <= texts(pair.a) | offered | taken_away
            finally:
                pair.close()

    check()
