"""Align within a paragraph and its translation: for pairs of sentences where pairs of paragraphs were translated."""

from __future__ import annotations

from corpus.alignment.aligning import align
from corpus.alignment.cutting import CutText
from corpus.alignment.items import Anchors
from corpus.segmentation import Span

SpanPair = tuple[Span, Span]


def align_paragraph(
    source: str, target: str, anchors: Anchors | None = None, *, languages: tuple[str, str] = ("ar", "en")
) -> list[SpanPair]:
    """Return pieces of a paragraph with the pieces of its translation that say the same, in order.

    The pieces of either text join to the whole of it, white space included, and hold a sentence or more: one that has
    nothing on the other side goes with its neighbor. Where either text is empty there is one piece, the whole.
    """
    here, there = CutText.of([source], languages[0]), CutText.of([target], languages[1])
    source_starts, target_starts = [0], [0]
    if len(here.places) > 1 and len(there.places) > 1:
        pairs = [bead for bead in align(here.sentences, there.sentences, anchors) if bead.is_pair]
        source_starts += [here.places[bead.source_start][1].start for bead in pairs[1:]]
        target_starts += [there.places[bead.target_start][1].start for bead in pairs[1:]]
    return list(zip(_pieces(source_starts, len(source)), _pieces(target_starts, len(target)), strict=True))


def _pieces(starts: list[int], end: int) -> list[Span]:
    return [Span(*piece) for piece in zip(starts, [*starts[1:], end], strict=True)]
