"""A project at a glance: how far each of its documents has come."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from corpus.model import Document, State
from corpus.progress import Tally

_NONE = dict.fromkeys(State, 0)


@dataclass(frozen=True, slots=True)
class DocumentProgress:
    """How far one document has come; ``words`` are source words, ``words_left`` those not yet translated."""

    document: Document
    counts: dict[State, int]
    words: int
    words_left: int
    drafts: int
    flagged: int


@dataclass(frozen=True, slots=True)
class Overview:
    """A project at a glance."""

    path: Path
    name: str
    source_language: str
    target_language: str
    glossary: Path
    documents: tuple[DocumentProgress, ...]


def progress_of(documents: Iterable[Document], tallies: Iterable[Tally]) -> tuple[DocumentProgress, ...]:
    """Return how far documents have come, by the tallies of their segments."""
    by_document: dict[str, list[Tally]] = {}
    for tally in tallies:
        by_document.setdefault(tally.document_uid, []).append(tally)
    return tuple(_progress(document, by_document.get(document.uid, [])) for document in documents)


def _progress(document: Document, tallies: Sequence[Tally]) -> DocumentProgress:
    counts = _NONE.copy()
    words = words_left = drafts = flagged = 0
    for tally in tallies:
        counts[tally.state] += tally.segments
        if tally.is_text or tally.state is not State.UNTRANSLATED:  # nobody needs to translate other boilerplate
            words += tally.words
            words_left += tally.words if tally.state < State.TRANSLATED else 0
        drafts += tally.drafts
        flagged += tally.flagged
    return DocumentProgress(document, counts, words, words_left, drafts, flagged)
