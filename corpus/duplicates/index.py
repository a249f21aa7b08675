"""The sources of a project by the stems of their words: what may be alike is found without comparing all with all.

It lives in memory, beside the store: a project of 100,000 paragraphs takes it some 40 MB, and making it anew seconds.
Keeping it in the project file would cost every import and every file more than that.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from corpus.arabic import fold, word_texts
from corpus.memory.features import stem_of

Places = npt.NDArray[np.int32]

# Rarest stems first, until so many places were looked at. What is nearly the same, or quotes, shares rare ones.
_MOST_POSTINGS = 10_000
_MOST_CANDIDATES = 60
# With less of the lighter text's weight in common nothing is alike; nor is, below the cosine, what is too short for a
# passage.
_LEAST_SHARE = 0.25
_LEAST_COSINE = 0.5
_LEAST_STEMS_OF_PASSAGE = 9


@dataclass(frozen=True, slots=True)
class Candidate:
    """A source that may be alike; ``cosine`` is the weight of the stems both have, 1 when they have the same."""

    place: int
    cosine: float


class SourceIndex:
    """Sources by place, which is a number of their own; ``synchronize`` first."""

    def __init__(self) -> None:
        self._places: dict[str, int] = {}
        self._uids: list[str] = []
        self._documents: list[str] = []
        self._hashes = array("q")
        self._keys = array("q")
        self._stems = _StemNumbers()
        self._flat = array("i")
        self._sizes = array("i")
        self._alive = bytearray()
        self._sealed: _Sealed | None = None

    def __len__(self) -> int:
        return len(self._places)

    def synchronize(self, sources: Iterable[tuple[str, str, str]]) -> None:
        """Hold exactly these (uid, document uid, source), with little work for those that are held already."""
        gone = set(self._places)
        for uid, document_uid, source in sources:
            place = self._places.get(uid)
            if place is not None and self._hashes[place] == hash(source):
                gone.discard(uid)
            else:
                self._drop(uid)
                gone.discard(uid)
                self._add(uid, document_uid, source)
        for uid in gone:
            self._drop(uid)

    def _add(self, uid: str, document_uid: str, source: str) -> None:
        folded = fold(source)
        self._places[uid] = len(self._uids)
        self._uids.append(uid)
        self._documents.append(document_uid)
        self._hashes.append(hash(source))
        self._keys.append(hash(folded))
        numbers = set(map(self._stems.__getitem__, word_texts(folded)))
        self._flat.extend(numbers)
        self._sizes.append(len(numbers))
        self._alive.append(1)
        self._sealed = None

    def _drop(self, uid: str) -> None:
        place = self._places.pop(uid, None)
        if place is not None:
            self._alive[place] = 0
            self._sealed = None

    # Looking

    def place(self, uid: str) -> int | None:
        """Return the place of a segment; None when it is not held."""
        return self._places.get(uid)

    def places(self) -> Iterator[int]:
        """Yield all places, in the order in which they came."""
        return iter(self._places.values())

    def uid(self, place: int) -> str:
        """Return whose place it is."""
        return self._uids[place]

    def document(self, place: int) -> str:
        """Return the uid of the document that has the segment at a place."""
        return self._documents[place]

    def same(self, place: int) -> list[int]:
        """Return the other places whose sources have the same key."""
        sealed = self._seal()
        found: list[int] = np.flatnonzero(sealed.keys == self._keys[place]).tolist()
        return [other for other in found if other != place and self._alive[other]]

    def same_in_groups(self) -> list[list[int]]:
        """Return all places whose sources have the same key as another's, by key."""
        sealed = self._seal()
        order = np.argsort(sealed.keys, kind="stable")
        ordered = sealed.keys[order]
        groups = np.split(order, np.flatnonzero(np.diff(ordered)) + 1) if len(order) else []
        alive = ([place for place in group.tolist() if self._alive[place]] for group in groups if len(group) > 1)
        return [group for group in alive if len(group) > 1]

    def candidates(self, place: int) -> list[Candidate]:
        """Return the sources with another key that share most with the one at ``place``, by the weight of its stems."""
        return self._seal().candidates(place, self._keys[place])

    def _seal(self) -> _Sealed:
        if self._sealed is None:
            self._sealed = _Sealed(
                np.array(self._flat, np.int32),
                np.array(self._sizes, np.int32),
                np.frombuffer(bytes(self._alive), np.uint8).astype(bool),
                np.array(self._keys, np.int64),
                self._stems.count,
            )
        return self._sealed


class _StemNumbers(dict[str, int]):
    """The numbers of stems, by folded words: the stem of a word is worked out once."""

    def __init__(self) -> None:
        super().__init__()
        self._numbers: dict[str, int] = {}

    @property
    def count(self) -> int:
        """How many stems there are."""
        return len(self._numbers)

    def __missing__(self, word: str) -> int:
        number = self[word] = self._numbers.setdefault(stem_of(word), len(self._numbers))
        return number


class _Sealed:
    """The index as arrays: for each stem, where it is."""

    def __init__(
        self, flat: Places, sizes: Places, alive: npt.NDArray[np.bool_], keys: npt.NDArray[np.int64], stems: int
    ) -> None:
        self.keys = keys
        owners = np.repeat(np.arange(len(sizes), dtype=np.int32), sizes)
        self._flat, self._begins, self._sizes = flat, np.concatenate([[0], np.cumsum(sizes)]), sizes
        kept = alive[owners]
        flat, owners = flat[kept], owners[kept]
        counts = np.bincount(flat, minlength=stems)
        self._postings = owners[np.argsort(flat, kind="stable")]
        self._starts = np.concatenate([[0], np.cumsum(counts)])
        self._counts = counts
        rarity = np.log1p(max(int(alive.sum()), 1) / np.maximum(counts, 1))
        self._weights = (rarity * rarity).astype(np.float32)
        self._norms = np.bincount(owners, weights=self._weights[flat], minlength=len(sizes)).astype(np.float32)
        self._sums = np.zeros(len(sizes), np.float32)  # all 0 between searches

    def candidates(self, place: int, key: int) -> list[Candidate]:
        stems = self._flat[self._begins[place] : self._begins[place + 1]]
        budget = _MOST_POSTINGS
        runs: list[Places] = []
        for stem in stems[np.argsort(self._counts[stems], kind="stable")].tolist():
            budget -= int(self._counts[stem])
            if budget < 0 and runs:
                break
            run = self._postings[self._starts[stem] : self._starts[stem + 1]]
            self._sums[run] += self._weights[stem]
            runs.append(run)
        if not runs:
            return []
        touched = np.concatenate(runs)
        norm = float(self._norms[place])
        share = self._sums[touched] / np.minimum(self._norms[touched], norm)
        likely = np.unique(touched[share >= _LEAST_SHARE])
        likely = likely[(likely != place) & (self.keys[likely] != key)]
        cosines = self._sums[likely] / np.sqrt(self._norms[likely] * norm)
        shares = self._sums[likely] / np.minimum(self._norms[likely], norm)
        self._sums[touched] = 0
        has_passage = np.minimum(self._sizes[likely], len(stems)) >= _LEAST_STEMS_OF_PASSAGE
        kept = has_passage | (cosines >= _LEAST_COSINE)
        likely, cosines, shares = likely[kept], cosines[kept], shares[kept]
        best = np.argsort(-(cosines + shares), kind="stable")[:_MOST_CANDIDATES]
        return [Candidate(int(likely[one]), float(cosines[one])) for one in best.tolist()]
