import sqlite3
from dataclasses import replace
from pathlib import Path

import pytest

from corpus.errors import NotFoundError
from corpus.grouped import Obstacle, TargetChange
from corpus.journal import replay
from corpus.model import ImportedDocument, ImportedSegment, Segment, State
from corpus.store import CorpusStore
from corpus.store.writing import Cause

COUNT = 1200  # more than SQLite takes parameters at once


@pytest.fixture
def store(tmp_path: Path):
    made = CorpusStore.create(tmp_path / "p.tarjama", {"source_language": "ar"})
    segments = tuple(ImportedSegment(f"فقرة {number}") for number in range(COUNT))
    made.add_document(ImportedDocument("a.txt", "text", "utf-8", "0" * 64, segments), "tester")
    yield made
    made.close()


def change_of(segment: Segment, text: str = "new", version: int = 0) -> TargetChange:
    return TargetChange(segment.uid, text, State.EDITED, version or segment.version)


def lock(store: CorpusStore, segment: Segment) -> None:
    store._writer.write(
        [(segment, replace(segment, locked=True, version=segment.version + 1))], Cause("tester", "lock")
    )


def test_many_segments_are_written_as_one_change(store):
    segments = store.segments()
    report = store.set_targets([change_of(segment) for segment in segments], "anna")
    assert report.written == tuple(store.segments())
    assert {(segment.target, segment.state, segment.version) for segment in report.written} == {
        ("new", State.EDITED, 2)
    }
    entries = [entry for entry in store.journal() if entry.change == report.change]
    assert [entry.entity_uid for entry in entries] == [segment.uid for segment in segments]
    assert {(entry.actor, entry.action, entry.undoes) for entry in entries} == {("anna", "bulk", "")}


def test_what_must_not_be_overwritten_is_left_and_told(store):
    stale, locked, reviewed, so_already, free = store.segments()[:5]
    store.set_target(stale.uid, "Bashir's", State.EDITED, "bashir")
    lock(store, locked)
    reviewed = store.set_target(reviewed.uid, "approved", State.REVIEWED, "bashir")
    so_already = store.set_target(so_already.uid, "new", State.EDITED, "bashir")
    locked = store.segment(locked.uid)
    report = store.set_targets([change_of(one) for one in (stale, locked, reviewed, so_already, free)], "anna")
    assert [segment.uid for segment in report.written] == [free.uid]
    assert {left.segment.uid: left.obstacle for left in report.left} == {
        stale.uid: Obstacle.CHANGED,
        locked.uid: Obstacle.LOCKED,
        reviewed.uid: Obstacle.REVIEWED,
        so_already.uid: Obstacle.NOTHING_TO_DO,
    }
    assert [store.segment(one.uid).target for one in (stale, locked, reviewed)] == ["Bashir's", "", "approved"]


def test_nothing_written_is_no_change(store):
    segment = store.segments()[0]
    before = list(store.journal())
    report = store.set_targets([change_of(segment, version=7), TargetChange("nobody", "x", State.EDITED, 1)], "anna")
    assert (report.change, report.written, len(report.left)) == ("", (), 1)
    assert list(store.journal()) == before


def test_a_change_is_taken_back_as_one_and_can_be_made_again(store):
    first, second, third = store.segments()[:3]
    store.set_target(first.uid, "old", State.TRANSLATED, "anna")
    segments = store.segments()[:3]
    report = store.set_targets([change_of(segment) for segment in segments], "anna")
    undone = store.undo_change(report.change, "anna")
    assert [(s.target, s.state) for s in store.segments()[:3]] == [
        ("old", State.TRANSLATED),
        ("", State.UNTRANSLATED),
        ("", State.UNTRANSLATED),
    ]
    assert undone.left == ()
    again = store.undo_change(undone.change, "anna")
    assert [segment.target for segment in again.written] == ["new"] * 3
    assert {entry.undoes for entry in store.journal() if entry.change == again.change} == {undone.change}
    assert third.uid in {segment.uid for segment in again.written}
    assert second.uid in {segment.uid for segment in again.written}


def test_what_somebody_changed_or_locked_since_is_kept(store):
    edited, locked, same, free = segments = store.segments()[:4]
    report = store.set_targets([change_of(segment) for segment in segments], "anna")
    store.set_target(edited.uid, "Bashir's", State.EDITED, "bashir")
    lock(store, store.segment(locked.uid))
    store.set_target(same.uid, "Bashir's", State.EDITED, "bashir")
    store.set_target(same.uid, "new", State.EDITED, "bashir")
    undone = store.undo_change(report.change, "anna")
    assert [segment.uid for segment in undone.written] == [same.uid, free.uid]
    assert [(left.segment.uid, left.obstacle) for left in undone.left] == [
        (edited.uid, Obstacle.CHANGED),
        (locked.uid, Obstacle.LOCKED),
    ]
    assert store.segment(edited.uid).target == "Bashir's"
    twice = store.undo_change(report.change, "anna")
    assert (twice.change, twice.written) == ("", ())
    assert Obstacle.NOTHING_TO_DO in {left.obstacle for left in twice.left}


@pytest.mark.parametrize("uid", ["", "nothing"])
def test_an_unknown_change_is_told(store, uid):
    with pytest.raises(NotFoundError, match="no change"):
        store.undo_change(uid, "anna")


def test_the_newest_change_is_the_last_one_that_stands_of_that_person(store):
    first, second = store.segments()[:2]
    assert store.newest_change("anna") == ""
    one = store.set_targets([change_of(first)], "anna").change
    two = store.set_targets([change_of(second)], "anna").change
    store.set_targets([change_of(second, "other", 2)], "bashir", "replace")
    assert store.newest_change("anna") == two
    assert store.newest_change("anna", "replace") == ""
    store.set_targets([change_of(store.segment(second.uid), "new")], "bashir")
    store.undo_change(two, "anna")
    assert store.newest_change("anna") == one


def test_sources_come_in_reading_order_and_segments_by_name(store):
    segments = store.segments()
    assert list(store.sources()) == [(segment.uid, segment.source) for segment in segments]
    uids = [segment.uid for segment in reversed(segments)]
    assert store.segments_named([*uids, "nobody"]) == segments[::-1]


def test_the_journal_still_rebuilds_the_project(tmp_path, store):
    segments = store.segments()[:5]
    report = store.set_targets([change_of(segment) for segment in segments], "anna")
    store.set_target(segments[0].uid, "Bashir's", State.TRANSLATED, "bashir")
    store.undo_change(report.change, "anna")
    state = replay(store.journal())
    store.close()
    db = sqlite3.connect(tmp_path / "p.tarjama")
    db.row_factory = sqlite3.Row
    rows = {row["uid"]: dict(row) for row in db.execute("SELECT * FROM segments")}
    for row in rows.values():
        row.pop("source_key")  # made from the source
    db.close()
    for row in rows.values():
        row.pop("words")  # follows from the source
        row.pop("risk")  # made from the draft
    assert rows == {uid: {"uid": uid, **fields} for uid, fields in state.segments.items()}
