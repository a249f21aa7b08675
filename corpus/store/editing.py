"""One segment gets another translation: typed, or brought back from its history."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from corpus.errors import ConflictError, NotFoundError
from corpus.model import Segment, State
from corpus.store.history import EDIT, Moment, moments
from corpus.store.reading import Reader
from corpus.store.writing import Cause, Writer
from corpus.uid import new_uid

SITTING = timedelta(minutes=5)
"""So long after what a person typed last in a segment, more of it still belongs to the same change."""


class Editor:
    """Writes translations one by one, in the caller's transaction."""

    def __init__(self, reader: Reader, writer: Writer) -> None:
        self._reader = reader
        self._writer = writer

    def set_target(self, uid: str, target: str, state: State, actor: str, expected_version: int | None) -> Segment:
        """Write a human's text and the state it has reached; what is typed in one sitting is one change."""
        old = self._free(uid)
        if expected_version is not None and old.version != expected_version:
            raise ConflictError(
                "This segment was changed elsewhere while it was open here.",
                "Compare the two texts and save again; your text has not been thrown away.",
            )
        if (old.target, old.state) == (target, state):
            return old
        action = "confirm" if state >= State.TRANSLATED else EDIT
        change = self._sitting(uid, actor) or new_uid()
        return self._write(old, replace(old, target=target, state=state), Cause(actor, action, change))

    def restore(self, uid: str, number: int, actor: str) -> Segment:
        """Bring back the translation, and the state it had, from a moment of the segment's history.

        The translation of another source can be no more than edited.
        """
        old = self._free(uid)
        past = self._moment(uid, number).segment
        if past is None:
            raise NotFoundError("The segment was taken out then: there is nothing to bring back.", "Take another one.")
        target, state = past.target, past.state
        if state <= State.DRAFTED:
            target, state = "", State.DRAFTED if old.draft and old.draft.text else State.UNTRANSLATED
        elif past.source != old.source:
            state = State.EDITED
        if (old.target, old.state) == (target, state):
            return old
        return self._write(old, replace(old, target=target, state=state), Cause(actor, "restore", new_uid()))

    def _free(self, uid: str) -> Segment:
        segment = self._reader.segment(uid)
        if segment.locked:
            raise ConflictError("This segment is locked.", "Unlock it before changing its translation.")
        return segment

    def _moment(self, uid: str, number: int) -> Moment:
        known = moments(self._reader.journal(uid))
        for moment in known:
            if moment.number == number:
                return moment
        raise NotFoundError(
            f"The history of this segment has no number {number}.",
            f"It goes from 1 to {len(known)}: `tarjama history`.",
        )

    def _sitting(self, uid: str, actor: str) -> str:
        """Return the change that typing in a segment belongs to, if it goes on; empty for a new one.

        Typing goes on while the person has neither confirmed the segment nor done anything else, nor paused for long.
        """
        last = self._reader.last_step(uid)
        if last is None or (last.actor, last.action) != (actor, EDIT) or not last.change:
            return ""
        pause = datetime.fromisoformat(self._writer.at()) - datetime.fromisoformat(last.at)
        return last.change if abs(pause) <= SITTING and self._reader.last_number(actor) == last.number else ""

    def _write(self, old: Segment, new: Segment, cause: Cause) -> Segment:
        new = replace(new, version=old.version + 1)
        self._writer.write([(old, new)], cause)
        return new
