import sqlite3
from datetime import UTC, datetime
from pathlib import Path

import pytest

from corpus.errors import ConflictError, NotFoundError, StoreError
from corpus.journal import replay
from corpus.keys import source_hash
from corpus.model import (
    Draft,
    DraftKind,
    ImportedDocument,
    ImportedSegment,
    Origin,
    Piece,
    SegmentKind,
    State,
    StateFilter,
)
from corpus.store import CorpusStore

NEWS = ImportedDocument(
    name="news.txt",
    format="text",
    encoding="utf-8",
    sha256="0" * 64,
    segments=(
        ImportedSegment("هدنة هشة في طرابلس", SegmentKind.HEADING),
        ImportedSegment("قال المتحدث إن الهدنة صامدة."),
        ImportedSegment("[b]\x1b[31m نص"),
    ),
)


def draft_of(source: str, text: str = "Fragile truce") -> Draft:
    return Draft(
        text=text,
        kind=DraftKind.GLOSS,
        engine="argos",
        model="gloss",
        model_version="1.0",
        model_sha256="f" * 64,
        source_hash=source_hash(source),
        pieces=(Piece(0, len(source), text, -0.25),),
        flags=("length-cap",),
    )


@pytest.fixture
def store(tmp_path: Path):
    made = CorpusStore.create(tmp_path / "p.tarjama", {"source_language": "ar"})
    made.add_document(NEWS, "tester")
    yield made
    made.close()


def test_segments_keep_order_kind_and_exact_source(store):
    segments = store.segments()
    assert [(s.position, s.kind, s.source) for s in segments] == [
        (1, SegmentKind.HEADING, "هدنة هشة في طرابلس"),
        (2, SegmentKind.PARAGRAPH, "قال المتحدث إن الهدنة صامدة."),
        (3, SegmentKind.PARAGRAPH, "[b]\x1b[31m نص"),
    ]
    assert all(s.state is State.UNTRANSLATED and s.version == 1 for s in segments)


def test_documents_come_in_order_of_import_and_the_latest_wins_a_name(store):
    second = store.add_document(NEWS, "tester")
    assert [d.position for d in store.documents()] == [1, 2]
    assert store.document("news.txt") == second
    assert [s.document_uid for s in store.segments()] == [store.documents()[0].uid] * 3 + [second.uid] * 3


def test_what_was_written_is_there_after_reopening(tmp_path, store):
    segment = store.segments()[0]
    store.set_target(segment.uid, "A fragile truce in Tripoli", State.TRANSLATED, "tester", segment.version)
    store.close()
    reopened = CorpusStore.open(tmp_path / "p.tarjama")
    again = reopened.segment(segment.uid)
    reopened.close()
    assert (again.target, again.state, again.version) == ("A fragile truce in Tripoli", State.TRANSLATED, 2)


def test_a_stale_edit_is_a_conflict_and_changes_nothing(store):
    segment = store.segments()[0]
    first = store.set_target(segment.uid, "one", State.EDITED, "anna", segment.version)
    with pytest.raises(ConflictError):
        store.set_target(segment.uid, "two", State.EDITED, "bashir", segment.version)
    assert store.segment(segment.uid) == first


def test_saving_the_same_text_again_is_no_change(store):
    segment = store.segments()[0]
    first = store.set_target(segment.uid, "one", State.EDITED, "anna", segment.version)
    assert store.set_target(segment.uid, "one", State.EDITED, "anna", first.version) == first


def test_a_draft_round_trips_and_shows_until_a_human_touches_it(store):
    segment = store.segments()[0]
    draft = draft_of(segment.source)
    (drafted,) = store.add_drafts([(segment.uid, draft)], "engine:argos")
    assert store.segment(segment.uid) == drafted
    assert (drafted.state, drafted.draft, drafted.text, drafted.origin) == (
        State.DRAFTED,
        draft,
        "Fragile truce",
        Origin.GLOSS,
    )
    assert drafted.flags == ("length-cap",)
    edited = store.set_target(segment.uid, "", State.EDITED, "anna")
    assert (edited.text, edited.origin) == ("", Origin.HUMAN)


def test_a_late_draft_does_not_touch_what_a_human_wrote(store):
    segment = store.segments()[0]
    edited = store.set_target(segment.uid, "mine", State.EDITED, "anna")
    assert store.add_drafts([(segment.uid, draft_of(segment.source))], "engine:argos") == []
    assert store.segment(segment.uid) == edited


def test_a_draft_of_another_source_is_refused(store):
    segment = store.segments()[0]
    assert store.add_drafts([(segment.uid, draft_of("نص آخر"))], "engine:argos") == []


def test_segments_can_be_asked_by_state(store):
    segment = store.segments()[1]
    store.set_target(segment.uid, "He said", State.REVIEWED, "anna")
    assert [s.uid for s in store.segments(states=StateFilter.parse("translated+"))] == [segment.uid]
    assert len(store.segments(states=StateFilter.parse("untranslated"))) == 2


def test_unknown_names_say_what_is_there(store):
    with pytest.raises(NotFoundError, match="no segment") as caught:
        store.segment("nothing")
    assert caught.value.hint
    with pytest.raises(NotFoundError) as caught:
        store.document("other.txt")
    assert "news.txt" in caught.value.hint


def test_the_journal_alone_rebuilds_the_project(tmp_path, store):
    first, second, _ = store.segments()
    store.add_drafts([(first.uid, draft_of(first.source))], "engine:argos")
    store.set_target(first.uid, "one", State.EDITED, "anna")
    store.set_target(first.uid, "one more", State.TRANSLATED, "anna")
    store.set_target(second.uid, "two", State.REVIEWED, "bashir")
    state = replay(store.journal())
    store.close()
    db = sqlite3.connect(tmp_path / "p.tarjama")
    db.row_factory = sqlite3.Row
    for table, replayed in (("documents", state.documents), ("segments", state.segments)):
        rows = {row["uid"]: dict(row) for row in db.execute(f"SELECT * FROM {table}")}  # noqa: S608
        for row in rows.values():
            row.pop("words", None)  # follows from the source
            row.pop("source_key", None)  # made from the source
            row.pop("risk", None)  # made from the draft
        assert rows == {uid: {"uid": uid, **fields} for uid, fields in replayed.items()}
    db.close()


def test_the_journal_says_who_when_and_what(store):
    store = CorpusStore(store._db, now=lambda: datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC))
    segment = store.segments()[0]
    store.set_target(segment.uid, "one", State.EDITED, "bashir")
    *_, entry = store.journal(segment.uid)
    assert (entry.at, entry.actor, entry.action) == ("2026-01-02T03:04:05.000Z", "bashir", "edit")
    assert entry.before == {"target": "", "state": 0, "version": 1}
    assert entry.after == {"target": "one", "state": 2, "version": 2}


@pytest.mark.parametrize("statement", ["DELETE FROM journal", "UPDATE journal SET actor = 'nobody'"])
def test_the_journal_refuses_to_be_rewritten(tmp_path, store, statement):
    store.close()
    db = sqlite3.connect(tmp_path / "p.tarjama")
    with pytest.raises(sqlite3.IntegrityError, match="append-only"):
        db.execute(statement)
    db.close()


def test_a_sound_file_has_no_problems(store):
    assert store.problems() == []


def test_a_file_that_somebody_else_holds_is_told_and_nothing_changes(tmp_path, store):
    segment = store.segments()[0]
    store._db.execute("PRAGMA busy_timeout = 1")
    other = sqlite3.connect(tmp_path / "p.tarjama", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(StoreError, match="Another program"):
        store.set_target(segment.uid, "one", State.EDITED, "anna", segment.version)
    other.execute("ROLLBACK")
    other.close()
    assert store.segment(segment.uid) == segment
