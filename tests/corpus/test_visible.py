import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from corpus.visible import visible


def test_an_escape_sequence_is_shown_not_sent():
    assert visible("\x1b[31mred\r\n\x9b") == "␛[31mred␍␊\N{REPLACEMENT CHARACTER}"


def test_arabic_stays_as_it_is():
    assert visible("قال «غداً» ٣٪ (PDF)") == "قال «غداً» ٣٪ (PDF)"


@given(st.text(alphabet=st.characters()))
def test_nothing_that_acts_is_left_and_offsets_stay(text):
    shown = visible(text)
    assert len(shown) == len(text)
    assert not any(unicodedata.category(character) in {"Cc", "Cs"} for character in shown)
