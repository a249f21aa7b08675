"""The edit of one segment: what is typed, what is saved, and that no two saves overtake each other."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum, auto

from corpus.errors import ConflictError, TarjamaError
from corpus.model import Segment, State
from workbench.jobs import StoreThread
from workbench.session import Session


class Dispute(Enum):
    """Whether somebody else has changed the segment, and whether the user was told when asking for it to be saved."""

    NONE = auto()
    FOUND = auto()
    TOLD = auto()


@dataclass(slots=True)
class SegmentEdit:
    """The current segment as it was last stored, and the text in the editor.

    ``touched`` tells whether the human has changed the text since it was shown: an untouched draft is not a
    translation, and moving over it changes nothing. ``disputed`` tells that somebody else has changed the segment
    meanwhile: what is typed is then saved by nothing but a decision of the user, who has been told.
    """

    segment: Segment
    text: str
    touched: bool = False
    disputed: Dispute = Dispute.NONE

    @classmethod
    def of(cls, segment: Segment) -> SegmentEdit:
        """Begin with the human's text, or the draft."""
        return cls(segment, segment.text)

    @property
    def unsaved(self) -> bool:
        """Tell whether there is typed text that the project does not have."""
        if not self.touched:
            return False
        return self.segment.state < State.EDITED or self.text != self.segment.target

    def type(self, text: str) -> None:
        """Take the editor's text."""
        if text != self.text:
            self.text = text
            self.touched = True


class Saver:
    """Store edits one after the other; a conflict keeps the typed text and takes the newer version as its base."""

    def __init__(self, store: StoreThread) -> None:
        self._store = store
        self._one_at_a_time = asyncio.Lock()

    async def save(self, edit: SegmentEdit, *, by_itself: bool = False) -> bool:
        """Store what was typed, if there is anything; return whether it was stored.

        Raise ConflictError when the segment was changed elsewhere: ``edit`` then stands on that newer state with the
        typed text still in it. Saving ``by_itself``, as time goes by, never writes over that; a user who asks for it
        is told first, and once.
        """
        async with self._one_at_a_time:
            if not edit.unsaved or (by_itself and edit.disputed is not Dispute.NONE):
                return False
            await self._store_text(edit, Session.save_target, by_itself=by_itself)
            return True

    async def save_or_give_back(self, edit: SegmentEdit) -> str:
        """Store what was typed; return the text when that fails or is disputed, for somebody else to keep."""
        try:
            await self.save(edit, by_itself=True)
        except TarjamaError:
            return edit.text
        return edit.text if edit.unsaved else ""

    async def confirm(self, edit: SegmentEdit) -> None:
        """Store the editor's text as the translation; raise ConflictError as ``save`` does."""
        async with self._one_at_a_time:
            await self._store_text(edit, Session.confirm)
            edit.touched = False

    async def _store_text(
        self, edit: SegmentEdit, how: Callable[[Session, str, str, int], Segment], *, by_itself: bool = False
    ) -> None:
        if edit.disputed is Dispute.FOUND:
            edit.disputed = Dispute.TOLD
            raise _changed_elsewhere()
        uid, text, seen = edit.segment.uid, edit.text, edit.segment
        try:
            edit.segment = await self._store.run(lambda session: how(session, uid, text, seen.version))
        except ConflictError:
            edit.segment = await self._store.run(lambda session: session.segment(uid))
            if (edit.segment.target, edit.segment.state > State.DRAFTED) != (seen.target, seen.state > State.DRAFTED):
                edit.disputed = Dispute.FOUND if by_itself else Dispute.TOLD
                raise
            # Nobody's work but a new draft: what is typed goes over it, as it would have gone over the old one.
            newer = edit.segment.version
            edit.segment = await self._store.run(lambda session: how(session, uid, text, newer))
        edit.disputed = Dispute.NONE


def _changed_elsewhere() -> ConflictError:
    return ConflictError(
        "Somebody else has changed this segment meanwhile.",
        "Do the same once more to put your text in the place of theirs; the journal keeps both.",
    )
