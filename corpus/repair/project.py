"""Make a project of salvaged rows consistent: the journal and the tables tell the same again, and what was lost."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping
from datetime import UTC, datetime

from sqlite_utils import Database

from corpus.database import PROJECT_APPLICATION_ID
from corpus.draft_record import load_draft
from corpus.journal import journal_row, timestamp
from corpus.migrations import add_to_progress, migrations
from corpus.progress import count_words
from corpus.repair import Kind
from corpus.repair.salvage import Salvaged
from corpus.store.proving import COLUMNS, Disagreement, unexplained
from corpus.store.rows import Fields, as_segment

_ACTOR, _ACTION = "tarjama doctor", "repair"
_SHOWN = 60
_NUMBERS = frozenset({"position", "state", "locked", "rejected", "version", "part", "offered_state"})

_NAMES = {entity: frozenset(columns.split(", ")) for entity, columns in COLUMNS.items()}


def is_sound(table: str, row: Mapping[str, object]) -> bool:
    """Tell whether a row says what Tarjama can understand: flipped bytes may be good text and yet no draft."""
    try:
        if table == "segments":
            as_segment({"place": "", "part": 0, "breaks": "", **row})
        elif table == "journal":
            columns = _NAMES.get(str(row["entity"]))
            for side in (row["before"], row["after"]):
                if side == "{}":  # as one side of most entries
                    continue
                fields = json.loads(str(side))
                if columns and not all(_is_field(columns, name, value) for name, value in fields.items()):
                    return False
    except (ValueError, KeyError, TypeError, AttributeError):
        return False
    return True


def _is_field(columns: frozenset[str], name: str, value: object) -> bool:
    if name == "draft" and isinstance(value, str):
        load_draft(value)
    wanted = int if name in _NUMBERS else str
    return name in columns and (isinstance(value, wanted) or (name == "draft" and value is None))


def _is_whole(entity: str, fields: Fields) -> bool:
    """Tell whether these are all the fields of a row, and say what Tarjama can understand."""
    is_complete = all(name in fields for name in COLUMNS[entity].split(", ")[1:])
    return is_complete and (entity != "segment" or is_sound("segments", {"uid": "", **fields}))


def settle_project(db: Database, salvaged: Salvaged) -> list[str]:
    """Rebuild from the journal what is missing, note in it what stands otherwise; return what was done and lost.

    What stands in a row that is sound is left: it is what its user saw last. The journal gets an entry that says so.
    """
    return _Settling(db, salvaged).run()


class _Settling:
    def __init__(self, db: Database, salvaged: Salvaged) -> None:
        self._db = db
        self._salvaged = salvaged
        self._counts = Counter[str]()
        self._lost: list[str] = []

    def run(self) -> list[str]:
        gaps = self._gaps_of_journal()
        for found in list(unexplained(self._db)):
            self._settle(found)
        self._name_lost_documents()
        self._derive()
        counted = dict(self._db.execute("SELECT 'documents', count(*) FROM documents").fetchall())
        counted |= dict(self._db.execute("SELECT 'segments', count(*) FROM segments").fetchall())
        told = [f"It has {counted['documents']} documents and {counted['segments']} segments now."]
        told += [f"{count} {what}." for what, count in self._counts.items()]
        return [*told, *gaps, *self._lost]

    def _settle(self, found: Disagreement) -> None:
        told = found.told if found.told and _is_whole(found.entity, found.told) else None
        is_doubtful = found.uid in self._salvaged.doubtful.get(f"{found.entity}s", ())
        if found.stands is None and told is None:
            self._lost.append(self._obituary(found))
            self._note(found, dict(found.told or {}), {})
        elif found.stands is None or (is_doubtful and told is not None):
            assert told is not None  # noqa: S101  (the branch before)
            self._put(found.entity, found.uid, told)
            self._counts[f"{found.entity}s rebuilt from the journal"] += 1
        elif is_doubtful and found.told is None and self._is_in_journal(found.uid):
            self._db.execute(f"DELETE FROM {found.entity}s WHERE uid = ?", [found.uid])  # noqa: S608  (it was removed)
        else:
            before = {name: value for name, value in (told or {}).items() if found.stands[name] != value}
            after = {name: found.stands[name] for name in before} if told else found.stands
            self._note(found, before, after)
            self._counts[f"{found.entity}s stand otherwise than the journal told; it says so now"] += 1

    def _put(self, entity: str, uid: str, fields: Fields) -> None:
        """Write a row as the journal tells; where its place is taken it comes after the others."""
        where, values = ("document_uid = ?", [fields["document_uid"]]) if entity == "segment" else ("true", [])
        if entity != "conflict" and self._is_taken(entity, uid, fields):
            last = f"SELECT max(position) + 1 FROM {entity}s WHERE {where}"  # noqa: S608  (our own names)
            position = self._db.execute(last, values).fetchone()[0]
            self._note_fields(entity, uid, {"position": fields["position"]}, {"position": position})
            fields = {**fields, "position": position}
        self._db.table(f"{entity}s").upsert({"uid": uid, **fields}, pk="uid")

    def _is_taken(self, entity: str, uid: str, fields: Fields) -> bool:
        place = ("document_uid", "position", "part") if entity == "segment" else ("position",)
        conditions = " AND ".join(f"{name} = ?" for name in place)
        query = f"SELECT 1 FROM {entity}s WHERE {conditions} AND uid != ?"  # noqa: S608  (our own names)
        return bool(self._db.execute(query, [*(fields[name] for name in place), uid]).fetchone())

    def _name_lost_documents(self) -> None:
        """Make documents for segments whose own is lost."""
        query = "SELECT DISTINCT document_uid FROM segments WHERE document_uid NOT IN (SELECT uid FROM documents)"
        for (uid,) in self._db.execute(query).fetchall():
            position = self._db.execute("SELECT coalesce(max(position), 0) + 1 FROM documents").fetchone()[0]
            fields: Fields = {
                "position": position,
                "name": f"recovered-{position}",
                "format": "text",
                "encoding": "utf-8",
                "sha256": "",
                "imported_at": timestamp(datetime.now(UTC)),
            }
            self._db.table("documents").insert({"uid": uid, **fields})
            self._note_fields("document", uid, {}, fields)
            self._lost.append(f"The name of a document is lost; it is called {fields['name']} now.")

    def _derive(self) -> None:
        self._db.conn.create_function("count_words", 1, count_words, deterministic=True)
        # Most are as they were: to write a million again, each with its tally, would take minutes.
        self._db.execute("UPDATE segments SET words = count_words(source) WHERE words != count_words(source)")
        self._db.execute("DELETE FROM progress")
        self._db.execute(add_to_progress("FROM segments WHERE true"))

    def _gaps_of_journal(self) -> list[str]:
        """Tell which entries are missing: their numbers follow each other."""
        gaps = self._db.execute(
            "SELECT number + 1, following - 1 FROM"
            " (SELECT number, lead(number, 1, number + 1) OVER (ORDER BY number) AS following FROM"
            "  (SELECT 0 AS number UNION ALL SELECT number FROM journal))"
            " WHERE following > number + 1"
        ).fetchall()
        count = sum(last - first + 1 for first, last in gaps)
        ranges = ", ".join(f"{first}-{last}" if first < last else f"{first}" for first, last in gaps[:20])
        return [f"{count} entries of the journal are lost: {ranges}."] if gaps else []

    def _is_in_journal(self, uid: str) -> bool:
        return bool(self._db.execute("SELECT 1 FROM journal WHERE entity_uid = ? LIMIT 1", [uid]).fetchone())

    def _obituary(self, found: Disagreement) -> str:
        known = found.told or {}
        text = str(known.get("target") or known.get("source") or known.get("name") or "")
        what = f"A {found.entity} is lost ({found.uid})"
        return f"{what}; the journal still has of it: “{text[:_SHOWN]}”." if text else f"{what}."

    def _note(self, found: Disagreement, before: Fields, after: Fields) -> None:
        self._note_fields(found.entity, found.uid, before, after)

    def _note_fields(self, entity: str, uid: str, before: Fields, after: Fields) -> None:
        at = timestamp(datetime.now(UTC))
        self._db.table("journal").insert(journal_row(at, _ACTOR, _ACTION, entity, uid, before=before, after=after))


PROJECT = Kind(PROJECT_APPLICATION_ID, migrations, "project", frozenset({"progress"}), is_sound, settle_project)
