"""Changes of many segments that belong together: what is to be written, what was, and what was left as it stands.

Whatever writes to many segments at once (a term that has changed, a replacement everywhere) is one change of the
journal and can be taken back as one.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from corpus.model import Segment, State


@dataclass(frozen=True, slots=True)
class TargetChange:
    """A translation to write into a segment that stands as ``expected_version``."""

    uid: str
    target: str
    state: State
    expected_version: int


class Obstacle(StrEnum):
    """Why a segment was left as it stands."""

    CHANGED = "changed since"
    LOCKED = "locked"
    REVIEWED = "reviewed"
    NOTHING_TO_DO = "already so"
    TAKEN_OUT = "taken out since"


@dataclass(frozen=True, slots=True)
class LeftSegment:
    """A segment that a change has left as it stands."""

    segment: Segment
    obstacle: Obstacle


@dataclass(frozen=True, slots=True)
class ChangeReport:
    """What a change has done: its uid in the journal (empty when nothing was written), segments as they stand now."""

    change: str
    written: tuple[Segment, ...]
    left: tuple[LeftSegment, ...]


def obstacle_to(change: TargetChange, segment: Segment) -> Obstacle | None:
    """Return why ``change`` may not be written into ``segment``; None when it may."""
    if segment.locked:
        return Obstacle.LOCKED
    if segment.version != change.expected_version:
        return Obstacle.CHANGED
    if segment.state is State.REVIEWED:
        return Obstacle.REVIEWED
    if (segment.target, segment.state) == (change.target, change.state):
        return Obstacle.NOTHING_TO_DO
    return None


def obstacle_to_undoing(
    before: Mapping[str, object], after: Mapping[str, object], segment: Segment, fields: Mapping[str, object]
) -> Obstacle | None:
    """Return why what made ``after`` of ``before`` may not be taken back; ``fields`` are the segment's, named so."""
    if segment.locked:
        return Obstacle.LOCKED
    if stands(fields, before):
        return Obstacle.NOTHING_TO_DO
    return None if stands(fields, after) else Obstacle.CHANGED


def stands(fields: Mapping[str, object], said: Mapping[str, object]) -> bool:
    """Tell whether a row has these fields; its version tells how often it was changed, not what it says."""
    return all(fields[name] == value for name, value in said.items() if name != "version")
