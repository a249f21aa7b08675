"""What paragraphs tell: where one begins in the source, one mostly begins in the translation, if it has them at all."""

from __future__ import annotations

import math
from collections.abc import Set as AbstractSet

_KEPT = 0.9
_ACROSS = math.log(0.1)


class Layout:
    """The paragraphs of two texts, given as the numbers of the sentences that they begin with."""

    def __init__(self, source_starts: AbstractSet[int], target_starts: AbstractSet[int], target_count: int) -> None:
        self._source, self._target = source_starts, target_starts
        fewer, more = sorted((len(source_starts), len(target_starts)))
        by_chance = len(target_starts) / max(target_count, 1)
        kept = _KEPT * fewer / max(more, 1)
        self._both = self._one = 0.0
        if by_chance < kept:
            self._both, self._one = math.log(kept / by_chance), math.log((1 - kept) / (1 - by_chance))

    def evidence(self, source: int, source_count: int, target: int, target_count: int) -> float:
        """Return what paragraphs say for a pair: first source sentence, how many, first target sentence, how many."""
        begins, is_begun = source in self._source, target in self._target
        evidence = (self._both if is_begun else self._one) if begins else self._one if is_begun else 0.0
        for count, first, starts in ((source_count, source, self._source), (target_count, target, self._target)):
            for inner in range(first + 1, first + count):
                if inner in starts:
                    evidence += _ACROSS
        return evidence
