"""Paragraphs cut into sentences, so that every sentence's place is known and nothing between them is lost."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from corpus.segmentation import Span, sentences


@dataclass(frozen=True, slots=True)
class CutText:
    """Sentences of a text in order: the paragraph each stands in, counted from 0, and where in it."""

    paragraphs: tuple[str, ...]
    places: tuple[tuple[int, Span], ...]

    @classmethod
    def of(cls, paragraphs: Sequence[str], language: str) -> CutText:
        """Cut paragraphs; white space between sentences belongs to none."""
        places = ((number, span) for number, text in enumerate(paragraphs) for span in sentences(text, language))
        return cls(tuple(paragraphs), tuple(places))

    @property
    def sentences(self) -> list[str]:
        """The texts of the sentences."""
        return [self.paragraphs[number][span.start : span.end] for number, span in self.places]

    @property
    def starts(self) -> frozenset[int]:
        """The numbers of the sentences that begin a paragraph."""
        return frozenset(
            place for place, (number, _) in enumerate(self.places) if not place or self.places[place - 1][0] != number
        )

    def text(self, start: int, end: int) -> str:
        """Return the exact text of the sentences from ``start`` up to ``end``, paragraphs parted by a line end."""
        if start >= end:
            return ""
        (first, begin), (last, finish) = self.places[start], self.places[end - 1]
        if first == last:
            return self.paragraphs[first][begin.start : finish.end]
        middle = self.paragraphs[first + 1 : last]
        parts = (self.paragraphs[first][begin.start :], *middle, self.paragraphs[last][: finish.end])
        return "\n".join(part.strip() for part in parts)
