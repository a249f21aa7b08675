"""Words that go together: a few thousand known from the start, and those learned from the texts that are aligned.

Learning is IBM model 1 (Brown and others, "The Mathematics of Statistical Machine Translation", 1993) on sentences that
a first alignment was sure of, as Moore does ("Fast and Accurate Sentence Alignment of Bilingual Corpora", 2002).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

import numpy as np
import numpy.typing as npt

StemPair = tuple[frozenset[str], frozenset[str]]
"""The stems of a source, and those of its translation."""

_ROUNDS = 5
# What stands together once only would confirm any pair that it was learned from.
_LEAST_TOGETHER = 2
# Of the geometric mean of both directions' probabilities.
_LEAST_PROBABILITY = 0.12
_NEGLIGIBLE = 0.03
# How likely a word is to come from none of the other side, next to the words there.
_FROM_NOTHING = 0.02


@dataclass(frozen=True, slots=True)
class Lexicon:
    """The stems of the target that each stem of the source goes with, and the other way round."""

    forward: Mapping[str, frozenset[str]]
    backward: Mapping[str, frozenset[str]]

    @classmethod
    def of(cls, pairs: Iterable[tuple[str, str]]) -> Lexicon:
        """Return the lexicon of pairs of stems."""
        forward: dict[str, set[str]] = {}
        backward: dict[str, set[str]] = {}
        for source, target in pairs:
            forward.setdefault(source, set()).add(target)
            backward.setdefault(target, set()).add(source)
        return cls(_frozen(forward), _frozen(backward))

    def __or__(self, other: Lexicon) -> Lexicon:
        return Lexicon(_joined(self.forward, other.forward), _joined(self.backward, other.backward))


def _frozen(sets: dict[str, set[str]]) -> Mapping[str, frozenset[str]]:
    return {stem: frozenset(others) for stem, others in sets.items()}


def _joined(one: Mapping[str, frozenset[str]], other: Mapping[str, frozenset[str]]) -> Mapping[str, frozenset[str]]:
    return {**one, **{stem: others | one.get(stem, frozenset()) for stem, others in other.items()}}


@lru_cache(1)
def known_words() -> Lexicon:
    """Return the lexicon that comes with Tarjama: ``corpus/data/alignment_words.tsv``."""
    text = files("corpus").joinpath("data", "alignment_words.tsv").read_text(encoding="utf-8")
    lines = (line.split("\t") for line in text.splitlines() if not line.startswith("#"))
    return Lexicon.of((source, target) for source, targets in lines for target in targets.split())


def learned_words(pairs: Sequence[StemPair]) -> Lexicon:
    """Return the stems that explain each other in ``pairs``."""
    forward = translation_probabilities(pairs)
    backward = translation_probabilities([(target, source) for source, target in pairs])
    return Lexicon.of(
        (source, target)
        for (source, target), probability in forward.items()
        if probability * backward.get((target, source), 0.0) > _LEAST_PROBABILITY**2
    )


def translation_probabilities(pairs: Sequence[StemPair], *, least: float = _NEGLIGIBLE) -> dict[tuple[str, str], float]:
    """Return how likely a stem of the source is to become one of the target, by (source, target), above ``least``."""
    source_names, target_names = _numbered(source for source, _ in pairs), _numbered(target for _, target in pairs)
    if not source_names or not target_names:
        return {}
    # One row for every stem of a source with every stem of its target.
    rows = [_all_with_all(number, *pair, source_names, target_names) for number, pair in enumerate(pairs)]
    codes, targets = (np.concatenate(column) for column in zip(*rows, strict=True))
    kinds, kind = np.unique(codes, return_inverse=True)
    _, token = np.unique(targets, return_inverse=True)
    of_source = kinds // len(target_names)
    probability = np.ones(len(kinds))
    for _ in range(_ROUNDS):
        weight = probability[kind]
        share = weight / (np.bincount(token, weight) + _FROM_NOTHING)[token]
        count = np.bincount(kind, share)
        probability = count / np.bincount(of_source, count)[of_source]
    kept = np.flatnonzero((probability > least) & (np.bincount(kind) >= _LEAST_TOGETHER))
    sources, others = list(source_names), list(target_names)
    return {
        (sources[kinds[place] // len(others)], others[kinds[place] % len(others)]): float(probability[place])
        for place in kept
    }


def _numbered(sentences: Iterable[frozenset[str]]) -> dict[str, int]:
    names = sorted(frozenset[str]().union(*sentences))
    return {name: number for number, name in enumerate(names)}


def _all_with_all(
    number: int, source: frozenset[str], target: frozenset[str], sources: dict[str, int], targets: dict[str, int]
) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]:
    """Return, for each stem of a source with each of its target, what tells the two stems, and the stem in its pair."""
    here = np.array([sources[stem] for stem in source], np.int64)
    there = np.array([targets[stem] for stem in target], np.int64)
    both = np.add.outer(here * len(targets), there).ravel()
    return both, np.tile(there, len(here)) + number * len(targets)
