import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.arabic import FOLDING, fold, fold_with_offsets, is_arabic, strip_marks, words

TEXTS = st.text(
    alphabet=st.one_of(st.sampled_from("قاأإآٱىيئؤةهـَُّٰ١٢\u200f\ufefbﷺ aB'_.-"), st.characters()), max_size=80
)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("كَتَبَ", "كتب"),
        ("إلى", "الي"),
        ("مدرسة", "مدرسه"),
        ("مـــدينة", "مدينة"),
        ("\ufefb", "لا"),
        ("٢٠١٩", "2019"),
        ("مسؤول", "مسوول"),
        ("\u202bقال\u202c", "قال"),
        ("NATO", "nato"),
    ],
)
def test_what_arabic_writers_vary_has_one_key(one, other):
    assert fold(one) == fold(other)


def test_different_words_keep_different_keys():
    assert len({fold(word) for word in ("علم", "عالم", "عمل", "قلم")}) == 4


def test_marks_are_stripped_and_letters_kept():
    assert strip_marks("إلى المدرســـةِ") == "إلى المدرسة"


def test_words_keep_their_marks_and_lose_punctuation():
    text = "«قالَ» المتحدّثُ: user_name وَ24، مـــدينة…"
    assert [text[start:end] for start, end in words(text)] == ["قالَ", "المتحدّثُ", "user_name", "وَ24", "مـــدينة"]


def test_arabic_is_recognized():
    assert is_arabic("abc ق")
    assert not is_arabic("abc 123 ،")


@given(TEXTS)
def test_folding_twice_changes_nothing_more(text):
    assert fold(fold(text)) == fold(text)


@given(TEXTS)
def test_offsets_lead_back_to_the_text(text):
    folded, offsets = fold_with_offsets(text)
    assert folded == fold(text)
    assert len(offsets) == len(folded)
    assert list(offsets) == sorted(offsets)
    assert all(folded[i] in fold(text[offset]) for i, offset in enumerate(offsets))


@given(TEXTS)
def test_words_lie_in_order_inside_the_text(text):
    position = 0
    for start, end in words(text):
        assert position <= start < end <= len(text)
        position = end


@given(TEXTS)
def test_folding_quickly_is_folding_each_character(text):
    assert fold(text + "طويل" * 6) == (text + "طويل" * 6).translate(FOLDING).casefold()
    assert fold(text) == text.translate(FOLDING).casefold()
