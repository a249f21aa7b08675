"""What was done to a segment, step by step, and how it stood after each."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from corpus.journal import Fields, after_step
from corpus.model import JournalEntry, Segment, State
from corpus.store.rows import as_segment

EDIT = "edit"
"""What the journal calls typing that is not confirmed."""

_CAUSES = {
    EDIT: "typed",
    "confirm": "confirmed",
    "draft": "drafted",
    "update": "import of a newer version",
    "restore": "restored",
}


@dataclass(frozen=True, slots=True)
class Moment:
    """A state of a segment: who brought it about, when (UTC) and how; ``segment`` is None when it was taken out.

    ``number`` counts from 1 in the history of the segment and stays the same for ever.
    """

    number: int
    at: str
    actor: str
    cause: str
    segment: Segment | None
    change: str = ""
    undoes: str = ""


def moments(steps: Iterable[JournalEntry]) -> list[Moment]:
    """Return the history of a segment from its steps, the oldest first."""
    history = []
    row: Fields | None = None
    before: Segment | None = None
    for number, step in enumerate(steps, 1):
        row = after_step(row, step)
        segment = None if row is None else as_segment({**row, "uid": step.entity_uid})
        cause = _cause(step.action, before, segment)
        history.append(Moment(number, step.at, step.actor, cause, segment, step.change, step.undoes))
        before = segment
    return history


def sittings(history: Sequence[Moment]) -> list[Moment]:
    """Leave out what was only a stage of typing: of the moments of one change that follow each other, keep the last."""
    return [
        moment
        for moment, following in zip(history, [*history[1:], None], strict=True)
        if following is None or not moment.change or moment.change != following.change
    ]


def _cause(action: str, before: Segment | None, after: Segment | None) -> str:
    if (
        action == "confirm"
        and before is not None
        and after is not None
        and before.state <= State.DRAFTED
        and before.draft is not None
        and after.target == before.draft.text
    ):
        return "draft accepted"
    return _CAUSES.get(action, action)
