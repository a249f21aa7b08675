"""Lines as they leave their widgets, for every kind of terminal."""

from __future__ import annotations

import unicodedata
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style
from textual.color import Color

from workbench.ui.bidi.detect import Profile
from workbench.ui.bidi.emit import Emitter
from workbench.ui.typesetter import LAID_OUT, LONGEST, Typesetter

BLACK = Color(0, 0, 0)
CURSOR = Style(reverse=True)
VISUAL = Profile(Emitter.VISUAL, "a test")


def written(segments, emitter=Emitter.VISUAL):
    return Typesetter(replace(VISUAL, emitter=emitter)).apply(segments, BLACK)


def text_of(segments):
    return unicodedata.normalize("NFKC", "".join(segment.text for segment in segments))


def test_lines_without_arabic_are_left_as_they_are():
    segments = [Segment("plain 👩\u200d👧 text", CURSOR)]
    assert written(segments) is segments


def test_what_no_widget_laid_out_is_ordered_in_place():
    assert text_of(written([Segment("file قال.txt")])) == "file لاق.txt"


def test_what_a_widget_laid_out_is_left_in_its_order():
    line = Typesetter(VISUAL).lines("قال نعم", 20)[0]
    assert text_of(written([Segment(line.text, LAID_OUT)])) == "معن لاق"
    assert text_of(written([Segment("قال "), Segment(line.text, LAID_OUT)])) == "لاق معن لاق"


def test_a_style_stays_with_its_letter():
    segments = written([Segment("say ق"), Segment("ا", CURSOR), Segment("ل now")])
    (under_cursor,) = [segment.text for segment in segments if segment.style == CURSOR]
    assert unicodedata.normalize("NFKC", under_cursor) == "ا"


@pytest.mark.parametrize("letter", [0, 1])
def test_a_cursor_in_a_lam_alef_is_seen(letter):
    parts = ["ل", "ا"]
    segments = [Segment("س"), *(Segment(part, CURSOR if place == letter else None) for place, part in enumerate(parts))]
    (under_cursor,) = [segment.text for segment in written([*segments, Segment("م")]) if segment.style == CURSOR]
    assert under_cursor == "\ufefc"


def test_arabic_is_never_slanted():
    segments = written([Segment("see قال! now", Style(italic=True))])
    assert [(text_of([segment]), segment.style.italic) for segment in segments] == [
        ("see ", True),
        ("لاق!", False),
        (" now", True),
    ]


def test_neighbors_in_split_lines_differ_in_color_by_what_nobody_sees():
    segments = written([Segment("قال", Style(color="#102030"))], Emitter.SPLIT)
    assert [segment.style.color.get_truecolor().blue for segment in segments] == [0x30, 0x31, 0x30]


def test_a_very_long_paragraph_is_shown_in_part_and_says_so():
    lines = Typesetter(VISUAL).lines("كلمة " * 400_000, 50)
    assert len(lines) < LONGEST
    assert lines[-1].text == f"… {2_000_000 - LONGEST:,} more characters"


@pytest.mark.parametrize("emitter", Emitter)
def test_nothing_that_acts_on_a_terminal_leaves(emitter):
    hostile = "a\x1b[2J\u202eقال\u2066\x9b1m\u200e\ud800\x00"
    allowed = {"\u200e", "\u200d", "\u202e", "\u202c"} if emitter not in {Emitter.VISUAL, Emitter.LOGICAL} else set()
    out = "".join(segment.text for segment in written([Segment(hostile + " " * 20)], emitter))
    found = {character for character in out if unicodedata.category(character) in {"Cc", "Cf", "Cs"}}
    assert found <= allowed
    assert out.count("\u202e") <= (emitter is Emitter.KONSOLE)
    assert cell_len(out) == cell_len(hostile) + 20


@given(
    st.lists(st.tuples(st.text("قالآلَُ (ab)12│", max_size=12), st.sampled_from([None, CURSOR, LAID_OUT])), max_size=6),
    st.sampled_from(Emitter),
)
def test_lines_keep_their_width(parts, emitter):
    segments = [Segment(text, style) for text, style in parts]
    before = sum(segment.cell_length for segment in segments)
    assert sum(cell_len(segment.text) for segment in written(segments, emitter)) == before
