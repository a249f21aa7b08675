"""How risky drafts are: a number beside each, derived from it as the words of a source are, so not in the journal.

Whatever changes a draft or its source takes the number away (a trigger), and it is made when it is asked for.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator

from sqlite_utils import Database

from corpus.database import transaction
from corpus.model import DraftKind, Segment, State
from corpus.store.rows import SEGMENT_COLUMNS, as_segment

# Written as numbers and not as parameters: SQLite uses an index of some rows only where it sees which are asked for.
_DRAFTED = f"state = {State.DRAFTED:d}"
_UNWEIGHED = f"""
    SELECT {SEGMENT_COLUMNS} FROM segments WHERE {_DRAFTED} AND risk IS NULL AND draft IS NOT NULL LIMIT ?
"""  # noqa: S608  (our own column names)
_WORST = f"""
    SELECT uid, risk FROM segments WHERE {_DRAFTED} AND risk > 0 AND NOT locked AND (? IS NULL OR document_uid = ?)
        AND uid NOT IN (SELECT value FROM json_each(?))
    ORDER BY risk DESC, rowid LIMIT ?
"""  # noqa: S608  (our own number)
_BECAME = f"""
    SELECT {SEGMENT_COLUMNS} FROM segments
    WHERE state >= {State.TRANSLATED:d} AND draft IS NOT NULL AND target != ''
        AND json_extract(draft, '$.kind') = '{DraftKind.TRANSLATION.value}'
    ORDER BY rowid DESC LIMIT ?
"""  # noqa: S608  (our own column names)


class Risks:
    """Keeps the risk of each draft that no human has touched, 0 to 1."""

    def __init__(self, db: Database) -> None:
        self._db = db

    def unweighed(self, limit: int) -> list[Segment]:
        """Return at most ``limit`` drafted segments whose risk is not known."""
        return [as_segment(row) for row in self._db.query(_UNWEIGHED, [limit])]

    def put(self, risks: Iterable[tuple[str, float]]) -> None:
        """Keep the risks of segments by uid, in one transaction."""
        with transaction(self._db, "project"):
            self._db.conn.executemany(
                "UPDATE segments SET risk = ? WHERE uid = ?", ((risk, uid) for uid, risk in risks)
            )

    def worst(self, limit: int, document_uid: str | None = None, *, without: Iterable[str] = ()) -> dict[str, float]:
        """Return the uids and risks of the riskiest drafts, the worst first; drafts without any risk are left out."""
        values = [document_uid, document_uid, json.dumps(list(without)), limit]
        return dict(self._db.execute(_WORST, values).fetchall())

    def forget(self) -> None:
        """Let all drafts be weighed anew."""
        with transaction(self._db, "project"):
            self._db.execute("UPDATE segments SET risk = NULL WHERE risk IS NOT NULL")

    def edited(self, limit: int) -> Iterator[Segment]:
        """Yield confirmed segments that began as a translation by an engine, at most ``limit``, the newest first."""
        return (as_segment(row) for row in self._db.query(_BECAME, [limit]))
