"""What the mouse has selected in the list of segments, in terms of the stored text."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum

from corpus.model import Segment
from workbench.ui.bidi.layout import Cell, Line


class Side(Enum):
    """Which of a row's two texts."""

    ENGLISH = "english"
    ARABIC = "arabic"

    def text(self, segment: Segment) -> str:
        """Return the text on this side of a row."""
        return segment.source if self is Side.ARABIC else segment.text


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """A character under the mouse: its row, and its offsets in the row's text."""

    row: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class RowSelection:
    """Everything between two places on one side, both included, in the order in which it is read."""

    side: Side
    first: Place
    last: Place

    @classmethod
    def between(cls, side: Side, one: Place, other: Place) -> RowSelection:
        """Order the places; what is further left on the screen may come later in the text."""
        return cls(side, min(one, other), max(one, other))

    def covers(self, side: Side, row: int, cell: Cell) -> bool:
        """Tell whether a cell is selected."""
        if side is not self.side or not self.first.row <= row <= self.last.row:
            return False
        return (self.first.row, self.first.start) <= (row, cell.start) < (self.last.row, self.last.end)

    @property
    def rows(self) -> range:
        """The rows that have something selected."""
        return range(self.first.row, self.last.row + 1)

    def text(self, segments: Sequence[Segment]) -> str:
        """Return the stored text that is selected, a line for each row; ``segments`` are those of ``rows``."""
        texts = [self.side.text(segment) for segment in segments]
        texts[-1] = texts[-1][: self.last.end]
        texts[0] = texts[0][self.first.start :]
        return "\n".join(texts)


def place_in_line(line: Line, row: int, printed: int) -> Place:
    """Return the place of the character printed at this index of a line's text, marks counted; or of the line's end."""
    for cell in line.cells:
        if printed < len(cell.text):
            return Place(row, cell.start, cell.end) if printed >= 0 else _beside(line, row, left=True)
        printed -= len(cell.text)
    return _beside(line, row, left=False)


def _beside(line: Line, row: int, *, left: bool) -> Place:
    end = line.end if left == line.right_to_left else line.start
    return Place(row, end, end)
