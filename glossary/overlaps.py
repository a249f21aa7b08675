"""Which of several terms in a text win where they cover or overlap one another."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple


class Place(NamedTuple):
    """Words of a text: the first, and the one after the last."""

    begin: int
    end: int


def winning(places: Iterable[Place]) -> set[Place]:
    """Return the places that no longer one covers or overlaps; of equally long ones the first wins."""
    winners: set[Place] = set()
    taken: set[int] = set()
    for place in sorted(places, key=lambda place: (place.begin - place.end, place.begin)):
        its_words = range(place.begin, place.end)
        if taken.isdisjoint(its_words):
            winners.add(place)
            taken.update(its_words)
    return winners
