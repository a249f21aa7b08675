"""Find units again: by the same source, by a similar one, by words on either side.

Retrieval: the rarest features of the text asked for lead to candidates, the more and the rarer features they share the
better; what can be similar enough by its length is compared letter by letter. Against comparing with every unit, this
finds the best match nearly always (see tests/benchmarks/memory_search.py).
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from corpus.arabic import fold
from corpus.memory.features import folded_words, source_features, word_features
from corpus.memory.index import Ids, Lengths
from corpus.memory.model import MemoryMatch, Unit
from corpus.memory.store import PART_SIGN, MemoryStore

SAME_TEXT, SAME_KEY = 100.0, 99.0
_JUST_BELOW = 98.9

# Measured at a million units: more candidates or postings find no more matches, but take longer.
_MOST_POSTINGS = 80_000
_MOST_CANDIDATES = 300
# Short sources share features with many others, but are compared sooner.
_SHORT, _MOST_SHORT_CANDIDATES = 40, 900
_MOST_REPEATED = 20 * _MOST_CANDIDATES
_CONCORDANCE_CHUNK = 2_000
_LOOKED_AT = 20


@dataclass(frozen=True, slots=True)
class Concordance:
    """Units that have the words asked for; ``complete`` when there are no more than these."""

    units: tuple[Unit, ...]
    complete: bool


class MemorySearch:
    """Searches in a memory, which others may be writing to."""

    def __init__(self, store: MemoryStore) -> None:
        self._store = store
        self._version = (-1, -1, -1)
        self._lengths: Lengths = np.zeros(0, np.uint16)
        self._weights: npt.NDArray[np.float32] = np.zeros(0, np.float32)  # all 0 between searches

    def similar(
        self,
        source: str,
        languages: tuple[str, str],
        *,
        at_least: float = 60.0,
        limit: int = 9,
        avoid: tuple[str, str] | None = None,
    ) -> list[MemoryMatch]:
        """Return the units whose sources are like ``source``, the best first, the newest of equal ones first.

        Of several with the same source and target the newest stands for all. ``avoid`` are the provenance's and the
        segment's uid of one that is left out, with its sentences.
        """
        found = [
            MemoryMatch(unit, SAME_TEXT if unit.source == source else SAME_KEY)
            for unit in self._store.with_key(source, languages, avoid)
        ]
        if len(found) < limit:
            found += self._fuzzy(source, languages, at_least, limit - len(found), avoid)
        return sorted(found, key=lambda match: -match.score)[:limit]

    def _fuzzy(
        self, source: str, languages: tuple[str, str], at_least: float, limit: int, avoid: tuple[str, str] | None
    ) -> list[MemoryMatch]:
        """Return the best units whose sources have another key than ``source``."""
        from rapidfuzz import fuzz, process

        key = fold(source)
        rows = self._store.sources(self._candidates(source, at_least), languages)
        keys = [fold(text) for _, text in rows]
        scored = process.extract(key, keys, scorer=fuzz.ratio, score_cutoff=at_least, limit=None)
        found: dict[tuple[str, str], MemoryMatch] = {}
        places = [(rows[place][0], score) for other, score, place in scored if other != key]
        places.sort(key=lambda one: (-one[1], -one[0]))
        for start in range(0, len(places), _LOOKED_AT):
            units = self._store.units([identifier for identifier, _ in places[start : start + _LOOKED_AT]])
            for identifier, score in places[start : start + _LOOKED_AT]:
                unit = units.get(identifier)
                if unit is not None and not _is_of(unit, avoid):
                    found.setdefault((unit.source, unit.target), MemoryMatch(unit, min(score, _JUST_BELOW)))
            if len(found) >= limit:
                break
        return list(found.values())[:limit]

    def _candidates(self, source: str, at_least: float) -> list[int]:
        """Return the ids of the units that share most with ``source``, by the weight of what they share."""
        lengths = self._current_lengths()
        # Of Indel similarity s, the shorter has at least s / (2 - s) of the letters of the longer one; marks are none.
        share = at_least / (200 - at_least)
        shortest, longest = share * len(source) * 0.8, len(source) / share * 1.25
        runs: list[Ids] = []
        budget = _MOST_POSTINGS
        counts = self._store.index.counts(source_features(source))
        for feature, count in sorted(counts.items(), key=lambda item: item[1]):
            budget -= count
            if budget < 0 and runs:
                break
            ids = self._store.index.postings(feature)
            ids = ids[: np.searchsorted(ids, len(lengths))]  # what was added since is found the next time
            its_lengths = lengths[ids]
            ids = ids[(its_lengths >= shortest) & (its_lengths <= longest)]
            self._weights[ids] += math.log1p(len(lengths) / count)
            runs.append(ids)
        touched = np.concatenate([*runs, np.zeros(0, np.uint32)])
        weights = self._weights[touched]
        self._weights[touched] = 0
        most = _MOST_SHORT_CANDIDATES if len(source) <= _SHORT else _MOST_CANDIDATES
        return _heaviest(touched, weights, lengths, len(source), most)

    def _current_lengths(self) -> Lengths:
        version = self._store.index.version()
        if version != self._version:
            if version[1:] == self._version[1:]:  # some were added
                added = self._store.index.lengths_after(len(self._lengths) - 1)
                self._lengths = np.concatenate([self._lengths, added])
            else:
                self._lengths = self._store.index.lengths()
            self._version = version
            self._weights = np.zeros(len(self._lengths), np.float32)
        return self._lengths

    # Concordance

    def concordance(
        self, text: str, languages: tuple[str, str], *, target: bool = False, limit: int = 100
    ) -> Concordance:
        """Return units in which the words of ``text`` follow each other, whatever their marks, alefs and case.

        They are looked for in the source, or with ``target`` in the target; the newest come first.
        """
        wanted = folded_words(text)
        if not wanted:
            return Concordance((), complete=True)
        found: list[int] = []
        ids = self._with_all(word_features(text, target=target))[::-1]
        for start in range(0, len(ids), _CONCORDANCE_CHUNK):
            chunk = ids[start : start + _CONCORDANCE_CHUNK].tolist()
            for identifier, *texts, source_language, target_language in sorted(self._store.texts(chunk), reverse=True):
                its_words = folded_words(texts[target])
                if (source_language, target_language) == languages and _follow(wanted, its_words):
                    found.append(identifier)
                if len(found) > limit:
                    return Concordance(self._in_order(found[:limit]), complete=False)
        return Concordance(self._in_order(found), complete=True)

    def _with_all(self, features: set[int]) -> npt.NDArray[np.uint32]:
        counts = self._store.index.counts(features)
        if len(counts) < len(features):
            return np.zeros(0, np.uint32)
        ids: npt.NDArray[np.uint32] | None = None
        for feature in sorted(features, key=lambda feature: counts[feature]):
            its = self._store.index.postings(feature)
            ids = its if ids is None else np.intersect1d(ids, its, assume_unique=True)
        return ids if ids is not None else np.zeros(0, np.uint32)

    def _in_order(self, ids: Sequence[int]) -> tuple[Unit, ...]:
        units = self._store.units(ids)
        return tuple(units[identifier] for identifier in ids if identifier in units)


def _heaviest(ids: Ids, weights: npt.NDArray[np.float32], lengths: Lengths, length: int, most: int) -> list[int]:
    """Return the ids of the highest weights, less for those whose length differs; one may be given several times."""
    if len(ids) > _MOST_REPEATED:
        best = np.argpartition(weights, -_MOST_REPEATED)[-_MOST_REPEATED:]
        ids, weights = ids[best], weights[best]
    difference = np.abs(lengths[ids].astype(np.float32) - length) / max(length, 1)
    scores = weights / (1 + difference)
    once, first = np.unique(ids, return_index=True)
    order = np.argsort(-scores[first], kind="stable")[:most]
    found: list[int] = once[order].tolist()
    return found


def _is_of(unit: Unit, segment: tuple[str, str] | None) -> bool:
    return segment == (unit.provenance.uid, unit.uid.partition(PART_SIGN)[0])


def _follow(wanted: list[str], its_words: list[str]) -> bool:
    """Tell whether the words ``wanted`` follow each other in ``its_words``."""
    return any(
        its_words[start : start + len(wanted)] == wanted
        for start in range(len(its_words) - len(wanted) + 1)
        if its_words[start] == wanted[0]
    )
