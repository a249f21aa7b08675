"""Take a change back, or do again what was taken back, without touching what somebody else has changed since."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from sqlite_utils import Database

from corpus.errors import ConflictError, NotFoundError
from corpus.grouped import ChangeReport, LeftSegment, Obstacle, obstacle_to_undoing
from corpus.journal import after_steps
from corpus.keys import source_hash
from corpus.model import JournalEntry, Segment, State
from corpus.store.changing import written_as_one
from corpus.store.deciding import MERGE
from corpus.store.history import moments
from corpus.store.reading import IS_UNDONE, Reader
from corpus.store.rows import Fields, as_segment, segment_fields
from corpus.store.writing import Cause, Writer
from corpus.uid import new_uid

# What comes from outside: it is not one person's doing, and can be had again from where it came.
_FROM_OUTSIDE = ("import", "update", MERGE)
_PLACE = frozenset({"document_uid", "position", "part", "breaks", "source"})
_TO_UNDO = f"""
    SELECT change FROM journal AS step WHERE actor = ? AND change != '' AND undoes = ''
      AND action NOT IN {_FROM_OUTSIDE} AND NOT {IS_UNDONE}
    ORDER BY number DESC LIMIT 1
"""  # noqa: S608  (constants)
# An undoing may be undone as long as its actor has done nothing new; what undoes an undoing is no undoing.
_TO_REDO = f"""
    SELECT change FROM journal AS step WHERE actor = ? AND change != '' AND undoes != '' AND NOT {IS_UNDONE}
      AND EXISTS (SELECT 1 FROM journal AS undone WHERE undone.change = step.undoes
                  AND undone.change != '' AND undone.undoes = '')
      AND number > (SELECT coalesce(max(number), 0) FROM journal
                    WHERE actor = step.actor AND change != '' AND undoes = '')
    ORDER BY number DESC LIMIT 1
"""  # noqa: S608  (a constant)


@dataclass(frozen=True, slots=True)
class NetStep:
    """What a change has done to a segment by all its steps; ``before`` and ``after`` as in a step of the journal."""

    uid: str
    before: Fields
    after: Fields

    @property
    def rearranges(self) -> bool:
        """Tell whether a segment came, went, or has another place or source."""
        return not (self.before and self.after) or not _PLACE.isdisjoint(self.after)


class Undoer:
    """Takes changes back, in the caller's transaction."""

    def __init__(self, db: Database, reader: Reader, writer: Writer) -> None:
        self._db = db
        self._reader = reader
        self._writer = writer

    def undo_newest(self, actor: str) -> ChangeReport:
        """Take back the last change of ``actor`` that stands."""
        return self._take_back_newest(_TO_UNDO, actor, "undo")

    def redo_newest(self, actor: str) -> ChangeReport:
        """Do again what ``actor`` has taken back last, as long as that person has done nothing new since."""
        return self._take_back_newest(_TO_REDO, actor, "redo")

    def take_back(self, change: str, cause: Cause) -> ChangeReport:
        """Take back a change; segments that no longer stand as it has left them are left and reported."""
        steps = self._reader.steps(change)
        if not steps:
            raise NotFoundError(f"There is no change “{change}” in this project.", "Check its uid.")
        if steps[0].action in _FROM_OUTSIDE:
            raise ConflictError(
                "Neither an import nor a merge can be taken back.", "Import the former file again, or take a backup."
            )
        net = list(net_steps(steps))
        stands = {segment.uid: segment for segment in self._reader.segments_named([step.uid for step in net])}
        if any(step.rearranges for step in net):
            return self._rearrange_back(net, stands, steps[-1].number, replace(cause, change=new_uid(), undoes=change))
        pairs, left = [], []
        for step in net:
            if (old := stands.get(step.uid)) is None:
                left.append(LeftSegment(self._gone(step.uid), Obstacle.TAKEN_OUT))
                continue
            fields = segment_fields(old)
            if obstacle := obstacle_to_undoing(step.before, step.after, old, fields):
                left.append(LeftSegment(old, obstacle))
            else:
                pairs.append((old, _restored(old.uid, {**fields, **step.before}, old.version + 1)))
        return written_as_one(self._writer, pairs, left, replace(cause, undoes=change))

    def _rearrange_back(
        self, net: Sequence[NetStep], stands: Mapping[str, Segment], last_number: int, cause: Cause
    ) -> ChangeReport:
        """Take back a change that split or joined segments: whole, or not at all."""
        if any(not self._is_as_left(step, stands.get(step.uid), last_number) for step in net):
            raise _changed_since()
        pairs, added, removed = [], [], []
        for step in net:
            segment = stands.get(step.uid)
            if segment is None:
                added.append(_restored(step.uid, step.before, int(str(step.before["version"])) + 1))
            elif not step.before:
                removed.append(segment)
            else:
                fields = {**segment_fields(segment), **step.before}
                pairs.append((segment, _restored(step.uid, fields, segment.version + 1)))
        try:
            self._writer.rearrange(pairs, cause, removed=removed, added=added)
        except sqlite3.IntegrityError as error:  # after a merge others may have the places that they had
            raise _changed_since() from error
        return ChangeReport(cause.change, (*(new for _, new in pairs), *added), ())

    def _is_as_left(self, step: NetStep, segment: Segment | None, last_number: int) -> bool:
        """Tell whether a segment is as a change has left it, but for drafts; what only got a number may be changed."""
        if segment is None or not step.after:
            return segment is None and not step.after
        if segment.locked:
            return False
        left = step.after
        if "source" in left and step.before:
            steps = (one for one in self._reader.journal(step.uid) if one.number <= last_number)
            left = after_steps(None, steps) or {}
        now = segment_fields(segment)
        is_untouched = int(str(left.get("state", segment.state))) <= State.DRAFTED >= segment.state
        passed_over = {"version", "draft", *(["state"] if is_untouched else [])}
        return all(now[name] == value for name, value in left.items() if name not in passed_over)

    def _gone(self, uid: str) -> Segment:
        """Return a segment as it stood before it was taken out."""
        return next(one.segment for one in reversed(moments(self._reader.journal(uid))) if one.segment is not None)

    def _take_back_newest(self, query: str, actor: str, action: str) -> ChangeReport:
        for (change,) in self._db.execute(query, [actor]):
            return self.take_back(str(change), Cause(actor, action))
        raise NotFoundError(
            f"There is nothing of yours to {action} in this project.", "Imports and merges cannot be taken back."
        )


def net_steps(steps: Iterable[JournalEntry]) -> Iterator[NetStep]:
    """Yield what steps, in order, have done to each segment; nothing for one that came and went."""
    by_uid: dict[str, list[JournalEntry]] = {}
    for step in steps:
        by_uid.setdefault(step.entity_uid, []).append(step)
    for uid, own in by_uid.items():
        before, after = _before(own), _after(own)
        if before or after:
            yield NetStep(uid, before, after)


def _before(steps: Sequence[JournalEntry]) -> Fields:
    fields: Fields = {}
    for step in reversed(steps):
        fields = {**fields, **step.before} if step.before else {}
    return fields


def _after(steps: Sequence[JournalEntry]) -> Fields:
    fields: Fields = {}
    for step in steps:
        fields = {**fields, **step.after} if step.after else {}
    return fields


def _changed_since() -> ConflictError:
    return ConflictError(
        "This cannot be taken back: its segments were changed, or it was taken back before.",
        "`tarjama history PROJECT UID` tells what was done; split or join them by hand. Nothing was changed.",
    )


def _restored(uid: str, fields: Fields, version: int) -> Segment:
    segment = as_segment({**fields, "uid": uid, "version": version})
    if segment.state <= State.DRAFTED and segment.draft and segment.draft.source_hash != source_hash(segment.source):
        return replace(segment, draft=None, state=State.UNTRANSLATED)  # drafted meanwhile, of another source
    return segment
