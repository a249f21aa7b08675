"""Lay out text in cells of a terminal: levels, joined letters, lines, visual order.

Lines hold cells in the order they are seen, left to right, and every cell knows which characters of the text it shows,
so that highlights, clicks and copies go back to the text. Lines are wrapped in logical order, after joining (a
lam-alef takes one cell), and ordered only then (UAX #9, section 3.4).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from workbench.ui.bidi.brackets import MIRRORED
from workbench.ui.bidi.clusters import Clusters, Typography
from workbench.ui.bidi.explicit import base_level
from workbench.ui.bidi.levels import REMOVED, classes_of, resolve, visual_order
from workbench.ui.bidi.shaping import shaped

_WHITE = frozenset({"WS", "FSI", "LRI", "RLI", "PDI", "BN", "S", "B"})
_FIRST_RIGHT_TO_LEFT = "\u0590"  # no character before it is written from right to left


class Cell(NamedTuple):  # a paragraph has hundreds: a tuple is made three times as fast as a frozen dataclass
    """What is printed in one place: a letter with its marks, ``width`` columns wide.

    ``start`` and ``end`` are offsets in the text; the characters between them are this cell's and no other's.
    """

    text: str
    start: int
    end: int
    width: int
    level: int


@dataclass(frozen=True, slots=True)
class Line:
    """One line: its cells from left to right, the columns they take in all, and the paragraph's direction."""

    cells: tuple[Cell, ...]
    width: int
    right_to_left: bool
    start: int
    end: int

    @property
    def text(self) -> str:
        """What is printed, in visual order."""
        return "".join(cell.text for cell in self.cells)

    def cell_at(self, column: int) -> Cell | None:
        """Return the cell that covers ``column``, counted from the left; None beside the text."""
        left = 0
        for cell in self.cells:
            if left <= column < left + cell.width:
                return cell
            left += cell.width
        return None

    def offset_at(self, column: int) -> int:
        """Return the offset of the character at ``column``; beside the text, that of the line's beginning or end."""
        cell = self.cell_at(column)
        if cell is not None:
            return cell.start
        return self.end if (column < 0) == self.right_to_left else self.start

    def column_of(self, offset: int) -> int:
        """Return the column of the character at ``offset``; past the line's end, the column where one would go on."""
        left = 0
        for cell in self.cells:
            if cell.start <= offset < cell.end:
                return left
            left += cell.width
        return -1 if self.right_to_left else self.width


def layout(text: str, width: int, typography: Typography, *, right_to_left: bool | None = None) -> list[Line]:
    """Return ``text`` as lines of at most ``width`` columns, broken at spaces where there are any; never no line.

    Line ends in the text break lines and are in no cell; every other character is in exactly one. Spaces at the end
    of a line take no column. Control characters are shown as pictures, so that nothing acts on the terminal.
    ``right_to_left`` is the direction of the paragraphs; None finds it in each (P2, P3), or takes right to left.
    """
    lines: list[Line] = []
    start = 0
    for paragraph in text.split("\n"):
        clusters, rtl = _clusters(paragraph, start, typography, right_to_left)
        lines += (_line(clusters, row, rtl, start) for row in _rows(clusters, max(width, 2)))
        start += len(paragraph) + 1
    return lines


def layout_line(text: str, typography: Typography, *, right_to_left: bool | None = None) -> Line:
    """Return ``text``, which has no line ends, as one line however wide, spaces at its ends and all."""
    clusters, rtl = _clusters(text, 0, typography, right_to_left)
    return _line(clusters, range(len(clusters)), rtl, 0)


def _clusters(paragraph: str, offset: int, typography: Typography, right_to_left: bool | None) -> tuple[Clusters, bool]:
    """Return a paragraph's clusters, joined where that is ours to do, and whether it is written right to left."""
    plain = all(character < _FIRST_RIGHT_TO_LEFT for character in paragraph)
    if plain and right_to_left is False:
        return Clusters.of(paragraph, offset, [0] * len(paragraph), typography), False
    classes = classes_of(paragraph)
    base = base_level(classes, 1) if right_to_left is None else int(right_to_left)
    if not typography.ordered:
        return Clusters.of(paragraph, offset, [0] * len(paragraph), typography), base == 1
    levels = resolve(paragraph, classes, base)
    _reset(levels, classes, base)
    return _joined(Clusters.of(paragraph, offset, levels, typography)), base == 1


def _reset(levels: list[int], classes: Sequence[str], base: int) -> None:
    """Give separators, and the white space at the end, the level of the paragraph (L1).

    Before separators and at ends of lines there is no need: they are spaces, and spaces at an end take no column.
    """
    if "S" in classes or "B" in classes:
        levels[:] = [base if one in {"S", "B"} else level for one, level in zip(classes, levels, strict=True)]
    for place in range(len(levels) - 1, -1, -1):
        if classes[place] not in _WHITE:
            break
        if levels[place] != REMOVED:
            levels[place] = base


def _joined(clusters: Clusters) -> Clusters:
    """Give each cluster its presentation form, or its mirrored one (L4); an alef goes into the lam before it."""
    characters, printed, levels = clusters.characters, clusters.printed, clusters.levels
    for place, form in enumerate(shaped(characters, clusters.joiners)):
        if form != characters[place]:
            if form:
                printed[place] = form
            elif characters[place]:
                clusters.merge(place)
        elif levels[place] & 1 and form in MIRRORED:
            printed[place] = MIRRORED[form]
    return clusters


def _rows(clusters: Clusters, width: int) -> Iterator[range]:
    """Break clusters into rows, in logical order; spaces at a row's end take no column and go to what is before."""
    count, widths, spaces = len(clusters), clusters.widths, clusters.spaces
    start = 0
    while True:
        taken, used, after_space = start, 0, 0
        while taken < count and (used := used + widths[taken]) <= width:
            taken += 1
            if spaces[taken - 1]:
                after_space = taken
        end = taken
        if taken < count:
            end = after_space or max(taken, start + 1)
            while end < count and spaces[end]:
                end += 1
        last = end
        while last > start + 1 and spaces[last - 1]:
            last -= 1
        if start < end:
            clusters.stretch(last - 1, clusters.ends[end - 1])
            if spaces[last - 1]:
                clusters.printed[last - 1], clusters.widths[last - 1] = "", 0
        yield range(start, last)
        start = end
        if start >= count:
            return


def _line(clusters: Clusters, row: range, right_to_left: bool, start: int) -> Line:
    starts, ends, widths, levels = clusters.starts, clusters.ends, clusters.widths, clusters.levels
    printed, marks = clusters.printed, clusters.marks
    places = [place for place in row if place not in clusters.merged] if clusters.merged else row
    if not places:
        return Line((), 0, right_to_left, start, start)
    order = [places[i] for i in visual_order([levels[place] for place in places])]
    texts = [printed[place] + marks[place] if place in marks else printed[place] for place in order]
    columns = (map(values.__getitem__, order) for values in (starts, ends, widths, levels))
    cells = tuple(map(Cell._make, zip(texts, *columns, strict=True)))
    return Line(cells, sum(widths[row.start : row.stop]), right_to_left, starts[row.start], ends[row.stop - 1])
