"""The sentences of a pair as pairs of their own: a sentence comes back more often than a paragraph."""

from __future__ import annotations

from corpus.segmentation import sentences


def sentence_pairs(source: str, target: str, languages: tuple[str, str]) -> list[tuple[str, str]]:
    """Return (source sentence, target sentence) in order, none when either text is only one.

    Where the texts have as many sentences they follow each other; else they are aligned, and a piece may be several.
    """
    ours = [source[span.start : span.end] for span in sentences(source, languages[0])]
    theirs = [target[span.start : span.end] for span in sentences(target, languages[1])]
    if min(len(ours), len(theirs)) < 2:
        return []
    if len(ours) == len(theirs):
        return list(zip(ours, theirs, strict=True))
    from corpus.alignment import align_paragraph  # with its lexicon, which most confirmations do not need

    pieces = align_paragraph(source, target, languages=languages)
    if len(pieces) < 2:
        return []
    return [(source[one.start : one.end].strip(), target[other.start : other.end].strip()) for one, other in pieces]
