"""Align the sentences of a text with those of its translation."""

from __future__ import annotations

import math
from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from itertools import accumulate

from corpus.alignment.beads import Bead
from corpus.alignment.corridor import Point, corridor_along, heaviest_chain
from corpus.alignment.evidence import Evidence, rare_pairs
from corpus.alignment.items import Anchors, Features, Sentence, source_features, target_features
from corpus.alignment.layout import Layout
from corpus.alignment.lengths import LengthModel, length
from corpus.alignment.lexicon import Lexicon, StemPair, known_words, learned_words
from corpus.alignment.path import ALL, SINGLE, Kinds, PairEvidence, Path, Step, best_path

# How many sentences beside the expected place are looked at, at first, and once the way is known; at the edge of what
# was looked at the first is doubled.
_FIRST_WIDTH, _LAST_WIDTH, _GREATEST_WIDTH = 10, 4, 320
# From fewer pairs than these hardly a word is learned that is right.
_FEWEST_TO_LEARN_FROM = 100
# More take memory, and teach hardly anything.
_MOST_TO_LEARN_FROM = 20_000
# What items tell is not independent: the evidence is about twice what it should be.
_SCALE = 2.0


def align(
    source: Sequence[str],
    target: Sequence[str],
    anchors: Anchors | None = None,
    *,
    source_starts: AbstractSet[int] = frozenset(),
    target_starts: AbstractSet[int] = frozenset(),
) -> list[Bead]:
    """Return the beads of the sentences of a text and of its translation, in order; each sentence is in exactly one.

    ``source_starts`` and ``target_starts`` are the numbers, counted from 0, of the sentences that begin a paragraph.
    """
    layout = Layout(source_starts, target_starts, len(target))
    return _Aligner(source, target, anchors, layout).align()


class _Aligner:
    def __init__(self, source: Sequence[str], target: Sequence[str], anchors: Anchors | None, layout: Layout) -> None:
        self._sizes = len(source), len(target)
        self._source = [Sentence.of(text, anchors.in_source(text) if anchors else ()) for text in source]
        self._target = [Sentence.of(text, anchors.in_target(text) if anchors else ()) for text in target]
        self._layout = layout
        self._source_ends = [0, *accumulate(map(length, source))]
        self._target_ends = [0, *accumulate(map(length, target))]
        self._lengths = LengthModel()

    def align(self) -> list[Bead]:
        """Find the way by single sentences, far and wide; learn words on it; then look at all beads close to it."""
        lexicon = known_words()
        features = self._features(lexicon)
        anchors = heaviest_chain(rare_pairs(*features))
        rough = self._best_path(features, anchors, _FIRST_WIDTH, SINGLE)
        sure = [step for step in rough.steps if step.evidence > 0]
        if len(sure) >= _FEWEST_TO_LEARN_FROM:
            every = 1 + len(sure) // _MOST_TO_LEARN_FROM
            features = self._features(lexicon | learned_words([self._stems(step) for step in sure[::every]]))
        path = self._best_path(features, [(step.source, step.target) for step in rough.steps], _LAST_WIDTH, ALL)
        return [_bead(step) for step in path.steps]

    def _stems(self, step: Step) -> StemPair:
        return self._source[step.source].stems, self._target[step.target].stems

    def _features(self, lexicon: Lexicon) -> tuple[list[Features], list[Features]]:
        return (
            [source_features(sentence, lexicon.forward) for sentence in self._source],
            [target_features(sentence, lexicon.backward) for sentence in self._target],
        )

    def _best_path(
        self, features: tuple[list[Features], list[Features]], chain: list[Point], width: int, kinds: Kinds
    ) -> Path:
        evidence = self._evidence(Evidence(*features))
        while True:
            path = best_path(corridor_along(chain, *self._sizes, width), evidence, kinds)
            if not path.is_at_edge or width >= _GREATEST_WIDTH:
                return path
            width *= 2

    def _evidence(self, contents: Evidence) -> PairEvidence:
        def evidence(source: int, source_count: int, target: int, target_count: int) -> float:
            here = self._source_ends[source + source_count] - self._source_ends[source]
            there = self._target_ends[target + target_count] - self._target_ends[target]
            if source_count + target_count > 2 and not self._lengths.is_possible(here, there):
                return -math.inf
            return (
                self._lengths.evidence(here, there)
                + contents.of(source, source_count, target, target_count)
                + self._layout.evidence(source, source_count, target, target_count)
            )

        return evidence


def _bead(step: Step) -> Bead:
    source, target = (step.source, step.source + step.source_count), (step.target, step.target + step.target_count)
    score = 1 / (1 + math.exp(-step.evidence / _SCALE)) if step.source_count and step.target_count else 0.0
    return Bead(*source, *target, score)
