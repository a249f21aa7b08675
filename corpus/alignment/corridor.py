"""Where in the table of all pairs of sentences the alignment is looked for: near what is surely aligned.

Comparing every sentence with every other would take a hundred times as long for a text a hundred times as long.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise

_MOST_SHIFT = 400

Point = tuple[int, int]
Corridor = Sequence[Point]
"""For each place between sentences of the source, the first and last place between those of the target."""


def heaviest_chain(pairs: Iterable[tuple[int, int, float]]) -> list[Point]:
    """Return the pairs (source, target), both growing from each to the next, that have the greatest sum of weights."""
    # Of the same source sentence the later target comes first, so that no chain takes both.
    points = sorted(pairs, key=lambda pair: (pair[0], -pair[1]))
    best_up_to = _GreatestBefore(max((target for _, target, _ in points), default=0) + 1)
    before: list[int] = []
    greatest = (0.0, -1)
    for number, (_, target, weight) in enumerate(points):
        sum_before, last = best_up_to.greatest(target)
        before.append(last)
        here = (sum_before + weight, number)
        best_up_to.put(target, here)
        greatest = max(greatest, here)
    chain: list[Point] = []
    number = greatest[1]
    while number >= 0:
        chain.append(points[number][:2])
        number = before[number]
    return chain[::-1]


class _GreatestBefore:
    """The greatest value put below a place, in logarithmic time (a binary indexed tree)."""

    def __init__(self, size: int) -> None:
        self._tree = [(0.0, -1)] * (size + 1)

    def greatest(self, place: int) -> tuple[float, int]:
        """Return the greatest value put at places below ``place``."""
        found = (0.0, -1)
        while place > 0:
            found = max(found, self._tree[place])
            place -= place & -place
        return found

    def put(self, place: int, value: tuple[float, int]) -> None:
        """Put a value at ``place``."""
        place += 1
        while place < len(self._tree):
            self._tree[place] = max(self._tree[place], value)
            place += place & -place


def corridor_along(chain: Iterable[Point], source: int, target: int, width: int) -> Corridor:
    """Return the places at most ``width`` sentences away from the line through ``chain``.

    Where the two sides between neighbors of the chain differ, something is missing on one, and nobody knows where in
    between: there it is wider by as much. ``source`` and ``target`` are the lengths of the texts.
    """
    points = [(0, 0), *chain, (source, target)]
    first, last = [target] * (source + 1), [0] * (source + 1)
    for (source_from, target_from), (source_to, target_to) in pairwise(points):
        steps, others = source_to - source_from, target_to - target_from
        reach = width + min(abs(steps - others), _MOST_SHIFT)
        for step in range(steps + 1):
            here = target_from + (step * others // steps if steps else 0)
            place = source_from + step
            first[place] = min(first[place], max(here - reach, 0))
            last[place] = max(last[place], min((here if steps else target_to) + reach, target))
    first[0], last[source] = 0, target
    for place in range(source - 1, -1, -1):
        first[place] = min(first[place], first[place + 1])
    for place in range(1, source + 1):
        last[place] = max(last[place], last[place - 1])
    return list(zip(first, last, strict=True))
