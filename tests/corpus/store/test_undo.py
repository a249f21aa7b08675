import pytest

from corpus.errors import ConflictError, NotFoundError
from corpus.grouped import Obstacle, TargetChange
from corpus.model import State
from corpus.store import CorpusStore
from tests.corpus.store.conftest import document, draft


def texts(store):
    return [(segment.target, segment.state.label) for segment in store.segments()]


def test_typing_is_taken_back_and_done_again_after_reopening(tmp_path, store):
    first, second, _ = store.segments()
    store.add_drafts([(first.uid, draft(first.source))], "engine:e")
    before = texts(store)
    store.set_target(first.uid, "one", State.EDITED, "anna")
    store.set_target(second.uid, "two", State.TRANSLATED, "anna")
    done = texts(store)
    other = CorpusStore.open(tmp_path / "p.tarjama")
    assert other.undo("anna").left == ()
    assert texts(other) == [done[0], before[1], before[2]]
    assert other.undo("anna").left == ()
    assert texts(other) == before
    with pytest.raises(NotFoundError, match="nothing of yours to undo"):
        other.undo("anna")
    other.close()
    assert store.redo("anna").left == ()
    assert store.redo("anna").left == ()
    assert texts(store) == done
    with pytest.raises(NotFoundError, match="nothing of yours to redo"):
        store.redo("anna")
    store.undo("anna")
    assert texts(store) == [done[0], before[1], before[2]]


def test_typing_in_one_sitting_is_taken_back_as_one(store, clock):
    first, second, _ = store.segments()
    for text in ("t", "th", "the", "the one"):
        store.set_target(first.uid, text, State.EDITED, "anna")
        clock.pass_by(seconds=20)
    store.set_target(first.uid, "the one.", State.TRANSLATED, "anna")  # confirming ends it
    store.set_target(first.uid, "the one!", State.EDITED, "anna")
    clock.pass_by(minutes=6)  # so does a pause
    store.set_target(first.uid, "the one?", State.EDITED, "anna")
    store.set_target(second.uid, "elsewhere", State.EDITED, "anna")  # or something else
    store.set_target(first.uid, "the one again", State.EDITED, "anna")
    seen = []
    for _ in range(5):
        store.undo("anna")
        seen.append(store.segment(first.uid).target)
    assert seen == ["the one?", "the one?", "the one!", "the one.", ""]
    assert store.segment(first.uid).state is State.UNTRANSLATED
    for _ in range(5):
        store.redo("anna")
    assert [one.target for one in store.segments()] == ["the one again", "elsewhere", ""]


def test_nobody_s_else_s_text_is_overwritten_or_taken_back(store):
    first, second, _ = store.segments()
    store.set_target(first.uid, "one", State.EDITED, "anna")
    store.set_target(second.uid, "two", State.EDITED, "bashir")
    store.set_target(first.uid, "Bashir's", State.EDITED, "bashir")
    report = store.undo("anna")
    assert (report.written, [left.obstacle for left in report.left]) == ((), [Obstacle.CHANGED])
    assert store.segment(first.uid).target == "Bashir's"
    store.undo("bashir")
    assert store.segment(first.uid).target == "one"
    store.undo("anna")
    assert texts(store) == [("", "untranslated"), ("two", "edited"), ("", "untranslated")]


def test_something_new_ends_what_can_be_done_again(store):
    first, second, _ = store.segments()
    store.set_target(first.uid, "one", State.EDITED, "anna")
    store.undo("anna")
    store.set_target(second.uid, "two", State.EDITED, "bashir")
    store.set_target(second.uid, "two", State.TRANSLATED, "anna")
    with pytest.raises(NotFoundError):
        store.redo("anna")
    store.undo("anna")
    store.redo("anna")
    assert store.segment(second.uid).state is State.TRANSLATED


def test_changes_of_many_segments_are_taken_back_too_and_imports_are_not(store):
    segments = store.segments()
    report = store.set_targets([TargetChange(one.uid, "x", State.EDITED, one.version) for one in segments], "anna")
    assert len(report.written) == 3
    assert store.newest_change("anna") == report.change
    store.add_document(document("أربعة", name="other.txt"), "anna")
    store.import_document(document("أربعة", "خمسة", name="other.txt"), "anna")
    store.undo("anna")
    assert [target for target, _ in texts(store)] == [""] * 5
    assert store.newest_change("anna") == ""
    store.redo("anna")
    assert store.newest_change("anna") == report.change
    update = next(step.change for step in store.journal() if step.action == "update")
    with pytest.raises(ConflictError, match="import nor a merge"):
        store.undo_change(update, "anna")


def test_what_was_taken_out_since_is_told(store):
    first = store.segments()[0]
    store.set_target(first.uid, "one", State.EDITED, "anna")
    store.import_document(document("اثنان", "ثلاثة"), "importer")
    (left,) = store.undo("anna").left
    assert (left.segment.uid, left.segment.target, left.obstacle) == (first.uid, "one", Obstacle.TAKEN_OUT)
