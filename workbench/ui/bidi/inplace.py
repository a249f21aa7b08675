"""Order and join a line that was wrapped without regard to either, keeping its width.

Everything on the screen that is not laid out by ``layout`` (names in dialogs, the editor's English with Arabic words,
notifications) comes as such lines. Where a lam-alef makes a line shorter, a space is put in behind it, at the first
place where one is not seen.
"""

from __future__ import annotations

from workbench.ui.bidi.clusters import Typography
from workbench.ui.bidi.layout import Cell, layout_line

_FSI, _PDI = "\u2068", "\u2069"
# Names and other texts share a line: what one of them holds may not turn the others. Isolates are ours to set.
_HARMLESS = dict.fromkeys(map(ord, "\u202a\u202b\u202c\u202d\u202e\u2066\u2067"), "\u200b")
_BOX_DRAWING = range(0x2500, 0x25A0)


def in_place(text: str, typography: Typography) -> list[Cell]:
    """Return the cells of a left-to-right line in visual order, as wide together as the line was.

    A cell that shows no character of ``text`` has ``start == end``, the offset of the cell before it.
    """
    cells: list[Cell] = []
    missing = 0
    for cell in layout_line(text.translate(_HARMLESS), typography, right_to_left=False).cells:
        if missing > 0 and (cell.text == " " or ord(cell.text[:1] or " ") in _BOX_DRAWING):
            cells += _spaces(missing, cell.start)
            missing = 0
        missing += _width(text[cell.start : cell.end], typography) - cell.width
        cells.append(cell)
    return cells + _spaces(missing, len(text))


def isolated(text: str) -> str:
    """Return ``text`` set apart, so that it is ordered by itself within a line (UAX #9, FSI and PDI)."""
    return f"{_FSI}{text}{_PDI}"


def column_in_line(text: str, column: int, typography: Typography) -> int:
    """Return the column that ``column`` of the line on the screen has in ``text`` as it is stored."""
    left = 0
    for cell in in_place(text, typography):
        if left <= column < left + max(cell.width, 1):
            return _width(text[: cell.start], typography)
        left += cell.width
    return column


def _width(text: str, typography: Typography) -> int:
    return sum(map(typography.width_of, text))


def _spaces(count: int, offset: int) -> list[Cell]:
    return [Cell(" ", offset, offset, 1, 0)] * count
