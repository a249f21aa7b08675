"""The sentences of a pair as pairs of their own: a sentence comes back more often than a paragraph."""

from __future__ import annotations

from corpus.segmentation import sentences


def sentence_pairs(source: str, target: str, languages: tuple[str, str]) -> list[tuple[str, str]]:
    """Return (source sentence, target sentence) in order; none when it is not certain which belong together.

    They belong together when both texts have the same number of sentences, and more than one.
    """
    ours = [source[span.start : span.end] for span in sentences(source, languages[0])]
    theirs = [target[span.start : span.end] for span in sentences(target, languages[1])]
    if len(ours) != len(theirs) or len(ours) < 2:
        return []
    return list(zip(ours, theirs, strict=True))
