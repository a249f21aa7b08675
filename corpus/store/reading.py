"""What can be read from a project file."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence

from sqlite_utils import Database

from corpus.errors import NotFoundError
from corpus.journal import journal_entry
from corpus.keys import source_key
from corpus.model import (
    Document,
    JournalEntry,
    JournalPlace,
    Segment,
    SegmentKind,
    State,
    StateFilter,
    Touched,
)
from corpus.progress import Tally
from corpus.store.rows import DOCUMENT_COLUMNS, SEGMENT_COLUMNS, segment_of

IS_UNDONE = """
    EXISTS (SELECT 1 FROM journal AS undoing WHERE undoing.undoes = step.change AND undoing.undoes != ''
            AND NOT EXISTS (SELECT 1 FROM journal AS redoing
                            WHERE redoing.undoes = undoing.change AND redoing.undoes != ''))
"""
"""Whether the change of a row ``step`` of the journal was taken back, and not made again after that."""

_NEWEST_CHANGE = f"""
    SELECT change FROM journal AS step WHERE actor = ? AND action = ? AND change != '' AND NOT {IS_UNDONE}
    ORDER BY number DESC LIMIT 1
"""  # noqa: S608  (a constant)
_CONFIRMED_TOUCHED = f"""
    SELECT entity_uid, actor, at FROM journal WHERE number > ? AND number <= ? AND entity = 'segment' AND (
        EXISTS (SELECT 1 FROM segments WHERE uid = entity_uid AND state >= {State.TRANSLATED:d})
        OR json_extract(before, '$.state') >= {State.TRANSLATED:d}
    ) ORDER BY number
"""  # noqa: S608  (our own number)
# SQLite takes so many parameters in every build of the last ten years.
_PARAMETERS = 900
_READING_ORDER = """
    SELECT {columns} FROM segments
    JOIN (SELECT uid AS of_document, position AS document_position FROM documents) ON document_uid = of_document
    {where} ORDER BY document_position, position, part
"""


class Reader:
    """Reads a project file."""

    def __init__(self, db: Database) -> None:
        self._db = db

    def properties(self) -> dict[str, str]:
        """Return the project's own properties, such as its languages."""
        return {row["key"]: row["value"] for row in self._db.query("SELECT key, value FROM project")}

    def documents(self) -> list[Document]:
        """Return the documents in order of import."""
        query = f"SELECT {DOCUMENT_COLUMNS} FROM documents ORDER BY position"  # noqa: S608  (our own column names)
        return [Document(*row) for row in self._db.execute(query)]

    def document(self, name_or_uid: str) -> Document:
        """Return the document with this uid or, failing that, this name; the latest when a name occurs twice."""
        documents = self.documents()
        for document in (
            *(d for d in documents if d.uid == name_or_uid),
            *(d for d in reversed(documents) if d.name == name_or_uid),
        ):
            return document
        known = ", ".join(document.name for document in documents) or "none yet"
        raise NotFoundError(f"There is no document “{name_or_uid}” in this project.", f"Its documents: {known}.")

    def document_named(self, name: str) -> Document | None:
        """Return the latest document with exactly this name; None when there is none."""
        query = f"SELECT {DOCUMENT_COLUMNS} FROM documents WHERE name = ? ORDER BY position DESC LIMIT 1"  # noqa: S608
        return next((Document(*row) for row in self._db.execute(query, [name])), None)

    def tallies(self) -> list[Tally]:
        """Return how many segments of each document are in each state; see ``Tally``."""
        query = "SELECT * FROM progress WHERE segments > 0"
        return [
            Tally(uid, State(state), bool(is_text), *counts) for uid, state, is_text, *counts in self._db.execute(query)
        ]

    def count_segments(self, document_uid: str) -> int:
        """Return how many segments a document has."""
        query = "SELECT coalesce(sum(segments), 0) FROM progress WHERE document_uid = ?"
        return int(self._db.execute(query, [document_uid]).fetchone()[0])

    def last_position(self) -> int:
        """Return the position of the last document; 0 when there is none."""
        return int(self._db.execute("SELECT coalesce(max(position), 0) FROM documents").fetchone()[0])

    def documents_out_of_order(self) -> list[str]:
        """Return the uids of documents with segments that have no place: positions count from 1."""
        query = "SELECT document_uid FROM segments GROUP BY 1 HAVING min(position) < 1"
        return [uid for (uid,) in self._db.execute(query)]

    # Segments

    def segments(self, document_uid: str | None = None, states: StateFilter | None = None) -> list[Segment]:
        """Return segments in reading order, all or those of one document or in some states."""
        where, values = "", []
        if document_uid is not None:
            where, values = "WHERE document_uid = ?", [document_uid]
        query = _READING_ORDER.format(columns=SEGMENT_COLUMNS, where=where)
        segments = map(segment_of, self._db.execute(query, values))
        return [segment for segment in segments if states is None or states.admits(segment.state)]

    def sources(self) -> Iterator[tuple[str, str]]:
        """Yield (uid, source) of all segments in reading order: enough to look for those that matter."""
        yield from self._db.execute(_READING_ORDER.format(columns="uid, source", where=""))

    def sources_by_document(self) -> Iterator[tuple[str, str, str]]:
        """Yield (uid, document uid, source) of the segments that are part of a text, in reading order."""
        query = _READING_ORDER.format(columns="uid, document_uid, source", where="WHERE kind != ?")
        yield from self._db.execute(query, [SegmentKind.BOILERPLATE])

    def sources_named(self, uids: Sequence[str]) -> dict[str, str]:
        """Return the sources of these segments by uid; those that are not there are left out."""
        query = "SELECT uid, source FROM segments WHERE uid IN (SELECT value FROM json_each(?))"
        return dict(self._db.execute(query, [json.dumps(list(uids))]).fetchall())

    def sources_version(self) -> tuple[object, ...]:
        """Return what changes whenever sources do: they come and go with segments, which come with imports."""
        documents = self._db.execute("SELECT count(*), max(imported_at), total(position) FROM documents").fetchone()
        segments = self._db.execute("SELECT count(*), max(rowid) FROM segments").fetchone()
        return (*documents, *segments)

    def segments_named(self, uids: Sequence[str]) -> list[Segment]:
        """Return the segments with these uids, in the order of the uids; those that are not there are left out."""
        found: dict[str, Segment] = {}
        for start in range(0, len(uids), _PARAMETERS):
            some = uids[start : start + _PARAMETERS]
            places = ", ".join("?" * len(some))
            query = f"SELECT {SEGMENT_COLUMNS} FROM segments WHERE uid IN ({places})"  # noqa: S608  (our own names)
            found.update((row[0], segment_of(row)) for row in self._db.execute(query, list(some)))
        return [found[uid] for uid in uids if uid in found]

    def segments_at(self, document_uid: str, first: int, last: int) -> list[Segment]:
        """Return the segments of a document that begin in its paragraphs from ``first`` to ``last``, in order."""
        query = f"""
            SELECT {SEGMENT_COLUMNS} FROM segments WHERE document_uid = ? AND position BETWEEN ? AND ?
            ORDER BY position, part
        """  # noqa: S608  (our own column names)
        return [segment_of(row) for row in self._db.execute(query, [document_uid, first, last])]

    def follows(self, segment: Segment) -> Segment | None:
        """Return the segment after ``segment`` in its document; None after the last one."""
        query = f"""
            SELECT {SEGMENT_COLUMNS} FROM segments WHERE document_uid = ? AND (position, part) > (?, ?)
            ORDER BY position, part LIMIT 1
        """  # noqa: S608  (our own column names)
        values = [segment.document_uid, segment.position, segment.part]
        return next((segment_of(row) for row in self._db.execute(query, values)), None)

    def precedes(self, segment: Segment) -> Segment | None:
        """Return the segment before ``segment`` in its document; None before the first one."""
        query = f"""
            SELECT {SEGMENT_COLUMNS} FROM segments WHERE document_uid = ? AND (position, part) < (?, ?)
            ORDER BY position DESC, part DESC LIMIT 1
        """  # noqa: S608  (our own column names)
        values = [segment.document_uid, segment.position, segment.part]
        return next((segment_of(row) for row in self._db.execute(query, values)), None)

    def segment(self, uid: str) -> Segment:
        """Return the segment ``uid``; raise NotFoundError when there is none."""
        query = f"SELECT {SEGMENT_COLUMNS} FROM segments WHERE uid = ?"  # noqa: S608  (our own column names)
        for row in self._db.execute(query, [uid]):
            return segment_of(row)
        raise NotFoundError(f"There is no segment “{uid}” in this project.", "`tarjama segments` lists the uids.")

    def of_source(self, source: str) -> list[Segment]:
        """Return the segments whose sources differ from ``source`` only in what Arabic writers vary, if at all."""
        query = f"SELECT {SEGMENT_COLUMNS} FROM segments WHERE source_key = ?"  # noqa: S608  (our own column names)
        return [segment_of(row) for row in self._db.execute(query, [source_key(source)])]

    def journal(self, entity_uid: str | None = None) -> Iterator[JournalEntry]:
        """Yield the journal, oldest first, whole or of one document or segment."""
        where, values = ("", []) if entity_uid is None else ("WHERE entity_uid = ?", [entity_uid])
        query = f"SELECT * FROM journal {where} ORDER BY number"  # noqa: S608  (where is one of two constants)
        for row in self._db.query(query, values):
            yield journal_entry(row)

    def steps(self, change: str) -> list[JournalEntry]:
        """Return what a change of many segments did to each, in order; none for an unknown or empty uid."""
        query = "SELECT * FROM journal WHERE change = ? AND change != '' AND entity = 'segment' ORDER BY number"
        return [journal_entry(row) for row in self._db.query(query, [change])]

    def last_step(self, entity_uid: str) -> JournalEntry | None:
        """Return what was done last to a document or segment."""
        query = "SELECT * FROM journal WHERE entity_uid = ? ORDER BY number DESC LIMIT 1"
        return next((journal_entry(row) for row in self._db.query(query, [entity_uid])), None)

    def last_number(self, actor: str) -> int:
        """Return the number of the last step by ``actor`` that can be taken back; 0 for none."""
        query = "SELECT coalesce(max(number), 0) FROM journal WHERE actor = ? AND change != ''"
        return int(self._db.execute(query, [actor]).fetchone()[0])

    def newest_change(self, actor: str, action: str = "bulk") -> str:
        """Return the uid of the last change of many segments by ``actor`` that still stands; empty for none."""
        for (uid,) in self._db.execute(_NEWEST_CHANGE, [actor, action]):
            return str(uid)
        return ""

    def place(self, number: int | None = None) -> JournalPlace:
        """Return the place of the entry ``number`` of the journal, or of the last one; an empty one where it has none.

        Two copies of a project that went apart have other entries by the same number.
        """
        which, values = ("ORDER BY number DESC LIMIT 1", []) if number is None else ("WHERE number = ?", [number])
        query = f"SELECT number, at || ' ' || entity_uid FROM journal {which}"  # noqa: S608  (one of two constants)
        for found, entry in self._db.execute(query, values):
            return JournalPlace(found, entry)
        return JournalPlace(0, "")

    def touched(self, after: int, up_to: int) -> list[Touched]:
        """Return which confirmed segments the entries of the journal with these numbers have changed."""
        rows = self._db.execute(_CONFIRMED_TOUCHED, [after, up_to])
        return list({uid: Touched(uid, actor, at) for uid, actor, at in rows}.values())
