"""Cut a sentence that is too long for an engine: at its clauses, else between words, at last inside them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from corpus.segmentation.splitter import Span, cut

_CLAUSE_END = re.compile(r"[،؛:;,]+[\"”»)]*\s+")
_WORD_END = re.compile(r"\s+")


def clauses(text: str, span: Span, fits: Callable[[str], bool]) -> list[Span]:
    """Cut an overlong sentence into pieces that ``fits`` accepts, at ، ؛ : if that is enough, else between words.

    Neighboring pieces are put together again as long as they fit. A word that does not fit by itself is no word, and is
    cut in the middle.
    """
    if fits(text[span.start : span.end]):
        return [span]
    pieces: list[Span] = []
    for clause in cut(text, span.start, span.end, _ends(_CLAUSE_END, text, span)):
        if fits(text[clause.start : clause.end]):
            pieces.append(clause)
            continue
        for word in cut(text, clause.start, clause.end, _ends(_WORD_END, text, clause)):
            pieces += _parts(text, word, fits)
    joined = pieces[:1]
    for piece in pieces[1:]:
        candidate = Span(joined[-1].start, piece.end)
        if fits(text[candidate.start : candidate.end]):
            joined[-1] = candidate
        else:
            joined.append(piece)
    return joined


def _parts(text: str, word: Span, fits: Callable[[str], bool]) -> list[Span]:
    """Return the word, halved until its parts fit; one character is not halved."""
    if word.end - word.start == 1 or fits(text[word.start : word.end]):
        return [word]
    middle = (word.start + word.end) // 2
    return [*_parts(text, Span(word.start, middle), fits), *_parts(text, Span(middle, word.end), fits)]


def _ends(pattern: re.Pattern[str], text: str, span: Span) -> Iterator[int]:
    return (match.end() for match in pattern.finditer(text, span.start, span.end))
