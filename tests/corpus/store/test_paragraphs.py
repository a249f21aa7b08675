import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.errors import CorpusError
from corpus.model import Fate, State
from corpus.paragraphs import blocks_of, moved_places
from corpus.splitting import clean_cuts, joined, numbered, split
from tests.corpus.store.conftest import document
from tests.corpus.test_splitting import TEXT, segment_of

ONE = "قال المتحدث إن القافلة وصلت صباح الثلاثاء. ثم ذهب إلى بيته في المدينة. وعاد السكان بعد أسبوع."
ONE_CHANGED = "قال الناطق إن القافلة وصلت صباح الثلاثاء. ثم ذهب إلى بيته في المدينة. وعاد السكان بعد أسبوع."
TWO = "ولا أحد يعرف متى تصل القافلة الثانية المحملة بالدواء والغذاء."
THREE = "مقال عن شيء آخر تماما لا صلة له بما سبق."
TARGET = "The convoy arrived. Then he went home. The people returned."


@given(st.lists(TEXT, min_size=1, max_size=4), st.data())
def test_the_paragraphs_of_any_segments_are_those_of_the_file(paragraphs, data):
    segments = [segment_of(text, "", number) for number, text in enumerate(paragraphs, 1)]
    for _ in range(data.draw(st.integers(0, 6))):
        place = data.draw(st.integers(0, len(segments) - 1))
        if data.draw(st.booleans()):
            segments[place : place + 2] = [joined(segments[place : place + 2])]
            continue
        try:
            cuts = clean_cuts(segments[place].source, [data.draw(st.integers(0, 9))])
        except CorpusError:
            continue
        segments[place : place + 1] = split(segments[place], cuts, [0] * len(cuts))
    found = [one.source for block in blocks_of(numbered(segments)) for one in block.paragraphs()]
    assert found == paragraphs


@given(st.text(alphabet="ab "), st.text(alphabet="ab "), st.lists(st.integers(0, 30)))
def test_moved_places_stay_in_order_and_in_the_text(old, new, places):
    places = sorted(min(place, len(old)) for place in places)
    moved = moved_places(old, new, places)
    assert moved == sorted(moved)
    assert all(0 <= place <= len(new) for place in moved)
    assert moved_places(old, old, places) == places


@pytest.fixture
def split_store(store):
    """Return a project whose second document has its first paragraph in three parts, translated."""
    store.add_document(document(ONE, TWO, name="long.txt"), "importer")
    uid = next(one.uid for one in store.segments() if one.source == ONE)
    store.set_target(uid, TARGET, State.TRANSLATED, "anna")
    parts = store.split_segment(uid, [43, 71], "anna").written
    for part in parts:
        store.set_target(part.uid, part.target, State.REVIEWED, "anna")
    return store


def stands(store):
    segments = store.segments(store.document("long.txt").uid)
    return [(one.order, one.target, one.state.label) for one in segments], [one.source for one in segments]


def imported(store, *sources):
    return store.import_document(document(*sources, name="long.txt"), "bashir")


PARTS = ["The convoy arrived.", "Then he went home.", "The people returned."]


def test_split_paragraphs_stay_split_where_the_file_has_them_still(split_store):
    sources = stands(split_store)[1]
    done = imported(split_store, THREE, TWO, ONE)
    assert stands(split_store)[0] == [
        ("1", "", "untranslated"),
        ("2", "", "untranslated"),
        *((f"3.{number}", target, "reviewed") for number, target in enumerate(PARTS, 1)),
    ]
    assert stands(split_store)[1][2:] == sources[:3]
    assert (done.segments, done.fates[Fate.NEW], done.fates[Fate.GONE]) == (5, 1, 0)
    before = stands(split_store)
    again = split_store.import_document(document(THREE, TWO, ONE, name="long.txt"), "bashir", update=True)
    assert (again.segments, again.fates[Fate.KEPT]) == (5, 5)
    assert stands(split_store) == before


def test_only_the_part_that_changed_has_to_be_looked_at_again(split_store):
    done = imported(split_store, ONE_CHANGED, TWO)
    told, sources = stands(split_store)
    assert told == [
        ("1.1", PARTS[0], "edited"),
        ("1.2", PARTS[1], "reviewed"),
        ("1.3", PARTS[2], "reviewed"),
        ("2", "", "untranslated"),
    ]
    assert "".join(sources[:3]) == ONE_CHANGED
    assert (done.fates[Fate.CHANGED], done.fates[Fate.KEPT]) == (1, 3)
    assert "[-المتحدث-]{+الناطق+}" in split_store.segments(split_store.document("long.txt").uid)[0].note


def test_parts_of_which_one_is_left_without_source_become_one(split_store):
    shorter = ONE[:43] + ONE[71:]
    imported(split_store, shorter, TWO)
    told, sources = stands(split_store)
    assert told[0] == ("1", " ".join(PARTS), "edited")
    assert sources == [shorter, TWO]


def test_a_split_paragraph_that_is_gone_goes_whole(split_store):
    done = imported(split_store, THREE, TWO)
    assert stands(split_store)[1] == [THREE, TWO]
    assert done.fates[Fate.GONE] == 3


@pytest.fixture
def joined_store(store):
    store.add_document(document(THREE, ONE, TWO, name="long.txt"), "importer")
    uids = [one.uid for one in store.segments() if one.source in {ONE, TWO}]
    uid = store.join_segments(uids, "anna").written[0].uid
    store.set_target(uid, "All of it.", State.REVIEWED, "anna")
    return store


def test_joined_paragraphs_stay_joined_where_the_file_has_them_still(joined_store):
    imported(joined_store, ONE, TWO, THREE)
    assert stands(joined_store) == (
        [("1", "All of it.", "reviewed"), ("3", "", "untranslated")],
        [f"{ONE} {TWO}", THREE],
    )
    imported(joined_store, THREE, ONE_CHANGED, TWO)
    assert stands(joined_store) == (
        [("1", "", "untranslated"), ("2", "All of it.", "edited")],
        [THREE, f"{ONE_CHANGED} {TWO}"],
    )


def test_of_joined_paragraphs_that_went_apart_the_first_keeps_the_translation(joined_store):
    imported(joined_store, ONE, THREE, TWO)
    assert stands(joined_store) == (
        [("1", "All of it.", "edited"), ("2", "", "untranslated"), ("3", "", "untranslated")],
        [ONE, THREE, TWO],
    )
    imported(joined_store, THREE, TWO)
    assert stands(joined_store)[1] == [THREE, TWO]


def test_what_is_joined_and_split_elsewhere_is_found_again(joined_store):
    uid = joined_store.segments()[-1].uid
    parts = joined_store.split_segment(uid, [43], "anna", target_cuts=[6]).written
    assert [one.order for one in parts] == ["2.1", "2.2"]
    imported(joined_store, ONE_CHANGED, TWO, THREE)
    assert stands(joined_store) == (
        [("1.1", "All of", "edited"), ("1.2", "it.", "edited"), ("3", "", "untranslated")],
        [ONE_CHANGED[:42], f"{ONE_CHANGED[42:]} {TWO}", THREE],
    )
