"""Cut a paragraph into what the model takes at once, and put the drafts together as the paragraph was."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from corpus.model import Piece
from corpus.segmentation import Span, clauses

# Argos models were trained on sentences of up to 150 tokens; longer ones lose their ends.
_MOST_TOKENS = 120


@dataclass(frozen=True, slots=True)
class Sentence:
    """A piece of a paragraph with its tokens; ``separator`` is what joins it to the piece before."""

    start: int
    end: int
    tokens: list[str]
    separator: str


def sentences_of(text: str, spans: Iterable[Span], encode: Callable[[str], list[str]]) -> list[Sentence]:
    """Return the pieces of ``text`` in order, with offsets in it; one that is too long becomes several.

    ``spans`` are its sentences as a segmenter has cut them.
    """
    found: list[Sentence] = []
    for span in spans:
        for piece in clauses(text, span, lambda part: len(encode(part)) <= _MOST_TOKENS):
            between = text[found[-1].end : piece.start] if found else ""
            separator = "\n" * between.count("\n") or (" " if found else "")
            found.append(Sentence(piece.start, piece.end, encode(text[piece.start : piece.end]), separator))
    return found


def joined(cut: Sequence[Sentence], pieces: Sequence[Piece]) -> str:
    """Return the drafts of ``cut`` as one text, with line ends where the paragraph has them."""
    return "".join(sentence.separator + piece.text for sentence, piece in zip(cut, pieces, strict=True)).strip()
