"""The tables can be rebuilt from the journal alone, whatever was done."""

import tempfile
from dataclasses import replace
from pathlib import Path

import hypothesis.strategies as st
from hypothesis import given, settings
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from glossary.errors import TermError
from glossary.model import Concept, LanguageSection, NewTerm, OnDuplicate, Stamp, Term, TermStatus
from glossary.store import GlossaryStore


def assert_sound(store):
    """Fail unless the tables are what the journal says, and no row refers to one that is not there."""
    assert store.unexplained() == []
    assert list(store._db.query("PRAGMA foreign_key_check")) == []
    assert store.problems() == []
    for conflict in store.conflicts():
        (row,) = store._db[f"{conflict.entity}s"].rows_where("uid = ?", [conflict.entity_uid])
        assert str(row.get(conflict.field, conflict.kept)) == conflict.kept != conflict.offered


ARABIC = st.sampled_from(["هدنة", "الهُدنة", "حرب", "قصف", "نازح"])
ENGLISH = st.sampled_from(["truce", "Truce", "war", "shelling", "x"])
WORDS = st.sampled_from(["", "a", "b"])
ACTORS = st.sampled_from(["anna", "bashir"])
FORMS = st.sampled_from([(), ("هدن",), ("هدن", "هدنات")])
CHANGES = st.fixed_dictionaries(
    {},
    optional={
        "source": ARABIC,
        "target": ENGLISH,
        "note": WORDS,
        "domain": WORDS,
        "tags": st.sampled_from([(), ("desk",)]),
        "forms": FORMS,
        "do_not_translate": st.booleans(),
        "status": st.sampled_from(["preferred", "forbidden"]),
    },
)
NEW_TERMS = st.builds(NewTerm, ARABIC, ENGLISH, domain=WORDS, note=WORDS, forms=FORMS, do_not_translate=st.booleans())
CONCEPTS = st.builds(
    lambda arabic, english, definition, status: Concept(
        "",
        sections=(LanguageSection("en", definition or "d"),),
        terms=(Term("", "ar", arabic), Term("", "en", english, status), Term("", "fr", "mot")),
    ),
    ARABIC,
    ENGLISH,
    WORDS,
    st.sampled_from(TermStatus),
)
PICK = st.integers(0, 10**6)


class AnyUse(RuleBasedStateMachine):
    """What people do to a glossary, in any order."""

    def __init__(self):
        super().__init__()
        self.folder = tempfile.TemporaryDirectory()
        self.store = GlossaryStore.open_or_create(Path(self.folder.name) / "g.db")

    def teardown(self):
        self.store.close()
        self.folder.cleanup()

    def picked(self, number):
        entries = self.store.entries()
        return entries[number % len(entries)] if entries else None

    @rule(term=NEW_TERMS, actor=ACTORS, on_duplicate=st.sampled_from(OnDuplicate))
    def add(self, term, actor, on_duplicate):
        self.store.add_many([term], actor, on_duplicate)

    @rule(concept=CONCEPTS, actor=ACTORS, on_duplicate=st.sampled_from(OnDuplicate))
    def add_concept(self, concept, actor, on_duplicate):
        self.store.add_concepts([concept], actor, on_duplicate)

    @rule(number=PICK, changes=CHANGES, actor=ACTORS)
    def change(self, number, changes, actor):
        if entry := self.picked(number):
            self.store.change(entry.uid, changes, actor)

    @rule(number=PICK, changes=CHANGES, actor=ACTORS)
    def change_what_was_seen_otherwise(self, number, changes, actor):
        if entry := self.picked(number):
            stale = {"note": "seen", "domain": "seen", "do_not_translate": True, "status": "admitted"}
            self.store.change(entry.uid, changes, actor, base=stale)

    @rule(changes=CHANGES, actor=ACTORS)
    def change_many(self, changes, actor):
        self.store.change_many([entry.uid for entry in self.store.entries()[:3]], changes, actor)

    @rule(number=PICK, actor=ACTORS)
    def remove(self, number, actor):
        if entry := self.picked(number):
            self.store.remove(entry.uid, actor)

    @rule(number=PICK, actor=ACTORS)
    def join(self, number, actor):
        concepts = self.store.concepts()
        if len(concepts) > 1:
            first, second = concepts[number % len(concepts)], concepts[(number + 1) % len(concepts)]
            self.store.join_concepts(first.uid, [second.uid], actor)

    @rule(actor=ACTORS)
    def undo(self, actor):
        self.tried(lambda: self.store.undo(actor))

    @rule(actor=ACTORS)
    def redo(self, actor):
        self.tried(lambda: self.store.redo(actor))

    @rule(number=PICK, actor=ACTORS)
    def undo_any(self, number, actor):
        changes = [step.change for step in self.store.journal()]
        if changes:
            self.tried(lambda: self.store.undo(actor, changes[number % len(changes)]))

    @rule(number=PICK, actor=ACTORS, take_offered=st.booleans())
    def settle(self, number, actor, take_offered):
        conflicts = self.store.conflicts()
        if conflicts:
            self.store.settle_conflict(conflicts[number % len(conflicts)].uid, actor, take_offered=take_offered)

    def tried(self, use):
        """Do what may be refused; then nothing may have changed."""
        version = self.store.version()
        try:
            use()
        except TermError:
            assert self.store.version() == version

    @invariant()
    def the_journal_tells_all(self):
        assert_sound(self.store)


AnyUse.TestCase.settings = settings(max_examples=15, stateful_step_count=20, deadline=None)
TestAnyUse = AnyUse.TestCase


@given(st.lists(NEW_TERMS, max_size=12), st.sampled_from(OnDuplicate))
def test_terms_added_together_are_those_added_one_by_one(terms, on_duplicate):
    with tempfile.TemporaryDirectory() as folder:
        together, each = (GlossaryStore.open_or_create(Path(folder) / name) for name in ("together.db", "each.db"))
        together.add_many(terms, "anna", on_duplicate)
        for term in terms:
            each.add_many([term], "anna", on_duplicate)
        assert [without_names(concept) for concept in together.concepts()] == [
            without_names(concept) for concept in each.concepts()
        ]
        assert len(list(together.journal())) == len(list(each.journal()))
        assert_sound(together)
        together.close()
        each.close()


def without_names(concept):
    terms = tuple(replace(term, uid="", stamp=Stamp()) for term in concept.terms)
    return replace(concept, uid="", stamp=Stamp(), terms=terms)
