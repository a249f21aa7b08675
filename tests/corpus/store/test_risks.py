from dataclasses import replace

import pytest

from corpus.keys import source_hash
from corpus.model import Draft, DraftKind, ImportedDocument, ImportedSegment, State
from corpus.store import CorpusStore

SOURCES = ("قال المتحدث إن الهدنة صامدة.", "عاد السكان.", "وصل ثلاثون لاجئا.")
PEOPLE = "anna"


def draft_of(source, text="A draft."):
    return Draft(text, DraftKind.TRANSLATION, "argos", "m", "1.0", "f" * 64, source_hash(source))


@pytest.fixture
def store(tmp_path):
    made = CorpusStore.create(tmp_path / "p.tarjama", {"source_language": "ar"})
    for name in ("one.txt", "two.txt"):
        segments = tuple(map(ImportedSegment, SOURCES))
        made.add_document(ImportedDocument(name, "text", "utf-8", name, segments), PEOPLE)
    made.add_drafts([(segment.uid, draft_of(segment.source)) for segment in made.segments()], "engine:argos")
    yield made
    made.close()


def put_all(store, risks=(0.1, 0.9, 0.5, 0.2, 0.0, 0.3)):
    uids = [segment.uid for segment in store.segments()]
    store.risks.put(zip(uids, risks, strict=True))
    return uids


def test_the_worst_comes_first(store):
    assert len(store.risks.unweighed(10)) == 6
    uids = put_all(store)
    assert store.risks.unweighed(10) == []
    assert list(store.risks.worst(10)) == [uids[place] for place in (1, 2, 5, 3, 0)]  # no risk, no place in the queue
    assert list(store.risks.worst(1, without=[uids[1]])) == [uids[2]]
    second = store.documents()[1].uid
    assert list(store.risks.worst(10, second)) == [uids[5], uids[3]]


def test_what_a_human_touched_leaves_the_queue(store):
    uids = put_all(store)
    store.set_target(uids[1], "Mine.", State.EDITED, PEOPLE)
    store.set_target(uids[2], "Done.", State.TRANSLATED, PEOPLE)
    assert list(store.risks.worst(10)) == [uids[5], uids[3], uids[0]]
    assert [segment.uid for segment in store.risks.edited(10)] == [uids[2]]


def test_another_draft_loses_the_risk(store):
    uids = put_all(store)
    first = store.segment(uids[0])
    store.add_drafts([(first.uid, draft_of(first.source))], "engine:argos")  # the same again
    assert store.risks.unweighed(10) == []
    store.add_drafts([(first.uid, draft_of(first.source, "Another."))], "engine:argos")
    assert [segment.uid for segment in store.risks.unweighed(10)] == [first.uid]
    store.risks.forget()
    assert len(store.risks.unweighed(10)) == 6


def test_a_risk_is_no_part_of_the_journal(store):
    before = [replace(segment) for segment in store.segments()]
    entries = len(list(store.journal()))
    put_all(store)
    assert store.segments() == before
    assert len(list(store.journal())) == entries
    assert store.problems() == []
    assert store.inconsistencies() == []


def test_the_queue_is_read_from_its_index(store):
    plan = store._db.execute("EXPLAIN QUERY PLAN SELECT uid FROM segments WHERE state = 1 AND risk > 0 ORDER BY risk")
    assert "segments_by_risk" in plan.fetchall()[0][-1]
