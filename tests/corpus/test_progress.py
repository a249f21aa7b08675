from collections import Counter
from contextlib import closing

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlite_utils import Database

from corpus.database import PROJECT_APPLICATION_ID
from corpus.keys import source_hash
from corpus.migrations import migrations
from corpus.model import Draft, DraftKind, ImportedDocument, ImportedSegment, SegmentKind, State
from corpus.progress import count_words
from corpus.store import CorpusStore


def counted(store):
    """Count as ``Tally`` tells, from the segments themselves."""
    found = {}
    for segment in store.segments():
        key = segment.document_uid, segment.state, segment.kind is not SegmentKind.BOILERPLATE
        numbers = found.setdefault(key, Counter())
        numbers["segments"] += 1
        numbers["words"] += len(segment.source.split())
        numbers["drafts"] += segment.draft is not None
        numbers["flagged"] += bool(segment.flags)
    return {
        key: tuple(numbers[name] for name in ("segments", "words", "drafts", "flagged"))
        for key, numbers in found.items()
    }


def told(store):
    return {
        (tally.document_uid, tally.state, tally.is_text): (tally.segments, tally.words, tally.drafts, tally.flagged)
        for tally in store.tallies()
    }


def draft_of(source, flags):
    return Draft('with "flags":[] in it', DraftKind.GLOSS, "argos", "m", "1", "0" * 64, source_hash(source), (), flags)


KINDS = st.sampled_from([SegmentKind.PARAGRAPH, SegmentKind.BOILERPLATE])
SOURCES = st.sampled_from(["هدنة", "وصلت القافلة إلى المدينة", "قال", " أ\tب ج "])
VERSIONS = st.lists(st.tuples(SOURCES, KINDS), min_size=1, max_size=8)
STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("import"), VERSIONS),
        st.tuples(st.just("update"), VERSIONS),
        st.tuples(st.just("draft"), st.integers(0, 50), st.sampled_from([(), ("length-cap",)])),
        st.tuples(st.just("write"), st.integers(0, 50), st.sampled_from(list(State)[2:])),
        st.tuples(st.just("lock"), st.integers(0, 50)),
    ),
    max_size=12,
)


def document(name, version):
    segments = tuple(ImportedSegment(source, kind) for source, kind in version)
    return ImportedDocument(name, "text", "utf-8", "0" * 64, segments)


@settings(max_examples=40)
@given(steps=STEPS)
def test_tallies_are_what_counting_finds(tmp_path_factory, steps):
    path = tmp_path_factory.mktemp("p") / "p.tarjama"
    with closing(CorpusStore.create(path, {})) as store:
        first = store.add_document(document("first", [("هدنة هشة", SegmentKind.PARAGRAPH)]), "anna")
        for kind, *rest in steps:
            segments = store.segments()
            segment = segments[rest[0] % len(segments)] if isinstance(rest[0], int) else segments[0]
            if kind == "import":
                store.add_document(document("next", rest[0]), "anna")
            elif kind == "update":
                store.update_document(first.uid, document("first", rest[0]), "anna")
            elif kind == "draft":
                store.add_drafts([(segment.uid, draft_of(segment.source, rest[1]))], "engine")
            elif kind == "lock":
                store._db.execute("UPDATE segments SET locked = 1 - locked WHERE uid = ?", [segment.uid])
            elif not segment.locked:
                store.set_target(segment.uid, "text", rest[1], "anna")
            assert told(store) == counted(store)


def test_a_project_of_before_is_counted_when_it_is_opened(tmp_path):
    path = tmp_path / "p.tarjama"
    with closing(Database(path, strict=True)) as db:
        migrations.apply(db, stop_before="m004_progress_of_documents")
        db.execute(f"PRAGMA application_id = {PROJECT_APPLICATION_ID}")
        db.execute("PRAGMA user_version = 3")
        db["documents"].insert(
            {"uid": "d", "position": 1, "name": "n", "format": "text", "encoding": "", "sha256": "", "imported_at": ""}
        )
        for number, state in enumerate((0, 0, 3), 1):
            row = {"uid": f"s{number}", "document_uid": "d", "position": number, "kind": "paragraph", "state": state}
            db["segments"].insert({**row, "source": "كلمة " * number})
    with closing(CorpusStore.open(path)) as store:
        assert (
            told(store)
            == counted(store)
            == {("d", State.UNTRANSLATED, True): (2, 3, 0, 0), ("d", State.TRANSLATED, True): (1, 3, 0, 0)}
        )


@pytest.mark.parametrize(("text", "words"), [("", 0), (" \n", 0), ("وصلت القافلة", 2), ("أ\u00a0ب\tج", 3)])
def test_words_stand_between_white_space(text, words):
    assert count_words(text) == words
