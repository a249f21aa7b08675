"""A tree of what terms are found by, one word a step, which grows as it is walked.

A glossary of 100,000 terms is read when a project opens; most of its terms are in none of the project's texts. So a
branch only gathers its rows, and sorts them by their next word when a text first comes that far.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

KeyRow = tuple[str, str, str, bool]
"""What a term is found by (a line of ``glossary.spelling.matching_keys``), the uid of its concept, what names the term,
and whether this is a further form of it. A plain tuple, as SQLite returns it."""


class Branch:
    """A place in the tree: the rows that end here, and the branches to which further words lead."""

    __slots__ = ("_begin", "_ending", "_further", "_waiting")

    def __init__(self, begin: int = 0) -> None:
        self._begin = begin
        self._waiting: list[KeyRow] = []
        self._ending: list[KeyRow] = []
        self._further: dict[str, Branch] = {}

    def add(self, rows: Iterable[KeyRow]) -> None:
        """Add rows that lead through this branch."""
        self._waiting += rows

    @property
    def ending(self) -> list[KeyRow]:
        """The rows that have no further word."""
        self.sort()
        return self._ending

    @property
    def further(self) -> dict[str, Branch]:
        """The branches by the next word."""
        self.sort()
        return self._further

    def sort(self) -> None:
        """Sort in the rows that have been added."""
        if not self._waiting:
            return
        begin, further = self._begin, self._further
        waiting, self._waiting = self._waiting, []
        for row in waiting:
            keys = row[0]
            if len(keys) < begin:
                self._ending.append(row)
                continue
            end = keys.find(" ", begin)
            key = keys[begin:] if end < 0 else keys[begin:end]
            branch = further.get(key)
            if branch is None:
                branch = further[key] = Branch(begin + len(key) + 1)
            branch._waiting.append(row)  # noqa: SLF001  (100,000 calls of a method would take as long as all the rest)


def rows_by_line(rows: Iterable[tuple[str, str, str]]) -> Iterator[KeyRow]:
    """Yield a row for each line of the keys of (keys, concept, term): the first is the term, the others its forms."""
    for keys, concept, term in rows:
        if "\n" in keys:
            first, *others = keys.split("\n")
            yield first, concept, term, False
            yield from ((line, concept, term, True) for line in others)
        elif keys:
            yield keys, concept, term, False
