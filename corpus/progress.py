"""How far a document has come, as counted while it is written: nobody has to read a million segments to tell."""

from __future__ import annotations

from dataclasses import dataclass

from corpus.model import State


@dataclass(frozen=True, slots=True)
class Tally:
    """How many segments of a document are in one state, their source words, those with a draft, those with a flag.

    ``is_text`` is false for boilerplate, which nobody needs to translate and which is counted apart.
    """

    document_uid: str
    state: State
    is_text: bool
    segments: int
    words: int
    drafts: int
    flagged: int


def count_words(text: str) -> int:
    """Return how many words stand between white space."""
    return len(text.split())
