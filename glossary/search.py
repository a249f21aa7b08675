"""Search a glossary while somebody types: ranked, filtered, and up to date with the file, whoever changes it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from corpus.arabic import fold, is_arabic
from glossary.errors import TermError
from glossary.garbage import garbage_left_alone
from glossary.model import TermEntry, TermStatus
from glossary.query import TermQuery
from glossary.store import GlossaryStore
from glossary.store.pair_table import PairTable
from glossary.word_index import NOT_FOUND, Scores, WordIndex

SHOWN = 200
"""So many results are returned unless more are asked for."""

# With fewer results than these, words that only look alike are tried as well.
_FEW = 10
# So many changed concepts are kept beside the rest; with more, everything is read anew.
_MANY_CHANGES = 2000

_BY_PLACE = 2**32


@dataclass(frozen=True, slots=True)
class Found:
    """The first results, the best before the others, and how many there are in all."""

    entries: tuple[TermEntry, ...] = ()
    total: int = 0


class TermIndex:
    """The pairs of a glossary as they stand at each search; reading 100,000 for the first takes about a second.

    Pairs that fit equally well come in the order in which they were added.
    """

    def __init__(self, store: GlossaryStore) -> None:
        self._store = store
        self._version = -1
        self._tags: dict[str, tuple[str, ...]] = {}
        self._disputed: frozenset[str] | None = None
        self._main = _Block([], [])
        self._changed: dict[str, list[TermEntry]] = {}
        self._recent = _Block([], [])
        self._places: dict[tuple[str, str], int] = {}

    def search(self, query: TermQuery, limit: int | None = SHOWN, *, used: AbstractSet[str] | None = None) -> Found:
        """Return what ``query`` finds, at most ``limit`` of it.

        ``used`` are the uids of the concepts that the texts at hand have; raise TermError when the query asks for
        unused ones and nobody knows which are.
        """
        if query.unused and used is None:
            raise TermError("Which terms are unused, only a project can tell.", "Open the glossary from a project.")
        self._catch_up()
        blocks = (self._main, self._recent)
        masks = [self._mask(block, query, used) for block in blocks]
        scores = [block.scores(query.words) for block in blocks]
        found = _keys(blocks, masks, scores)
        if query.words and len(found) < _FEW:
            scores = [block.scores(query.words, similar=True) for block in blocks]
            found = _keys(blocks, masks, scores)
        return Found(tuple(_best(blocks, found, limit)), len(found))

    def __len__(self) -> int:
        self._catch_up()
        return sum(int(block.alive.sum()) for block in (self._main, self._recent))

    # Keeping up with the file

    def _catch_up(self) -> None:
        version = self._store.version()
        if version == self._version:
            return
        self._disputed = None
        if self._version < 0 or version - self._version > _MANY_CHANGES or len(self._changed) > _MANY_CHANGES:
            self._read_all()
        else:
            self._take_in(self._store.changed_since(self._version))
        self._version = version

    def _read_all(self) -> None:
        with garbage_left_alone():
            entries = self._store.pairs()
            self._main = _Block(entries, range(len(entries)))
        self._changed, self._places, self._recent = {}, {}, _Block([], [])
        self._tags = self._store.concept_tags()

    def _take_in(self, changed: dict[str, list[TermEntry]]) -> None:
        """Let changed concepts stand in a small block of their own, in the places that their pairs had."""
        for row in np.flatnonzero(self._main.of_concepts(changed.keys()) & self._main.alive).tolist():
            self._places[_pair(self._main.entries[row])] = row
            self._main.alive[row] = False
        self._changed |= changed
        recent = [entry for entries in self._changed.values() for entry in entries]
        for entry in recent:
            self._places.setdefault(_pair(entry), len(self._main.entries) + len(self._places))
        self._recent = _Block(recent, [self._places[_pair(entry)] for entry in recent])
        for uid in changed:
            self._tags.pop(uid, None)
        self._tags |= self._store.concept_tags(list(changed))

    # Filters

    def _mask(self, block: _Block, query: TermQuery, used: AbstractSet[str] | None) -> NDArray[np.bool_]:
        mask = block.alive
        if query.statuses:
            mask = mask & block.statuses.mask(lambda status: status in query.statuses)
        if query.domain:
            mask = mask & block.domains.mask(lambda domain: fold(domain).startswith(query.domain))
        if query.author:
            mask = mask & block.authors.mask(lambda author: fold(author).startswith(query.author))
        if query.tag:
            tagged = {uid for uid, tags in self._tags.items() if any(fold(t).startswith(query.tag) for t in tags)}
            mask = mask & block.of_concepts(tagged)
        if query.conflicting:
            mask = mask & block.of_concepts(self._disputed_concepts())
        if query.unused and used is not None:
            mask = mask & ~block.of_concepts(used)
        return mask

    def _disputed_concepts(self) -> frozenset[str]:
        if self._disputed is None:
            self._disputed = self._store.disputed_concepts() | _clashing(self._entries())
        return self._disputed

    def _entries(self) -> Iterator[TermEntry]:
        for block in (self._main, self._recent):
            for row in np.flatnonzero(block.alive).tolist():
                yield block.entries[row]


class _Column:
    """One value of each pair, as the number of a different value."""

    def __init__(self, values: Sequence[str]) -> None:
        numbers: dict[str, int] = {}
        self._codes = np.fromiter((numbers.setdefault(value, len(numbers)) for value in values), np.int32, len(values))
        self._values = list(numbers)

    def mask(self, fits: Callable[[str], bool]) -> NDArray[np.bool_]:
        """Return for each pair whether its value fits."""
        return np.array([fits(value) for value in self._values], np.bool_)[self._codes]


class _Block:
    """Pairs with what finds them; ``places`` orders those that fit alike, ``alive`` are those that still stand."""

    def __init__(self, entries: Sequence[TermEntry], places: Sequence[int]) -> None:
        self.entries = entries
        self.places = np.array(places, np.int64)
        self.alive = np.ones(len(entries), np.bool_)
        self._sides = (
            WordIndex(self._column("source"), self._column("forms")),
            WordIndex(self._column("target"), self._column("target_forms")),
        )

    def _column(self, name: str) -> list[Any]:
        if isinstance(self.entries, PairTable):
            return self.entries.column(name)
        return [getattr(entry, name) for entry in self.entries]

    @cached_property
    def statuses(self) -> _Column:
        """The status of each pair."""
        return _Column(self._column("status"))

    @cached_property
    def domains(self) -> _Column:
        """The domain of each pair."""
        return _Column(self._column("domain"))

    @cached_property
    def authors(self) -> _Column:
        """Who added each pair."""
        return _Column(self._column("author"))

    def of_concepts(self, uids: AbstractSet[str]) -> NDArray[np.bool_]:
        """Return for each pair whether its concept is one of some."""
        return np.array([uid in uids for uid in self._column("concept_uid")], np.bool_)

    def scores(self, words: Sequence[str], *, similar: bool = False) -> Scores:
        """Return for each pair how well it fits all of the words, each in either language."""
        if not words:
            return np.zeros(len(self.entries), np.int32)
        found = self._word_scores(words[0], similar=similar)
        for word in words[1:]:
            found = np.maximum(found, self._word_scores(word, similar=similar))
        if len(words) > 1:  # one after the other they fit better than here and there
            found = np.minimum(found, self._word_scores(" ".join(words), similar=False))
        return found

    def _word_scores(self, word: str, *, similar: bool) -> Scores:
        found = [side.scores(word) for side in self._sides]
        if similar:
            found.append(self._sides[0 if is_arabic(word) else 1].similar_scores(word))
        best: Scores = np.minimum.reduce(found)
        return best


def _keys(blocks: Sequence[_Block], masks: Sequence[NDArray[np.bool_]], scores: Sequence[Scores]) -> NDArray[np.int64]:
    """Return of all pairs found a row each: what they are sorted by, the number of the block, the row in it."""
    found = []
    for number, (block, mask, score) in enumerate(zip(blocks, masks, scores, strict=True)):
        rows = np.flatnonzero(mask & (score < NOT_FOUND))
        keys = score[rows].astype(np.int64) * _BY_PLACE + block.places[rows]
        found.append(np.column_stack((keys, np.full(len(rows), number), rows)))
    return np.concatenate(found)


def _best(blocks: Sequence[_Block], found: NDArray[np.int64], limit: int | None) -> Iterator[TermEntry]:
    if limit is not None and len(found) > limit:
        found = found[np.argpartition(found[:, 0], limit - 1)[:limit]]
    for _, number, row in found[np.argsort(found[:, 0])].tolist():
        yield blocks[number].entries[row]


def _pair(entry: TermEntry) -> tuple[str, str]:
    return entry.uid, entry.source_uid


def _clashing(entries: Iterable[TermEntry]) -> frozenset[str]:
    """Return the concepts whose Arabic term has two preferred English ones in one domain."""
    targets: defaultdict[tuple[str, str], dict[str, set[str]]] = defaultdict(dict)
    for entry in entries:
        if entry.status is TermStatus.PREFERRED:
            by_target = targets[entry.source, entry.domain]
            by_target.setdefault(entry.target, set()).add(entry.concept_uid)
    return frozenset(
        uid
        for by_target in targets.values()
        if len(by_target) > 1 and len({fold(target) for target in by_target}) > 1
        for uids in by_target.values()
        for uid in uids
    )
