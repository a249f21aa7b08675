import pytest

from corpus.keys import source_hash, source_key
from corpus.model import Draft, DraftKind, ImportedDocument, ImportedSegment, Origin, State
from corpus.store import CorpusStore

SOURCES = ("أعلن المجلس هدنة", "وصلت القافلة", "أعلن المجلس هُدنة", "أعلن المجلس هدنة", "أعلن المجلس هدنة")


@pytest.fixture
def store(tmp_path):
    made = CorpusStore.create(tmp_path / "p.tarjama", {"source_language": "ar", "target_language": "en"})
    segments = tuple(ImportedSegment(source) for source in SOURCES)
    made.add_document(ImportedDocument("news.txt", "text", "utf-8", "0" * 64, segments), "anna")
    yield made
    made.close()


def draft_of(segment, text="a machine's"):
    return segment.uid, Draft(text, DraftKind.TRANSLATION, "argos", "full", "1", "s" * 64, source_hash(segment.source))


def texts(store):
    return [(segment.text, segment.origin) for segment in store.segments()]


def test_what_is_confirmed_becomes_the_draft_of_the_same_source(store):
    one, _, three, four, five = store.segments()
    store.add_drafts([draft_of(three)], "engine:argos")
    store.set_target(four.uid, "hers", State.EDITED, "anna")
    store.set_target(one.uid, "A truce", State.TRANSLATED, "anna")
    report = store.propagate(one.uid, "anna")
    assert {segment.uid for segment in report.written} == {three.uid, five.uid}
    memory, human = ("A truce", Origin.MEMORY), ("hers", Origin.HUMAN)
    assert texts(store) == [("A truce", Origin.HUMAN), ("", Origin.NONE), memory, human, memory]
    steps = [entry for entry in store.journal() if entry.action == "propagate"]
    assert {(step.entity_uid, step.change) for step in steps} == {(s.uid, report.change) for s in report.written}
    assert store.propagate(one.uid, "anna").written == ()
    store.undo_change(report.change, "anna")
    assert texts(store)[2:] == [("a machine's", Origin.TRANSLATION), human, ("", Origin.NONE)]


def test_the_newest_confirmation_wins_over_an_untouched_draft_from_memory(store):
    one, *_ = store.segments()
    for text in ("A truce", "A ceasefire"):
        store.set_target(one.uid, text, State.TRANSLATED, "anna")
        store.propagate(one.uid, "anna")
    assert [text for text, _ in texts(store)] == ["A ceasefire", "", *["A ceasefire"] * 3]


def test_an_engine_that_comes_late_does_not_overwrite_it(store):
    one, _, three, *_ = store.segments()
    store.set_target(one.uid, "A truce", State.TRANSLATED, "anna")
    store.propagate(one.uid, "anna")
    assert store.add_drafts([draft_of(three)], "engine:argos") == []
    assert store.segment(three.uid).text == "A truce"


def test_locked_and_unconfirmed_segments_have_no_part_in_it(store):
    one, _, three, four, five = store.segments()
    store._db.execute("UPDATE segments SET locked = 1 WHERE uid IN (?, ?)", [three.uid, four.uid])
    store._db.conn.commit()
    store.set_target(one.uid, "A tr", State.EDITED, "anna")
    assert store.propagate(one.uid, "anna").written == ()
    store.set_target(one.uid, "A truce", State.TRANSLATED, "anna")
    assert [segment.uid for segment in store.propagate(one.uid, "anna").written] == [five.uid]


def test_a_source_is_found_however_it_came_into_the_file(store):
    one, two, *_ = store.segments()
    store._db.execute("UPDATE segments SET source = ? WHERE uid = ?", ["أُعلن المجلس هدنة", two.uid])
    store._db.conn.commit()
    store.set_target(one.uid, "A truce", State.TRANSLATED, "anna")
    assert len(store.propagate(one.uid, "anna").written) == 4
    assert {row["source_key"] for row in store._db.query("SELECT source_key FROM segments")} == {source_key(SOURCES[0])}
