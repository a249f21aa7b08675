"""How long was worked, told from the times at which people changed something: pauses are no work."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from typing import NamedTuple


class WorkStep(NamedTuple):
    """What somebody did to a segment; steps done together have the same ``change``, others have none.

    ``row`` tells segments apart while the project is open; it is 0 for a segment that is not asked for, or is gone.
    """

    at: str
    actor: str
    change: str
    row: int
    confirms: bool


@dataclass(frozen=True, slots=True)
class Pauses:
    """What counts of the time between two changes by one person, in seconds.

    Up to ``longest`` all of it. After a longer pause nobody knows when work began again: ``counted`` is taken for
    reading the segment and typing until the first change.
    """

    longest: float = 300.0
    counted: float = 30.0

    def worked(self, gap: float | None) -> float:
        """Return how much of ``gap`` was work; None is the time before somebody's first change."""
        if gap is None or gap > self.longest:
            return min(self.counted, self.longest)
        return max(gap, 0.0)  # a clock may have been set back


class Worked(NamedTuple):
    """The work that led to a step: ``seconds`` of it, on the segment that was changed at its end."""

    step: WorkStep
    at: datetime
    seconds: float


def worked(steps: Iterable[WorkStep], pauses: Pauses) -> Iterator[Worked]:
    """Yield the work behind each step; ``steps`` come in the order in which they were done.

    The time before a change of many segments is shared among them equally.
    """
    before: dict[str, datetime] = {}
    number = 0

    def change_of(step: WorkStep) -> tuple[str, str, str, int]:
        nonlocal number
        number += not step.change
        return step.actor, step.change, step.at, number  # what one types in a sitting is one change, too

    for _, group in groupby(steps, change_of):
        together = list(group)
        actor, at = together[0].actor, datetime.fromisoformat(together[0].at)
        last = before.get(actor)
        seconds = pauses.worked((at - last).total_seconds() if last is not None else None)
        before[actor] = at
        for step in together:
            yield Worked(step, at, seconds / len(together))
