"""What becomes of a row that two glossaries have changed separately since they were one.

Everything here is symmetric: whichever of the two takes the other in, the outcome is the same.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from corpus.model import JournalEntry
from glossary.store.changing import MERGE
from glossary.store.replaying import after_steps
from glossary.store.rows import BLANK, STAMPED, Fields
from glossary.store.settling import REMOVED


@dataclass(frozen=True, slots=True)
class Trace:
    """A row as one side has it, None when it is not there, and the steps on it that only this side has taken.

    ``is_whole`` when there never were any other steps.
    """

    row: Fields | None = None
    steps: Sequence[JournalEntry] = ()
    is_whole: bool = False

    def made_of(self, row: Fields | None) -> Fields | None:
        """Return what the steps make of the row as the other side has it."""
        return self.row if self.is_whole and row is None else after_steps(row, self.steps)

    @property
    def removal(self) -> JournalEntry | None:
        """The last step by which somebody has removed the row, if the row is gone."""
        if self.row is not None:
            return None
        return next((step for step in reversed(self.steps) if not step.after and step.before and _is_human(step)), None)

    def concept_uid(self, uid: str) -> str:
        """Return the concept that the row ``uid`` is of: for a concept itself."""
        return str((self.row or {}).get("concept_uid", uid))


@dataclass(frozen=True, slots=True)
class Clash:
    """What somebody wrote and the other side has decided over; ``offered`` stands nowhere."""

    entity: str
    entity_uid: str
    field: str
    base: str
    offered: str
    actor: str
    at: str


@dataclass(slots=True)
class Decision:
    """What becomes of a row, None for nothing, and what has to be looked at."""

    row: Fields | None
    clashes: list[Clash] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Touch:
    """The last time that somebody gave a field its value, and what was there before one side alone changed it."""

    at: str
    actor: str
    base: object


def decide(entity: str, uid: str, mine: Trace, theirs: Trace) -> Decision:
    """Take what only one side has changed from that side; between two values, the later one, and tell of the other.

    What one side has removed and the other changed is kept.
    """
    if not mine.steps:
        return Decision(theirs.row)
    if not theirs.steps:
        return Decision(mine.row)
    if mine.row is None or theirs.row is None:
        return _decide_removed(entity, uid, mine, theirs)
    if entity == "conflict":
        return Decision(max((mine.row, theirs.row), key=_in_order))
    return _decide_fields(entity, uid, (mine.row, touches(entity, mine)), (theirs.row, touches(entity, theirs)))


def touches(entity: str, trace: Trace) -> dict[str, Touch]:
    """Return the fields that people have given another value on one side, not those changed and changed back."""
    if trace.row is None:
        return {}
    base: dict[str, object] = {}
    last: dict[str, tuple[bool, str, str]] = {}
    for step in filter(_is_human, trace.steps):
        for name in BLANK[entity].keys() & {*step.before, *step.after}:
            if step.before.get(name) == step.after.get(name):  # told with every step, as a term's concept is
                continue
            base.setdefault(name, step.before.get(name))
            has_given_it = step.after.get(name) == trace.row[name]
            last[name] = max(last.get(name, (False, "", "")), (has_given_it, step.at, step.actor))
    blank = BLANK[entity]
    was = {name: blank[name] if value is None else value for name, value in base.items()}
    return {name: Touch(at, actor, was[name]) for name, (_, at, actor) in last.items() if was[name] != trace.row[name]}


def removal_clash(entity: str, uid: str, removal: JournalEntry) -> Clash:
    """Return what tells that a row was kept though somebody has removed it."""
    return Clash(entity, uid, REMOVED, "", "yes", removal.actor, removal.at)


def _decide_removed(entity: str, uid: str, mine: Trace, theirs: Trace) -> Decision:
    gone, there = (mine, theirs) if mine.row is None else (theirs, mine)
    if there.row is None:
        return Decision(None)
    removal = gone.removal
    if removal is None:
        return Decision(there.row)
    if entity == "conflict" or not touches(entity, there):  # who removes a conflict has decided it
        return Decision(None)
    return Decision(there.row, [removal_clash(entity, uid, removal)])


Side = tuple[Fields, dict[str, Touch]]


def _decide_fields(entity: str, uid: str, mine: Side, theirs: Side) -> Decision:
    decision = Decision({**mine[0]})
    for name in BLANK[entity]:
        if mine[0][name] == theirs[0][name]:
            continue
        winner, loser = _ranked(name, mine, theirs)
        decision.row[name] = winner[0][name]  # type: ignore[index]
        if name in loser[1]:
            touch = loser[1][name]
            offered = str(loser[0][name])
            decision.clashes.append(Clash(entity, uid, name, str(touch.base), offered, touch.actor, touch.at))
    if entity in STAMPED:
        decision.row |= _stamps((mine[0], theirs[0]))  # type: ignore[operator]
    return decision


def _ranked(name: str, *sides: Side) -> tuple[Side, Side]:
    """Return first the side whose value of a field is taken: the one that was given later by a person."""

    def rank(side: Side) -> tuple[str, str]:
        touch = side[1].get(name)
        return (touch.at if touch else "", str(side[0][name]))

    loser, winner = sorted(sides, key=rank)
    return winner, loser


def _stamps(rows: Iterable[Fields]) -> Fields:
    def stamp(row: Fields, kind: str) -> tuple[str, str]:
        return str(row[f"{kind}_at"]), str(row[f"{kind}_by"])

    known = list(rows)
    created_at, created_by = min((stamp(row, "created") for row in known), key=lambda one: (not one[0], *one))
    changed_at, changed_by = max(stamp(row, "changed") for row in known)
    return {
        "created_by": created_by,
        "created_at": created_at,
        "changed_by": changed_by,
        "changed_at": changed_at,
    }


def _is_human(step: JournalEntry) -> bool:
    return step.action != MERGE


def _in_order(row: Fields) -> list[Any]:
    return sorted((name, str(value)) for name, value in row.items())
