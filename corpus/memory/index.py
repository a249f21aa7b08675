"""The index of a memory file: which units have a feature. With ``store.py`` the only place with SQL about the memory.

It is one of sorted runs (a log-structured merge): new units go to ``recent``, a row for each feature; when they are
many, a block of postings is packed from them. Whoever looks something up reads both.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator, Sequence

import numpy as np
import numpy.typing as npt
from sqlite_utils import Database

from corpus.memory.features import source_features, target_features

Ids = npt.NDArray[np.uint32]
Lengths = npt.NDArray[np.uint16]

# Recent units are found as fast as packed ones until there are some tens of thousands of them.
PACK_AFTER = 4096
LARGEST_BLOCK = 1 << 18
_MANY_BLOCKS = 12
_LONGEST = 0xFFFF


class Index:
    """Writes and reads the index, in the caller's transaction."""

    def __init__(self, db: Database) -> None:
        self._db = db

    # Writing

    def add(self, identifier: int, source: str, target: str) -> None:
        """Let a new unit be found by its features."""
        features = source_features(source) | target_features(target)
        self._db.conn.executemany("INSERT INTO recent VALUES (?, ?)", [(feature, identifier) for feature in features])

    def is_loose(self) -> bool:
        """Tell whether there are so many recent units that they should be packed."""
        return self._number("SELECT count(*) FROM units WHERE id > ?", self._last_packed()) >= PACK_AFTER

    def pack(self) -> None:
        """Pack the units that are in no block yet into one, the small blocks before it included when they are many."""
        self._db.execute("DELETE FROM recent")
        small = self._db.execute(
            "SELECT number, first FROM blocks WHERE last - first < ? ORDER BY number", [LARGEST_BLOCK // 4]
        ).fetchall()
        first = self._last_packed() + 1
        if len(small) >= _MANY_BLOCKS:
            first = small[0][1]
            numbers = [
                (number,) for (number,) in self._db.execute("SELECT number FROM blocks WHERE first >= ?", [first])
            ]
            self._db.conn.executemany("DELETE FROM postings WHERE block = ?", numbers)
            self._db.conn.executemany("DELETE FROM blocks WHERE number = ?", numbers)
        last = self._last_id()
        for start in range(first, last + 1, LARGEST_BLOCK):
            self._pack_block(start, min(start + LARGEST_BLOCK - 1, last))

    def _pack_block(self, first: int, last: int) -> None:
        lengths = np.zeros(last - first + 1, np.uint16)
        features, counts, ids = array("q"), array("q"), array("I")
        query = "SELECT id, source, target FROM units WHERE id BETWEEN ? AND ? ORDER BY id"
        for identifier, source, target in self._db.execute(query, [first, last]):
            lengths[identifier - first] = min(len(source), _LONGEST)
            found = source_features(source) | target_features(target)
            features.extend(found)
            ids.append(identifier)
            counts.append(len(found))
        number = self._number("SELECT coalesce(max(number), 0) + 1 FROM blocks")
        self._db.execute("INSERT INTO blocks VALUES (?, ?, ?, ?)", [number, first, last, lengths.tobytes()])
        self._db.conn.executemany("INSERT INTO postings VALUES (?, ?, ?)", _runs(features, ids, counts, number))

    def forget(self, ids: Sequence[int]) -> None:
        """Take many units out of the lengths, so that no search looks at them; a block of none but them goes whole."""
        gone = np.array(ids, np.int64)
        for number, first, last, blob in self._db.execute("SELECT number, first, last, lengths FROM blocks").fetchall():
            here = gone[(gone >= first) & (gone <= last)]
            if not len(here):
                continue
            lengths = np.frombuffer(blob, np.uint16).copy()
            lengths[here - first] = 0
            if lengths.any():
                self._db.execute("UPDATE blocks SET lengths = ? WHERE number = ?", [lengths.tobytes(), number])
            else:
                # The row stays: it says which ids are packed.
                self._db.execute("DELETE FROM postings WHERE block = ?", [number])
                self._db.execute("UPDATE blocks SET lengths = ? WHERE number = ?", [lengths.tobytes(), number])

    # Reading

    def counts(self, features: Iterable[int]) -> dict[int, int]:
        """Return how many units have each feature, as far as any has."""
        query = """
            SELECT feature, sum(length(ids)) / 4 FROM postings WHERE feature IN (SELECT value FROM json_each(?))
            GROUP BY feature
        """
        wanted = json_list(features)
        counts: dict[int, int] = dict(self._db.execute(query, [wanted]).fetchall())
        query = (
            "SELECT feature, count(*) FROM recent WHERE feature IN (SELECT value FROM json_each(?)) GROUP BY feature"
        )
        for feature, count in self._db.execute(query, [wanted]):
            counts[feature] = counts.get(feature, 0) + count
        return counts

    def postings(self, feature: int) -> Ids:
        """Return the ids of the units that have a feature; some may be gone."""
        packed = self._db.execute("SELECT ids FROM postings WHERE feature = ? ORDER BY block", [feature])
        runs = [np.frombuffer(blob, np.uint32) for (blob,) in packed]
        recent = self._db.execute("SELECT id FROM recent WHERE feature = ? ORDER BY id", [feature]).fetchall()
        runs.append(np.array([identifier for (identifier,) in recent], np.uint32))
        return np.concatenate(runs)

    def lengths(self) -> Lengths:
        """Return the number of characters of each source, by id, at most 65,535; 0 where there is no unit."""
        last_packed = self._last_packed()
        lengths = np.zeros(last_packed + 1, np.uint16)
        for first, end, blob in self._db.execute("SELECT first, last, lengths FROM blocks"):
            lengths[first : end + 1] = np.frombuffer(blob, np.uint16)
        return np.concatenate([lengths, self.lengths_after(last_packed)])

    def lengths_after(self, last: int) -> Lengths:
        """Return the ``lengths`` of the units with higher ids than ``last``, which are in no block."""
        lengths = np.zeros(self._last_id() - last, np.uint16)
        for identifier, length in self._db.execute("SELECT id, length(source) FROM units WHERE id > ?", [last]):
            lengths[identifier - last - 1] = min(length, _LONGEST)
        return lengths

    def version(self) -> tuple[int, int, int]:
        """Return what changes whenever units are added or packed, or all of a provenance are forgotten."""
        return (
            self._last_id(),
            self._number("SELECT coalesce(max(number), 0) FROM blocks"),
            self._number("SELECT count(*) FROM provenances"),
        )

    def _last_packed(self) -> int:
        return self._number("SELECT coalesce(max(last), 0) FROM blocks")

    def _last_id(self) -> int:
        """Return the highest id there ever was: postings may lead to units that are gone."""
        return self._number("SELECT coalesce((SELECT seq FROM sqlite_sequence WHERE name = 'units'), 0)")

    def _number(self, query: str, *values: object) -> int:
        return int(self._db.execute(query, list(values)).fetchone()[0])


def json_list(values: Iterable[int]) -> str:
    """Return numbers as SQLite's json_each takes them."""
    return "[" + ",".join(map(str, values)) + "]"


def _runs(features: array[int], ids: array[int], counts: array[int], block: int) -> Iterator[tuple[int, int, bytes]]:
    """Yield (feature, block, packed ids) for each feature; ``counts`` says how many features each id has."""
    by_place = np.frombuffer(features, np.int64)
    owners = np.repeat(np.frombuffer(ids, np.uint32), np.frombuffer(counts, np.int64))
    order = np.argsort(by_place, kind="stable")
    by_place, owners = by_place[order], owners[order]
    starts = np.flatnonzero(np.diff(by_place, prepend=-1))
    ends = np.append(starts[1:], len(by_place))
    for start, end in zip(starts.tolist(), ends.tolist(), strict=True):
        yield int(by_place[start]), block, owners[start:end].tobytes()
