"""Draw the lines of a row: its number and sign, the English, the Arabic with its terms."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from rich.segment import Segment as Strand
from rich.style import Style
from textual.strip import Strip

from corpus.model import Origin, Segment, State
from corpus.segmentation import Span
from glossary.model import Match
from workbench.ui.bidi.layout import Cell, Line
from workbench.ui.typesetter import LAID_OUT, Typesetter, joined
from workbench.ui.widgets.row_selection import RowSelection, Side

SIGNS = {
    State.UNTRANSLATED: "·",
    State.DRAFTED: "○",
    State.EDITED: "✎",
    State.TRANSLATED: "✓",
    State.REVIEWED: "✔",
}
GLOSS_SIGN = "≈"
MEMORY_SIGN = "="

_SIGNS_OF_DRAFTS = {Origin.GLOSS: GLOSS_SIGN, Origin.MEMORY: MEMORY_SIGN}

_KEPT = 200  # rows that stay drawn, many times what a screen has
_LEAST_DIGITS = 3
_BESIDE_NUMBER = 4  # the mark of the current row before it, a sign between spaces after it
GAP = 3


@dataclass(frozen=True, slots=True)
class Columns:
    """How the width is shared: the English column begins after the gutter, the Arabic after a gap."""

    gutter: int
    english: int
    arabic: int

    @classmethod
    def of(cls, width: int, rows: int) -> Columns:
        """Share ``width`` cells, with room for the numbers of so many rows."""
        gutter = max(len(str(rows)), _LEAST_DIGITS) + _BESIDE_NUMBER
        room = max(width - gutter - GAP, 8)
        return cls(gutter, room - room // 2, room // 2)


@dataclass(frozen=True, slots=True)
class Palette:
    """The styles of a row, background and all."""

    background: Style
    gutter: Style
    draft: Style
    target: Style
    source: Style
    term: Style
    linked: Style
    selected: Style

    @classmethod
    def of(cls, style_of: Callable[[str], Style], background: Style, selected: Style) -> Palette:
        """Put together what ``style_of`` gives for each part of a row; their own backgrounds are left out."""

        def over(name: str) -> Style:
            style = style_of(name)
            return background + Style(
                color=style.color, bold=style.bold, italic=style.italic, underline=style.underline, dim=style.dim
            )

        texts = {name: over(name) + LAID_OUT for name in ("draft", "target", "source", "term")}
        texts["linked"] = texts["term"] + Style(bold=True, underline=False, reverse=True)
        return cls(background=background, gutter=over("gutter"), selected=selected, **texts)


@dataclass(frozen=True, slots=True)
class Row:
    """What there is to draw of a row; the English side of the current one is left to the editor."""

    number: int
    segment: Segment
    current: bool
    matches: Sequence[Match]
    selection: RowSelection | None
    linked: Sequence[Span] = ()


class DrawnRows:
    """The lines of rows as they were drawn: what is drawn again as it was needs no work, of Textual's neither."""

    def __init__(self) -> None:
        self._rows: dict[int, tuple[Row, Palette, int, dict[int, Strip]]] = {}

    def lines(self, row: Row, palette: Palette, top: int) -> dict[int, Strip]:
        """Return the lines of a row drawn so far, by their number in it; ``top`` is where it stands.

        They are to be added to by the caller, and are forgotten when anything of the row has changed.
        """
        known = self._rows.get(row.number)
        if known is not None and known[:3] == (row, palette, top):
            return known[3]
        if len(self._rows) >= _KEPT:
            self._rows.clear()
        self._rows[row.number] = (row, palette, top, {})
        return self._rows[row.number][3]

    def clear(self) -> None:
        """Forget everything: rows are drawn otherwise now."""
        self._rows.clear()


class RowPainter:
    """Draw rows in two columns, by one typesetter."""

    def __init__(self, typesetter: Typesetter, columns: Columns) -> None:
        self._typesetter = typesetter
        self.columns = columns

    def lines(self, segment: Segment, side: Side) -> list[Line]:
        """Return the text of one side as it is wrapped."""
        if side is Side.ARABIC:
            return self._typesetter.lines(segment.source, self.columns.arabic)
        return self._typesetter.lines(segment.text, self.columns.english, right_to_left=False)

    def draw(self, row: Row, line: int, palette: Palette) -> list[Strand]:
        """Return one line of a row."""
        return [
            Strand(_gutter(row, self.columns.gutter) if line == 0 else " " * self.columns.gutter, palette.gutter),
            *self._english(row, line, palette),
            Strand(" " * GAP, palette.background),
            *self._arabic(row, line, palette),
        ]

    def printed_before_arabic(self, row: Row, line: int) -> int:
        """Return how many characters are printed before the Arabic column: letters have marks that take no column."""
        lines = [] if row.current else self.lines(row.segment, Side.ENGLISH)
        marks = len(lines[line].text) - lines[line].width if line < len(lines) else 0
        return self.columns.gutter + self.columns.english + marks + GAP

    def _english(self, row: Row, line: int, palette: Palette) -> list[Strand]:
        lines = [] if row.current else self.lines(row.segment, Side.ENGLISH)
        if line >= len(lines):
            return [Strand(" " * self.columns.english, palette.background)]
        style = palette.target if row.segment.origin is Origin.HUMAN else palette.draft
        rest = Strand(" " * (self.columns.english - lines[line].width), palette.background)
        return [*_drawn(lines[line], lambda _: style, row, Side.ENGLISH, palette), rest]

    def _arabic(self, row: Row, line: int, palette: Palette) -> list[Strand]:
        lines = self.lines(row.segment, Side.ARABIC)
        if line >= len(lines):
            return [Strand(" " * self.columns.arabic, palette.background)]
        terms = [match for match in row.matches if not match.covered]
        starts = [match.start for match in terms]

        def style_of(cell: Cell) -> Style:
            if any(span.start <= cell.start < span.end for span in row.linked):
                return palette.linked
            index = bisect_right(starts, cell.start) - 1
            return palette.term if index >= 0 and cell.start < terms[index].end else palette.source

        rest = Strand(" " * (self.columns.arabic - lines[line].width), palette.background)
        drawn = _drawn(
            lines[line], style_of if starts or row.linked else lambda _: palette.source, row, Side.ARABIC, palette
        )
        return [rest, *drawn] if lines[line].right_to_left else [*drawn, rest]


def sign_of(segment: Segment) -> str:
    """Return the sign of a segment's state; a gloss and what comes from the memory have their own."""
    return _SIGNS_OF_DRAFTS.get(segment.origin, SIGNS[segment.state])


def _gutter(row: Row, width: int) -> str:
    mark = "▶" if row.current else " "
    return f"{mark}{row.number:>{width - _BESIDE_NUMBER}} {sign_of(row.segment)} "


def _drawn(line: Line, style_of: Callable[[Cell], Style], row: Row, side: Side, palette: Palette) -> list[Strand]:
    """Return a line's text in runs of one style, with what is selected marked."""
    selection = row.selection

    def style(cell: Cell) -> Style:
        chosen = selection is not None and selection.covers(side, row.number - 1, cell)
        return style_of(cell) + palette.selected if chosen else style_of(cell)

    return joined((cell.text, style(cell)) for cell in line.cells)
