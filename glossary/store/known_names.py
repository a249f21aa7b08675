"""What a glossary file has names for, so that an import need not ask it of each name: most of them are new."""

from __future__ import annotations

from collections.abc import Iterable

from sqlite_utils import Database

# Reading all names of 100,000 terms takes as long as some ten thousand queries.
_QUESTIONS = 2000
_ALL = "SELECT uid, folded FROM terms UNION ALL SELECT uid, uid FROM concepts"


class KnownNames:
    """The uids of concepts and terms and the folded texts of terms that a file has or is about to have.

    A hash stands for a name, for the memory: what is there is always told to be there, what is not nearly never.
    """

    def __init__(self, db: Database) -> None:
        self._db = db
        self._added: set[int] = set()
        self._questions = 0

    def may_have(self, names: Iterable[object]) -> bool:
        """Tell whether one of these names may be there; the first answers are a yes, until asking on is worth it."""
        self._questions += 1
        if self._questions < _QUESTIONS:
            return True
        if self._questions == _QUESTIONS:
            for row in self._db.execute(_ALL):
                self._added.update(map(hash, row))
        return not self._added.isdisjoint(map(hash, names))

    def add(self, *names: object) -> None:
        """Have these names from now on, whether they are written or wait."""
        self._added.update(map(hash, names))
