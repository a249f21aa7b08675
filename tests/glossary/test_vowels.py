import pytest
from hypothesis import given
from hypothesis import strategies as st

from glossary.vowels import contradict, has_marks


@pytest.mark.parametrize(
    ("text", "agrees", "contradicts"),
    [
        ("مُدَرِّس", "مُدَرِّس", "مَدْرَس"),
        ("المُدَرِّسُونَ", "مُدَرِّس", "مَدْرَس"),
        ("عَلَم", "عَلَم", "عِلْم"),
        ("والعِلْمُ", "عِلْم", "عَلَم"),
        ("حَمّام", "حَمّام", "حَمام"),
        ("حَمام", "حَمام", "حَمّام"),
        ("بِالحَمَّامَاتِ", "حَمّام", "حَمام"),
        ("مدرِّس", "مُدَرِّس", "مَدْرَس"),
        ("عَلَم", "العَلَم", "العِلْم"),
    ],
)
def test_vowel_marks_tell_words_apart(text, agrees, contradicts):
    assert not contradict([text], agrees)
    assert contradict([text], contradicts)


@pytest.mark.parametrize(
    ("text", "term"),
    [
        ("عِلمُ", "عِلْمٌ"),  # the ending is the case
        ("كتابًا", "كِتَابٌ"),
        ("الشَّمس", "شَمس"),  # the shadda is the article's
        ("عُلوم", "عِلْم"),  # the plural has vowels of its own
        ("علم", "عِلْم"),
        ("عِلْم", "علم"),
        ("مُدرس", "مُدَرِّس"),  # only the one that decides was written
    ],
)
def test_what_only_one_has_or_what_is_no_vowel_of_the_word_does_not_count(text, term):
    assert not contradict([text], term)


def test_each_word_of_a_term_is_compared():
    assert contradict(["وَقْف", "العَلَم"], "وَقْف العِلْم")
    assert not contradict(["وَقْف", "العِلْم"], "وَقْف العِلْم")


ARABIC = st.text(alphabet="ابتسمهوي\u064e\u0651\u0650ةأ ", min_size=1)


@given(ARABIC)
def test_nothing_contradicts_itself(text):
    assert not contradict(text.split(), text)


@given(ARABIC, ARABIC)
def test_words_without_marks_contradict_nothing(text, term):
    if not has_marks(term) or not has_marks(text):
        assert not contradict(text.split(), term)
