"""Where each row of a long list stands, when heights are only known once a row has been looked at.

The rows are cut into blocks, and a Fenwick tree (Fenwick 1994) holds the heights of these: changing a height, adding up
those before a row, and finding the row at a line take as long for a million rows as for a hundred, and beginning with a
million estimates takes a few hundredths of a second.
"""

from __future__ import annotations

from array import array
from collections.abc import Sequence

_BLOCK = 128


class RowHeights:
    """The heights of rows, in lines; all are at least 1."""

    def __init__(self, heights: Sequence[int]) -> None:
        self._heights = array("I", heights)
        sums = [sum(self._heights[start : start + _BLOCK]) for start in range(0, len(heights), _BLOCK)]
        self._tree = [0, *sums]
        for index in range(1, len(self._tree)):
            parent = index + (index & -index)
            if parent < len(self._tree):
                self._tree[parent] += self._tree[index]
        self.total = sum(sums)

    def __len__(self) -> int:
        return len(self._heights)

    def __getitem__(self, row: int) -> int:
        return self._heights[row]

    def set(self, row: int, height: int) -> bool:
        """Change a row's height; return whether it was another."""
        difference = height - self._heights[row]
        if difference == 0:
            return False
        self._heights[row] = height
        self.total += difference
        index = row // _BLOCK + 1
        while index < len(self._tree):
            self._tree[index] += difference
            index += index & -index
        return True

    def top(self, row: int) -> int:
        """Return the line at which ``row`` begins."""
        block = index = row // _BLOCK
        lines = sum(self._heights[block * _BLOCK : row])
        while index:
            lines += self._tree[index]
            index -= index & -index
        return lines

    def at(self, line: int) -> tuple[int, int]:
        """Return (row, line within it) for a line of the whole; the last row for lines beyond the end."""
        block, rest = 0, line
        step = 1 << len(self._tree).bit_length()
        while step:
            following = block + step
            if following < len(self._tree) and self._tree[following] <= rest:
                block = following
                rest -= self._tree[following]
            step >>= 1
        for row in range(block * _BLOCK, len(self._heights)):
            if rest < self._heights[row]:
                return row, rest
            rest -= self._heights[row]
        last = len(self._heights) - 1
        return last, line - self.top(last)
