import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbench.ui.bidi import Display, layout
from workbench.ui.bidi.detect import detect

TEXTS = st.text(
    alphabet=st.one_of(st.characters(), st.sampled_from("قالَُ \u0640\u200f\u202e\n\t\u00a0[b]\x1b")), max_size=120
)


def logical(text, width):
    return ["".join(cell.text for cell in line.cells) for line in layout(text, width, Display.LOGICAL)]


def shown(text, width=200, **direction):
    return ["".join(cell.text for cell in line.cells) for line in layout(text, width, **direction)]


def unshaped(lines):
    return [unicodedata.normalize("NFKC", line) for line in lines]


def test_letters_are_joined_and_stand_from_right_to_left():
    assert shown("باب") == ["\ufe8f\ufe8e\ufe91"]
    assert shown("دار") == ["\ufead\ufe8d\ufea9"]
    assert unshaped(shown("قال NATO نعم")) == ["معن NATO لاق"]


def test_a_lam_alef_is_one_cell_for_two_letters():
    (line,) = layout("سلام", 20)
    assert [(cell.text, cell.start, cell.end) for cell in line.cells] == [
        ("\ufee1", 3, 4),
        ("\ufefc", 1, 3),
        ("\ufeb3", 0, 1),
    ]


def test_a_zero_width_non_joiner_parts_letters():
    assert shown("ب\u200cب") == ["\ufe8f\ufe8f"]


def test_brackets_are_mirrored_and_quotes_are_not():
    assert unshaped(shown("(قال) “نعم”")) == ["”معن“ (لاق)"]


def test_numbers_keep_their_order_in_arabic():
    assert unshaped(shown("في 12 مارس 2019")) == ["2019 سرام 12 يف"]


def test_english_with_an_arabic_word_first_stays_english():
    assert unshaped(shown("قال the speaker.", right_to_left=False)) == ["لاق the speaker."]


def test_marks_stay_after_their_letter_when_it_is_turned():
    assert unicodedata.normalize("NFKC", shown("كَتَبَ")[0]) == "بَتَكَ"


@pytest.mark.parametrize(
    ("environment", "display"),
    [
        ({}, Display.VISUAL),
        ({"TERM": "xterm-256color"}, Display.VISUAL),
        ({"TERM": "tmux-256color", "TMUX": "x"}, Display.VISUAL),
        ({"VTE_VERSION": "7006"}, Display.LOGICAL),
        ({"VTE_VERSION": "5202"}, Display.VISUAL),
        ({"KONSOLE_VERSION": "221203"}, Display.LOGICAL),
        ({"TERM_PROGRAM": "Apple_Terminal"}, Display.LOGICAL),
    ],
)
def test_terminals_that_order_by_themselves_are_left_to_it(environment, display):
    assert detect(environment) is display
    assert detect(environment, "app") is Display.VISUAL
    assert detect(environment, "terminal") is Display.LOGICAL


def test_hostile_text_is_laid_out_safely():
    for text in ("\u202e" * 500 + "abc", "ب" + "\u064e" * 10_000, "\ud800\udfff", "\u2067" * 300 + "قال" * 50):
        assert layout(text, 20)


def test_lines_break_at_spaces():
    assert logical("قال المتحدث في المدينة", 12) == ["قال المتحدث", "في المدينة"]


def test_a_word_that_fits_no_line_is_cut():
    assert shown("ababab", 4) == ["abab", "ab"]


def test_marks_stay_with_their_letter_and_take_no_cell():
    (line,) = layout("كَتَبَ", 20, Display.LOGICAL)
    assert (line.width, [cell.text for cell in line.cells]) == (3, ["كَ", "تَ", "بَ"])


def test_controls_and_marks_of_direction_never_reach_the_terminal():
    assert logical("\x1b[31m\u202eقال\u200f", 20) == ["␛[31mقال"]


def test_empty_text_is_one_empty_line():
    assert shown("", 10) == [""]
    assert shown("a\n\nb", 10) == ["a", "", "b"]


@given(TEXTS, st.integers(2, 30))
def test_every_line_fits_and_every_visible_character_is_in_one_cell(text, width):
    lines = layout(text, width)
    covered = []
    for line in lines:
        assert line.width == sum(cell.width for cell in line.cells) <= max(width, 2)
        for cell in sorted(line.cells, key=lambda cell: cell.start):
            assert not any(unicodedata.category(character) in {"Cc", "Cs"} for character in cell.text)
            covered += range(cell.start, cell.end)
    assert covered == sorted(set(covered))
    missing = {text[index] for index in range(len(text)) if index not in set(covered)}
    assert all(unicodedata.category(character) in {"Zs", "Cc", "Cf", "Mn", "Me", "Cn", "Mc"} for character in missing)
