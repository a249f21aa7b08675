"""The tables can be rebuilt from the journal alone, whatever was done."""

import tempfile
from datetime import timedelta
from pathlib import Path

import hypothesis.strategies as st
from hypothesis import settings
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from corpus.errors import CorpusError
from corpus.grouped import TargetChange
from corpus.model import State
from corpus.store import CorpusStore
from tests.corpus.store.conftest import Clock, document, draft

ACTORS = st.sampled_from(["anna", "bashir"])
TEXTS = st.sampled_from(["", "one", "one. Two", "draft"])
SOURCES = st.lists(st.sampled_from(["قال نعم. ثم ذهب.", "وعاد السكان.", "ولا أحد يعرف.", "نعم", "لا"]), max_size=4)
REACHED = st.sampled_from([State.EDITED, State.TRANSLATED, State.REVIEWED])
PICK = st.integers(0, 10**6)


class AnyUse(RuleBasedStateMachine):
    """What people and engines do to a project, in any order."""

    def __init__(self):
        super().__init__()
        self.folder = tempfile.TemporaryDirectory()
        self.clock = Clock()
        self.store = CorpusStore.create(Path(self.folder.name) / "p.tarjama", {})
        self.store._writer._now = self.clock
        self.store.add_document(document("قال نعم. ثم ذهب.", "نعم"), "anna")

    def teardown(self):
        self.store.close()
        self.folder.cleanup()

    def picked(self, number):
        segments = self.store.segments()
        return segments[number % len(segments)] if segments else None

    def tried(self, use):
        """Do what may be refused; then nothing may have changed."""
        before = self.store._db.execute("SELECT count(*) FROM journal").fetchone()
        try:
            use()
        except CorpusError:
            assert self.store._db.execute("SELECT count(*) FROM journal").fetchone() == before

    @rule(sources=SOURCES, actor=ACTORS, update=st.sampled_from([True, False, None]))
    def import_document(self, sources, actor, update):
        self.tried(lambda: self.store.import_document(document(*sources), actor, update=update))

    @rule(number=PICK, text=TEXTS, state=REACHED, actor=ACTORS, seconds=st.sampled_from([0, 1000]))
    def type_text(self, number, text, state, actor, seconds):
        self.clock.time += timedelta(seconds=seconds)
        if segment := self.picked(number):
            self.store.set_target(segment.uid, text, state, actor)

    @rule(number=PICK, text=TEXTS)
    def draft(self, number, text):
        if segment := self.picked(number):
            self.store.add_drafts([(segment.uid, draft(segment.source, text))], "engine:e")

    @rule(text=TEXTS, actor=ACTORS, stale=st.integers(0, 1))
    def change_many(self, text, actor, stale):
        changes = [
            TargetChange(one.uid, text, State.EDITED, one.version - stale * number)
            for number, one in enumerate(self.store.segments())
        ]
        self.store.set_targets(changes, actor)

    @rule(number=PICK, moment=st.integers(0, 9), actor=ACTORS)
    def restore(self, number, moment, actor):
        if segment := self.picked(number):
            self.tried(lambda: self.store.restore(segment.uid, moment, actor))

    @rule(number=PICK, cut=st.integers(0, 20), target_cut=st.none() | st.integers(0, 5), actor=ACTORS)
    def split(self, number, cut, target_cut, actor):
        if segment := self.picked(number):
            target_cuts = None if target_cut is None else [target_cut]
            self.tried(lambda: self.store.split_segment(segment.uid, [cut], actor, target_cuts=target_cuts))

    @rule(number=PICK, count=st.integers(2, 3), actor=ACTORS)
    def join(self, number, count, actor):
        segments = self.store.segments()
        first = number % (len(segments) + 1)
        self.tried(lambda: self.store.join_segments([one.uid for one in segments[first : first + count]], actor))

    @rule(actor=ACTORS)
    def undo(self, actor):
        self.tried(lambda: self.store.undo(actor))

    @rule(actor=ACTORS)
    def redo(self, actor):
        self.tried(lambda: self.store.redo(actor))

    @rule(number=PICK, actor=ACTORS)
    def undo_any(self, number, actor):
        changes = [step.change for step in self.store.journal()]
        self.tried(lambda: self.store.undo_change(changes[number % len(changes)], actor))

    @invariant()
    def the_journal_tells_all(self):
        assert list(self.store.unexplained()) == []
        assert self.store.problems() == []

    @invariant()
    def every_history_ends_with_what_stands(self):
        for segment in self.store.segments():
            assert self.store.history(segment.uid)[-1].segment == segment


AnyUse.TestCase.settings = settings(max_examples=15, stateful_step_count=20, deadline=None)
TestAnyUse = AnyUse.TestCase
