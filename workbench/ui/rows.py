"""Where each row of a long list stands, when heights are only known once a row has been looked at.

A Fenwick tree (Fenwick 1994) holds the heights: changing one, adding up those before a row, and finding the row at a
line each take time logarithmic in the number of rows, so that a document of 100,000 segments scrolls like a short one.
"""

from __future__ import annotations

from collections.abc import Sequence


class RowHeights:
    """The heights of rows, in lines; all are at least 1."""

    def __init__(self, heights: Sequence[int]) -> None:
        self._heights = list(heights)
        self._tree = [0, *self._heights]
        for index in range(1, len(self._tree)):
            parent = index + (index & -index)
            if parent < len(self._tree):
                self._tree[parent] += self._tree[index]
        self.total = sum(self._heights)

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
        index = row + 1
        while index < len(self._tree):
            self._tree[index] += difference
            index += index & -index
        return True

    def top(self, row: int) -> int:
        """Return the line at which ``row`` begins."""
        lines, index = 0, row
        while index:
            lines += self._tree[index]
            index -= index & -index
        return lines

    def at(self, line: int) -> tuple[int, int]:
        """Return (row, line within it) for a line of the whole; the last row for lines beyond the end."""
        row, rest = 0, line
        step = 1 << (len(self._heights)).bit_length()
        while step:
            following = row + step
            if following < len(self._tree) and self._tree[following] <= rest:
                row = following
                rest -= self._tree[following]
            step >>= 1
        if row >= len(self._heights):
            row = len(self._heights) - 1
            rest = line - self.top(row)
        return row, rest
