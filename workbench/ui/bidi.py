"""Lay out text in cells of a terminal: the one way by which Arabic reaches the screen.

Lines hold cells in the order they are printed, and every cell knows which characters of the text it shows, so that
highlights, clicks and copies can go back to the text. Letters are printed in logical order here: joining and ordering
them is left to the terminal.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from rich.cells import get_character_cell_size

from corpus.visible import visible

# Marks of direction (UAX #9, section 2) are kept from the terminal: they would reorder what stands beside the text.
_UNPRINTED = frozenset("\u00ad\u061c\u200b\u200e\u200f\u2060\ufeff") | frozenset(
    map(chr, (*range(0x202A, 0x202F), *range(0x2066, 0x206A)))
)


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


def layout(text: str, width: int) -> list[Line]:
    """Return ``text`` as lines of at most ``width`` cells, broken at spaces where there are any; never no line.

    Line ends in the text break lines. Control characters are shown as pictures, so that nothing acts on the terminal.
    """
    width = max(width, 2)
    lines: list[Line] = []
    for paragraph in _paragraphs(text):
        lines += _wrapped(paragraph, width)
    return lines


def _paragraphs(text: str) -> Iterator[list[Cell]]:
    """Yield the cells of each line of the text: a character with the marks that follow it."""
    cells: list[Cell] = []
    shown = visible(text)
    for offset, character in enumerate(text):
        if character == "\n":
            yield cells
            cells = []
            continue
        printed = " " if character in "\t\u00a0" else shown[offset]
        size = 0 if character in _UNPRINTED else get_character_cell_size(printed)
        if size == 0 and cells:
            last = cells[-1]
            marks = "" if character in _UNPRINTED else printed
            cells[-1] = Cell(last.text + marks, last.start, offset + 1, last.width)
        elif size:
            cells.append(Cell(printed, offset, offset + 1, size))
    yield cells


def _wrapped(cells: list[Cell], width: int) -> Iterator[Line]:
    start = 0
    while True:
        taken, used, last_space = start, 0, 0
        while taken < len(cells) and used + cells[taken].width <= width:
            used += cells[taken].width
            taken += 1
            if cells[taken - 1].text == " ":
                last_space = taken
        if taken < len(cells) and cells[taken].text == " ":
            last_space = taken + 1  # the space that does not fit any more is left out at the end of the line
        end = taken if taken == len(cells) else (last_space or max(taken, start + 1))
        line = cells[start:end]
        while line and line[-1].text == " ":
            line.pop()
        yield Line(tuple(line), sum(cell.width for cell in line))
        start = end
        if start >= len(cells):
            return
