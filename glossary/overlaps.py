"""Which of several terms in a text win where they cover or overlap one another."""

from __future__ import annotations

from collections.abc import Iterable

Place = tuple[int, int]
"""Words of a text: the position of the first, and that after the last."""


def winning(places: Iterable[Place]) -> set[Place]:
    """Return the places that no longer one covers or overlaps; of equally long ones the first wins."""
    winners: set[Place] = set()
    taken: set[int] = set()
    for place in sorted(places, key=lambda place: (place[0] - place[1], place[0])):
        its_words = range(*place)
        if taken.isdisjoint(its_words):
            winners.add(place)
            taken.update(its_words)
    return winners
