"""Align two whole texts, given as their paragraphs, by sentences or by paragraphs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from corpus.alignment.aligning import align
from corpus.alignment.beads import Bead
from corpus.alignment.cutting import CutText
from corpus.alignment.items import Anchors

DOUBTFUL = 0.5
"""A pair of a lower score is to be looked at: of wrong pairs nearly half have one, of right pairs 4 in 100."""

# Of the sentences of a text and its translation, at least 80 in 100 are in pairs of a higher score than that; of two
# texts that have nothing to do with each other, at most 40 (NTREX, document by document; one damaged document apart).
_FEWEST_IN_PAIRS = 0.5


@dataclass(frozen=True, slots=True)
class AlignedPair:
    """What says the same in two texts, exactly as it stands there; ``bead`` counts the sentences.

    Either text may be empty: then nothing was found for the other.
    """

    source: str
    target: str
    bead: Bead

    @property
    def is_whole(self) -> bool:
        """Whether there is something on both sides."""
        return bool(self.source and self.target)


@dataclass(frozen=True, slots=True)
class AlignedTexts:
    """Two texts, aligned; ``counts`` are the sentences of either."""

    pairs: tuple[AlignedPair, ...]
    counts: tuple[int, int]
    beads: tuple[Bead, ...]

    @property
    def kinds(self) -> Counter[str]:
        """How many beads there are of each kind: ``1-1``, ``2-1`` and so on."""
        return Counter(bead.kind for bead in self.beads)

    @property
    def share(self) -> float:
        """How many of all sentences are in pairs that are not doubtful, from 0 to 1."""
        good = (bead for bead in self.beads if bead.is_pair and bead.score >= DOUBTFUL)
        count = sum(bead.source_end - bead.source_start + bead.target_end - bead.target_start for bead in good)
        return count / max(sum(self.counts), 1)

    @property
    def are_translations(self) -> bool:
        """Whether the texts seem to be translations of each other at all."""
        return self.share >= _FEWEST_IN_PAIRS


def align_texts(
    source: Sequence[str],
    target: Sequence[str],
    anchors: Anchors | None = None,
    *,
    languages: tuple[str, str] = ("ar", "en"),
    by_paragraphs: bool = False,
) -> AlignedTexts:
    """Align the paragraphs of a text with those of its translation, sentence by sentence.

    With ``by_paragraphs`` the pairs are whole paragraphs: as few of either side together as sentences allow.
    """
    here, there = CutText.of(source, languages[0]), CutText.of(target, languages[1])
    beads = align(here.sentences, there.sentences, anchors, source_starts=here.starts, target_starts=there.starts)
    units = _by_paragraphs(beads, here, there) if by_paragraphs else beads
    pairs = (
        AlignedPair(here.text(unit.source_start, unit.source_end), there.text(unit.target_start, unit.target_end), unit)
        for unit in units
    )
    return AlignedTexts(tuple(pairs), (len(here.places), len(there.places)), tuple(beads))


def _by_paragraphs(beads: Sequence[Bead], source: CutText, target: CutText) -> Iterator[Bead]:
    """Yield beads joined up to where a paragraph ends on both sides."""
    source_ends = source.starts | {len(source.places)}
    target_ends = target.starts | {len(target.places)}
    first = 0
    for number, bead in enumerate(beads):
        if bead.source_end in source_ends and bead.target_end in target_ends:
            yield _joined(beads[first : number + 1])
            first = number + 1


def _joined(beads: Sequence[Bead]) -> Bead:
    score = min((bead.score for bead in beads if bead.is_pair), default=0.0)
    return Bead(beads[0].source_start, beads[-1].source_end, beads[0].target_start, beads[-1].target_end, score)
