"""A memory file: its units, where they come from, and how far each project's journal has been followed.

With ``index.py`` and ``migrations.py`` the only place with SQL about the memory.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import Any, Self

from sqlite_utils import Database

from corpus.database import MEMORY_APPLICATION_ID, open_database, open_or_make_database, set_patience, transaction
from corpus.keys import source_key
from corpus.memory.index import LARGEST_BLOCK, PACK_AFTER, Index, json_list
from corpus.memory.migrations import migrations
from corpus.memory.model import Provenance, Unit
from corpus.model import JournalPlace

_UNITS = """
    SELECT units.id AS id, units.uid AS uid, source, target, source_language, target_language, author, changed_at,
           document, provenances.uid AS provenance_uid, provenances.name AS provenance_name
    FROM units JOIN provenances ON provenances.id = units.provenance
"""
_NEWEST_WITH_KEY = f"""
    {_UNITS.replace("units.id AS id", "max(units.id) AS id")}
    WHERE key = ? AND source_language = ? AND target_language = ?
    AND NOT (provenances.uid = ? AND (units.uid = ? OR units.uid BETWEEN ? AND ?))
    GROUP BY source, target ORDER BY id DESC
"""
# The unit of a segment has the segment's uid, those of its sentences have more behind this sign.
PART_SIGN = "#"
_AFTER_PART_SIGN = chr(ord(PART_SIGN) + 1)


class MemoryStore:
    """One memory file, open on the thread that opened it."""

    def __init__(self, db: Database) -> None:
        self._db = db
        self.index = Index(db)

    @classmethod
    def open(cls, path: Path) -> Self:
        """Open the memory at ``path``; raise StoreError, leaving it untouched, when it is not one of ours."""
        return cls(
            open_database(
                path, application_id=MEMORY_APPLICATION_ID, migrations=migrations, what="memory", create=False
            )
        )

    @classmethod
    def open_or_create(cls, path: Path) -> Self:
        """Open the memory at ``path``, or make it and its folder; raise StoreError when that cannot be."""
        hint = "Check its permissions, or name another file with the setting `memory`."
        return cls(
            open_or_make_database(
                path, application_id=MEMORY_APPLICATION_ID, migrations=migrations, what="memory", hint=hint
            )
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Close the file; what was written is already safe."""
        self._db.close()

    def wait_at_most(self, milliseconds: int) -> None:
        """Give up with BusyError when others are writing for longer than that; a new store waits for half a minute."""
        set_patience(self._db, milliseconds)

    def __len__(self) -> int:
        """Return the number of units."""
        return self._number("SELECT count(*) FROM units")

    # Writing

    def add(self, unit: Unit) -> None:
        """Keep a unit; one of the same provenance and uid is replaced. It is found by the next search."""
        with transaction(self._db, "memory"):
            self._write(unit)

    def add_many(self, units: Iterable[Unit]) -> int:
        """Keep units, all or none, and return how many there were; see ``add``."""
        with transaction(self._db, "memory"):
            return self._write_many(units)

    def replace_all(self, provenance: Provenance, units: Iterable[Unit]) -> int:
        """Keep units in the place of all that there are of ``provenance``, all or none; return how many there were."""
        with transaction(self._db, "memory"):
            self._forget(provenance.uid)
            return self._write_many(units)

    def replace_segments(
        self, provenance: Provenance, segments: Iterable[tuple[str, Sequence[Unit]]], place: JournalPlace
    ) -> int:
        """Keep what segments of a project say now, and that its journal has been followed up to ``place``.

        ``segments`` have their uids and units; none for one that is not confirmed. Return how many units there are.
        """

        def units() -> Iterator[Unit]:
            for uid, its_units in segments:
                kept = {unit.uid for unit in its_units}
                gone = [(i,) for i, unit_uid in self._units_of_segment(provenance.uid, uid) if unit_uid not in kept]
                self._db.conn.executemany("DELETE FROM units WHERE id = ?", gone)
                yield from its_units

        with transaction(self._db, "memory"):
            count = self._write_many(units())
            self._db.execute(
                "INSERT OR REPLACE INTO followed VALUES (?, ?, ?)", [provenance.uid, place.number, place.entry]
            )
        return count

    def remove(self, provenance_uid: str, uid: str) -> None:
        """Forget a unit, if it is there."""
        with transaction(self._db, "memory"):
            self._db.execute(
                "DELETE FROM units WHERE uid = ? AND provenance = (SELECT id FROM provenances WHERE uid = ?)",
                [uid, provenance_uid],
            )

    def forget(self, provenance_uid: str) -> int:
        """Forget all units of a provenance; return how many there were."""
        with transaction(self._db, "memory"):
            return self._forget(provenance_uid)

    def tidy(self) -> None:
        """Pack the index when many units have been added one by one: takes a second or so, rarely."""
        if self.index.is_loose():
            with transaction(self._db, "memory"):
                self.index.pack()

    def _write_many(self, units: Iterable[Unit]) -> int:
        """Write units, and pack many of them at a time: a row in ``recent`` for each feature would take far longer."""
        units = iter(units)
        part = list(islice(units, PACK_AFTER))
        are_many = len(part) == PACK_AFTER
        count = loose = 0
        while part:
            for unit in part:
                self._write(unit, index=not are_many)
            count, loose = count + len(part), loose + len(part)
            if loose >= LARGEST_BLOCK:
                self.index.pack()
                loose = 0
            part = list(islice(units, PACK_AFTER))
        if are_many and loose:
            self.index.pack()
        return count

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
        values = [provenance, unit.uid, *languages, source_key(unit.source), unit.source, unit.target]
        cursor = self._db.execute(
            """
            INSERT INTO units
                (provenance, uid, source_language, target_language, key, source, target, author, changed_at, document)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """,
            [*values, unit.author, unit.changed_at, unit.document],
        )
        if index:
            self.index.add(cursor.lastrowid or 0, unit.source, unit.target)

    def _forget(self, provenance_uid: str) -> int:
        where = "provenance = (SELECT id FROM provenances WHERE uid = ?)"
        ids = [i for (i,) in self._db.execute(f"SELECT id FROM units WHERE {where}", [provenance_uid])]  # noqa: S608  (a constant)
        self.index.forget(ids)
        self._db.execute(f"DELETE FROM units WHERE {where}", [provenance_uid])  # noqa: S608  (a constant)
        self._db.execute("DELETE FROM provenances WHERE uid = ?", [provenance_uid])
        self._db.execute("DELETE FROM followed WHERE project = ?", [provenance_uid])
        return len(ids)

    def _units_of_segment(self, provenance_uid: str, uid: str) -> list[tuple[int, str]]:
        query = """
            SELECT id, uid FROM units WHERE provenance = (SELECT id FROM provenances WHERE uid = ?)
            AND (uid = ? OR uid BETWEEN ? AND ?)
        """
        return list(self._db.execute(query, [provenance_uid, uid, uid + PART_SIGN, uid + _AFTER_PART_SIGN]))

    def _provenance_id(self, provenance: Provenance) -> int:
        for identifier, name in self._db.execute("SELECT id, name FROM provenances WHERE uid = ?", [provenance.uid]):
            if name != provenance.name:
                self._db.execute("UPDATE provenances SET name = ? WHERE id = ?", [provenance.name, identifier])
            return int(identifier)
        return int(
            self._db.execute(
                "INSERT INTO provenances (uid, name) VALUES (?, ?)", [provenance.uid, provenance.name]
            ).lastrowid
            or 0
        )

    # Reading

    def provenances(self) -> list[tuple[Provenance, int]]:
        """Return where the units come from, and how many each has, by name."""
        query = """
            SELECT provenances.uid, name, count(units.id) FROM provenances
            LEFT JOIN units ON units.provenance = provenances.id GROUP BY provenances.id ORDER BY name, provenances.uid
        """
        return [(Provenance(uid, name), count) for uid, name, count in self._db.execute(query)]

    def languages(self) -> list[tuple[str, str, int]]:
        """Return (source language, target language, number of units), the most frequent first."""
        query = """
            SELECT source_language, target_language, count(*) AS times FROM units
            GROUP BY source_language, target_language ORDER BY times DESC
        """
        return list(self._db.execute(query))

    def followed(self, project_uid: str) -> JournalPlace | None:
        """Return up to where a project's journal has been followed; None for a project that was not."""
        for number, entry in self._db.execute("SELECT number, entry FROM followed WHERE project = ?", [project_uid]):
            return JournalPlace(number, entry)
        return None

    def with_key(self, source: str, languages: tuple[str, str], avoid: tuple[str, str] | None = None) -> list[Unit]:
        """Return the units whose sources have the key of ``source``, the newest first.

        Of several with the same source and target the newest stands for all. ``avoid`` are the provenance's and the
        segment's uid of one that is left out, with its sentences.
        """
        provenance_uid, uid = avoid or ("", "")
        return [
            _unit(row)
            for row in self._db.query(
                _NEWEST_WITH_KEY,
                [source_key(source), *languages, provenance_uid, uid, uid + PART_SIGN, uid + _AFTER_PART_SIGN],
            )
        ]

    def units(self, ids: Sequence[int]) -> dict[int, Unit]:
        """Return units by their ids; those that are gone are left out."""
        query = f"{_UNITS} WHERE units.id IN (SELECT value FROM json_each(?))"  # noqa: S608  (a constant)
        return {row["id"]: _unit(row) for row in self._db.query(query, [json_list(ids)])}

    def all_units(self, languages: tuple[str, str], provenance_uid: str = "") -> Iterator[Unit]:
        """Yield the units of a pair of languages, those of one provenance or all, the oldest first."""
        where, values = "WHERE source_language = ? AND target_language = ?", list(languages)
        if provenance_uid:
            where, values = f"{where} AND provenances.uid = ?", [*values, provenance_uid]
        query = f"{_UNITS} {where} ORDER BY units.id"
        for row in self._db.query(query, values):
            yield _unit(row)

    def sources(self, ids: Sequence[int], languages: tuple[str, str]) -> list[tuple[int, str]]:
        """Return (id, source) of those of the units that are of a pair of languages and not gone."""
        query = """
            SELECT id, source FROM units
            WHERE id IN (SELECT value FROM json_each(?)) AND source_language = ? AND target_language = ?
        """
        return list(self._db.execute(query, [json_list(ids), *languages]))

    def texts(self, ids: Sequence[int]) -> list[tuple[int, str, str, str, str]]:
        """Return (id, source, target, source language, target language) of units; those that are gone are left out."""
        query = """
            SELECT id, source, target, source_language, target_language FROM units
            WHERE id IN (SELECT value FROM json_each(?))
        """
        return list(self._db.execute(query, [json_list(ids)]))

    def problems(self) -> list[str]:
        """Return what SQLite finds wrong with the file; empty for a sound one."""
        found = [row["integrity_check"] for row in self._db.query("PRAGMA integrity_check")]
        return [problem for problem in found if problem != "ok"]

    def _number(self, query: str) -> int:
        return int(self._db.execute(query).fetchone()[0])


def _unit(row: dict[str, Any]) -> Unit:
    provenance = Provenance(row["provenance_uid"], row["provenance_name"])
    return Unit(
        **{name: row[name] for name in Unit.__dataclass_fields__ if name != "provenance"}, provenance=provenance
    )
