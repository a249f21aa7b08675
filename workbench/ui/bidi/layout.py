"""Lay out text in cells of a terminal: levels, joined letters, lines, visual order.

Lines hold cells in the order they are printed, and every cell knows which characters of the text it shows, so that
highlights, clicks and copies can go back to the text. Lines are wrapped in logical order, after joining (a lam-alef
takes one cell), and ordered only then.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum

from rich.cells import get_character_cell_size

from corpus.visible import visible
from workbench.ui.bidi.brackets import MIRRORED
from workbench.ui.bidi.levels import base_level, classes_of, resolve, visual_order
from workbench.ui.bidi.shaping import Letter, shaped

# Marks of direction and joining are kept from the terminal: they would reorder what stands beside the text.
_UNPRINTED = frozenset("\u00ad\u061c\u200b\u200c\u200d\u200e\u200f\u2060\ufeff") | frozenset(
    map(chr, (*range(0x202A, 0x202F), *range(0x2066, 0x206A)))
)
_FIRST_RIGHT_TO_LEFT = "\u0590"  # no character before it is written from right to left


class Display(Enum):
    """Who orders and joins: Tarjama, or a terminal that does it by itself."""

    VISUAL = "app"
    LOGICAL = "terminal"


@dataclass(frozen=True, slots=True)
class Cell:
    """What is printed in one place: a letter with its marks; ``start`` and ``end`` are offsets in the text."""

    text: str
    start: int
    end: int
    width: int


@dataclass(frozen=True, slots=True)
class Line:
    """One line of cells, left to right, with the cells they take in all."""

    cells: tuple[Cell, ...]
    width: int


@dataclass(slots=True)
class _Cluster:
    """A character with the marks that follow it, in logical order."""

    character: str
    marks: str
    joiners: str
    start: int
    end: int
    level: int
    printed: str = ""

    def cell(self) -> Cell:
        return Cell(self.printed + self.marks, self.start, self.end, get_character_cell_size(self.printed))


def layout(
    text: str, width: int, display: Display = Display.VISUAL, *, right_to_left: bool | None = None
) -> list[Line]:
    """Return ``text`` as lines of at most ``width`` cells, broken at spaces where there are any; never no line.

    Line ends in the text break lines. Control characters are shown as pictures, so that nothing acts on the terminal.
    ``right_to_left`` is the direction of the paragraphs; None finds it in each (P2, P3), or takes right to left.
    """
    lines: list[Line] = []
    start = 0
    for paragraph in text.split("\n"):
        clusters = _clusters(paragraph, start, display, right_to_left)
        lines += (_line(row, display) for row in _rows(clusters, max(width, 2)))
        start += len(paragraph) + 1
    return lines


def printed(text: str, display: Display) -> str:
    """Return a short text as one line to print: a term, a name."""
    return " ".join("".join(cell.text for cell in line.cells) for line in layout(text, len(text) + 2, display))


def _clusters(paragraph: str, offset: int, display: Display, right_to_left: bool | None) -> list[_Cluster]:
    levels = _levels(paragraph, display, right_to_left)
    shown = visible(paragraph)
    clusters: list[_Cluster] = []
    for place, character in enumerate(paragraph):
        printed = " " if character in "\t\u00a0" else shown[place]
        unprinted = character in _UNPRINTED
        if unprinted or get_character_cell_size(printed) == 0:
            if clusters:
                last = clusters[-1]
                last.end = offset + place + 1
                last.marks += "" if unprinted else printed
                last.joiners += character if unprinted else ""
            continue
        clusters.append(_Cluster(printed, "", "", offset + place, offset + place + 1, levels[place], printed))
    return _joined(clusters) if display is Display.VISUAL else clusters


def _levels(paragraph: str, display: Display, right_to_left: bool | None) -> list[int]:
    if display is Display.LOGICAL or not any(character >= _FIRST_RIGHT_TO_LEFT for character in paragraph):
        return [0] * len(paragraph)
    classes = classes_of(paragraph)
    base = base_level(classes, 1) if right_to_left is None else int(right_to_left)
    levels = resolve(paragraph, classes, base)
    # L1, as far as it matters where spaces at the end of a line are dropped: separators stand between the parts.
    return [base if bidi_class in {"S", "B"} else level for bidi_class, level in zip(classes, levels, strict=True)]


def _joined(clusters: list[_Cluster]) -> list[_Cluster]:
    """Give each cluster its presentation form; an alef goes into the lam before it."""
    if not any(cluster.level & 1 for cluster in clusters):
        return clusters
    kept: list[_Cluster] = []
    forms = shaped([Letter(cluster.character, cluster.joiners) for cluster in clusters])
    for cluster, form in zip(clusters, forms, strict=True):
        if not form:
            lam = kept[-1]
            lam.end, lam.marks, lam.joiners = cluster.end, lam.marks + cluster.marks, cluster.joiners
            continue
        cluster.printed = MIRRORED.get(form, form) if cluster.level & 1 else form  # L4
        kept.append(cluster)
    return kept


def _rows(clusters: list[_Cluster], width: int) -> Iterator[list[_Cluster]]:
    """Break clusters into rows, in logical order; the spaces at a row's end are dropped."""
    start = 0
    while True:
        taken, used, after_space = start, 0, 0
        while taken < len(clusters):
            size = get_character_cell_size(clusters[taken].printed)
            if used + size > width:
                break
            used += size
            taken += 1
            if clusters[taken - 1].printed == " ":
                after_space = taken
        if taken < len(clusters) and clusters[taken].printed == " ":
            after_space = taken + 1  # the space that does not fit any more ends the row
        end = taken if taken == len(clusters) else (after_space or max(taken, start + 1))
        row = clusters[start:end]
        while row and row[-1].printed == " ":
            row.pop()
        yield row
        start = end
        if start >= len(clusters):
            return


def _line(row: list[_Cluster], display: Display) -> Line:
    order = visual_order([max(cluster.level, 0) for cluster in row]) if display is Display.VISUAL else range(len(row))
    cells = tuple(row[place].cell() for place in order)
    return Line(cells, sum(cell.width for cell in cells))
