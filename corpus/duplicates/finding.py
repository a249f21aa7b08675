"""Find the near-duplicates of one segment, and all those of a project."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice

from corpus.duplicates.comparing import ComparedText, Likeness, Relation, compare
from corpus.duplicates.index import Candidate, SourceIndex

Sources = Callable[[Sequence[str]], Mapping[str, str]]

# Two texts that share less, or are shorter, have words in common because of what they are about, or by their form.
_RETELLS = 0.3
_SHORTEST_RETOLD = 20
_RETOLD_STEMS = 12
_ORDER = list(Relation)
_CHUNK = 1_000


@dataclass(frozen=True, slots=True)
class Duplicate:
    """A segment that is like the one asked for: what that one is to it."""

    uid: str
    likeness: Likeness


@dataclass(frozen=True, slots=True)
class DuplicatePair:
    """Two segments of which the first quotes, shares a passage with or may retell the second."""

    uid: str
    other: str
    likeness: Likeness


@dataclass(frozen=True, slots=True)
class ProjectDuplicates:
    """What a project has more than once: groups of segments that are (nearly) the same, and pairs of others."""

    groups: tuple[tuple[str, ...], ...]
    pairs: tuple[DuplicatePair, ...]


def duplicates_of(index: SourceIndex, uid: str, sources: Sources) -> list[Duplicate]:
    """Return the segments that are like the segment ``uid``, the likest first; none when the index has not got it.

    ``sources`` gives the sources of some segments by uid.
    """
    place = index.place(uid)
    if place is None:
        return []
    candidates = index.candidates(place)
    same = index.same(place)
    texts = sources([uid, *(index.uid(other) for other in same), *(index.uid(one.place) for one in candidates)])
    if uid not in texts:
        return []
    text = ComparedText(texts[uid])
    pairs = [*((other, None) for other in same), *((one.place, one) for one in candidates)]
    found = []
    for other, candidate in pairs:
        its_uid = index.uid(other)
        if its_uid in texts and (
            likeness := _likeness(index, place, text, other, ComparedText(texts[its_uid]), candidate)
        ):
            found.append(Duplicate(its_uid, likeness))
    return sorted(found, key=lambda one: (_ORDER.index(one.likeness.relation), -one.likeness.percent))


def all_duplicates(index: SourceIndex, sources: Sources) -> ProjectDuplicates:
    """Return all groups and pairs of a project, each once, in the order of the index."""
    nearly: dict[int, list[int]] = {}
    pairs = []
    for place, other, likeness in _alike(index, sources):
        if likeness.relation is Relation.NEARLY:
            nearly.setdefault(place, []).append(other)
            nearly.setdefault(other, []).append(place)
        else:
            pairs.append(DuplicatePair(index.uid(place), index.uid(other), likeness))
    groups = _groups({same[0]: same for same in index.same_in_groups()}, nearly)
    return ProjectDuplicates(tuple(tuple(map(index.uid, group)) for group in groups), tuple(pairs))


def _groups(same: Mapping[int, Sequence[int]], nearly: Mapping[int, Sequence[int]]) -> list[list[int]]:
    """Return groups in which all are the same as the first, or nearly.

    What is alike to one of a group but not to its first begins another: else chains of small steps would join all.
    """
    groups: list[list[int]] = []
    taken: set[int] = set()
    for first in sorted(same.keys() | nearly.keys()):
        if first in taken:
            continue
        members = [first, *(other for other in nearly.get(first, ()) if other not in taken)]
        taken.update(members)
        group = sorted({place for member in members for place in same.get(member, (member,))})
        if len(group) > 1:
            groups.append(group)
    return groups


def _alike(index: SourceIndex, sources: Sources) -> Iterator[tuple[int, int, Likeness]]:
    """Yield pairs of places whose sources are alike and not the same; one of several that are the same stands for all.

    Each pair is looked at from both sides, since a long text may have too many candidates of its own.
    """
    copies = {place for same in index.same_in_groups() for place in same[1:]}
    remaining = (place for place in index.places() if place not in copies)
    seen: set[tuple[int, int]] = set()
    while chunk := list(islice(remaining, _CHUNK)):
        wanted: list[tuple[int, int, Candidate]] = []
        for place in chunk:
            for candidate in index.candidates(place):
                pair = (min(place, candidate.place), max(place, candidate.place))
                if candidate.place not in copies and pair not in seen:
                    seen.add(pair)
                    wanted.append((*pair, candidate))
        places = dict.fromkeys(place for pair in wanted for place in pair[:2])
        texts = sources([index.uid(place) for place in places])
        ready = {place: ComparedText(texts[index.uid(place)]) for place in places if index.uid(place) in texts}
        for place, other, candidate in wanted:
            if place in ready and other in ready:
                likeness = _likeness(index, place, ready[place], other, ready[other], candidate)
                if likeness:
                    yield place, other, likeness


def _likeness(
    index: SourceIndex,
    place: int,
    text: ComparedText,
    other: int,
    its_text: ComparedText,
    candidate: Candidate | None,
) -> Likeness | None:
    likeness = compare(text, its_text)
    if likeness or candidate is None or candidate.cosine < _RETELLS:
        return likeness
    if index.document(place) == index.document(other):  # a text comes back to what it tells
        return None
    if min(len(text.stems), len(its_text.stems)) < _SHORTEST_RETOLD:
        return None
    if len(set(text.stems).intersection(its_text.stems)) < _RETOLD_STEMS:
        return None
    return Likeness(Relation.RETELLS, 100 * candidate.cosine)
