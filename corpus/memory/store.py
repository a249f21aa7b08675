"""A memory file: units, and the index they are found by. With ``migrations.py`` the only place with SQL about them.

The index is one of sorted runs (a log-structured merge): new units go to ``recent``, a row for each feature; when they
are many, a block of postings is packed from them. Whoever looks something up reads both.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from hashlib import blake2b
from itertools import islice
from pathlib import Path
from typing import Any, Self

import numpy as np
import numpy.typing as npt
from sqlite_utils import Database

from corpus.arabic import fold
from corpus.database import MEMORY_APPLICATION_ID, open_database, transaction
from corpus.memory.features import source_features, target_features
from corpus.memory.migrations import migrations
from corpus.memory.model import Provenance, Unit

Ids = npt.NDArray[np.uint32]
Lengths = npt.NDArray[np.uint16]

_PACK_AFTER = 4096
_LARGEST_BLOCK = 1 << 18
_MANY_BLOCKS = 12
_LONGEST = 0xFFFF

_UNITS = """
    SELECT units.id AS id, units.uid AS uid, source, target, source_language, target_language, author, changed_at,
           provenances.uid AS provenance_uid, provenances.name AS provenance_name
    FROM units JOIN provenances ON provenances.id = units.provenance
"""


class MemoryStore:
    """One memory file, open on the thread that opened it."""

    def __init__(self, db: Database) -> None:
        self._db = db

    @classmethod
    def open_or_create(cls, path: Path) -> Self:
        """Open the memory at ``path``, or make it; raise StoreError when that cannot be."""
        db = open_database(
            path,
            application_id=MEMORY_APPLICATION_ID,
            migrations=migrations,
            what="memory",
            create=not path.exists(),
        )
        return cls(db)

    def close(self) -> None:
        """Close the file; what was written is already safe."""
        self._db.close()

    def __len__(self) -> int:
        """Return the number of units."""
        return self._number("SELECT count(*) FROM units")

    # Writing

    def add(self, unit: Unit) -> None:
        """Keep a unit; one of the same provenance and uid is replaced. It is found by the next search."""
        with transaction(self._db, "memory"):
            self._write(unit)
            recent = self._number("SELECT count(*) FROM units WHERE id > ?", self._last_packed())
            if recent >= _PACK_AFTER:
                self._pack()

    def add_many(self, units: Iterable[Unit]) -> int:
        """Keep units, all or none, and return how many there were; see ``add``."""
        count = 0
        with transaction(self._db, "memory"):
            units = iter(units)
            while part := list(islice(units, _LARGEST_BLOCK)):
                for unit in part:
                    self._write(unit, index=len(part) < _PACK_AFTER)
                if len(part) >= _PACK_AFTER:
                    self._pack()
                count += len(part)
        return count

    def remove(self, provenance_uid: str, uid: str) -> None:
        """Forget a unit, if it is there."""
        with transaction(self._db, "memory"):
            self._db.execute(
                "DELETE FROM units WHERE uid = ? AND provenance = (SELECT id FROM provenances WHERE uid = ?)",
                [uid, provenance_uid],
            )

    def _write(self, unit: Unit, *, index: bool = True) -> None:
        provenance = self._provenance_id(unit.provenance)
        old = self._db.execute(
            "SELECT id, source, target FROM units WHERE provenance = ? AND uid = ?", [provenance, unit.uid]
        )
        for identifier, source, target in old.fetchall():
            if (source, target) == (unit.source, unit.target):
                return
            self._db.execute("DELETE FROM units WHERE id = ?", [identifier])  # its postings lead nowhere from now on
        languages = [unit.source_language, unit.target_language]
        values = [provenance, unit.uid, *languages, key_of(unit.source), unit.source, unit.target]
        cursor = self._db.execute(
            """
            INSERT INTO units
                (provenance, uid, source_language, target_language, key, source, target, author, changed_at)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
            """,
            [*values, unit.author, unit.changed_at],
        )
        if index:
            features = source_features(unit.source) | target_features(unit.target)
            rows = [(feature, cursor.lastrowid) for feature in features]
            self._db.conn.executemany("INSERT INTO recent VALUES (?, ?)", rows)

    def _provenance_id(self, provenance: Provenance) -> int:
        for (identifier,) in self._db.execute("SELECT id FROM provenances WHERE uid = ?", [provenance.uid]):
            return int(identifier)
        return int(
            self._db.execute(
                "INSERT INTO provenances (uid, name) VALUES (?, ?)", [provenance.uid, provenance.name]
            ).lastrowid
            or 0
        )

    # Packing

    def _pack(self) -> None:
        """Pack the units that are in no block yet into one, the small blocks before it included when they are many."""
        self._db.execute("DELETE FROM recent")
        small = self._db.execute(
            "SELECT number, first FROM blocks WHERE last - first < ? ORDER BY number", [_LARGEST_BLOCK // 4]
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
        for start in range(first, last + 1, _LARGEST_BLOCK):
            self._pack_block(start, min(start + _LARGEST_BLOCK - 1, last))

    def _pack_block(self, first: int, last: int) -> None:
        lengths = np.zeros(last - first + 1, np.uint16)
        features: list[int] = []
        counts: list[int] = []
        ids: list[int] = []
        query = "SELECT id, source, target FROM units WHERE id BETWEEN ? AND ? ORDER BY id"
        for identifier, source, target in self._db.execute(query, [first, last]):
            lengths[identifier - first] = min(len(source), _LONGEST)
            found = source_features(source) | target_features(target)
            features += found
            ids.append(identifier)
            counts.append(len(found))
        number = self._number("SELECT coalesce(max(number), 0) + 1 FROM blocks")
        self._db.execute("INSERT INTO blocks VALUES (?, ?, ?, ?)", [number, first, last, lengths.tobytes()])
        self._db.conn.executemany("INSERT INTO postings VALUES (?, ?, ?)", _runs(features, ids, counts, number))

    def _last_packed(self) -> int:
        return self._number("SELECT coalesce(max(last), 0) FROM blocks")

    # Reading

    def with_key(self, source: str, languages: tuple[str, str]) -> list[Unit]:
        """Return the units whose sources have the key of ``source``, the newest first."""
        where = "WHERE key = ? AND source_language = ? AND target_language = ? ORDER BY units.id DESC"
        return [_unit(row) for row in self._db.query(f"{_UNITS} {where}", [key_of(source), *languages])]

    def units(self, ids: Sequence[int]) -> dict[int, Unit]:
        """Return units by their ids; those that are gone are left out."""
        query = f"{_UNITS} WHERE units.id IN (SELECT value FROM json_each(?))"  # noqa: S608  (a constant)
        return {row["id"]: _unit(row) for row in self._db.query(query, [_json(ids)])}

    def texts(self, ids: Sequence[int]) -> list[tuple[int, str, str, str, str]]:
        """Return (id, source, target, source language, target language) of units; those that are gone are left out."""
        query = """
            SELECT id, source, target, source_language, target_language FROM units
            WHERE id IN (SELECT value FROM json_each(?))
        """
        return list(self._db.execute(query, [_json(ids)]))

    def counts(self, features: Iterable[int]) -> dict[int, int]:
        """Return how many units have each feature, as far as any has."""
        query = """
            SELECT feature, sum(length(ids)) / 4 FROM postings WHERE feature IN (SELECT value FROM json_each(?))
            GROUP BY feature
        """
        wanted = list(features)
        counts: dict[int, int] = dict(self._db.execute(query, [_json(wanted)]).fetchall())
        query = (
            "SELECT feature, count(*) FROM recent WHERE feature IN (SELECT value FROM json_each(?)) GROUP BY feature"
        )
        for feature, count in self._db.execute(query, [_json(wanted)]):
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
        last = self._last_id()
        lengths = np.zeros(last + 1, np.uint16)
        for first, end, blob in self._db.execute("SELECT first, last, lengths FROM blocks"):
            lengths[first : end + 1] = np.frombuffer(blob, np.uint16)
        recent = "SELECT id, length(source) FROM units WHERE id > ?"
        for identifier, length in self._db.execute(recent, [self._last_packed()]):
            lengths[identifier] = min(length, _LONGEST)
        return lengths

    def version(self) -> tuple[int, int]:
        """Return what changes whenever units are added or packed."""
        return self._last_id(), self._number("SELECT coalesce(max(number), 0) FROM blocks")

    def _last_id(self) -> int:
        """Return the highest id there ever was: postings may lead to units that are gone."""
        return self._number("SELECT coalesce((SELECT seq FROM sqlite_sequence WHERE name = 'units'), 0)")

    def _number(self, query: str, *values: object) -> int:
        return int(self._db.execute(query, list(values)).fetchone()[0])


def key_of(source: str) -> int:
    """Return a number that is equal for sources which differ only in marks, alefs, case and the like."""
    digest = blake2b(fold(source).encode("utf-8", "surrogatepass"), digest_size=8).digest()
    return int.from_bytes(digest, "big", signed=True)


def _runs(features: list[int], ids: list[int], counts: list[int], block: int) -> Iterator[tuple[int, int, bytes]]:
    """Yield (feature, block, packed ids) for each feature; ``counts`` says how many features each id has."""
    by_place = np.array(features, np.int64)
    owners = np.repeat(np.array(ids, np.uint32), counts)
    order = np.argsort(by_place, kind="stable")
    by_place, owners = by_place[order], owners[order]
    starts = np.flatnonzero(np.diff(by_place, prepend=-1))
    ends = np.append(starts[1:], len(by_place))
    for start, end in zip(starts.tolist(), ends.tolist(), strict=True):
        yield int(by_place[start]), block, owners[start:end].tobytes()


def _json(values: Iterable[int]) -> str:
    return "[" + ",".join(map(str, values)) + "]"


def _unit(row: dict[str, Any]) -> Unit:
    provenance = Provenance(row["provenance_uid"], row["provenance_name"])
    return Unit(
        **{name: row[name] for name in Unit.__dataclass_fields__ if name != "provenance"}, provenance=provenance
    )
