"""A segment is cut into several, or several become one; nothing of their texts is lost.

What a file has as one paragraph may be a whole article, and what it has as several may be one sentence. A segment knows
how it lies to the paragraphs of its file: ``position`` is the paragraph it begins in, ``part`` tells apart those that
begin in the same one, ``breaks`` are the offsets in its source where further paragraphs begin. Between two paragraphs
that were joined stands a space which neither has in the file.
"""

from __future__ import annotations

import unicodedata
from bisect import bisect
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from corpus.errors import CorpusError
from corpus.model import Segment, State
from corpus.uid import new_uid

JOINT = " "
"""What stands between the paragraphs of a joined segment."""


@dataclass(frozen=True, slots=True)
class Slice:
    """A piece of a source, and where it lies in the file; see above."""

    source: str
    position: int
    breaks: tuple[int, ...]


def last_position(segment: Segment) -> int:
    """Return the position of the last paragraph that a segment has something of."""
    return segment.position + len(segment.breaks)


def clean_cuts(text: str, cuts: Sequence[int]) -> list[int]:
    """Return the places where ``text`` is really cut: after the white space and the marks that follow each of ``cuts``.

    Raise CorpusError when a piece would be blank.
    """
    places = sorted({_after_space(text, cut) for cut in cuts})
    for start, end in pairwise([0, *places, len(text)]):
        if not text[start:end].strip():
            raise CorpusError(
                f"A segment cannot be cut at {end if end < len(text) else start}: one part would be empty.",
                f"Places are counted in characters of the source, from 1 to {len(text) - 1}.",
            )
    return places


def slices(source: str, position: int, breaks: Sequence[int], cuts: Sequence[int]) -> Iterator[Slice]:
    """Cut a source that begins in the paragraph ``position`` at ``cuts``, in order."""
    for start, end in pairwise([0, *cuts, len(source)]):
        piece = source[start:end]
        yield Slice(
            piece[: -len(JOINT)] if end in breaks else piece,  # the joint is no part of the file
            position + sum(place <= start for place in breaks),
            tuple(place - start for place in breaks if start < place < end),
        )


def split(segment: Segment, cuts: Sequence[int], target_cuts: Sequence[int]) -> list[Segment]:
    """Cut a segment at ``cuts`` (see ``clean_cuts``) and its translation at as many ``target_cuts``.

    The first part keeps the uid and the note. A human's translation goes back to *edited*, without the white space at
    the cuts; a part that has nothing of it is untranslated. A draft is dropped: it was made of the whole.
    """
    parts = []
    targets = _pieces(segment.target if segment.state >= State.EDITED else "", target_cuts)
    places = slices(segment.source, segment.position, segment.breaks, cuts)
    for number, (place, target) in enumerate(zip(places, targets, strict=True)):
        part = replace(
            segment,
            source=place.source,
            position=place.position,
            breaks=place.breaks,
            target=target,
            state=State.EDITED if target else State.UNTRANSLATED,
            draft=None,
        )
        parts.append(replace(part, uid=new_uid(), note="", version=1) if number else part)
    return [replace(parts[0], version=segment.version + 1), *parts[1:]]


def joined(segments: Sequence[Segment]) -> Segment:
    """Make one of neighbors, given in order; it is the first one with what the others say.

    Parts of one paragraph are put together as they were, between paragraphs comes a space. The translation is as far as
    that of the least one; where only some have a human's, *edited*. Drafts are dropped: they were made of the parts.
    """
    first = segments[0]
    source, breaks, last = first.source, [*first.breaks], last_position(first)
    for segment in segments[1:]:
        if segment.position > last:
            source += JOINT
            breaks.append(len(source))
        breaks += [len(source) + place for place in segment.breaks]
        source += segment.source
        last = last_position(segment)
    human = [segment for segment in segments if segment.state >= State.EDITED]
    states = [segment.state for segment in human] if len(human) == len(segments) else [State.EDITED]
    return replace(
        first,
        source=source,
        breaks=tuple(breaks),
        target=" ".join(segment.target for segment in human if segment.target),
        state=min(states) if human else State.UNTRANSLATED,
        draft=None,
        rejected=any(segment.rejected for segment in segments),
        note="\n".join(dict.fromkeys(segment.note for segment in segments if segment.note)),
        version=first.version + 1,
    )


def numbered(segments: Sequence[Segment], before: Segment | None = None) -> list[Segment]:
    """Give the segments of each paragraph, which come in order, the parts 1, 2, …; 0 where there is but one.

    ``before`` is the one before them, which may reach into the first paragraph.
    """
    known = [*segments] if before is None else [before, *segments]
    in_all = Counter(place for segment in known for place in _positions(segment))
    so_far = Counter[int]() if before is None else Counter(_positions(before))
    result = []
    for segment in segments:
        so_far.update(_positions(segment))
        result.append(replace(segment, part=so_far[segment.position] if in_all[segment.position] > 1 else 0))
    return result


def _positions(segment: Segment) -> range:
    return range(segment.position, last_position(segment) + 1)


def proposed_target_cuts(source: str, cuts: Sequence[int], target: str) -> list[int]:
    """Propose where to cut a translation: one sentence each if the numbers agree, else where alignment says.

    A cut that is at no end of an aligned piece goes to the nearest one. A translation in one piece is not cut: all of
    it stays with the first part.
    """
    from corpus.alignment import align_paragraph
    from corpus.segmentation import sentences

    ends = [span.start for span in sentences(target, "en")[1:]]
    if len(ends) == len(cuts):
        return ends
    pieces = align_paragraph(source, target)[1:]
    if not pieces:
        return [len(target)] * len(cuts)
    starts = [ours.start for ours, _ in pieces]
    return [pieces[_nearest(starts, cut)][1].start for cut in cuts]


def _nearest(places: Sequence[int], wanted: int) -> int:
    """Return which of ``places``, in order, is the nearest to ``wanted``."""
    after = bisect(places, wanted)
    return min(range(max(0, after - 1), min(after + 1, len(places))), key=lambda which: abs(places[which] - wanted))


def _pieces(text: str, cuts: Sequence[int]) -> list[str]:
    bounds = [0, *cuts, len(text)] if text.strip() else [0] * (len(cuts) + 2)
    if bounds != sorted(bounds) or bounds[0] < 0:
        raise CorpusError(
            "The translation cannot be cut there.",
            f"Give places in order, in characters of the translation, from 0 to {len(text)}.",
        )
    pieces = [text[start:end] for start, end in pairwise(bounds)]
    inner = [piece.lstrip() if number else piece for number, piece in enumerate(pieces)]
    return [piece.rstrip() if number < len(cuts) else piece for number, piece in enumerate(inner)]


def _after_space(text: str, cut: int) -> int:
    if not 0 < cut < len(text):
        raise CorpusError(
            f"A segment cannot be cut at {cut}.",
            f"Places are counted in characters of the source, from 1 to {len(text) - 1}.",
        )
    while cut < len(text) and (text[cut].isspace() or unicodedata.combining(text[cut])):
        cut += 1
    return cut
