"""Take another copy of a project in: what was done there, what was done on both sides, and what has to be decided.

Journals are compared, not tables. The steps that only the other one has are appended to this journal as they are; then
rows are set to what is decided (``deciding.py``, ``seating.py``), each difference from what the steps alone would make
a further step with the action ``merge``. So the tables still follow from the journal, merging again finds nothing, and
both sides come to the same.
"""

from __future__ import annotations

import json
import sqlite3
import uuid
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

from sqlite_utils import Database

from corpus.errors import ConflictError, StoreError
from corpus.journal import Fields, after_steps, journal_entry
from corpus.journal_difference import IDENTITY, difference
from corpus.model import JournalEntry
from corpus.store.deciding import (
    MERGE,
    REMOVED,
    Clash,
    Decision,
    Trace,
    decide_conflict,
    decide_document,
    decide_segment,
)
from corpus.store.proving import COLUMNS, unexplained
from corpus.store.reading import Reader
from corpus.store.rows import as_segment, changed
from corpus.store.seating import seat_documents, seat_segments
from corpus.store.settling import Conflict, open_conflicts
from corpus.store.writing import Cause, Writer
from corpus.uid import new_uid

Key = tuple[str, str]
Rows = dict[str, Fields | None]
_DOCUMENT_FIELDS = COLUMNS["document"].split(", ")
_PUT_DOCUMENT = f"""
    INSERT INTO documents ({COLUMNS["document"]}) VALUES ({", ".join(f":{name}" for name in _DOCUMENT_FIELDS)})
    ON CONFLICT (uid) DO UPDATE SET {", ".join(f"{name} = excluded.{name}" for name in _DOCUMENT_FIELDS[1:])}
"""  # noqa: S608  (our own column names)
_COLUMNS = (*IDENTITY.split(", "), "undoes")
_CLASHES = uuid.UUID("0b9c2a58-3c0e-4a55-9a3b-6f1f0c1c8e52")  # of no meaning: names made from it are equal everywhere
_DECIDE: dict[str, Callable[[str, Trace, Trace], Decision]] = {
    "document": lambda _, mine, theirs: decide_document(mine, theirs),
    "segment": decide_segment,
    "conflict": lambda _, mine, theirs: decide_conflict(mine, theirs),
}


@dataclass(slots=True)
class MergeReport:
    """What came in: steps of the journal, documents by name, segments, and the conflicts there are now.

    ``clashes`` counts the conflicts that this merge has filed; ``conflicts`` are all that wait for somebody to decide.
    """

    steps: int = 0
    documents: list[str] = field(default_factory=list)
    added: int = 0
    changed: int = 0
    removed: int = 0
    clashes: int = 0
    conflicts: list[Conflict] = field(default_factory=list)


def merge(db: Database, other: Database, writer: Writer, actor: str, *, takes_strangers: bool = False) -> MergeReport:
    """Take ``other``, a copy that may be written to, into ``db``; change nothing when it has nothing new.

    Raise ConflictError for a project that is of other languages, or has nothing in common with this one unless
    ``takes_strangers``, and StoreError for one that makes no sense.
    """
    _require_same_languages(Reader(db).properties(), Reader(other).properties())
    try:
        report = _Merger(db, other, writer, Cause(actor, MERGE, new_uid())).merge(takes_strangers=takes_strangers)
    except (sqlite3.IntegrityError, UnicodeEncodeError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise _damaged() from error
    report.conflicts = open_conflicts(db)
    return report


def _require_same_languages(mine: Mapping[str, str], theirs: Mapping[str, str]) -> None:
    names = ("source_language", "target_language")
    if any(mine.get(name) != theirs.get(name) for name in names):
        raise ConflictError(
            f"The other project is from {theirs.get(names[0])} to {theirs.get(names[1])}.", "Nothing was merged."
        )


class _Merger:
    def __init__(self, db: Database, other: Database, writer: Writer, cause: Cause) -> None:
        self._db = db
        self._other = other
        self._writer = writer
        self._cause = cause
        self._report = MergeReport()
        self._rows: dict[Key, Fields | None] = {}
        self._told: dict[Key, Fields | None] = {}

    def merge(self, *, takes_strangers: bool) -> MergeReport:
        only = difference(self._db, self._other)
        self._report.steps = len(only.theirs)
        if not only.theirs:
            return self._report
        if not only.shared and only.mine and not takes_strangers:
            raise ConflictError(
                "The two projects have nothing in common: neither is a copy of the other.",
                "`--all` takes the documents of the other one in beside those of this one. Nothing was changed.",
            )
        if next(unexplained(self._other), None) is not None:
            raise _damaged()
        self._db.execute("PRAGMA defer_foreign_keys = ON")  # rows come in any order
        theirs = _by_row(_steps(self._other, only.theirs))
        mine = {key: steps for key, steps in _by_row(_steps(self._db, only.mine)).items() if key in theirs}
        before = {key: self._row(self._db, key) for key in theirs}
        self._append(only.theirs)
        clashes: list[Clash] = []
        for key in theirs:
            self._rows[key] = self._row(self._other, key)
            if key in mine:
                traces = Trace(before[key], mine[key]), Trace(self._rows[key], theirs[key])
                self._told[key] = self._as_told(key)
                decision = _DECIDE[key[0]](key[1], *traces)
                self._rows[key] = decision.row
                clashes += decision.clashes
        seat_documents(self._db, self._rows)
        clashes += seat_segments(self._db, self._rows)
        before |= {key: self._row(self._db, key) for key in self._rows if key not in before}
        self._write()
        self._file(clashes)
        self._count(before)
        return self._report

    def _row(self, db: Database, key: Key) -> Fields | None:
        entity, uid = key
        query = f"SELECT {COLUMNS[entity]} FROM {entity}s WHERE uid = ?"  # noqa: S608  (constants)
        found: Fields | None = next(iter(db.query(query, [uid])), None)
        if found is not None and entity == "segment":
            as_segment(found)  # raises for what is none
        return None if found is None else {name: value for name, value in found.items() if name != "uid"}

    def _as_told(self, key: Key) -> Fields | None:
        """Return what the journal alone makes of a row."""
        query = "SELECT * FROM journal WHERE entity_uid = ? AND entity = ? ORDER BY number"
        return after_steps(None, map(journal_entry, self._db.query(query, [key[1], key[0]])))

    def _append(self, numbers: frozenset[int]) -> None:
        columns, places = ", ".join(f'"{name}"' for name in _COLUMNS), ", ".join("?" * len(_COLUMNS))
        self._db.conn.executemany(
            f"INSERT INTO journal ({columns}) VALUES ({places})",  # noqa: S608  (a constant)
            ([row[name] for name in _COLUMNS] for row in _steps(self._other, numbers)),
        )

    def _write(self) -> None:
        """Set the rows to what is decided, and tell the journal where that is not what its steps make of them."""
        for key in self._rows:
            if key not in self._told:
                self._told[key] = self._as_told(key)
        put = {"document": self._put_documents, "segment": self._put_segments, "conflict": self._put_conflicts}
        for entity in COLUMNS:
            rows = {uid: row for (kind, uid), row in self._rows.items() if kind == entity}
            put[entity](rows)
            self._writer.record(entity, self._corrections(entity, rows), self._cause)

    def _put_documents(self, rows: Rows) -> None:
        # Others refer to them, so none is taken out; no two may have one position, not even for a moment.
        self._db.conn.executemany("UPDATE documents SET position = -position WHERE uid = ?", ([uid] for uid in rows))
        self._db.conn.executemany(_PUT_DOCUMENT, ({"uid": uid, **row} for uid, row in rows.items() if row))

    def _put_segments(self, rows: Rows) -> None:
        self._db.conn.executemany("DELETE FROM segments WHERE uid = ?", ([uid] for uid in rows))
        self._writer.put(as_segment({**row, "uid": uid}) for uid, row in rows.items() if row)

    def _put_conflicts(self, rows: Rows) -> None:
        self._db.conn.executemany("DELETE FROM conflicts WHERE uid = ?", ([uid] for uid in rows))
        self._db.table("conflicts").insert_all({"uid": uid, **row} for uid, row in rows.items() if row)

    def _corrections(self, entity: str, rows: Rows) -> Iterator[tuple[str, Fields, Fields]]:
        for uid, row in rows.items():
            told = self._told[entity, uid]
            if told == row:
                continue
            if told is None or row is None:
                yield uid, told or {}, row or {}
            else:
                yield uid, *changed(told, row)

    def _file(self, clashes: Iterable[Clash]) -> None:
        filed: dict[str, Fields] = {}
        for clash in clashes:
            row = self._row(self._db, ("segment", clash.segment_uid))
            if row is None or (clash.field != REMOVED and row[clash.field] == clash.offered):
                continue
            told = [clash.segment_uid, clash.field, clash.base, sorted([clash.offered, str(row.get(clash.field, ""))])]
            uid = str(uuid.uuid5(_CLASHES, json.dumps(told)))
            if self._row(self._db, ("conflict", uid)) is None:
                filed[uid] = asdict(clash)
        self._put_conflicts({**filed})
        self._writer.record("conflict", ((uid, {}, row) for uid, row in filed.items()), self._cause)
        self._report.clashes = len(filed)

    def _count(self, before: dict[Key, Fields | None]) -> None:
        report = self._report
        for key, row in self._rows.items():
            was = before[key]
            if key[0] == "document" and was is None and row is not None:
                report.documents.append(str(row["name"]))
            if key[0] != "segment" or was == row:
                continue
            report.added += was is None
            report.removed += row is None
            report.changed += was is not None and row is not None


def _steps(db: Database, numbers: frozenset[int]) -> Iterator[dict[str, Any]]:
    """Yield the steps of a journal that have these numbers, as they stand there."""
    if numbers:
        for row in db.query("SELECT * FROM journal WHERE number >= ? ORDER BY number", [min(numbers)]):
            if row["number"] in numbers:
                yield row


def _by_row(rows: Iterable[dict[str, Any]]) -> dict[Key, list[JournalEntry]]:
    steps: dict[Key, list[JournalEntry]] = {}
    for row in rows:
        steps.setdefault((row["entity"], row["entity_uid"]), []).append(journal_entry(row))
    return steps


def _damaged() -> StoreError:
    return StoreError(
        "The other project is damaged, or was changed by another program: its tables are not what its journal tells.",
        "Nothing was merged. Restore it from a backup.",
    )
