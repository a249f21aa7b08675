"""Rows in parts agree with all segments read at once, whatever is asked."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.model import ImportedDocument, ImportedSegment, SegmentKind, State
from corpus.store import CorpusStore
from corpus.store.windows import ALL_ROWS, OPEN_ROWS, RowFilter, Totals
from workbench.overview import progress_of


def document(name: str, segments: list[ImportedSegment]) -> ImportedDocument:
    return ImportedDocument(name, "text", "utf-8", f"{name:0>64}", tuple(segments))


@pytest.fixture
def store(tmp_path):
    """Return a project of three documents, the second imported anew so that its rows have later places."""
    store = CorpusStore.create(tmp_path / "p.tarjama", {})
    for name in "ab":
        store.add_document(document(name, [ImportedSegment(f"{name} {number} كلمة") for number in range(5)]), "anna")
    kinds = [SegmentKind.BOILERPLATE, SegmentKind.PARAGRAPH]
    store.add_document(document("c", [ImportedSegment("حاشية هنا", kind) for kind in kinds]), "anna")
    store.update_document(
        store.document("a").uid,
        document("a", [ImportedSegment(f"a {number} كلمة") for number in (9, 0, 1, 2, 3, 8, 4)]),
        "anna",
    )
    yield store
    store.close()


def confirm(store, uid):
    return store.set_target(uid, "English", State.TRANSLATED, "anna")


def in_order(store, rows=ALL_ROWS):
    order = store.windows.order(rows)
    found = store.windows.at(order.places.tolist())
    return [found[place] for place in order.places]


def test_rows_stand_in_reading_order(store):
    assert in_order(store) == store.segments()
    assert [segment.source[:3] for segment in store.segments()][:3] == ["a 9", "a 0", "a 1"]
    assert store.windows.order().places.tolist() != sorted(store.windows.order().places)


def test_parts_of_a_split_segment_stand_one_after_the_other(store):
    store.split_segment(store.segments()[8].uid, [2], "anna")
    assert in_order(store) == store.segments()
    assert len(store.windows.order().places) == 15


def test_documents_tell_their_rows_and_words(store):
    confirm(store, store.segments()[0].uid)
    stretches = store.windows.order().stretches
    assert [(one.rows, one.words) for one in stretches] == [(7, 21), (5, 15), (2, 4)]
    assert [one.rows for one in store.windows.order(OPEN_ROWS).stretches] == [6, 5, 2]


def test_an_empty_project_has_no_rows(tmp_path):
    store = CorpusStore.create(tmp_path / "empty.tarjama", {})
    order = store.windows.order()
    assert (len(order.places), order.stretches, store.windows.totals()) == (0, (), Totals())
    assert store.windows.next_place(OPEN_ROWS) is None
    store.close()


def test_filters_leave_out_what_is_not_asked_for(store):
    segments = store.segments()
    for segment in (segments[1], segments[7]):
        confirm(store, segment.uid)
    assert in_order(store, OPEN_ROWS) == [one for one in store.segments() if one.state < State.TRANSLATED]
    assert in_order(store, RowFilter(first=State.TRANSLATED)) == [store.segments()[1], store.segments()[7]]
    uid = store.document("b").uid
    assert in_order(store, RowFilter(document_uid=uid)) == store.segments(uid)
    store._db.execute("UPDATE segments SET locked = 1 WHERE uid = ?", [segments[9].uid])
    assert [segment.uid for segment in in_order(store, RowFilter(flagged=True))] == [segments[9].uid]


def test_totals_agree_with_the_overview(store):
    segments = store.segments()
    for segment in (segments[1], segments[7], segments[8]):
        confirm(store, segment.uid)
    progress = progress_of(store.documents(), store.tallies())
    assert store.windows.totals() == Totals(
        segments=len(segments), translated=3, words_left=sum(document.words_left for document in progress)
    )


def test_places_are_found_by_uid(store):
    segments = store.segments()
    places = store.windows.places_of([segments[3].uid, "nobody", segments[0].uid])
    order = store.windows.order().places
    assert places == {segments[3].uid: order[3], segments[0].uid: order[0]}
    assert store.windows.at([order[3], 12345]) == {order[3]: segments[3]}


@settings(max_examples=40, deadline=None)
@given(data=st.data())
def test_the_next_place_is_what_a_walk_over_all_rows_finds(data, tmp_path_factory):
    store = CorpusStore.create(tmp_path_factory.mktemp("walk") / "p.tarjama", {})
    for name, count in zip("abc", data.draw(st.tuples(*[st.integers(1, 4)] * 3)), strict=True):
        states = data.draw(st.lists(st.sampled_from(State), min_size=count, max_size=count))
        segments = [ImportedSegment(f"{name}{number}", target="x", state=state) for number, state in enumerate(states)]
        store.add_document(document(name, segments), "anna")
    segments = store.segments()
    wanted = data.draw(st.sampled_from([OPEN_ROWS, RowFilter(first=State.TRANSLATED), RowFilter(State.EDITED)]))
    wanted = replace(wanted, document_uid=data.draw(st.sampled_from(["", store.document("b").uid])))
    at = data.draw(st.none() | st.integers(0, len(segments) - 1))
    walk = segments if at is None else [*segments[at + 1 :], *segments[:at]]
    expected = next(
        (
            one.uid
            for one in walk
            if wanted.first <= one.state <= wanted.last and wanted.document_uid in {"", one.document_uid}
        ),
        None,
    )
    found = store.windows.next_place(wanted, None if at is None else segments[at])
    assert (found and store.windows.at([found])[found].uid) == expected
    store.close()


class TestNews:
    @pytest.fixture
    def known(self, store):
        order = store.windows.order()
        return order.journal, {place: one.version for place, one in store.windows.at(order.places.tolist()).items()}

    def test_nothing_is_new_when_nothing_was_done(self, store, known):
        news = store.windows.news(*known)
        assert (news.journal, news.segments, news.rearranged) == (known[0], {}, False)

    def test_another_text_is_news_and_moves_nothing(self, store, known):
        segment = confirm(store, store.segments()[2].uid)
        news = store.windows.news(*known)
        assert (list(news.segments.values()), news.rearranged) == ([segment], False)
        assert store.windows.news(news.journal, {}).segments == {}

    def test_rows_that_are_not_asked_for_are_not_read(self, store, known):
        confirm(store, store.segments()[2].uid)
        assert store.windows.news(known[0], {}).segments == {}

    @pytest.mark.parametrize(
        "change",
        [
            lambda store: store.split_segment(store.segments()[2].uid, [2], "omar"),
            lambda store: store.join_segments([segment.uid for segment in store.segments()[2:4]], "omar"),
            lambda store: store.add_document(document("d", [ImportedSegment("جديد")]), "omar"),
            lambda store: store.update_document(
                store.document("b").uid, document("b", [ImportedSegment(f"b {n} كلمة") for n in (4, 0, 1)]), "omar"
            ),
        ],
        ids=["split", "join", "import", "update"],
    )
    def test_rows_that_come_go_or_move_are_told(self, store, known, change):
        change(store)
        assert store.windows.news(*known).rearranged
