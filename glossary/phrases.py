"""Count the words and phrases of a text that is a row of numbers: one for each word, 0 for what is no part of a phrase.

Longer phrases are built only from shorter ones that are frequent themselves, so that memory grows with what repeats and
not with what the text could form.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Numbers = NDArray[np.int64]
    Flags = NDArray[np.bool_]

LONGEST = 4


@dataclass(frozen=True, slots=True)
class Phrases:
    """All frequent phrases of ``length`` words: phrase ``i`` occurs ``counts[i]`` times, at the places ``of(i)``.

    ``at`` is for each place of the text the phrase that begins there, or -1.
    """

    length: int
    counts: Numbers
    at: Numbers
    _order: Numbers
    _bounds: Numbers

    @property
    def first(self) -> Numbers:
        """Where each phrase occurs first."""
        return self._order[self._bounds[:-1]]

    def of(self, phrase: int) -> Numbers:
        """Return the places where a phrase begins, in order."""
        return self._order[self._bounds[phrase] : self._bounds[phrase + 1]]


def phrases(numbers: Numbers, joined: Flags, least: int) -> Iterator[Phrases]:
    """Yield the phrases of 1, 2 ... LONGEST words that occur ``least`` times or more.

    ``joined`` tells of each place whether a phrase may go on from the place before it.
    """
    import numpy as np

    found = _group(numbers, numbers > 0, least, 1)
    yield found
    words = found.at
    for length in range(2, LONGEST + 1):
        if not len(found.counts):
            return
        following = words[length - 1 :]
        begun = found.at[: len(following)]
        rest = found.at[1 : len(following) + 1] if length > 2 else following
        goes_on = (begun >= 0) & (rest >= 0) & joined[length - 1 :]
        codes = begun * (int(words.max()) + 1) + following
        pad = np.zeros(len(numbers) - len(codes), dtype=np.int64)
        found = _group(np.concatenate((codes, pad)), np.concatenate((goes_on, pad.astype(bool))), least, length)
        yield found


def _group(codes: Numbers, valid: Flags, least: int, length: int) -> Phrases:
    import numpy as np

    places = np.flatnonzero(valid)
    _, inverse, counts = np.unique(codes[places], return_inverse=True, return_counts=True)
    frequent = counts >= least
    renumbered = np.where(frequent, np.cumsum(frequent) - 1, -1)
    at = np.full(len(codes), -1, dtype=np.int64)
    at[places] = renumbered[inverse]
    kept = places[at[places] >= 0]
    order = kept[np.argsort(at[kept], kind="stable")]
    bounds = np.concatenate(([0], np.cumsum(counts[frequent])))
    return Phrases(length, counts[frequent], at, order, bounds)
