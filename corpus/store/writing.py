"""How a project file is written: each change goes with its entries in the journal, in the caller's transaction."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlite_utils import Database

from corpus.journal import as_json, timestamp
from corpus.keys import source_key
from corpus.migrations import add_to_progress
from corpus.model import ImportedSegment, Segment
from corpus.progress import count_words
from corpus.store.rows import SEGMENT_COLUMNS, Fields, changed, segment_fields, segment_values
from corpus.uid import new_uids

_INSERT_SEGMENT = """
    INSERT INTO segments (uid, document_uid, position, kind, source, target, state, note, place, words)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
"""
_INSERT_WHOLE_SEGMENT = f"""
    INSERT INTO segments ({SEGMENT_COLUMNS}, words) VALUES ({", ".join("?" * len(SEGMENT_COLUMNS.split(", ")))}, ?)
"""  # noqa: S608  (our own column names)
_UPDATE_SEGMENT = f"""
    UPDATE segments SET {", ".join(f"{name} = ?" for name in SEGMENT_COLUMNS.split(", ")[1:])}, words = ?
    WHERE uid = ?
"""  # noqa: S608  (our own column names)
_RECORD_INSERTED = f"""
    INSERT INTO journal (at, actor, action, "change", entity, entity_uid, before, after)
    SELECT ?, ?, ?, ?, 'segment', uid, '{{}}',
        json_object({", ".join(f"'{name}', {name}" for name in SEGMENT_COLUMNS.split(", ") if name != "uid")})
    FROM segments WHERE rowid > ? ORDER BY rowid
"""  # noqa: S608  (our own column names)
_RECORD = """
    INSERT INTO journal (at, actor, action, entity, entity_uid, before, after, "change", undoes)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
"""
_COUNT_INSERTED = add_to_progress("FROM segments WHERE rowid > ?")


@dataclass(frozen=True, slots=True)
class Cause:
    """Who changes something and how the journal calls it; ``change`` names what belongs together, ``undoes`` one."""

    actor: str
    action: str
    change: str = ""
    undoes: str = ""


class Writer:
    """Writes segments, and what was done to them into the journal."""

    def __init__(self, db: Database, now: Callable[[], datetime]) -> None:
        self._db = db
        self._now = now

    def at(self) -> str:
        """Return the time of an entry that is written now."""
        return timestamp(self._now())

    def write(self, changes: Iterable[tuple[Segment, Segment]], cause: Cause) -> None:
        """Write segments, given as they were and as they are to be; those that stay as they are count for nothing."""
        entries = []
        for old, new in changes:
            if new is old:  # as most of a document that comes in again
                continue
            before, after = changed(segment_fields(old), segment_fields(new))
            if after:
                entries.append((new, before, after))
        rows = ((*segment_values(new)[1:], count_words(new.source), new.uid) for new, _, _ in entries)
        self._db.conn.executemany(_UPDATE_SEGMENT, rows)
        self.record("segment", ((new.uid, before, after) for new, before, after in entries), cause)

    def insert(self, document_uid: str, placed: Iterable[tuple[int, ImportedSegment]], cause: Cause) -> None:
        """Insert new segments at their positions; SQLite itself writes their entries, as there may be thousands."""
        last = self._last_row()
        uids = new_uids()
        rows = (
            (
                next(uids),
                document_uid,
                position,
                new.kind.value,
                new.source,
                new.target,
                int(new.state),
                new.note,
                new.place,
                count_words(new.source),
            )
            for position, new in placed
        )
        self._db.conn.executemany(_INSERT_SEGMENT, rows)
        self._db.execute(_COUNT_INSERTED, [last])
        self._db.execute(_RECORD_INSERTED, [self.at(), cause.actor, cause.action, cause.change, last])

    def rearrange(
        self,
        changes: Sequence[tuple[Segment, Segment]],
        cause: Cause,
        *,
        removed: Sequence[Segment] = (),
        added: Sequence[Segment] = (),
    ) -> None:
        """Write segments that change places, take some out, and put in others with the uids they have."""
        self.remove(removed, cause)
        moved = ([old.uid] for old, new in changes if _place(old) != _place(new))
        # Places are unique in a document, so all make room before any takes its new one.
        self._db.conn.executemany("UPDATE segments SET position = -position WHERE uid = ?", moved)
        self.write(changes, cause)
        self.put(added)
        self.record("segment", ((segment.uid, Fields(), segment_fields(segment)) for segment in added), cause)

    def put(self, segments: Iterable[Segment]) -> None:
        """Put segments in as they are, without a word in the journal."""
        last = self._last_row()
        rows = ((*segment_values(segment), count_words(segment.source)) for segment in segments)
        self._db.conn.executemany(_INSERT_WHOLE_SEGMENT, rows)
        self._db.execute(_COUNT_INSERTED, [last])

    def key_sources(self, limit: int = -1) -> int:
        """Give at most ``limit`` sources a key, by which they are found, and return how many had none."""
        todo = self._db.execute("SELECT source, uid FROM segments WHERE source_key IS NULL LIMIT ?", [limit]).fetchall()
        keys = ((source_key(source), uid) for source, uid in todo)
        self._db.conn.executemany("UPDATE segments SET source_key = ? WHERE uid = ?", keys)
        return len(todo)

    def remove(self, segments: Sequence[Segment], cause: Cause) -> None:
        """Take segments out of their documents; the journal keeps them."""
        self._db.conn.executemany("DELETE FROM segments WHERE uid = ?", ([segment.uid] for segment in segments))
        self.record("segment", ((segment.uid, segment_fields(segment), Fields()) for segment in segments), cause)

    def record(self, entity: str, entries: Iterable[tuple[str, Fields, Fields]], cause: Cause) -> None:
        """Write the journal of (uid, before, after)."""
        at = self.at()
        self._db.conn.executemany(
            _RECORD,
            (
                (
                    *(at, cause.actor, cause.action, entity, uid),
                    *(as_json(before), as_json(after), cause.change, cause.undoes),
                )
                for uid, before, after in entries
            ),
        )

    def _last_row(self) -> int:
        return int(self._db.execute("SELECT coalesce(max(rowid), 0) FROM segments").fetchone()[0])


def _place(segment: Segment) -> tuple[str, int, int]:
    return segment.document_uid, segment.position, segment.part
