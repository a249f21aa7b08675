"""Lines that somebody else has wrapped."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from workbench.ui.bidi.clusters import Typography
from workbench.ui.bidi.inplace import column_in_line, in_place, isolated

PLAIN = Typography(cell_len)


def seen(text):
    return unicodedata.normalize("NFKC", "".join(cell.text for cell in in_place(text, PLAIN)))


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("The word “داعش” (Daesh).", "The word “شعاد” (Daesh)."),
        ("│ قال نعم │", "│ معن لاق │"),
        ("لا there", "\ufefb  there"),
        ("(سلام)│", "(\ufee1\ufefc\ufeb3) │"),
        ("السلام", "\ufee1\ufefc\ufeb4\ufedf\ufe8d "),
    ],
)
def test_arabic_is_ordered_where_it_stands(line, expected):
    assert seen(line) == unicodedata.normalize("NFKC", expected)


def test_isolated_texts_keep_their_sides():
    assert seen(f"{isolated('قال')} {isolated('نعم')}") == "لاق معن"
    assert seen("قال نعم") == "معن لاق"


def test_a_column_on_the_screen_is_one_in_the_text():
    line = "say قال now"
    assert [column_in_line(line, column, PLAIN) for column in range(11)] == [0, 1, 2, 3, 6, 5, 4, 7, 8, 9, 10]
    assert column_in_line(line, 40, PLAIN) == 40


@given(st.text(alphabet="قالآلَُ (ab)12\u2068\u2069│", max_size=60))
def test_lines_keep_their_width(text):
    assert sum(cell.width for cell in in_place(text, PLAIN)) == cell_len(text)
