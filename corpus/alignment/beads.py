"""The nouns of alignment: beads, each some sentences of one text with those of the other that say the same."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Bead:
    """Sentences of a source and the sentences of its translation that say the same.

    The sentences are counted from 0, ends are not included; one side may be empty: nothing was found for it.
    ``score`` tells from 0 to 1 how well they fit; it is 0 where one side is empty.
    """

    source_start: int
    source_end: int
    target_start: int
    target_end: int
    score: float = 0.0

    @property
    def kind(self) -> str:
        """How many sentences stand on each side: ``1-1``, ``1-2``, ``2-1``, ``1-0``."""
        return f"{self.source_end - self.source_start}-{self.target_end - self.target_start}"

    @property
    def is_pair(self) -> bool:
        """Whether there is something on both sides."""
        return self.source_end > self.source_start and self.target_end > self.target_start
