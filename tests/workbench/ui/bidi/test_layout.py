"""Lines and cells: what is shown, where, and that every character is in one place."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from rich.cells import cell_len

from workbench.ui.bidi.clusters import MOST_MARKS, Typography
from workbench.ui.bidi.layout import layout, layout_line

PLAIN = Typography(cell_len)
LOGICAL = Typography(cell_len, ordered=False)
TEXTS = st.text(
    alphabet=st.one_of(
        st.characters(), st.sampled_from("قالَُلآ \u0640\u200f\u202e\u2067\u2069\u200d\n\t\u00a0[b](«»)12%\x1b\ufe0f❤👩")
    ),
    max_size=120,
)


def shown(text, width=200, typography=PLAIN, **direction):
    return [line.text for line in layout(text, width, typography, **direction)]


def letters(text, width=200, **direction):
    """Return what is shown with the joined forms folded back to letters."""
    return [unicodedata.normalize("NFKC", line) for line in shown(text, width, **direction)]


def logical(text, width):
    return shown(text, width, LOGICAL)


def test_letters_are_joined_and_stand_from_right_to_left():
    assert shown("باب") == ["\ufe8f\ufe8e\ufe91"]
    assert shown("دار") == ["\ufead\ufe8d\ufea9"]
    assert letters("قال NATO نعم") == ["معن NATO لاق"]


def test_a_lam_alef_is_one_cell_for_two_letters():
    (line,) = layout("سلام", 20, PLAIN)
    assert [(cell.text, cell.start, cell.end) for cell in line.cells] == [
        ("\ufee1", 3, 4),
        ("\ufefc", 1, 3),
        ("\ufeb3", 0, 1),
    ]


def test_marks_on_both_letters_stand_on_the_lam_alef():
    (line,) = layout("لَاْ", 20, PLAIN)
    assert [(cell.text, cell.start, cell.end, cell.width) for cell in line.cells] == [("\ufefbَْ", 0, 4, 1)]


def test_brackets_are_mirrored_and_quotes_are_not():
    assert letters("(قال) “نعم”") == ["”معن“ (لاق)"]


def test_numbers_keep_their_order_in_arabic():
    assert letters("في 12 مارس 2019") == ["2019 سرام 12 يف"]


def test_english_with_an_arabic_word_first_stays_english():
    assert letters("قال the speaker.", right_to_left=False) == ["لاق the speaker."]


def test_marks_stay_after_their_letter_when_it_is_turned():
    assert letters("كَتَبَ") == ["بَتَكَ"]


def test_marks_can_be_hidden():
    (line,) = layout("كَتَبَ café", 20, Typography(cell_len, marks=False))
    assert unicodedata.normalize("NFKC", line.text) == "café بتك"


def test_invisible_characters_can_be_shown():
    controls = Typography(cell_len, controls=True)
    assert shown("a\u202eb\u00a0c", typography=controls, right_to_left=False) == ["a‹RLO›c‹NBSP›b"]
    (line,) = layout("قال\u200f", 20, controls)
    assert line.text.startswith("‹RLM›")
    assert line.width == 8


def test_lines_break_at_spaces_and_not_at_no_break_spaces():
    assert logical("قال المتحدث في المدينة", 12) == ["قال المتحدث", "في المدينة"]
    assert logical("aa bb\u00a0cc", 6) == ["aa", "bb cc"]


def test_a_word_that_fits_no_line_is_cut():
    assert shown("ababab", 4) == ["abab", "ab"]


def test_a_lam_alef_makes_room_on_the_line():
    assert len(layout("لالالالا", 4, PLAIN)) == 1
    assert len(layout("لالالالا", 4, LOGICAL)) == 2


def test_controls_and_marks_of_direction_never_reach_the_terminal():
    assert logical("\x1b[31m\u202eقال\u200f", 20) == ["␛[31mقال"]


def test_lines_of_nothing_are_lines():
    assert shown("", 10) == [""]
    assert shown("a\n\nb", 10) == ["a", "", "b"]
    assert shown("\u00a0", 10) == [" "]
    assert shown("\u200f\u202e", 10) == [""]


def test_a_paragraph_without_letters_follows_the_document():
    assert layout("32", 10, PLAIN)[0].right_to_left
    assert not layout("NATO قال", 10, PLAIN)[0].right_to_left


def test_places_are_found_in_both_directions():
    (line,) = layout("قال NATO", 20, PLAIN)
    assert [line.column_of(offset) for offset in (0, 2, 4, 7, 8)] == [7, 5, 0, 3, -1]
    assert [line.offset_at(column) for column in (0, 3, 4, 7, -1, 8)] == [4, 7, 3, 0, 8, 0]


@pytest.mark.parametrize(
    "text",
    [
        "\u202e" * 500 + "abc",
        "\u2067" * 300 + "قال" * 50,
        "\u2068" * 5000 + "قال",
        "(" * 5000 + "قال" + ")" * 5000,
        "()" * 5000 + "قال",
        "\ud800\udfff قال",
        "\u00a0" * 50,
        "\t\t قال\t",
        "\x1b]0;title\x07\x1b[2Jقال\x9b31m",
    ],
)
def test_hostile_text_is_laid_out_safely(text):
    printed = "".join(shown(text, 20))
    assert not any(unicodedata.category(character) in {"Cc", "Cf", "Cs"} for character in printed)


def test_ten_thousand_marks_on_a_letter_are_one_cell_with_a_few():
    (line,) = layout("ب" + "\u064e" * 10_000, 20, PLAIN)
    (cell,) = line.cells
    assert (cell.start, cell.end, len(cell.text)) == (0, 10_001, 1 + MOST_MARKS)


@given(TEXTS, st.integers(2, 30))
@example("لآ ", 2)
def test_every_line_fits_and_every_character_is_in_exactly_one_cell(text, width):
    covered: list[int] = []
    for line in layout(text, width, PLAIN):
        assert line.width == sum(cell.width for cell in line.cells) == cell_len(line.text) <= width
        for cell in sorted(line.cells, key=lambda cell: cell.start):
            assert cell.width == cell_len(cell.text)
            covered += range(cell.start, cell.end)
    assert covered == [index for index, character in enumerate(text) if character != "\n"]


@given(TEXTS)
def test_the_logical_text_comes_back_from_the_visual(text):
    text = text.replace("\n", "")
    line = layout_line(text, PLAIN)
    assert "".join(text[cell.start : cell.end] for cell in sorted(line.cells, key=lambda cell: cell.start)) == text


@given(TEXTS)
def test_columns_and_offsets_are_each_others_inverse(text):
    line = layout_line(text.replace("\n", ""), PLAIN)
    for cell in line.cells:
        if cell.width:
            assert line.offset_at(line.column_of(cell.start)) == cell.start


@given(TEXTS, st.sampled_from([PLAIN, Typography(cell_len, marks=False), Typography(cell_len, controls=True), LOGICAL]))
def test_nothing_printed_acts_on_a_terminal(text, typography):
    for line in layout(text, 40, typography):
        assert not any(unicodedata.category(character) in {"Cc", "Cf", "Cs", "Zl", "Zp"} for character in line.text)
