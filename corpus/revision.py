"""A newer version of a document: which of its segments are old acquaintances, and what becomes of their translations.

A paragraph whose source is exactly the same keeps everything, in its place or moved. One that is similar keeps its
translation, which must be looked at again: it goes back to *edited*, with a note of what changed in the source. The
others are new.
"""

from __future__ import annotations

from bisect import bisect, bisect_left
from collections import Counter, defaultdict, deque
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from operator import itemgetter

from corpus.model import Fate, ImportedSegment, Segment, State
from corpus.word_diff import word_diff

SIMILAR = 60
"""From what similarity (0 to 100, rapidfuzz's ``ratio``) a paragraph counts as changed, not new."""

FAMILIAR_SHARE = 0.25
"""What part of either version must be familiar, for two files of one name to count as versions of one document."""

# About how many paragraphs are compared: with few changes each with each, with many only those near each other.
_COMPARISONS = 200_000
_MIN_WINDOW = 5
_SAMPLE = 1_000


@dataclass(frozen=True, slots=True)
class Match:
    """A segment of the newer version with the one it was before; ``old`` is None for a new one."""

    new: ImportedSegment
    old: Segment | None
    fate: Fate


@dataclass(frozen=True, slots=True)
class Revision:
    """What became of each segment: the newer version's in order, and those that are gone."""

    matches: tuple[Match, ...]
    gone: tuple[Segment, ...]

    def counts(self) -> dict[Fate, int]:
        """Count the segments by fate."""
        counts = dict.fromkeys(Fate, 0)
        for match in self.matches:
            counts[match.fate] += 1
        counts[Fate.GONE] = len(self.gone)
        return counts

    @property
    def is_familiar(self) -> bool:
        """Tell whether the two are versions of one document rather than two files that share a name."""
        known = sum(match.old is not None for match in self.matches)
        smaller = min(len(self.matches), known + len(self.gone))
        return known >= FAMILIAR_SHARE * smaller


def compare(old: Sequence[Segment], new: Sequence[ImportedSegment]) -> Revision:
    """Find the segments of ``old``, given in order, again in ``new``: equal in order, equal elsewhere, then similar."""
    found: dict[int, tuple[int, Fate]] = {}
    texts = [segment.source for segment in old], [segment.source for segment in new]
    free = set(range(len(old)))

    def take(pairs: Iterable[tuple[int, int]], fate: Fate) -> None:
        for before, after in pairs:
            found[after] = (before, fate)
            free.discard(before)

    kept = sorted(_in_order(*texts))
    take(kept, Fate.KEPT)
    take(_elsewhere(*texts, sorted(free), [n for n in range(len(new)) if n not in found]), Fate.MOVED)
    take(_similar(*texts, sorted(free), [n for n in range(len(new)) if n not in found], kept), Fate.CHANGED)
    return Revision(
        tuple(_match(segment, found.get(n), old) for n, segment in enumerate(new)),
        tuple(old[n] for n in sorted(free)),
    )


def revised(old: Segment, new: ImportedSegment, position: int) -> Segment:
    """Return ``old`` as it stands at ``position`` of the newer version, where it is ``new``.

    A human's text is never replaced. What the file itself brings as a translation is taken where no human has written,
    and noted where a human has.
    """
    if _stands_alike(old, new, position):
        return old
    segment = replace(old, position=position, kind=new.kind, place=new.place)
    if old.source != new.source:
        segment = with_changed_source(segment, new.source)
    if segment.state <= State.DRAFTED and new.state > State.DRAFTED:
        segment = replace(segment, target=new.target, state=new.state, note=_joined(segment.note, new.note))
    elif new.target and new.target != segment.target:
        segment = noted(segment, f"In the file: {new.target}")
    return segment if segment == old else replace(segment, version=old.version + 1)


def _stands_alike(old: Segment, new: ImportedSegment, position: int) -> bool:
    """Tell, as fast as most paragraphs of a newer version deserve, whether there is nothing new about this one."""
    return (
        old.position == position
        and old.source == new.source
        and old.kind is new.kind
        and old.place == new.place
        and new.state <= State.DRAFTED
        and new.target in {"", old.target}
    )


def _match(new: ImportedSegment, found: tuple[int, Fate] | None, old: Sequence[Segment]) -> Match:
    return Match(new, None, Fate.NEW) if found is None else Match(new, old[found[0]], found[1])


def with_changed_source(segment: Segment, source: str) -> Segment:
    """Return ``segment`` with another source: a human's text stays, as *edited*, with a note of what changed."""
    if segment.state <= State.DRAFTED:
        return replace(segment, source=source, draft=None, state=State.UNTRANSLATED)
    note = _joined(segment.note, f"The source changed: {word_diff(segment.source, source).marked}")
    return replace(segment, source=source, draft=None, state=State.EDITED, note=note)


def noted(segment: Segment, line: str) -> Segment:
    """Return ``segment`` with a line added to its note, unless it has it."""
    return replace(segment, note=_joined(segment.note, line))


def _joined(note: str, line: str) -> str:
    return note if line in note else f"{note}\n{line}".strip()


def _in_order(old: Sequence[str], new: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Pair equal texts so that both orders agree: those that occur once, and what follows and precedes them.

    As in patience diff; unlike a longest common subsequence it takes no longer for tables that repeat a few texts.
    """
    place = {text: n for n, text in enumerate(old)}
    once_old, once_new = Counter(old), Counter(new)
    both = [(place[text], n) for n, text in enumerate(new) if once_new[text] == 1 == once_old[text]]
    anchors = [(-1, -1), *_longest_rising(both), (len(old), len(new))]
    for (i, j), (end_i, end_j) in pairwise(anchors):
        if j >= 0:
            yield i, j
        room = min(end_i - i, end_j - j) - 1
        following = next((n for n in range(room) if old[i + 1 + n] != new[j + 1 + n]), room)
        yield from ((i + n, j + n) for n in range(1, following + 1))
        room -= following
        preceding = next((n for n in range(room) if old[end_i - 1 - n] != new[end_j - 1 - n]), room)
        yield from ((end_i - n, end_j - n) for n in range(1, preceding + 1))


def _longest_rising(pairs: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return the most of ``pairs``, in their order, whose first numbers rise (patience sorting)."""
    tops: list[int] = []  # the smallest first number that a rising run of each length can end with
    ends: list[int] = []  # and which pair that is
    before: list[int] = []  # the pair before each pair in its run
    for n, (first, _) in enumerate(pairs):
        length = bisect_left(tops, first)
        before.append(ends[length - 1] if length else -1)
        tops[length : length + 1] = [first]
        ends[length : length + 1] = [n]
    run = []
    n = ends[-1] if ends else -1
    while n >= 0:
        run.append(pairs[n])
        n = before[n]
    return run[::-1]


def _elsewhere(
    old: Sequence[str], new: Sequence[str], free: Sequence[int], wanted: Sequence[int]
) -> Iterator[tuple[int, int]]:
    places: defaultdict[str, deque[int]] = defaultdict(deque)
    for n in free:
        places[old[n]].append(n)
    for n in wanted:
        if places.get(new[n]):
            yield places[new[n]].popleft(), n


def _similar(
    old: Sequence[str],
    new: Sequence[str],
    free: Sequence[int],
    wanted: Sequence[int],
    kept: Sequence[tuple[int, int]],
) -> Iterator[tuple[int, int]]:
    """Pair the most similar first; between equally similar ones, those that stand nearest to each other.

    Where a paragraph of ``new`` would stand in ``old`` is told by the last one before it that was ``kept``.
    """
    from rapidfuzz import fuzz, process

    if not free or not wanted:
        return
    window = max(_MIN_WINDOW, _COMPARISONS // len(wanted) // 2)
    samples = [_sample(old[n]) for n in free]
    scores = []
    for n in wanted:
        anchor = bisect(kept, n, key=itemgetter(1)) - 1
        expected = kept[anchor][0] + n - kept[anchor][1] if anchor >= 0 else n
        center = bisect_left(free, expected)
        first = max(0, center - window)
        near = samples[first : center + window + 1]
        found = process.extract(_sample(new[n]), near, scorer=fuzz.ratio, score_cutoff=SIMILAR, limit=None)
        for _, score, rank in found:
            before = free[first + rank]
            scores.append((-score, abs(before - expected), before, n))
    taken: set[int] = set()
    matched: set[int] = set()
    for _, _, before, after in sorted(scores):
        if before not in taken and after not in matched:
            taken.add(before)
            matched.add(after)
            yield before, after


def _sample(text: str) -> str:
    """Return what is compared of a text: paragraphs whole, of a giant line both ends."""
    return text if len(text) <= 2 * _SAMPLE else text[:_SAMPLE] + text[-_SAMPLE:]
