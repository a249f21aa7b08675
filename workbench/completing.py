"""What somebody types of a translation: of which sentence it is, and how it may go on.

The draft tells at once, without an engine: where what was typed stands in it, the rest of it follows. An engine that
``Completes`` goes on from the very words that were typed, and answers a moment later.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from corpus.alignment import align
from corpus.model import Draft, Segment
from corpus.segmentation import Span, sentences

_WORD = re.compile(r"\S+")
_END = re.compile(r"[.!?…؟][\"'”’»)\]]*$")
_SPACE_AFTER_END = re.compile(r"[.!?…؟][\"'”’»)\]]*\s+$|\n\s*$")
# What was typed of a sentence is compared with so many words of its draft, and so many typed ones.
_MOST_WORDS = 200
_PUNCTUATION = ".,;:!?\"'“”‘’()[]«»…-–—"


@dataclass(frozen=True, slots=True)
class Typing:
    """The sentence of the source whose translation is being typed, what stands of that, and its draft, if any.

    ``gap`` is the space that has to come before whatever comes next, where a new sentence begins without one.
    """

    sentence: str
    typed: str
    draft: str = ""
    gap: str = ""


def typing_of(segment: Segment, text: str) -> Typing | None:
    """Return what is being typed at the end of ``text``, a segment's translation; None when all of it is there."""
    spans = _source_spans(segment)
    written = sentences(text, "en")
    typing = _typing_at(segment, spans, text, written, over=bool(_SPACE_AFTER_END.search(text)))
    if typing is not None and _END.search(text) and not rest_of_draft(typing.draft, typing.typed):
        following = _typing_at(segment, spans, text, written, over=True)
        return None if following is None else replace(following, gap=" ")
    return typing


def _typing_at(
    segment: Segment, spans: Sequence[tuple[Span, str]], text: str, written: Sequence[Span], *, over: bool
) -> Typing | None:
    """Return what is being typed; ``over`` tells that the last sentence that was ``written`` is finished."""
    finished = written if over else written[:-1]
    start = len(text) if over or not written else written[-1].start
    source = [segment.source[span.start : span.end] for span, _ in spans]
    number = _sentence_after(source, text, finished)
    if number >= len(spans):
        return None
    return Typing(source[number], text[start:], spans[number][1])


def rest_of_draft(draft: str, typed: str) -> str:
    """Return how ``draft`` goes on after ``typed``, which may be any text and end with half a word.

    The typed words are compared with each beginning of the draft; the one that takes the fewest changes to become them
    ends where the rest begins (the error-correcting search of interactive translation: Barrachina and others,
    "Statistical Approaches to Computer-Assisted Translation", 2009).
    """
    words, half = _parted(typed)
    there = [match.span() for match in _WORD.finditer(draft)][:_MOST_WORDS]
    if not there:
        return ""
    place = _place_after([_bare(word) for word in words], [_bare(draft[slice(*span)]) for span in there], half)
    if place is None or place >= len(there):
        return ""
    begin, end = there[place]
    opening = len(draft[begin:end]) - len(draft[begin:end].lstrip(_PUNCTUATION)) if half else 0
    rest = draft[begin + opening + len(half.lstrip(_PUNCTUATION)) :].rstrip()
    return f" {rest}" if words and not half and not typed[-1].isspace() else rest


def first_word(rest: str) -> str:
    """Return the first word of a proposal, with the space before it, or what half a word lacks."""
    match = re.match(r"\s*\S+", rest)
    return match.group() if match else ""


def _source_spans(segment: Segment) -> list[tuple[Span, str]]:
    """Return the sentences of a source with their drafts, as the draft has cut it."""
    draft = segment.draft
    if draft is not None and _fits(draft, segment.source):
        return [(Span(piece.start, piece.end), piece.text) for piece in draft.pieces]
    spans = sentences(segment.source, "ar")
    return [(span, draft.text if draft is not None and len(spans) == 1 else "") for span in spans]


def _fits(draft: Draft, source: str) -> bool:
    pieces = draft.pieces
    return bool(pieces) and pieces[-1].end <= len(source) and all(piece.start < piece.end for piece in pieces)


def _sentence_after(source: Sequence[str], text: str, finished: Sequence[Span]) -> int:
    """Return the number of the sentence that follows those whose translations are ``finished``.

    Mostly as many have been translated as were written; but some become two, and two become one.
    """
    if not finished:
        return 0
    if len(source) == 1:
        return 1
    candidates = source[: len(finished) + 2]
    beads = align(candidates, [text[span.start : span.end] for span in finished])
    return max((bead.source_end for bead in beads if bead.is_pair), default=len(finished))


def _parted(typed: str) -> tuple[list[str], str]:
    words = typed.split()
    if words and not typed[-1].isspace() and typed[-1] not in _PUNCTUATION:
        return words[:-1][-_MOST_WORDS:], words[-1]
    return words[-_MOST_WORDS:], ""


def _bare(word: str) -> str:
    return word.strip(_PUNCTUATION).casefold() or word


def _place_after(typed: Sequence[str], draft: Sequence[str], half: str) -> int | None:
    """Return at which word of the draft it goes on after the typed words; None when no word begins with ``half``.

    Of places that take as few changes, one is preferred before which the last typed word stands, then the nearest.
    """
    row = list(range(len(draft) + 1))
    for number, word in enumerate(typed, 1):
        before, row = row, [number]
        for place, other in enumerate(draft):
            row.append(min(before[place] + (word != other), before[place + 1] + 1, row[place] + 1))
    letters = half.lstrip(_PUNCTUATION).casefold()
    places = [place for place in range(len(draft)) if draft[place].startswith(letters)]
    if not half:
        places = list(range(len(draft) + 1))

    def price(place: int) -> tuple[float, int]:
        follows = place > 0 and bool(typed) and draft[place - 1] == typed[-1]
        return row[place] - 0.5 * follows, abs(place - len(typed))

    return min(places, key=price, default=None)
