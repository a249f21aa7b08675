"""Where the rows of the list stand: heights are guessed until a row is loaded and measured."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator, Sequence

from workbench.ui.rows import RowHeights
from workbench.ui.shown import ShownProject
from workbench.ui.widgets.row_painter import Columns, RowPainter
from workbench.ui.widgets.row_selection import Side

BELOW = 1  # an empty line under each row

_CELLS_OF_A_WORD = 6.2  # of Arabic news, with the space after it


class RowLayout:
    """The heights of all rows in one width; ``editor_lines`` are those of the ``current`` row's English."""

    def __init__(self, shown: ShownProject, painter: RowPainter) -> None:
        self._shown = shown
        self._painter = painter
        self._heights = RowHeights(_guessed_heights(shown, painter.columns))
        self._measured = bytearray(len(shown))
        self.current = 0
        self.editor_lines = 1

    def __len__(self) -> int:
        return len(self._measured)

    @property
    def total(self) -> int:
        """How many lines all rows have together."""
        return self._heights.total

    def height(self, row: int) -> int:
        """Return how many lines a row has, with the one below it."""
        return self._heights[row]

    def top(self, row: int) -> int:
        """Return the line at which ``row`` begins."""
        return self._heights.top(row)

    def at(self, line: int) -> tuple[int, int]:
        """Return (row, line within it) for a line of the whole; the last row for lines beyond the end."""
        return self._heights.at(line)

    def rows_between(self, first: int, last: int) -> range:
        """Return the rows that have one of these lines, the last one included."""
        return range(self.at(first)[0], self.at(last)[0] + 1) if len(self) else range(0)

    def neighbors(self, row: int, lines: int) -> Iterator[int]:
        """Yield a row and those that may stand within so many lines of it; they may be measured meanwhile."""
        yield row
        for step, end in ((1, len(self)), (-1, -1)):
            room = lines
            for other in range(row + step, end, step):
                yield other
                room -= self._heights[other]
                if room <= 0:
                    break

    def forget(self, row: int) -> None:
        """Have a row measured again: its text is another one."""
        if row < len(self):
            self._measured[row] = False

    def is_measured(self, row: int) -> bool:
        """Tell whether the height of a row is known."""
        return bool(self._measured[row])

    def measure(self, rows: Iterable[int], view_top: int) -> int:
        """Find out how high those of ``rows`` are that are loaded and not measured.

        Return by how many lines what stands at ``view_top`` has moved, because rows above it are higher than was
        guessed. The current row counts as below: who types in it looks at it.
        """
        moved = 0
        for row in rows:
            if self._measured[row] or not self._shown.has([row]):
                continue
            self._measured[row] = True
            before, height = self._heights[row], self._measured_height(row)
            if height != before:
                if row != self.current and self._heights.top(row) < view_top + moved:
                    moved += height - before
                self._heights.set(row, height)
        return moved

    def _measured_height(self, row: int) -> int:
        segment = self._shown[row]
        arabic = len(self._painter.lines(segment, Side.ARABIC))
        english = self.editor_lines if row == self.current else len(self._painter.lines(segment, Side.ENGLISH))
        return max(arabic, english) + BELOW


def _guessed_heights(shown: ShownProject, columns: Columns) -> Sequence[int]:
    """Return heights of rows by the words that the rows of their document have on the average."""
    heights = array("I")
    for stretch in shown.order.stretches:
        words = stretch.words / max(stretch.rows, 1)
        heights.extend(array("I", [int(words * _CELLS_OF_A_WORD / columns.arabic) + 1 + BELOW]) * stretch.rows)
    missing = len(shown) - len(heights)
    return heights + array("I", [1 + BELOW]) * missing if missing >= 0 else heights[: len(shown)]
