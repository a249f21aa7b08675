"""Cut a sentence that is too long for an engine, at its clauses if that is enough, else between words."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from corpus.segmentation.splitter import Span, cut

_CLAUSE_END = re.compile(r"[،؛:;,]+[\"”»)]*\s+")
_WORD_END = re.compile(r"\s+")


def clauses(text: str, span: Span, fits: Callable[[str], bool]) -> list[Span]:
    """Cut an overlong sentence into pieces that ``fits`` accepts, at ، ؛ : if that is enough, else between words.

    Neighboring pieces are put together again as long as they fit. A single word that does not fit stays whole.
    """
    if fits(text[span.start : span.end]):
        return [span]
    pieces: list[Span] = []
    for clause in cut(text, span.start, span.end, _ends(_CLAUSE_END, text, span)):
        whole = fits(text[clause.start : clause.end])
        pieces += [clause] if whole else cut(text, clause.start, clause.end, _ends(_WORD_END, text, clause))
    joined = pieces[:1]
    for piece in pieces[1:]:
        candidate = Span(joined[-1].start, piece.end)
        if fits(text[candidate.start : candidate.end]):
            joined[-1] = candidate
        else:
            joined.append(piece)
    return joined


def _ends(pattern: re.Pattern[str], text: str, span: Span) -> Iterator[int]:
    return (match.end() for match in pattern.finditer(text, span.start, span.end))
