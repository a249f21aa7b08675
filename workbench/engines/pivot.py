"""Draft through a third language: what one engine drafts, another drafts further.

Two models make two models' mistakes, so such a draft has a kind of its own and its identity names both.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from corpus.model import DraftKind, Piece
from workbench.engines.protocol import DraftedText, Engine, ModelIdentity

_MOST_SENTENCES = 64  # handed on together, once the first drafts are there


class PivotEngine:
    """Two engines as one; the first drafts into the language that the second drafts from."""

    def __init__(self, first: Engine, second: Engine) -> None:
        self._first = first
        self._second = second

    @property
    def identity(self) -> ModelIdentity:
        """Name both models; the kind is a gloss when either is, and never a plain translation."""
        first, second = self._first.identity, self._second.identity
        return ModelIdentity(
            engine=first.engine if first.engine == second.engine else f"{first.engine}+{second.engine}",
            name=f"{first.name} + {second.name} through {first.target_language}",
            version=f"{first.version} + {second.version}",
            sha256=hashlib.sha256(f"{first.sha256} {second.sha256}".encode()).hexdigest(),
            kind=DraftKind.GLOSS if DraftKind.GLOSS in {first.kind, second.kind} else DraftKind.PIVOT,
            source_language=first.source_language,
            target_language=second.target_language,
            settings=first.settings if first.settings == second.settings else f"{first.settings}; {second.settings}",
        )

    def draft(self, texts: Sequence[str], cancelled: Callable[[], bool] = lambda: False) -> Iterator[DraftedText]:
        """Yield a draft for each text in order; see ``Engine.draft``. Pieces are the sentences of the first engine."""
        waiting: list[DraftedText] = []
        sentences, wanted = 0, 1  # the first draft appears at once, later ones are handed on together
        for drafted in self._first.draft(texts, cancelled):
            waiting.append(drafted)
            sentences += len(drafted.pieces)
            if sentences >= wanted:
                yield from self._draft_further(waiting, texts, cancelled)
                waiting, sentences, wanted = [], 0, min(2 * wanted, _MOST_SENTENCES)
        yield from self._draft_further(waiting, texts, cancelled)

    def close(self) -> None:
        """Free the memory of both models."""
        self._first.close()
        self._second.close()

    def _draft_further(
        self, drafts: Sequence[DraftedText], texts: Sequence[str], cancelled: Callable[[], bool]
    ) -> Iterator[DraftedText]:
        between = [piece.text for drafted in drafts for piece in drafted.pieces]
        further = self._second.draft(between, cancelled) if between else iter(())
        for drafted in drafts:
            pieces, flags = [], set(drafted.flags)
            for piece in drafted.pieces:
                translated = next(further, None)
                if translated is None:  # cancelled
                    return
                pieces.append(Piece(piece.start, piece.end, translated.text, _score(piece, translated)))
                flags.update(translated.flags)
            text = _joined(texts[drafted.index], pieces)
            yield replace(drafted, text=text, pieces=tuple(pieces), flags=tuple(sorted(flags)))


def _score(piece: Piece, further: DraftedText) -> float | None:
    """Return the mean log-probability of a token of both steps, which are to be right one after the other."""
    scores = [part.score for part in further.pieces]
    if piece.score is None or not scores or any(score is None for score in scores):
        return None
    return piece.score + sum(score for score in scores if score is not None) / len(scores)


def _joined(source: str, pieces: Sequence[Piece]) -> str:
    """Return the pieces as one text, with line ends where the source has them."""
    text, end = "", None
    for piece in pieces:
        if end is not None:
            text += "\n" * source.count("\n", end, piece.start) or " "
        text += piece.text
        end = piece.end
    return text.strip()
