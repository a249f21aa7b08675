"""The best way through two texts, from their beginnings to their ends: dynamic programming within a corridor."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from typing import NamedTuple

from corpus.alignment.corridor import Corridor

# How often so many sentences are translated by so many: about as Gale and Church counted (1993).
_SHARES = {
    (1, 1): 0.89,
    (2, 1): 0.04,
    (1, 2): 0.04,
    (2, 2): 0.003,
    (3, 1): 0.004,
    (1, 3): 0.004,
    (1, 0): 0.006,
    (0, 1): 0.006,
}
_NOWHERE = -math.inf

Kinds = Sequence[tuple[int, int, float]]
"""Kinds of beads: how many sentences of the source, how many of the target, the log of how often."""

ALL: Kinds = [(*counts, math.log(share)) for counts, share in _SHARES.items()]
SINGLE: Kinds = [kind for kind in ALL if max(kind[:2]) == 1]

PairEvidence = Callable[[int, int, int, int], float]
"""What speaks for a pair: first source sentence, how many, first target sentence, how many."""


class Step(NamedTuple):
    """One bead of the way: its first sentences, how many there are, and the evidence for them."""

    source: int
    source_count: int
    target: int
    target_count: int
    evidence: float


class Path(NamedTuple):
    """The best way; ``is_at_edge`` where it may be better outside of the corridor."""

    steps: list[Step]
    is_at_edge: bool


def best_path(corridor: Corridor, evidence: PairEvidence, kinds: Kinds = ALL) -> Path:
    """Return the steps with the greatest sum of evidence; the corridor's last place is the end of both texts."""
    scores: list[list[float]] = []
    steps: list[list[Step | None]] = []
    for source, (first, last) in enumerate(corridor):
        row = [_NOWHERE] * (last - first + 1)
        came: list[Step | None] = [None] * len(row)
        scores.append(row)
        steps.append(came)
        if source == 0:
            row[0] = 0.0
        ways = [
            (source - source_count, source_count, target_count, prior, *corridor[source - source_count])
            for source_count, target_count, prior in kinds
            if source_count <= source
        ]
        for target in range(first, last + 1):
            best, step = row[target - first], None
            for source_from, source_count, target_count, prior, low, high in ways:
                target_from = target - target_count
                if not low <= target_from <= high:
                    continue
                score = scores[source_from][target_from - low] + prior
                if score == _NOWHERE:
                    continue
                speaks = 0.0
                if source_count and target_count:
                    speaks = evidence(source_from, source_count, target_from, target_count)
                if score + speaks > best:
                    best = score + speaks
                    step = Step(source_from, source_count, target_from, target_count, speaks)
            row[target - first], came[target - first] = best, step
    return _traced(corridor, steps)


def _traced(corridor: Corridor, steps: list[list[Step | None]]) -> Path:
    found: list[Step] = []
    source, end = len(corridor) - 1, corridor[-1][1]
    target, is_at_edge = end, False
    while step := steps[source][target - corridor[source][0]]:
        first, last = corridor[source]
        is_at_edge = is_at_edge or (target == first > 0) or (target == last < end)
        found.append(step)
        source, target = step.source, step.target
    return Path(found[::-1], is_at_edge)
