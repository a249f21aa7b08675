"""How much a human changed of what an engine had proposed: HTER and chrF of the draft against the final text.

Both are sacrebleu's, with its own defaults, so that its command line gives the same numbers for the same texts. HTER
(Snover et al., "A Study of Translation Edit Rate with Targeted Human Annotation", 2006) is the translation edit rate of
the draft, with the text that a human has made of it as the reference.
"""

from __future__ import annotations

from dataclasses import dataclass, field

# The time that TER takes grows with the third power of the length: of 90 words up to two seconds, of 570 a minute.
LONGEST_FOR_TER = 150


@dataclass(slots=True)
class Effort:
    """Segments whose draft became a human's text: sums, so that those of several can be added up.

    ``edits`` and ``words`` are of the segments that are not ``too_long`` for HTER, ``ngrams`` of all.
    """

    segments: int = 0
    unchanged: int = 0
    too_long: int = 0
    edits: int = 0
    words: int = 0
    ngrams: list[int] = field(default_factory=list)

    def add(self, other: Effort) -> None:
        """Count what ``other`` has measured, too."""
        self.segments += other.segments
        self.unchanged += other.unchanged
        self.too_long += other.too_long
        self.edits += other.edits
        self.words += other.words
        if self.ngrams and other.ngrams:
            self.ngrams = [one + two for one, two in zip(self.ngrams, other.ngrams, strict=True)]
        else:
            self.ngrams = [*self.ngrams, *other.ngrams]


class EffortMeter:
    """Measures pairs of draft and final text."""

    def __init__(self) -> None:
        from sacrebleu.metrics.ter import TER

        from corpus.numbers.metrics import SummableChrf

        self._ter, self._chrf = TER(), SummableChrf()

    def measure(self, draft: str, final: str) -> Effort:
        """Return how much was changed in one segment.

        HTER is not measured of texts of more than LONGEST_FOR_TER words: they count as ``too_long``.
        """
        from corpus.numbers.metrics import edits_and_words

        effort = Effort(segments=1, unchanged=int(draft == final), ngrams=self._chrf.statistics(draft, final))
        if max(len(draft.split()), len(final.split())) > LONGEST_FOR_TER:
            effort.too_long = 1
        elif draft == final:
            effort.words = len(final.split())
        else:
            effort.edits, effort.words = edits_and_words(self._ter, draft, final)
        return effort

    def hter(self, effort: Effort) -> float | None:
        """Return the edits for 100 words of the final text; None when nothing was measured."""
        return 100 * effort.edits / effort.words if effort.words else None

    def chrf(self, effort: Effort) -> float | None:
        """Return chrF, 100 for equal texts; None when nothing was measured."""
        return self._chrf.score(effort.ngrams) if effort.ngrams else None

    def signatures(self) -> dict[str, str]:
        """Return how sacrebleu names the two metrics with all their settings, its version included."""
        for metric in (self._ter, self._chrf):
            metric.sentence_score("a", ["a"])  # a signature is complete after the first score
        return {"hter": str(self._ter.get_signature()), "chrf": str(self._chrf.get_signature())}
