"""sacrebleu's metrics, made to add up; it takes a quarter of a second to load: import this where something is measured.

The score of many segments is that of the sums of their statistics, which sacrebleu itself keeps to its metrics.
"""

from __future__ import annotations

from sacrebleu.metrics.chrf import CHRF
from sacrebleu.metrics.ter import TER


class SummableChrf(CHRF):
    """chrF in two steps: the numbers of a pair, and the score of numbers that were added up."""

    def statistics(self, draft: str, final: str) -> list[int]:
        """Return the n-grams of the draft, of the final text and of both, by length."""
        (numbers,) = self._extract_corpus_statistics([draft], [[final]])
        return [int(number) for number in numbers]

    def score(self, statistics: list[int]) -> float:
        """Return chrF, 0 to 100."""
        return float(self._compute_score_from_stats(statistics).score)


def edits_and_words(ter: TER, draft: str, final: str) -> tuple[int, int]:
    """Return how many edits make ``final`` of ``draft``, and how many words ``final`` has."""
    score = ter.sentence_score(draft, [final])
    return int(score.num_edits), int(score.ref_length)
