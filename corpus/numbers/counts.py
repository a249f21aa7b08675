"""How much text there is: segments, words and characters of both sides."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(slots=True)
class Count:
    """Segments with the size of their texts.

    Words are what white space parts, as word processors count them; characters are code points, spaces included. Target
    texts are a human's: a draft nobody has touched counts for nothing.
    """

    segments: int = 0
    source_words: int = 0
    source_characters: int = 0
    target_words: int = 0
    target_characters: int = 0

    def add(self, other: Count) -> None:
        """Count what ``other`` has counted, too."""
        self.segments += other.segments
        self.source_words += other.source_words
        self.source_characters += other.source_characters
        self.target_words += other.target_words
        self.target_characters += other.target_characters


def count_of(source: str, target: str) -> Count:
    """Return the count of one segment."""
    return Count(1, len(source.split()), len(source), len(target.split()), len(target))
