import os
import shutil
import sqlite3
import tempfile
from collections import Counter
from contextlib import closing, suppress
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import hypothesis.strategies as st
import pytest
from hypothesis import given, settings

from corpus.errors import ConflictError, CorpusError, NotFoundError, StoreError
from corpus.model import State
from corpus.store import CorpusStore
from tests.corpus.store.conftest import Clock, document, draft

FIRST = "قال نعم. ثم ذهب."


class Pair:
    """Two copies of a project, and the clock both go by."""

    def __init__(self, folder):
        self.folder, self.clock, self.stores = Path(folder), Clock(), {}
        store = CorpusStore.create(self.folder / "anna.tarjama", {"source_language": "ar", "target_language": "en"})
        store._writer._now = self.clock
        store.add_document(document(FIRST, "اثنان", "ثلاثة"), "anna")
        store.close()
        shutil.copy(self.folder / "anna.tarjama", self.folder / "bashir.tarjama")
        for name in ("anna", "bashir"):
            self.open(name)

    def open(self, name, file=None):
        path = self.folder / (file or f"{name}.tarjama")
        self.stores[file or name] = store = CorpusStore.open(path)
        store._writer._now = self.clock
        return store

    def __getitem__(self, name):
        return self.stores[name]

    def write(self, name, number, text, state=State.TRANSLATED):
        self.clock.pass_by(minutes=10)
        segment = self[name].segments()[number]
        return self[name].set_target(segment.uid, text, state, name)

    def merge(self, into, other, **options):
        return self[into].merge(self.folder / f"{other}.tarjama", into, **options)

    def close(self):
        for store in self.stores.values():
            assert list(store.unexplained()) == []
            assert store.problems() == []
            store.close()


@pytest.fixture
def pair(tmp_path):
    pair = Pair(tmp_path)
    yield pair
    pair.close()


def content(store):
    documents = [replace(one, imported_at="") for one in store.documents()]
    conflicts = sorted((c.uid, c.kept, c.offered, c.kept_by, c.offered_by) for c in store.conflicts())
    return documents, [replace(one, version=0) for one in store.segments()], conflicts


def targets(store):
    return [(one.target, one.state.label) for one in store.segments()]


def test_what_each_has_done_alone_comes_together(pair):
    pair.write("anna", 0, "one")
    pair.write("bashir", 1, "two", State.EDITED)
    pair["bashir"].add_document(document("أربعة", name="other.txt"), "bashir")
    report = pair.merge("anna", "bashir")
    assert (report.documents, report.added, report.changed, report.removed) == (["other.txt"], 1, 1, 0)
    assert report.conflicts == []
    assert targets(pair["anna"]) == [
        ("one", "translated"), ("two", "edited"), ("", "untranslated"), ("", "untranslated"),
    ]  # fmt: skip
    back = pair.merge("bashir", "anna")
    assert (back.changed, back.conflicts) == (1, [])
    assert content(pair["anna"]) == content(pair["bashir"])
    for into, other in (("anna", "bashir"), ("bashir", "anna")):
        steps = len(list(pair[into].journal()))
        pair.merge(into, other)
        assert len(list(pair[into].journal())) == steps


def test_of_two_translations_the_later_stands_and_both_are_listed(pair):
    pair.write("anna", 0, "Anna's")
    pair.write("bashir", 0, "Bashir's", State.EDITED)
    (conflict,) = pair.merge("anna", "bashir").conflicts
    assert (conflict.field, conflict.kept, conflict.kept_by) == ("target", "Bashir's", "bashir")
    assert (conflict.offered, conflict.offered_by, conflict.offered_state) == ("Anna's", "anna", State.TRANSLATED)
    assert (conflict.source, conflict.base) == (FIRST, "")
    assert targets(pair["anna"])[0] == ("Bashir's", "edited")
    assert [moment.segment.target for moment in pair["anna"].history(conflict.segment_uid)][-2:] == [
        "Anna's", "Bashir's",
    ]  # fmt: skip
    with pytest.raises(ConflictError, match="conflict about"):
        pair["anna"].split_segment(conflict.segment_uid, [8], "anna")
    pair["anna"].settle_conflict(conflict.uid, "anna", takes_offered=True)
    assert targets(pair["anna"])[0] == ("Anna's", "translated")
    with pytest.raises(NotFoundError, match="no such conflict"):
        pair["anna"].settle_conflict(conflict.uid, "anna", takes_offered=True)
    pair.merge("bashir", "anna")
    assert content(pair["bashir"]) == content(pair["anna"])
    assert pair["bashir"].conflicts() == []
    pair["anna"].undo("anna")
    assert targets(pair["anna"])[0] == ("Bashir's", "edited")


def test_a_conflict_decided_on_one_side_stays_decided(pair):
    pair.write("anna", 0, "Anna's")
    pair.write("bashir", 0, "Bashir's")
    (conflict,) = pair.merge("anna", "bashir").conflicts
    before = shutil.copy(pair.folder / "bashir.tarjama", pair.folder / "x.tarjama")
    assert Path(before).exists()
    pair.merge("bashir", "anna")
    pair["anna"].settle_conflict(conflict.uid, "anna", takes_offered=False)
    pair.write("bashir", 1, "two")
    pair.merge("bashir", "anna")
    pair.merge("anna", "bashir")
    assert pair["anna"].conflicts() == pair["bashir"].conflicts() == []
    assert content(pair["anna"]) == content(pair["bashir"])


def test_the_same_translation_and_further_states_are_no_conflict(pair):
    for name in ("anna", "bashir"):
        pair.write(name, 0, "one")
    pair.write("anna", 0, "one", State.REVIEWED)
    pair.write("anna", 1, "two", State.EDITED)
    uid = pair["anna"].segments()[2].uid
    pair["anna"].add_drafts([(uid, draft("ثلاثة"))], "engine:e")
    pair.write("bashir", 2, "three")
    assert pair.merge("anna", "bashir").conflicts == []
    assert targets(pair["anna"]) == [("one", "reviewed"), ("two", "edited"), ("three", "translated")]


def test_a_new_text_wins_over_a_new_state_of_the_old_one(pair):
    pair.write("anna", 0, "one")
    pair.merge("bashir", "anna")
    pair.write("bashir", 0, "One.", State.EDITED)
    pair.write("anna", 0, "one", State.REVIEWED)
    assert pair.merge("anna", "bashir").conflicts == []
    assert targets(pair["anna"])[0] == ("One.", "edited")


def test_what_one_takes_out_and_the_other_translates_stays(pair):
    pair["anna"].import_document(document(FIRST, "ثلاثة"), "anna")
    pair.write("bashir", 1, "two")
    (conflict,) = pair.merge("anna", "bashir").conflicts
    assert (conflict.field, conflict.offered_by, conflict.kept_by, conflict.source) == (
        "removed", "anna", "bashir", "اثنان",
    )  # fmt: skip
    assert [one.source for one in pair["anna"].segments()] == [FIRST, "اثنان", "ثلاثة"]
    pair["anna"].settle_conflict(conflict.uid, "anna", takes_offered=True)
    assert [one.source for one in pair["anna"].segments()] == [FIRST, "ثلاثة"]
    pair.merge("bashir", "anna")
    assert content(pair["anna"]) == content(pair["bashir"])


def test_what_both_have_split_alike_is_split_once(pair):
    for name, text in (("anna", "He went."), ("bashir", "Then he left.")):
        uid = pair[name].segments()[0].uid
        second = pair[name].split_segment(uid, [9], name).written[1]
        pair.clock.pass_by(minutes=10)
        pair[name].set_target(second.uid, text, State.EDITED, name)
    pair["bashir"].set_target(pair["bashir"].segments()[0].uid, "He said yes.", State.EDITED, "bashir")
    (conflict,) = pair.merge("anna", "bashir").conflicts
    assert [(one.order, one.source) for one in pair["anna"].segments()] == [
        ("1.1", "قال نعم. "), ("1.2", "ثم ذهب."), ("2", "اثنان"), ("3", "ثلاثة"),
    ]  # fmt: skip
    assert {(conflict.kept, conflict.kept_by), (conflict.offered, conflict.offered_by)} == {
        ("He went.", "anna"), ("Then he left.", "bashir"),
    }  # fmt: skip
    assert targets(pair["anna"])[0] == ("He said yes.", "edited")
    pair.merge("bashir", "anna")
    assert content(pair["anna"]) == content(pair["bashir"])


def test_what_one_has_split_and_the_other_translated_is_to_be_looked_at_again(pair):
    uid = pair["anna"].segments()[0].uid
    pair["anna"].split_segment(uid, [9], "anna")
    pair.write("bashir", 0, "He said yes. Then he went.", State.REVIEWED)
    assert pair.merge("anna", "bashir").conflicts == []
    first, second = pair["anna"].segments()[:2]
    assert (first.source, first.target, first.state) == ("قال نعم. ", "He said yes. Then he went.", State.EDITED)
    assert "The source changed" in first.note
    assert (second.source, second.target) == ("ثم ذهب.", "")


def test_what_was_joined_crosswise_is_still_there(pair):
    anna, bashir = pair["anna"], pair["bashir"]
    anna.join_segments([one.uid for one in anna.segments()[1:]], "anna")
    bashir.import_document(document("ثلاثة", FIRST), "bashir")
    bashir.join_segments([one.uid for one in bashir.segments()], "bashir")
    assert {one.field for one in pair.merge("anna", "bashir").conflicts} == {"removed"}
    assert [one.source for one in anna.segments()] == [f"ثلاثة {FIRST}", "اثنان ثلاثة"]


def test_what_both_have_cut_otherwise_is_kept_and_told_the_same_on_both_sides(pair):
    pair.write("bashir", 0, "x", State.EDITED)
    pair.merge("anna", "bashir")
    for name, cut in (("anna", 9), ("bashir", 4)):
        pair[name].split_segment(pair[name].segments()[0].uid, [cut], name)
        pair.clock.pass_by(minutes=1)
    with closing(sqlite3.connect(pair.folder / "copy.tarjama")) as copy:
        pair["bashir"]._db.conn.backup(copy)
    pair.merge("bashir", "anna")
    pair.merge("anna", "copy")
    assert content(pair["anna"]) == content(pair["bashir"])
    assert [one.field for one in pair["anna"].conflicts()] == ["source"]
    assert {one.source for one in pair["anna"].segments()[:3]} == {"قال نعم. ", "نعم. ثم ذهب.", "ثم ذهب."}


def test_what_one_has_joined_to_what_the_other_has_split_is_still_there(pair):
    anna, bashir = pair["anna"], pair["bashir"]
    anna.join_segments([one.uid for one in anna.segments()[:2]], "anna")
    pair.clock.pass_by(minutes=1)
    bashir.split_segment(bashir.segments()[0].uid, [9], "bashir")
    pair.merge("anna", "bashir")
    assert [one.source for one in anna.segments()] == [f"{FIRST} اثنان", "ثم ذهب.", "ثلاثة"]


def test_documents_of_both_stand_one_after_the_other(pair):
    for name in ("anna", "bashir"):
        pair[name].add_document(document("أربعة", name=f"{name}.txt"), name)
        pair.clock.pass_by(minutes=1)
    pair.merge("anna", "bashir")
    assert [(one.name, one.position) for one in pair["anna"].documents()] == [
        ("news.txt", 1), ("anna.txt", 2), ("bashir.txt", 3),
    ]  # fmt: skip


def test_strangers_are_refused_unless_one_asks_for_them(pair, tmp_path):
    strange = CorpusStore.create(tmp_path / "strange.tarjama", {"source_language": "ar", "target_language": "en"})
    strange.add_document(document("أربعة", name="strange.txt"), "carla")
    strange.close()
    before = list(pair["anna"].journal())
    with pytest.raises(ConflictError, match="nothing in common") as caught:
        pair.merge("anna", "strange")
    assert "--all" in caught.value.hint
    assert list(pair["anna"].journal()) == before
    assert pair.merge("anna", "strange", takes_strangers=True, dry_run=True).documents == ["strange.txt"]
    assert list(pair["anna"].journal()) == before
    assert pair.merge("anna", "strange", takes_strangers=True).documents == ["strange.txt"]
    other = CorpusStore.create(tmp_path / "other.tarjama", {"source_language": "fa", "target_language": "en"})
    other.close()
    for name, message in (("anna", "itself"), ("other", "from fa to en"), ("nothing", "no project")):
        with pytest.raises(CorpusError, match=message):
            pair.merge("anna", name, takes_strangers=True)


STRANGE_STEP = "INSERT INTO journal SELECT 99, at, actor, action,"


@pytest.mark.parametrize(
    "damage",
    [
        "UPDATE segments SET target = 'forged'",
        "DELETE FROM segments",
        f"{STRANGE_STEP} 'nonsense', 'x', before, after, '', '' FROM journal LIMIT 1",
        f"{STRANGE_STEP} 'segment', 'x', '{{}}', 'no JSON', '', '' FROM journal LIMIT 1",
        f"{STRANGE_STEP} 'segment', 'x', '[]', '[1]', '', '' FROM journal LIMIT 1",
    ],
)
def test_a_damaged_project_is_refused_and_nothing_changes(pair, damage):
    pair.write("bashir", 0, "one")
    pair["bashir"].close()
    db = sqlite3.connect(pair.folder / "bashir.tarjama")
    db.execute(damage)
    db.commit()
    db.close()
    before = list(pair["anna"].journal())
    with pytest.raises(StoreError, match="damaged"):
        pair.merge("anna", "bashir")
    assert list(pair["anna"].journal()) == before
    del pair.stores["bashir"]


PICK = st.integers(0, 10**6)
STEPS = st.lists(
    st.tuples(
        st.sampled_from(["write", "draft", "split", "join", "import", "undo", "redo", "settle"]),
        PICK,
        st.sampled_from(["", "x", "y. z"]),
        st.sampled_from([State.EDITED, State.TRANSLATED]),
    ),
    max_size=5,
)


def work(pair, name, steps):
    for step in steps:
        pair.clock.time += timedelta(seconds=step[1] % 400)
        with suppress(CorpusError):
            do(pair[name], name, *step)


def do(store, name, what, number, text, state):
    if what in {"undo", "redo"}:
        getattr(store, what)(name)
        return
    if what == "import":
        sources = [[FIRST, "جديد", "ثلاثة"], ["ثلاثة", FIRST], [FIRST, "اثنان"]][number % 3]
        store.import_document(document(*sources), name, update=True)
        return
    segments, conflicts = store.segments(), store.conflicts()
    assert segments
    first = number % len(segments)
    if what == "write":
        store.set_target(segments[first].uid, text, state, name)
    elif what == "draft":
        store.add_drafts([(segments[first].uid, draft(segments[first].source, text))], f"engine:{name}")
    elif what == "split":
        store.split_segment(segments[first].uid, [[9, 4][number % 2]], name)
    elif what == "join":
        store.join_segments([one.uid for one in segments[first : first + 2]], name)
    elif conflicts:
        chosen = conflicts[number % len(conflicts)]
        store.settle_conflict(chosen.uid, name, takes_offered=bool(number % 2))


def words(store):
    return {word for one in store.segments() if one.state >= State.EDITED for word in one.target.split()}


WRITING = ("edit", "confirm", "split", "join", "settle")


def written_since(store, number):
    """Return the words of translations that stand where somebody wrote them after a step of the project's journal."""
    stands = {one.uid: set(one.target.split()) for one in store.segments() if one.state >= State.EDITED}
    steps = [step for step in store.journal() if step.number > number and step.action in WRITING]
    return {
        word
        for step in steps
        for word in str(step.after.get("target", "")).split()
        if word in stands.get(step.entity_uid, ())
    }


def last_step(store):
    return max(step.number for step in store.journal())


@settings(max_examples=int(os.environ.get("TARJAMA_MERGES", "12")))
@given(st.lists(st.tuples(STEPS, STEPS), min_size=1, max_size=2))
def test_whoever_takes_the_other_in_the_outcome_is_the_same(rounds):
    with tempfile.TemporaryDirectory() as folder:
        pair = Pair(folder)
        for mine, theirs in rounds:
            before = {name: last_step(pair[name]) for name in pair.stores}
            work(pair, "anna", mine)
            work(pair, "bashir", theirs)
            written = set.union(*(written_since(pair[name], before[name]) for name in pair.stores))
            with closing(sqlite3.connect(pair.folder / "copy.tarjama")) as copy:
                pair["bashir"]._db.conn.backup(copy)
            pair.merge("bashir", "anna")
            pair.merge("anna", "copy")
            assert content(pair["anna"]) == content(pair["bashir"])
            offered = {word for one in pair["anna"].conflicts() for word in one.offered.split()}
            assert written <= words(pair["anna"]) | offered
            if all(step[0] != "import" for both in rounds for steps in both for step in steps):
                stands = Counter(letter for one in pair["anna"].segments() for letter in one.source)
                assert Counter(f"{FIRST}اثنانثلاثة") <= stands + Counter(" " * 10)  # of what was joined, no space
            pair.merge("anna", "bashir")
            pair.merge("bashir", "anna")
            assert content(pair["anna"]) == content(pair["bashir"])
            assert [*pair["anna"].unexplained(), *pair["bashir"].unexplained()] == []
        pair.close()
