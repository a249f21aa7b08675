import csv
import json
from datetime import UTC, datetime, timedelta

import pytest
from sqlite_utils import Database

from corpus.keys import source_hash
from corpus.model import Draft, DraftKind, ImportedDocument, ImportedSegment, SegmentKind, State
from corpus.numbers.effort import EffortMeter
from corpus.numbers.pace import Pauses
from corpus.numbers.report import Grouping, measure
from corpus.numbers.table import Head, as_csv, as_json
from corpus.store import CorpusStore

PAUSES = Pauses()


class Clock:
    def __init__(self):
        self.at = datetime(2026, 5, 1, 23, 58, tzinfo=UTC)

    def __call__(self):
        return self.at

    def wait(self, seconds):
        self.at += timedelta(seconds=seconds)


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def store(tmp_path, clock):
    path = tmp_path / "p.tarjama"
    CorpusStore.create(path, {}).close()
    store = CorpusStore(Database(path), now=clock)
    yield store
    store.close()


def document(name, *sources):
    segments = [
        *(ImportedSegment(source) for source in sources),
        ImportedSegment("القائمة الرئيسية", SegmentKind.BOILERPLATE),
    ]
    return ImportedDocument(name, "text", "utf-8", name * 8, tuple(segments))


def draft_of(source, text, kind=DraftKind.TRANSLATION):
    return Draft(text, kind, "argos", "m", "1", "a" * 64, source_hash(source))


@pytest.fixture
def worked_on(store, clock):
    """Two documents; anna confirms two segments around midnight, omar reviews one of them."""
    store.add_document(document("=a.txt", "وصل ثلاثون لاجئا", "عاد السكان"), "anna")
    store.add_document(document("b.txt", "هدنة"), "anna")
    first, second, _, third, _ = store.segments()
    drafts = [(first.uid, draft_of(first.source, "thirty refugee come")), (second.uid, draft_of(second.source, "x"))]
    store.add_drafts(drafts, "engine:argos")
    clock.wait(1000)
    store.set_target(first.uid, "Thirty", State.EDITED, "anna")
    clock.wait(60)
    store.set_target(first.uid, "Thirty refugees came", State.TRANSLATED, "anna")
    clock.wait(100)
    store.set_target(third.uid, "Truce", State.TRANSLATED, "anna")
    clock.wait(20)
    store.set_target(first.uid, "Thirty refugees have come", State.REVIEWED, "omar")
    return store


def rows(store, by, **options):
    return list(measure(store, by, pauses=PAUSES, meter=None, zone=UTC, **options))


def test_words_and_characters_are_counted_by_document_and_state(worked_on):
    first, second, total = rows(worked_on, Grouping.DOCUMENT)
    assert first.key == ("=a.txt",)
    assert {state: count.source_words for state, count in first.states.items()} == {
        State.REVIEWED: 3,
        State.DRAFTED: 2,
    }
    assert first.states[State.REVIEWED].target_words == 4
    assert first.states[State.DRAFTED].target_characters == 0  # nobody has written anything
    assert first.states[State.DRAFTED].source_characters == len("عاد السكان")
    assert (first.boilerplate, second.boilerplate, total.boilerplate) == (1, 1, 2)
    assert total.all_states().segments == 3


def test_time_is_told_for_documents_and_segments(worked_on):
    first, second, total = rows(worked_on, Grouping.DOCUMENT)
    assert (first.seconds, second.seconds, total.seconds) == (30 + 60 + 30, 100, 220)
    assert first.words_per_hour == 3 * 3600 / 120
    of_segments = rows(worked_on, Grouping.SEGMENT)
    assert [row.seconds for row in of_segments] == [120, 0, 0, 100, 0, 220]
    assert of_segments[0].key[:2] == ("=a.txt", 1)


def test_authors_are_credited_with_what_they_confirmed_first(worked_on):
    anna, omar, total = rows(worked_on, Grouping.AUTHOR)
    assert (anna.key, anna.seconds, anna.confirmed.segments, anna.confirmed.source_words) == (("anna",), 190, 2, 4)
    assert (omar.key, omar.seconds, omar.confirmed.segments) == (("omar",), 30, 0)
    assert omar.words_per_hour == 0
    assert total.seconds == 220


def test_days_are_those_of_the_time_zone(worked_on):
    one, total = rows(worked_on, Grouping.DAY)
    assert (one.key, one.seconds, one.confirmed.source_words) == (("2026-05-02",), 220, 4)
    assert total.seconds == 220


def test_time_in_other_documents_is_not_taken_for_that_in_one(worked_on):
    uid = worked_on.document("b.txt").uid
    document, total = rows(worked_on, Grouping.DOCUMENT, document_uid=uid)
    assert (document.key, document.seconds, total.seconds) == (("b.txt",), 100, 100)
    assert [row.seconds for row in rows(worked_on, Grouping.AUTHOR, document_uid=uid)] == [100, 100]


def test_confirming_again_counts_once(worked_on):
    uid = worked_on.segments()[0].uid
    worked_on.set_target(uid, "again", State.EDITED, "omar")
    worked_on.set_target(uid, "again", State.TRANSLATED, "omar")
    assert rows(worked_on, Grouping.DOCUMENT)[-1].confirmed.segments == 2


def test_time_on_a_segment_that_is_gone_is_in_the_whole(worked_on, clock):
    uid = worked_on.document("b.txt").uid
    worked_on.update_document(uid, document("b.txt", "نص آخر تماما لا صلة له بما كان قبله"), "anna")
    *documents, total = rows(worked_on, Grouping.DOCUMENT)
    assert sum(row.seconds for row in documents) == 120
    assert total.seconds == 220


def test_effort_is_that_of_confirmed_texts_that_had_a_draft(worked_on):
    *_, total = measure(worked_on, Grouping.DOCUMENT, pauses=PAUSES, meter=EffortMeter(), zone=UTC)
    assert set(total.effort) == {DraftKind.TRANSLATION}
    effort = total.effort[DraftKind.TRANSLATION]
    assert (effort.segments, effort.words, effort.edits) == (1, 4, 2)  # a word put in, a word changed


@pytest.mark.parametrize("by", Grouping)
def test_csv_and_json_say_the_same(worked_on, by):
    head = Head("p", by, None, PAUSES, EffortMeter())
    found = list(measure(worked_on, by, pauses=PAUSES, meter=head.meter, zone=UTC))
    said = json.loads(as_json(head, found))
    table = list(csv.DictReader("".join(as_csv(head, found)).splitlines()))
    assert len(table) == len(said["rows"]) + 1
    for row, line in zip([*said["rows"], said["total"]], table, strict=True):
        assert float(line["seconds"]) == row["seconds"]
        assert int(line["states_reviewed_source_words"]) == row["states"]["reviewed"]["source_words"]
        assert line["effort_translation_hter"] == str(row["effort"]["translation"]["hter"] or "")
    assert table[-1][next(iter(table[-1]))] == "total"


def test_a_name_that_a_spreadsheet_would_run_is_shown_instead(worked_on):
    head = Head("p", Grouping.DOCUMENT, None, PAUSES, None)
    lines = list(as_csv(head, measure(worked_on, Grouping.DOCUMENT, pauses=PAUSES, meter=None)))
    assert lines[1].startswith("'=a.txt,")
    assert "effort" not in lines[0]


def test_an_empty_project_has_nothing_but_the_whole(store):
    (total,) = rows(store, Grouping.DOCUMENT)
    assert (total.key, total.all_states().segments, total.words_per_hour) == ((), 0, None)
