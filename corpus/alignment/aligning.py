"""Align the sentences of a text with those of its translation."""

from __future__ import annotations

import math
from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from itertools import accumulate

from corpus.alignment.beads import Bead
from corpus.alignment.corridor import Corridor, Point, corridor_along, heaviest_chain
from corpus.alignment.evidence import Evidence, rare_pairs
from corpus.alignment.items import Anchors, Features, Lexicon, Sentence, source_features, target_features
from corpus.alignment.layout import Layout
from corpus.alignment.lengths import LengthModel, length
from corpus.alignment.lexicon import inverse, joined, known_words, learned_words
from corpus.alignment.path import Path, PairEvidence, best_path

# How many sentences beside the expected place are looked at, at first, and once the way is known; at the edge of what
# was looked at the first is doubled.
_FIRST_WIDTH, _LAST_WIDTH, _GREATEST_WIDTH = 10, 4, 320
# From fewer pairs than these hardly a word is learned that is right.
_FEWEST_TO_LEARN_FROM = 100
_EVIDENCE_FOR_HALF, _EVIDENCE_SCALE = 0.0, 2.0


@dataclass(frozen=True, slots=True)
class Text:
    """Sentences in order; ``starts`` are the numbers of those that begin a paragraph, counted from 0."""

    sentences: Sequence[str]
    starts: AbstractSet[int] = field(default_factory=frozenset)


def align(source: Text, target: Text, anchors: Anchors | None = None) -> list[Bead]:
    """Return the beads of a text and its translation, in order; each sentence is in exactly one of them."""
    return _Aligner(source, target, anchors).align()


class _Aligner:
    def __init__(self, source: Text, target: Text, anchors: Anchors | None) -> None:
        self._sizes = len(source.sentences), len(target.sentences)
        here = anchors.in_source if anchors else _nothing
        there = anchors.in_target if anchors else _nothing
        self._source = [Sentence.of(text, here(text)) for text in source.sentences]
        self._target = [Sentence.of(text, there(text)) for text in target.sentences]
        self._layout = Layout(source.starts, self._sizes[0], target.starts, self._sizes[1])
        self._source_ends = [0, *accumulate(map(length, source.sentences))]
        self._target_ends = [0, *accumulate(map(length, target.sentences))]
        self._lengths = LengthModel()

    def align(self) -> list[Bead]:
        lexicon = known_words()
        features = self._features(lexicon)
        path = self._best_path(features, heaviest_chain(rare_pairs(*features)), _FIRST_WIDTH)
        pairs = [step for step in path.steps if step.evidence > 0]
        if len(pairs) >= _FEWEST_TO_LEARN_FROM:
            learned = learned_words(
                [
                    (
                        _stems(self._source[step.source : step.source + step.source_count]),
                        _stems(self._target[step.target : step.target + step.target_count]),
                    )
                    for step in pairs
                ]
            )
            features = self._features(joined(lexicon, learned))
            chain = [(step.source, step.target) for step in path.steps if step.source_count and step.target_count]
            path = self._best_path(features, chain, _LAST_WIDTH)
        return [
            Bead(
                step.source,
                step.source + step.source_count,
                step.target,
                step.target + step.target_count,
                _score(step.evidence) if step.source_count and step.target_count else 0.0,
            )
            for step in path.steps
        ]

    def _features(self, lexicon: Lexicon) -> tuple[list[Features], list[Features]]:
        backward = inverse(lexicon)
        return (
            [source_features(sentence, lexicon) for sentence in self._source],
            [target_features(sentence, backward) for sentence in self._target],
        )

    def _best_path(self, features: tuple[list[Features], list[Features]], chain: list[Point], width: int) -> Path:
        evidence = self._evidence(Evidence(*features))
        while True:
            path = best_path(corridor_along(chain, *self._sizes, width), evidence)
            if not path.is_at_edge or width >= _GREATEST_WIDTH:
                return path
            width *= 2

    def _evidence(self, contents: Evidence) -> PairEvidence:
        def evidence(source: int, source_count: int, target: int, target_count: int) -> float:
            here = self._source_ends[source + source_count] - self._source_ends[source]
            there = self._target_ends[target + target_count] - self._target_ends[target]
            return (
                self._lengths.evidence(here, there)
                + contents.of(source, source_count, target, target_count)
                + self._layout.evidence(source, source_count, target, target_count)
            )

        return evidence


def _stems(sentences: Sequence[Sentence]) -> frozenset[str]:
    return frozenset[str]().union(*(sentence.stems for sentence in sentences))


def _score(evidence: float) -> float:
    return 1 / (1 + math.exp((_EVIDENCE_FOR_HALF - evidence) / _EVIDENCE_SCALE))


def _nothing(_: str) -> tuple[()]:
    return ()
