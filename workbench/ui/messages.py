"""What threads and widgets tell the screen."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from textual.message import Message

from corpus.alignment.words import WordLink
from corpus.errors import TarjamaError
from corpus.model import Segment
from workbench.engines.protocol import Completion


@dataclass
class DraftsReady(Message):
    """New drafts are in the project."""

    segments: list[Segment]


@dataclass
class DraftProgress(Message):
    """So many of so many segments are drafted."""

    done: int
    total: int

    def can_replace(self, message: Message) -> bool:
        """Let a newer figure take the place of an older one not yet shown."""
        return isinstance(message, DraftProgress)


@dataclass
class DraftingEnded(Message):
    """Drafting is over, well or with an error."""

    error: BaseException | None


@dataclass
class ModelProgress(Message):
    """So many of so many bytes of a model are here."""

    done: int
    total: int

    def can_replace(self, message: Message) -> bool:
        """Let a newer figure take the place of an older one not yet shown."""
        return isinstance(message, ModelProgress)


@dataclass
class ModelInstalled(Message):
    """Fetching a model has ended: ``report`` says what was installed, or ``error`` why nothing was."""

    report: str
    error: BaseException | None = None


class RowChosen(Message):
    """The user clicked on a row of the list."""

    def __init__(self, row: int) -> None:
        super().__init__()
        self.row = row


class RowsWanted(Message):
    """Rows came into view that are not loaded; until they are, the list shows what it showed."""

    def can_replace(self, message: Message) -> bool:
        """One such message is as good as many."""
        return isinstance(message, RowsWanted)


class SourceSelected(Message):
    """The mouse has selected something in the list, or nothing any more."""


class VisibleRowsChanged(Message):
    """Other rows than before are on the screen."""

    def can_replace(self, message: Message) -> bool:
        """One such message is as good as many."""
        return isinstance(message, VisibleRowsChanged)


@dataclass
class CompletionCame(Message):
    """An engine tells how the translation goes on of which ``text`` was typed when it was asked."""

    text: str
    completion: Completion


@dataclass
class LinksCame(Message):
    """The word links between a source and the translation ``text`` of the segment ``uid``."""

    uid: str
    text: str
    links: Sequence[WordLink]


@dataclass
class EngineFailed(Message):
    """An engine could not go on with a translation, or link its words."""

    error: TarjamaError
