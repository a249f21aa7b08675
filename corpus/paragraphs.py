"""Segments that are cut otherwise than the paragraphs of their file, when a newer version of the file comes in.

A newer version is compared paragraph by paragraph. What was split or joined is therefore put together again to the
paragraphs it was made of, and then cut again in the same places of the newer ones, so that nobody's work is lost.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from itertools import accumulate, pairwise
from operator import itemgetter

from corpus.model import Fate, ImportedSegment, Segment
from corpus.revision import Match, Revision, noted, revised, with_changed_source
from corpus.splitting import JOINT, joined, last_position, numbered, slices

_WORD = re.compile(r"\S+\s*|\s+")
# To compare two texts word by word takes memory that grows with both their lengths.
_MOST_WORDS = 20_000


@dataclass(frozen=True, slots=True, eq=False)
class Block:
    """Neighboring segments that together are one or several whole paragraphs of the file."""

    segments: tuple[Segment, ...]

    @property
    def is_plain(self) -> bool:
        """Tell whether it is simply one paragraph."""
        return len(self.segments) == 1 and not self.segments[0].breaks

    def paragraphs(self) -> list[Segment]:
        """Return what stands for each paragraph: the segment itself, or one of its source with a uid of its own."""
        if self.is_plain:
            return [*self.segments]
        whole = joined(self.segments)
        return [
            replace(whole, uid=f"{whole.uid} {number}", source=piece.source, position=piece.position, breaks=())
            for number, piece in enumerate(slices(whole.source, whole.position, whole.breaks, whole.breaks))
        ]


def blocks_of(segments: Sequence[Segment]) -> list[Block]:
    """Put together the segments of a document, given in order, that have a paragraph in common."""
    blocks: list[list[Segment]] = []
    last = None
    for segment in segments:
        if segment.position != last:
            blocks.append([])
        blocks[-1].append(segment)
        last = last_position(segment)
    return [Block(tuple(block)) for block in blocks]


@dataclass(slots=True)
class Arrangement:
    """What becomes of a document: segments as they were and are to be, new ones with their positions, those gone."""

    known: list[tuple[Segment, Segment]] = field(default_factory=list)
    new: list[tuple[int, ImportedSegment]] = field(default_factory=list)
    gone: list[Segment] = field(default_factory=list)
    fates: list[Fate] = field(default_factory=list)

    def counts(self) -> dict[Fate, int]:
        """Count the segments by fate."""
        counts = Counter(self.fates)
        return {**{fate: counts[fate] for fate in Fate}, Fate.NEW: len(self.new), Fate.GONE: len(self.gone)}


def arrange(blocks: Sequence[Block], revision: Revision) -> Arrangement:
    """Tell what becomes of the segments in ``blocks``, whose paragraphs were compared with a newer version."""
    arrangement = Arrangement()
    block_of = {paragraph.uid: block for block in blocks if not block.is_plain for paragraph in block.paragraphs()}
    found: dict[Block, list[tuple[int, Match]]] = {}
    for position, match in enumerate(revision.matches, 1):
        if match.old is None:
            arrangement.new.append((position, match.new))
        elif match.old.uid in block_of:
            found.setdefault(block_of[match.old.uid], []).append((position, match))
        else:
            arrangement.known.append((match.old, revised(match.old, match.new, position)))
            arrangement.fates.append(match.fate)
    for block in dict.fromkeys(block_of.values()):
        _arrange_block(arrangement, block, found.get(block, []))
    arrangement.gone += [segment for segment in revision.gone if segment.uid not in block_of]
    return arrangement


def _arrange_block(arrangement: Arrangement, block: Block, found: Sequence[tuple[int, Match]]) -> None:
    if not found:
        arrangement.gone += block.segments
        return
    position, first = found[0]
    wanted = [paragraph.uid for paragraph in block.paragraphs()]
    is_whole = [match.old.uid for _, match in found if match.old] == wanted
    if is_whole and found[-1][0] - position == len(wanted) - 1:
        segments = revised_block(block, [match.new for _, match in found], position)
    else:
        segments = [folded_block(block, first.new, position)]
        arrangement.new += [(place, match.new) for place, match in found[1:]]
    unchanged = Fate.KEPT if first.fate is Fate.CHANGED else first.fate
    for old, new in zip(block.segments, segments, strict=False):
        arrangement.known.append((old, new))
        arrangement.fates.append(unchanged if old.source == new.source else Fate.CHANGED)
    arrangement.gone += block.segments[len(segments) :]


def revised_block(block: Block, new: Sequence[ImportedSegment], position: int) -> list[Segment]:
    """Return the segments of ``block`` as they stand in ``new``, the paragraphs from ``position`` on that it has now.

    What has not changed keeps everything. When a part would be left without source, all become one segment: the first.
    """
    whole = joined(block.segments)
    source = JOINT.join(paragraph.source for paragraph in new)
    breaks = [end + len(JOINT) * number for number, end in enumerate(_ends(new), 1)]
    ends = list(accumulate(len(segment.source) for segment in block.segments))[:-1]
    cuts = ends if source == whole.source else moved_places(whole.source, source, ends)
    if cuts is None or any(not source[start:end].strip() for start, end in pairwise([0, *cuts, len(source)])):
        return [_noting(replace(_at(whole, source, tuple(breaks), position), part=0), whole, new)]
    parts = numbered(
        [
            _at(old, piece.source, piece.breaks, piece.position)
            for old, piece in zip(block.segments, slices(source, position, breaks, cuts), strict=True)
        ]
    )
    first = parts[0] if len(block.segments) > 1 else replace(parts[0], kind=new[0].kind)
    parts = [_noting(replace(first, place=new[0].place), whole, new), *parts[1:]]
    return [
        after if after == before else replace(after, version=before.version + 1)
        for before, after in zip(block.segments, parts, strict=True)
    ]


def folded_block(block: Block, new: ImportedSegment, position: int) -> Segment:
    """Return all of ``block`` as one segment that stands for the one paragraph of it that is still there."""
    return revised(replace(joined(block.segments), breaks=(), part=0), new, position)


def moved_places(old: str, new: str, places: Sequence[int]) -> list[int] | None:
    """Return where places in ``old`` are in ``new``, after what stands before them; None for texts of giants."""
    from rapidfuzz.distance import Indel

    before, after = _WORD.findall(old), _WORD.findall(new)
    if max(len(before), len(after)) > _MOST_WORDS:
        return None
    starts = [0, *accumulate(map(len, before))], [0, *accumulate(map(len, after))]
    # Each step: up to which place of the old text it goes, which of the new that is, and whether words are equal in it.
    steps = [
        (starts[0][step.src_end], starts[1][step.dest_end], step.tag == "equal")
        for step in Indel.opcodes(before, after)
    ]
    found = []
    for place in places:
        step = bisect_right(steps, place - 1, key=itemgetter(0))
        end, new_end, is_equal = steps[step] if step < len(steps) else (len(old), len(new), False)
        found.append(new_end - (end - place) if is_equal else new_end)
    return found


def _ends(new: Sequence[ImportedSegment]) -> list[int]:
    """Return where all paragraphs but the last end, were they put together without anything between."""
    return list(accumulate(len(paragraph.source) for paragraph in new))[:-1]


def _at(segment: Segment, source: str, breaks: tuple[int, ...], position: int) -> Segment:
    """Return a segment in another place, where its source is this one."""
    segment = with_changed_source(segment, source) if segment.source != source else segment
    return replace(segment, breaks=breaks, position=position)


def _noting(segment: Segment, whole: Segment, new: Sequence[ImportedSegment]) -> Segment:
    """Note on the first part of a block what the file brings as a translation of it, if that is another one."""
    target = JOINT.join(paragraph.target for paragraph in new if paragraph.target)
    return noted(segment, f"In the file: {target}") if target and target != whole.target else segment
