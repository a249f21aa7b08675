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
    """A place in the tree. ``sort`` it before looking at what is in it.

    ``ending`` holds the terms that have no further word, ``forms`` the same of further forms, ``further`` the branches
    by the next word.
    """

    __slots__ = ("_begin", "_waiting", "ending", "forms", "further")

    def __init__(self, begin: int = 0) -> None:
        self._begin = begin
        self._waiting: list[KeyRow] = []
        self.ending: list[KeyRow] = []
        self.forms: list[KeyRow] = []
        self.further: dict[str, Branch] = {}

    def add(self, rows: Iterable[KeyRow]) -> None:
        """Add rows that lead through this branch."""
        self._waiting += rows

    def sort(self) -> None:
        """Sort in the rows that have been added."""
        if self._waiting:
            waiting, self._waiting = self._waiting, []
            self._sort(waiting)

    def _sort(self, rows: Iterable[KeyRow]) -> None:
        begin, further = self._begin, self.further
        for row in rows:
            keys = row[0]
            if len(keys) < begin:
                (self.forms if row[3] else self.ending).append(row)
                continue
            end = keys.find(" ", begin)
            key = keys[begin:] if end < 0 else keys[begin:end]
            branch = further.get(key)
            if branch is None:
                branch = further[key] = Branch(begin + len(key) + 1)
            branch._waiting.append(row)


def rows_by_line(rows: Iterable[tuple[str, str, str]]) -> Iterator[KeyRow]:
    """Yield a row for each line of the keys of (keys, concept, term): the first is the term, the others its forms."""
    for keys, concept, term in rows:
        if "\n" in keys:
            first, *others = keys.split("\n")
            yield first, concept, term, False
            yield from ((line, concept, term, True) for line in others)
        elif keys:
            yield keys, concept, term, False
