"""What can be read from a project file."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sqlite_utils import Database

from corpus.errors import NotFoundError
from corpus.journal import journal_entry
from corpus.keys import source_key
from corpus.model import Document, JournalEntry, JournalPlace, Segment, State, StateFilter, Touched
from corpus.store.rows import SEGMENT_COLUMNS, as_segment

_NEWEST_CHANGE = """
    SELECT change FROM journal AS step WHERE actor = ? AND action = ? AND change != ''
    AND NOT EXISTS (SELECT 1 FROM journal AS undoing WHERE undoing.undoes = step.change AND undoing.undoes != '')
    ORDER BY number DESC LIMIT 1
"""
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
    {where} ORDER BY document_position, position
"""


class Reader:
    """Reads a project file."""

    def __init__(self, db: Database) -> None:
        self._db = db

    def documents(self) -> list[Document]:
        """Return the documents in order of import."""
        rows = self._db.query(
            "SELECT uid, position, name, format, encoding, sha256, imported_at FROM documents ORDER BY position"
        )
        return [Document(**row) for row in rows]

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

    def last_position(self) -> int:
        """Return the position of the last document; 0 when there is none."""
        return int(self._db.execute("SELECT coalesce(max(position), 0) FROM documents").fetchone()[0])

    # Segments

    def segments(self, document_uid: str | None = None, states: StateFilter | None = None) -> list[Segment]:
        """Return segments in reading order, all or those of one document or in some states."""
        where, values = "", []
        if document_uid is not None:
            where, values = "WHERE document_uid = ?", [document_uid]
        query = _READING_ORDER.format(columns=SEGMENT_COLUMNS, where=where)
        segments = (as_segment(row) for row in self._db.query(query, values))
        return [segment for segment in segments if states is None or states.admits(segment.state)]

    def sources(self) -> Iterator[tuple[str, str]]:
        """Yield (uid, source) of all segments in reading order: enough to look for those that matter."""
        yield from self._db.execute(_READING_ORDER.format(columns="uid, source", where=""))

    def segments_named(self, uids: Sequence[str]) -> list[Segment]:
        """Return the segments with these uids, in the order of the uids; those that are not there are left out."""
        found: dict[str, Segment] = {}
        for start in range(0, len(uids), _PARAMETERS):
            some = uids[start : start + _PARAMETERS]
            places = ", ".join("?" * len(some))
            query = f"SELECT {SEGMENT_COLUMNS} FROM segments WHERE uid IN ({places})"  # noqa: S608  (our own names)
            found.update((row["uid"], as_segment(row)) for row in self._db.query(query, list(some)))
        return [found[uid] for uid in uids if uid in found]

    def segment(self, uid: str) -> Segment:
        """Return the segment ``uid``; raise NotFoundError when there is none."""
        query = f"SELECT {SEGMENT_COLUMNS} FROM segments WHERE uid = ?"  # noqa: S608  (our own column names)
        for row in self._db.query(query, [uid]):
            return as_segment(row)
        raise NotFoundError(f"There is no segment “{uid}” in this project.", "`tarjama segments` lists the uids.")

    def of_source(self, source: str) -> list[Segment]:
        """Return the segments whose sources differ from ``source`` only in what Arabic writers vary, if at all."""
        query = f"SELECT {SEGMENT_COLUMNS} FROM segments WHERE source_key = ?"  # noqa: S608  (our own column names)
        return [as_segment(row) for row in self._db.query(query, [source_key(source)])]

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
