import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.model import Draft, DraftKind, Piece, Segment, SegmentKind
from glossary.matcher import Matcher
from glossary.model import TermEntry, TermStatus
from workbench.term_choice import likeliest, term_choices

SOURCE = "وصلت القوات العراقية إلى مشارف المدينة، وقال قائدها نعم."


def segment_of(source, draft=None):
    return Segment("s", "d", 1, SegmentKind.PARAGRAPH, source, draft=draft)


def matches(source, text, status=TermStatus.PREFERRED):
    return Matcher([TermEntry("e", "c", text, "x", status)]).find(source)


def test_words_and_neighbors_are_offered_as_a_glossary_has_them():
    assert [choice.text for choice in term_choices(SOURCE, ())] == [
        "وصلت",
        "وصلت القوات",
        "قوات",
        "قوات عراقية",
        "عراقية",
        "مشارف",
        "مشارف المدينة",
        "مدينة",
        "قائدها",
        "قائدها نعم",
        "نعم",
    ]


def test_what_is_a_term_is_not_offered_unless_it_is_forbidden():
    texts = {choice.text for choice in term_choices(SOURCE, matches(SOURCE, "المدينة"))}
    assert not {"مدينة", "مشارف المدينة"} & texts
    forbidden = matches(SOURCE, "المدينة", TermStatus.FORBIDDEN)
    assert "المدينة" in {choice.text for choice in term_choices(SOURCE, forbidden)}


@pytest.mark.parametrize(
    ("english", "expected"),
    [("Iraqi", "قوات"), ("Iraqi troops", "قوات عراقية"), ("city", "مدينة"), ("yes", "نعم")],
)
def test_the_nth_part_of_a_translation_stands_for_the_nth_part_of_the_source(english, expected):
    text = "There came Iraqi troops close to the city and their leader said yes"
    start = text.index(english)
    choices = term_choices(SOURCE, ())
    place = likeliest(choices, segment_of(SOURCE), text, start, start + len(english))
    assert choices[place].text == expected


def test_a_draft_tells_which_sentence_it_is():
    source, text = "جملة قصيرة. وهذه جملة أخرى طويلة جدا فيها كلمات.", "A very very very very long first one. Words."
    pieces = (Piece(0, 11, "A very very very very long first one."), Piece(12, len(source), "Words."))
    draft = Draft(text, DraftKind.GLOSS, "e", "m", "1", "0", "0", pieces)
    choices = term_choices(source, ())
    place = likeliest(choices, segment_of(source, draft), text, text.index("long"), text.index("long") + 4)
    assert choices[place].end <= 11


def test_without_words_there_is_no_choice():
    assert term_choices("123 ...", ()) == []
    assert likeliest([], segment_of(""), "", 0, 0) is None


@given(st.text(), st.text(min_size=1), st.data())
def test_any_text_can_be_asked_about(source, text, data):
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    choices = term_choices(source, ())
    place = likeliest(choices, segment_of(source), text, start, end)
    assert (place is None) == (not choices)
    assert all(0 <= choice.start < choice.end <= len(source) for choice in choices)
