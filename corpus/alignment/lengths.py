"""What lengths tell: a translation is about as long as its source, the surer the longer both are.

The model is Gale and Church's ("A Program for Aligning Sentences in Bilingual Corpora", 1993): the length of a
translation is spread normally around what its source makes expected, with a variance that grows with the source.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from corpus.arabic import strip_marks

ENGLISH_PER_ARABIC = 1.11
"""Letters of English for a letter of Arabic: 1.09, 1.10 and 1.15 in NTREX, TICO-19 and FLORES (4,117 pairs)."""

VARIANCE = 3.5
"""Of the English length, for a letter of Arabic: 3.4, 3.8 and 3.2 there."""

# How much the logarithm of a sentence's length varies in a text, there: 0.55 to 0.65.
_SPREAD = 0.6
# So many translations have any length: what was left out, added, wrongly cut.
_ANY_LENGTH = 0.004
_SHORTEST = 3
# Five standard deviations, squared.
_FARTHEST = 25.0


@dataclass(frozen=True, slots=True)
class LengthModel:
    """``ratio`` is how many letters of the target go with a letter of the source, ``variance`` is for a letter."""

    ratio: float = ENGLISH_PER_ARABIC
    variance: float = VARIANCE

    def evidence(self, source: int, target: int) -> float:
        """Return the log of how much likelier ``target`` letters are for a translation of ``source`` than for any text.

        0 when one of them is 0: nothing is claimed then.
        """
        if not source or not target:
            return 0.0
        source, target = max(source, _SHORTEST), max(target, _SHORTEST)
        deviation = (target - self.ratio * source) ** 2 / (2 * self.variance * source)
        likelier = _SPREAD * target / math.sqrt(self.variance * source) * math.exp(-min(deviation, 50.0))
        return math.log(likelier * (1 - _ANY_LENGTH) + _ANY_LENGTH)

    def is_possible(self, source: int, target: int) -> bool:
        """Tell whether these lengths speak for a translation at all, or at least not for any other text."""
        return (target - self.ratio * source) ** 2 < _FARTHEST * self.variance * source


def length(sentence: str) -> int:
    """Return how many letters count: harakat, tatweel and invisible controls do not."""
    return len(strip_marks(sentence.strip()))
