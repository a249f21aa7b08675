"""A project as a long list of rows of which only a window is looked at: their places, and segments by these places.

A place is a number of the file's own, eight bytes for a segment: a million segments can be counted, scrolled through
and jumped in while only those on the screen are read.
"""

from __future__ import annotations

import json
from array import array
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain

from sqlite_utils import Database

from corpus.model import Segment, State
from corpus.store.rows import SEGMENT_COLUMNS, as_segment


@dataclass(frozen=True, slots=True)
class RowFilter:
    """Which segments are rows: those in the states from ``first`` to ``last``, flagged ones only, of one document."""

    first: State = State.UNTRANSLATED
    last: State = State.REVIEWED
    flagged: bool = False
    document_uid: str = ""


ALL_ROWS = RowFilter()
OPEN_ROWS = RowFilter(last=State.EDITED)
"""The segments that are not translated."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """The rows of one document: how many they are, and the words of all their sources."""

    rows: int
    words: int


@dataclass(frozen=True, slots=True)
class RowOrder:
    """The places of rows in reading order, as they were after the entry ``journal`` of the journal.

    ``stretches`` are the documents they belong to, in the same order.
    """

    places: array[int] = field(default_factory=lambda: array("q"))
    stretches: tuple[Stretch, ...] = ()
    journal: int = 0
    filter: RowFilter = ALL_ROWS


@dataclass(frozen=True, slots=True)
class Totals:
    """How far all rows have come together; ``words_left`` are source words not yet translated."""

    segments: int = 0
    translated: int = 0
    words_left: int = 0


@dataclass(frozen=True, slots=True)
class News:
    """What has changed since the entry ``journal`` of the journal was the last.

    ``segments`` are newer states by their places; ``rearranged`` tells that rows have come, gone or moved.
    """

    journal: int
    segments: Mapping[int, Segment]
    rearranged: bool


# A change of places: a segment that came, went, or stands elsewhere in its document; a document that did.
_REARRANGED = """
    SELECT 1 FROM journal WHERE number > ? AND number <= ? AND (
        entity = 'document' OR (entity = 'segment' AND (
            before = '{}' OR after = '{}'
            OR json_extract(after, '$.position', '$.part', '$.document_uid') != '[null,null,null]'
        ))
    ) LIMIT 1
"""
# The documents come first, in their order: so the index of places within each gives the rows without sorting them.
_PLACES = """
    SELECT segments.rowid FROM documents CROSS JOIN segments ON segments.document_uid = documents.uid {where}
    ORDER BY documents.position, segments.position, segments.part
"""
_STRETCHES = """
    SELECT coalesce(sum(progress.{count}), 0), coalesce(sum(progress.words), 0)
    FROM documents LEFT JOIN progress ON progress.document_uid = documents.uid AND state BETWEEN :first AND :last
    WHERE :document IN ('', documents.uid) GROUP BY documents.uid ORDER BY documents.position
"""
# Boilerplate nobody has begun to translate leaves no words, as in ``workbench.overview``.
_TOTALS = f"""
    SELECT coalesce(sum(segments), 0), coalesce(sum(segments * (state >= {State.TRANSLATED:d})), 0),
        coalesce(sum(words * (state < {State.TRANSLATED:d} AND (is_text OR state > {State.UNTRANSLATED:d}))), 0)
    FROM progress
"""  # noqa: S608  (our own numbers)
_IS_FLAGGED = "(locked OR rejected OR (draft IS NOT NULL AND instr(draft, '\"flags\":[]') = 0))"
# The documents that may have what is looked for, by their tallies: those that have not are never read.
_DOCUMENTS_WITH = """
    SELECT uid FROM documents WHERE :document IN ('', uid) AND EXISTS (
        SELECT 1 FROM progress WHERE document_uid = uid AND state BETWEEN :first AND :last AND segments > 0
    )
"""


class Windows:
    """Reads rows of a project file: their order, and those that are looked at."""

    def __init__(self, db: Database) -> None:
        self._db = db

    def order(self, rows: RowFilter = ALL_ROWS) -> RowOrder:
        """Return the places of all rows; with a million segments this takes half a second."""
        journal = self._last_entry()  # first: what is written meanwhile is news then
        where = "" if rows == ALL_ROWS else f"WHERE {_condition(rows)}"
        found = self._db.execute(_PLACES.format(where=where), _values(rows))
        places = array("q", chain.from_iterable(found))
        count = "flagged" if rows.flagged else "segments"
        counted = self._db.execute(_STRETCHES.format(count=count), _values(rows))
        return RowOrder(places, tuple(Stretch(*row) for row in counted), journal, rows)

    def totals(self) -> Totals:
        """Return how far the project has come, by its tallies."""
        return Totals(*self._db.execute(_TOTALS).fetchone())

    def document_names(self) -> dict[str, str]:
        """Return the names of the documents by uid."""
        return dict(self._db.execute("SELECT uid, name FROM documents").fetchall())

    def at(self, places: Sequence[int]) -> dict[int, Segment]:
        """Return the segments at these places; those that are gone are left out."""
        query = f"""
            SELECT rowid AS number, {SEGMENT_COLUMNS} FROM segments WHERE rowid IN (SELECT value FROM json_each(?))
        """  # noqa: S608  (our own column names)
        return {row["number"]: as_segment(row) for row in self._db.query(query, [json.dumps(list(places))])}

    def places_of(self, uids: Sequence[str]) -> dict[str, int]:
        """Return the places of segments by uid; those that are gone are left out."""
        query = "SELECT uid, rowid FROM segments WHERE uid IN (SELECT value FROM json_each(?))"
        return dict(self._db.execute(query, [json.dumps(list(uids))]).fetchall())

    def next_place(self, wanted: RowFilter, after: Segment | None = None) -> int | None:
        """Return the place of the next segment that is ``wanted``, from the top again after the last.

        The segment ``after`` itself is not asked; None begins at the top. Return None when there is none.
        """
        if after is None:
            return next(self._first_in(wanted, ">", 0), None)
        here = self._db.execute("SELECT position FROM documents WHERE uid = ?", [after.document_uid]).fetchone()
        position = here[0] if here else 0
        place = (after.position, after.part)
        found = chain(
            self._within(wanted, after.document_uid, ">", place),
            self._first_in(wanted, ">", position),
            self._first_in(wanted, "<", position),
            self._within(wanted, after.document_uid, "<", place),
        )
        return next(found, None)

    def news(self, since: int, versions: Mapping[int, int]) -> News:
        """Return what has changed since the entry ``since`` of the journal.

        ``versions`` are the places of the segments that are asked for, with the versions known of them.
        """
        journal = self._last_entry()
        rearranged = journal > since and bool(self._db.execute(_REARRANGED, [since, journal]).fetchall())
        newer: list[int] = []
        if journal != since and versions:
            query = "SELECT rowid, version FROM segments WHERE rowid IN (SELECT value FROM json_each(?))"
            found = self._db.execute(query, [json.dumps(list(versions))])
            newer = [place for place, version in found if versions[place] != version]
        return News(journal, self.at(newer) if newer else {}, rearranged)

    def _last_entry(self) -> int:
        return int(self._db.execute("SELECT coalesce(max(number), 0) FROM journal").fetchone()[0])

    def _first_in(self, wanted: RowFilter, side: str, position: int) -> Iterator[int]:
        """Yield the first place that is wanted in each document on one side of a position that has one."""
        named = _values(wanted) | {"position": position}
        for (uid,) in self._db.execute(f"{_DOCUMENTS_WITH} AND position {side} :position ORDER BY position", named):
            yield from self._within(wanted, uid, ">", (-1, 0))

    def _within(self, wanted: RowFilter, document_uid: str, side: str, place: tuple[int, int]) -> Iterator[int]:
        """Yield the first place that is wanted on one side of a place in a document, if there is one."""
        query = f"""
            SELECT rowid FROM segments WHERE document_uid = :here AND (position, part) {side} (:position, :part)
            AND {_condition(wanted)} ORDER BY position, part LIMIT 1
        """  # noqa: S608  (our own conditions)
        named = _values(wanted) | {"here": document_uid, "position": place[0], "part": place[1]}
        for (found,) in self._db.execute(query, named):
            yield found


def _condition(rows: RowFilter) -> str:
    """Return the condition for a segment to be one of ``rows``, with the parameters of ``_values``."""
    conditions = ["segments.state BETWEEN :first AND :last", ":document IN ('', segments.document_uid)"]
    if rows.flagged:
        conditions.append(_IS_FLAGGED)
    return " AND ".join(conditions)


def _values(rows: RowFilter) -> dict[str, object]:
    return {"first": int(rows.first), "last": int(rows.last), "document": rows.document_uid}
