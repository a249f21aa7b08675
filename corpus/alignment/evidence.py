"""What the contents of sentences tell: what of one side is found on the other, and how seldom that is by chance.

An item of a sentence (a number, a name, the stem of a word) is either found on the other side or not. How likely that
is in a translation is known for each kind of item; how likely it is in any other sentence is counted in the texts
themselves. The log of the ratio of both is the item's evidence, and the sum of them that of the pair (naive Bayes).
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from corpus.alignment.items import Features, Item, ItemKind

# How often a translation has an item again, where the other text has it at all.
_FOUND = {
    ItemKind.NUMBER: 0.93,
    ItemKind.MARK: 0.85,
    ItemKind.NAME: 0.7,
    ItemKind.TERM: 0.8,
    ItemKind.WORD: 0.6,
}
# What is looked for on both sides counts half on each; names are looked for in the source only.
_HALF = 0.5
_WEIGHT = {ItemKind.NAME: 1.0}
_MOST_BY_CHANCE = 0.98
_SMALLEST_SHARE = 0.3
# The way through the table goes forward: what was joined long ago is not asked for again.
_MOST_SPANS = 20_000


class _Span(NamedTuple):
    """Sentences together: what they are compared by, and the evidence if nothing of it is found.

    The more there is in them, the more of the other side they explain by chance: ``chance`` is what that takes off
    every item found.
    """

    items: frozenset[int]
    explains: frozenset[int]
    missed: float
    chance: float


class _Side:
    """The sentences of one text, with what to make of each item that they have: ``gain`` when it is found."""

    def __init__(self, features: Sequence[Features], others: Sequence[Features], numbers: dict[Item, int]) -> None:
        explained = Counter(item for other in others for item in other.explains)
        missed: dict[int, float] = {}
        self.gain: dict[int, float] = {}
        for item in {item for one in features for item in one.items} & explained.keys():
            by_chance = min((explained[item] + 0.5) / (len(others) + 1), _MOST_BY_CHANCE)
            found = max(_FOUND[item[0]], by_chance)
            weight = _WEIGHT.get(item[0], _HALF)
            number = numbers.setdefault(item, len(numbers))
            missed[number] = weight * math.log((1 - found) / (1 - by_chance))
            self.gain[number] = weight * math.log(found / by_chance) - missed[number]
        self._missed = missed
        self._items = [frozenset(numbers[item] for item in one.items if item in explained) for one in features]
        self._explains = [
            frozenset(numbers.setdefault(item, len(numbers)) for item in one.explains) for one in features
        ]
        self._average = max(1.0, sum(map(len, self._explains)) / max(1, len(features)))
        self._spans: dict[int, _Span] = {}

    def span(self, start: int, count: int) -> _Span:
        """Return ``count`` sentences from ``start`` on, together."""
        key = start << 2 | count
        if key not in self._spans:
            if len(self._spans) > _MOST_SPANS:
                self._spans.clear()
            items = frozenset[int]().union(*self._items[start : start + count])
            explains = frozenset[int]().union(*self._explains[start : start + count])
            chance = _HALF * math.log(max(len(explains) / self._average, _SMALLEST_SHARE))
            self._spans[key] = _Span(items, explains, sum(map(self._missed.__getitem__, items)), chance)
        return self._spans[key]


class Evidence:
    """Compares sentences of two texts."""

    def __init__(self, source: Sequence[Features], target: Sequence[Features]) -> None:
        numbers: dict[Item, int] = {}
        self._source, self._target = _Side(source, target, numbers), _Side(target, source, numbers)

    def of(self, source: int, source_count: int, target: int, target_count: int) -> float:
        """Return the log of how much likelier these sentences are as translations of each other than as any others."""
        here, there = self._source.span(source, source_count), self._target.span(target, target_count)
        evidence = here.missed + there.missed
        if found := there.items & here.explains:
            evidence += sum(map(self._target.gain.__getitem__, found)) - here.chance * len(found)
        if found := here.items & there.explains:
            evidence += sum(map(self._source.gain.__getitem__, found)) - there.chance * len(found)
        return evidence


def rare_pairs(
    source: Sequence[Features], target: Sequence[Features], most: int = 3
) -> Iterator[tuple[int, int, float]]:
    """Yield (source sentence, target sentence, evidence) where both have what at most ``most`` have on a side."""
    places: dict[Item, list[int]] = {}
    for number, one in enumerate(source):
        for item in one.explains:
            places.setdefault(item, []).append(number)
    counts = Counter(item for one in target for item in one.items)
    total = math.log(len(source) + 1)
    shared: defaultdict[tuple[int, int], float] = defaultdict(float)
    for number, one in enumerate(target):
        for item in one.items:
            where = places.get(item, [])
            if 0 < len(where) <= most and counts[item] <= most:
                for place in where:
                    shared[place, number] += (total - math.log(len(where))) * _FOUND[item[0]]
    for (place, number), evidence in sorted(shared.items()):
        yield place, number, evidence
