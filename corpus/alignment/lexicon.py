"""Words that go together: a few thousand known from the start, and those learned from the texts that are aligned.

Learning is IBM model 1 (Brown and others, "The Mathematics of Statistical Machine Translation", 1993) on sentences that
a first alignment was sure of, as Moore does ("Fast and Accurate Sentence Alignment of Bilingual Corpora", 2002).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache
from importlib.resources import files

import numpy as np
import numpy.typing as npt

from corpus.alignment.items import Lexicon

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


@lru_cache(1)
def known_words() -> Lexicon:
    """Return the lexicon that comes with Tarjama (``corpus/data/alignment_words.tsv``, CC0)."""
    text = files("corpus").joinpath("data", "alignment_words.tsv").read_text(encoding="utf-8")
    lines = (line.split("\t") for line in text.splitlines() if not line.startswith("#"))
    return {source: frozenset(targets.split()) for source, targets in lines}


def learned_words(pairs: Sequence[StemPair]) -> Lexicon:
    """Return the stems that explain each other in ``pairs``."""
    forward = _probabilities(pairs)
    backward = _probabilities([(target, source) for source, target in pairs])
    found: dict[str, set[str]] = {}
    for (source, target), probability in forward.items():
        if probability * backward.get((target, source), 0.0) > _LEAST_PROBABILITY**2:
            found.setdefault(source, set()).add(target)
    return {source: frozenset(targets) for source, targets in found.items()}


def joined(*lexicons: Lexicon) -> Lexicon:
    """Return what any of the lexicons has."""
    sources = {source for lexicon in lexicons for source in lexicon}
    return {
        source: frozenset[str]().union(*(lexicon.get(source, frozenset()) for lexicon in lexicons))
        for source in sources
    }


def inverse(lexicon: Lexicon) -> Lexicon:
    """Return the lexicon of the other direction."""
    found: dict[str, set[str]] = {}
    for source, targets in lexicon.items():
        for target in targets:
            found.setdefault(target, set()).add(source)
    return {target: frozenset(sources) for target, sources in found.items()}


def _probabilities(pairs: Sequence[StemPair]) -> dict[tuple[str, str], float]:
    """Return how likely a stem of the source is to become one of the target, by (source, target)."""
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
    kept = np.flatnonzero((probability > _NEGLIGIBLE) & (np.bincount(kind) >= _LEAST_TOGETHER))
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
