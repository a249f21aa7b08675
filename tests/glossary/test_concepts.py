"""Whole concepts: what they say is kept, joined, taken back, and rebuilt from the journal alone."""

import sqlite3
from contextlib import closing
from dataclasses import replace

import pytest

from glossary.errors import TermError
from glossary.model import Concept, LanguageSection, NewTerm, OnDuplicate, Stamp, Term, TermStatus
from glossary.store import GlossaryStore

FULL = Concept(
    uid="",
    domain="conflict",
    definition="An agreed end of fighting for a while.",
    note="Not peace.",
    url="https://example.org/truce",
    do_not_translate=True,
    tags=("desk", "archive"),
    extras=(("descrip:xTest", "kept"),),
    sections=(LanguageSection("en", "a pause", "note", (("admin:y", "z"),)),),
    terms=(
        Term(
            "",
            "ar",
            "هدنة",
            TermStatus.ADMITTED,
            pos="noun",
            gender="feminine",
            number="singular",
            forms=("هدن", "هدنات"),
            stamp=Stamp("anna", "2020-01-02T00:00:00Z", "bashir", "2021-01-02T00:00:00Z"),
        ),
        Term(
            "",
            "en",
            "truce",
            register="neutral",
            term_type="fullForm",
            geography="UK",
            example="a truce held",
            reference="UN",
            note="n",
            case_sensitive=True,
            extras=(("termNote:q", "r"),),
        ),
        Term("", "fr", "trêve"),
    ),
)


@pytest.fixture
def store(tmp_path):
    with GlossaryStore.open_or_create(tmp_path / "g.db") as made:
        yield made


def without_names(concept):
    """Return what a concept says, without uids and without the stamps that the store gives."""
    terms = tuple(replace(term, uid="", stamp=Stamp()) for term in concept.terms)
    return replace(concept, uid="", stamp=Stamp(), terms=terms)


def test_a_concept_is_kept_with_all_it_says(store):
    store.add_concepts([FULL], "anna")
    (kept,) = store.concepts()
    assert without_names(kept) == without_names(FULL)
    assert kept.terms[0].stamp == FULL.terms[0].stamp
    assert kept.terms[1].stamp.created_by == "anna"
    assert store.concept(kept.uid) == kept


def test_a_pair_is_a_view_of_its_concept(store):
    store.add_concepts([FULL], "anna")
    (entry,) = store.entries()
    assert (entry.source, entry.target, entry.forms) == ("هدنة", "truce", ("هدن", "هدنات"))
    assert (entry.source_status, entry.do_not_translate, entry.case_sensitive) == (TermStatus.ADMITTED, True, True)


@pytest.mark.parametrize(
    ("on_duplicate", "count", "domain"),
    [(OnDuplicate.SKIP, 1, "war"), (OnDuplicate.MERGE, 1, "law"), (OnDuplicate.NEW, 2, "war")],
)
def test_a_known_pair_is_skipped_merged_or_added_again(store, on_duplicate, count, domain):
    known = store.add(NewTerm("هدنة", "truce", domain="war"), "anna")
    counts = store.add_many([NewTerm("هدنة", "truce", domain="law"), NewTerm("حرب", "war")], "anna", on_duplicate)
    assert counts.duplicates == [(0, known.uid)]
    entries = [entry for entry in store.entries() if entry.source == "هدنة"]
    assert (len(entries), entries[0].domain) == (count, domain)


def test_a_dry_run_changes_nothing(store):
    counts = store.add_many([NewTerm("هدنة", "truce")], "anna", dry_run=True)
    assert (counts.added, store.entries(), store.version()) == (1, [], 0)


def test_a_merge_that_says_nothing_of_status_leaves_it(store):
    store.add(NewTerm("هدنة", "truce", TermStatus.FORBIDDEN), "anna")
    store.add_many([NewTerm("هدنة", "truce", note="no")], "anna", OnDuplicate.MERGE)
    (entry,) = store.entries()
    assert (entry.status, entry.note) == (TermStatus.FORBIDDEN, "no")


def test_a_concept_that_is_known_is_found_by_its_terms_in_two_languages(store):
    known = store.add(NewTerm("هدنة", "truce"), "anna")
    counts = store.add_concepts([FULL], "bashir", OnDuplicate.MERGE)
    assert (counts.added, counts.merged) == (0, 1)
    merged = store.concept(known.concept_uid)
    assert [term.text for term in merged.terms] == ["هدنة", "truce", "trêve"]
    assert (merged.definition, merged.tags) == (FULL.definition, FULL.tags)
    assert store.add_concepts([merged], "bashir", OnDuplicate.MERGE).unchanged == 1


def test_different_fields_merge_and_the_same_field_becomes_a_conflict(store):
    seen = store.add(NewTerm("هدنة", "truce", note="old", domain="war"), "anna")
    store.change(seen.uid, {"note": "anna's"}, "anna", base={"note": "old"})
    changed = store.change(
        seen.uid, {"note": "bashir's", "domain": "law"}, "bashir", base={"note": "old", "domain": "war"}
    )
    assert (changed.note, changed.domain) == ("anna's", "law")
    (conflict,) = store.conflicts()
    assert (conflict.field, conflict.base, conflict.kept, conflict.offered) == ("note", "old", "anna's", "bashir's")
    store.settle_conflict(conflict.uid, "anna", take_offered=True)
    assert (store.entry(seen.uid).note, store.conflicts()) == ("bashir's", [])
    with pytest.raises(TermError):
        store.settle_conflict(conflict.uid, "anna", take_offered=False)


def test_the_same_change_by_two_people_is_no_conflict(store):
    seen = store.add(NewTerm("هدنة", "truce", note="old"), "anna")
    for actor in ("anna", "bashir"):
        store.change(seen.uid, {"note": "new"}, actor, base={"note": "old"})
    assert store.conflicts() == []


def test_concepts_are_joined_without_losing_a_word(store):
    first = store.add(NewTerm("هدنة", "truce", definition="a pause"), "anna")
    second = store.add(NewTerm("هدنة", "ceasefire", definition="an end", tags=("desk",), note="n"), "anna")
    store.add_concepts([Concept("", terms=(Term("", "ar", "تهدئة"), Term("", "en", "calm")))], "anna")
    third = store.entries()[-1].concept_uid
    joined = store.join_concepts(first.concept_uid, [second.concept_uid, third], "anna")
    assert [term.text for term in joined.terms] == ["هدنة", "truce", "ceasefire", "تهدئة", "calm"]
    assert (joined.definition, joined.note, joined.tags) == ("a pause", "an end", ("desk",))
    assert len(store.concepts()) == 1
    store.undo("anna")
    assert len(store.concepts()) == 3
    with pytest.raises(TermError):
        store.join_concepts(first.concept_uid, [first.concept_uid], "anna")


def everything(store):
    return [replace(concept, stamp=Stamp()) for concept in store.concepts()]


def test_each_change_is_taken_back_and_done_again(store):
    states = [everything(store)]
    entry = store.add(NewTerm("هدنة", "truce"), "anna")
    states.append(store.entries())
    store.change(entry.uid, {"target": "ceasefire", "domain": "war", "tags": ("a",)}, "anna")
    states.append(store.entries())
    store.remove(entry.uid, "anna")
    for state in reversed(states[1:]):
        store.undo("anna")
        assert [replace(e, author="") for e in store.entries()] == [replace(e, author="") for e in state]
    store.undo("anna")
    assert store.entries() == []
    with pytest.raises(TermError, match="nothing"):
        store.undo("anna")
    for state in states[1:]:
        store.redo("anna")
        assert [entry.target for entry in store.entries()] == [entry.target for entry in state]
    store.undo("anna")
    store.add(NewTerm("حرب", "war"), "anna")
    with pytest.raises(TermError, match="nothing"):
        store.redo("anna")


def test_what_somebody_changed_since_is_not_taken_back(store):
    entry = store.add(NewTerm("هدنة", "truce"), "anna")
    store.change(entry.uid, {"note": "mine"}, "anna")
    store.change(entry.uid, {"note": "theirs"}, "bashir")
    with pytest.raises(TermError, match="since"):
        store.undo("anna")
    assert store.entry(entry.uid).note == "theirs"


def test_an_import_is_taken_back_as_one(store):
    store.add_many([NewTerm(f"كلمة {n}", f"word {n}") for n in range(50)], "anna")
    store.undo("anna")
    assert store.concepts() == []


def test_several_are_changed_as_one(store):
    uids = [store.add(NewTerm(f"كلمة {n}", f"word {n}", TermStatus.PROPOSED), "anna").uid for n in range(3)]
    assert store.change_many(uids, {"status": "preferred"}, "anna") == 3
    store.undo("anna")
    assert {entry.status for entry in store.entries()} == {TermStatus.PROPOSED}


def test_long_and_empty_terms_are_refused(store):
    for concept in (
        Concept(""),
        Concept("", terms=(Term("", "ar", " \u064e"),)),
        Concept("", terms=(Term("", "en", "x" * 1001),)),
    ):
        with pytest.raises(TermError):
            store.add_concepts([FULL, concept], "anna")
    assert store.concepts() == []


def test_the_file_reads_well_with_other_tools(store, tmp_path):
    store.add(NewTerm("هدنة", "truce", domain="war"), "anna")
    with closing(sqlite3.connect(tmp_path / "g.db")) as db:
        db.row_factory = sqlite3.Row
        (row,) = db.execute("SELECT * FROM bilingual_terms").fetchall()
        assert (row["arabic"], row["english"], row["added_by"]) == ("هدنة", "truce", "anna")
        (row,) = db.execute("SELECT * FROM concept_overview").fetchall()
        assert (row["arabic"], row["domain"]) == ("هدنة", "war")
        assert len(db.execute("SELECT * FROM change_history").fetchall()) == 3
        assert db.execute("SELECT * FROM open_conflicts").fetchall() == []
