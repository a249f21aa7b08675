"""Conflicts that a merge has filed: list them, and decide them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from sqlite_utils import Database

from corpus.errors import ConflictError, NotFoundError
from corpus.model import State
from corpus.store.deciding import REMOVED, SOURCE
from corpus.store.reading import Reader
from corpus.store.writing import Cause, Writer
from corpus.uid import new_uid

# What stands may have become what was offered: then there is nothing to decide.
_OPEN = """
    SELECT conflicts.uid, segment_uid, field, base, kept_by, offered, offered_state, offered_by, conflicts.at,
        CASE field WHEN 'source' THEN source ELSE coalesce(target, '') END AS kept, coalesce(source, '') AS source
    FROM conflicts LEFT JOIN segments ON segments.uid = segment_uid
    WHERE field = 'removed' OR CASE field WHEN 'source' THEN source ELSE target END IS NOT offered
    ORDER BY conflicts.rowid
"""


@dataclass(frozen=True, slots=True)
class Conflict:
    """What two people have said differently of a segment, of which one stands and the other was offered.

    ``field`` is *target*, *source* when both have cut or changed the source, or *removed* when one has taken the
    segment out. ``base`` is what was there before both. ``at`` is when the offered one was written; names may be empty.
    """

    uid: str
    segment_uid: str
    field: str
    source: str
    base: str
    kept: str
    kept_by: str
    offered: str
    offered_state: State
    offered_by: str
    at: str


def open_conflicts(db: Database) -> list[Conflict]:
    """Return the conflicts nobody has decided yet, the oldest first."""
    return [Conflict(**{**row, "offered_state": State(row["offered_state"])}) for row in db.query(_OPEN)]


def require_settled(db: Database, segment_uids: Sequence[str]) -> None:
    """Raise ConflictError when there is a conflict about one of these segments."""
    disputed = {conflict.segment_uid for conflict in open_conflicts(db)}
    if not disputed.isdisjoint(segment_uids):
        raise ConflictError("There is a conflict about this segment.", "Decide it first: `tarjama conflicts`.")


def settle(db: Database, reader: Reader, writer: Writer, uid: str, actor: str, *, takes_offered: bool) -> None:
    """Decide a conflict, in the caller's transaction: leave what stands, or take what was offered."""
    conflict = next((one for one in open_conflicts(db) if one.uid == uid), None)
    if conflict is None:
        raise NotFoundError("There is no such conflict any more.", "`tarjama conflicts` lists those that are left.")
    if takes_offered:
        _take(conflict, reader, writer, Cause(actor, "settle", new_uid()))
    (row,) = db.query("SELECT * FROM conflicts WHERE uid = ?", [uid])
    del row["uid"]
    db.execute("DELETE FROM conflicts WHERE uid = ?", [uid])
    writer.record("conflict", [(uid, row, {})], Cause(actor, "settle"))


def _take(conflict: Conflict, reader: Reader, writer: Writer, cause: Cause) -> None:
    old = reader.segment(conflict.segment_uid)
    if old.locked:
        raise ConflictError("This segment is locked.", "Unlock it before changing its translation.")
    if conflict.field == SOURCE:
        raise ConflictError(
            "Two ways of cutting a text cannot be exchanged for one another.",
            "Split or join the segments by hand, then keep what stands.",
        )
    if conflict.field == REMOVED:
        writer.remove([old], cause)
        return
    new = replace(old, target=conflict.offered, state=conflict.offered_state, version=old.version + 1)
    writer.write([(old, new)], cause)
