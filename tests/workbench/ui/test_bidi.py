import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from workbench.ui.bidi import layout

TEXTS = st.text(
    alphabet=st.one_of(st.characters(), st.sampled_from("قالَُ \u0640\u200f\u202e\n\t\u00a0[b]\x1b")), max_size=120
)


def shown(text, width):
    return ["".join(cell.text for cell in line.cells) for line in layout(text, width)]


def test_lines_break_at_spaces():
    assert shown("قال المتحدث في المدينة", 12) == ["قال المتحدث", "في المدينة"]


def test_a_word_that_fits_no_line_is_cut():
    assert shown("ababab", 4) == ["abab", "ab"]


def test_marks_stay_with_their_letter_and_take_no_cell():
    (line,) = layout("كَتَبَ", 20)
    assert (line.width, [cell.text for cell in line.cells]) == (3, ["كَ", "تَ", "بَ"])


def test_controls_and_marks_of_direction_never_reach_the_terminal():
    assert shown("\x1b[31m\u202eقال\u200f", 20) == ["␛[31mقال"]


def test_empty_text_is_one_empty_line():
    assert shown("", 10) == [""]
    assert shown("a\n\nb", 10) == ["a", "", "b"]


@given(TEXTS, st.integers(2, 30))
def test_every_line_fits_and_every_visible_character_is_in_one_cell(text, width):
    lines = layout(text, width)
    covered = []
    for line in lines:
        assert line.width == sum(cell.width for cell in line.cells) <= max(width, 2)
        for cell in line.cells:
            assert not any(unicodedata.category(character) in {"Cc", "Cs"} for character in cell.text)
            covered += range(cell.start, cell.end)
    assert covered == sorted(set(covered))
    missing = {text[index] for index in range(len(text)) if index not in set(covered)}
    assert all(unicodedata.category(character) in {"Zs", "Cc", "Cf", "Mn", "Me", "Cn", "Mc"} for character in missing)
