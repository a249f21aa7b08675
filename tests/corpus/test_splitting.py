from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.errors import CorpusError
from corpus.model import Segment, SegmentKind, State
from corpus.splitting import clean_cuts, joined, last_position, proposed_target_cuts, split

TEXT = st.text(alphabet="ab \u064e\n.", min_size=1)


def segment_of(source, target="", position=1, **fields):
    state = State.TRANSLATED if target else State.UNTRANSLATED
    return Segment(f"u{position}", "d", position, SegmentKind.PARAGRAPH, source, target, state, **fields)


def words(text):
    return "".join(text.split())


@given(st.lists(TEXT, min_size=1, max_size=4), st.text(alphabet="xy ."), st.data())
def test_parts_join_back_to_exactly_what_was_split(paragraphs, target, data):
    whole = joined([segment_of(text, target, number) for number, text in enumerate(paragraphs, 1)])
    if len(whole.source) < 2:
        return
    cuts = data.draw(st.lists(st.integers(1, len(whole.source) - 1), max_size=5))
    try:
        places = clean_cuts(whole.source, cuts)
    except CorpusError:
        return
    target_cuts = sorted(data.draw(st.integers(0, len(whole.target))) for _ in places)
    parts = split(whole, places, target_cuts)
    back = joined(parts)
    assert (back.source, back.breaks, last_position(back)) == (whole.source, whole.breaks, last_position(whole))
    assert words("".join(part.target for part in parts)) == words(whole.target)
    assert all(part.source.strip() for part in parts)


def test_paragraphs_that_were_joined_are_split_again_as_they_were():
    first, second = segment_of("واحد", position=4), segment_of("اثنان", position=5)
    whole = joined([first, second])
    assert (whole.source, whole.position, whole.breaks) == ("واحد اثنان", 4, (5,))
    again = split(whole, clean_cuts(whole.source, [4]), [0])
    assert [(one.source, one.position, one.breaks) for one in again] == [("واحد", 4, ()), ("اثنان", 5, ())]


def test_white_space_and_marks_stay_with_the_part_before_the_cut():
    assert clean_cuts("قال. نعم", [4]) == [5]
    assert clean_cuts("هُدنة", [1]) == [2]
    for cuts in ([0], [8], [-1], [7]):
        with pytest.raises(CorpusError, match="cannot be cut"):
            clean_cuts("قال.   ن ", cuts if cuts != [7] else [8])
    with pytest.raises(CorpusError, match="empty"):
        clean_cuts("نعم   ", [3])


def test_a_cut_translation_is_edited_and_an_uncut_one_is_none():
    one, two = split(segment_of("قال. نعم", "He said. Yes", note="n"), [5], [8])
    assert (one.target, one.state, one.note, one.version) == ("He said.", State.EDITED, "n", 2)
    assert (two.target, two.state, two.note, two.version) == ("Yes", State.EDITED, "", 1)
    one, two = split(segment_of("قال. نعم", "He said. Yes"), [5], [12])
    assert (one.target, two.target, two.state) == ("He said. Yes", "", State.UNTRANSLATED)
    with pytest.raises(CorpusError, match="translation"):
        split(segment_of("قال. نعم", "He"), [5], [9])


def test_joining_takes_the_least_state_and_all_texts():
    one, two = segment_of("واحد", "one"), replace(segment_of("اثنان", "two", 2), state=State.REVIEWED, note="n")
    assert (joined([one, two]).target, joined([one, two]).state) == ("one two", State.TRANSLATED)
    assert joined([one, two]).note == "n"
    assert (joined([one, segment_of("ثلاثة")]).target, joined([one, segment_of("ثلاثة")]).state) == (
        "one",
        State.EDITED,
    )
    assert joined([segment_of("ثلاثة"), segment_of("أربعة")]).state is State.UNTRANSLATED


def test_a_translation_is_cut_where_its_sentences_end():
    source = "قال نعم. ثم ذهب. وعاد."
    assert proposed_target_cuts(source, [9, 17], "He said yes. Then he went. He returned.") == [13, 27]
    assert proposed_target_cuts(source, [9], "He said yes. Then he went. He returned.") == [13]
    assert proposed_target_cuts(source, [9], "He said yes, then he went") == [25]
