"""In which parts a project is drafted: who drafts a million segments reads some hundreds at a time."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from corpus.model import State
from workbench.session import Session

# Enough for an engine to work on many at once, few enough to be read while nobody notices.
_SEGMENTS_OF_A_PART = 500


@dataclass(frozen=True, slots=True)
class DraftPart:
    """Documents, by uid, that are drafted together, and how many of their segments nobody has begun with."""

    documents: tuple[str, ...]
    undrafted: int


def parts_to_draft(session: Session, first: Collection[str]) -> list[DraftPart]:
    """Return the documents with segments no human has touched, those of the segments ``first`` before the others."""
    before = {segment.document_uid for segment in session.segments_named(list(first))}
    documents = sorted(session.overview().documents, key=lambda progress: progress.document.uid not in before)
    parts: list[DraftPart] = []
    together: list[str] = []
    undrafted = untouched = 0
    for progress in documents:
        here = progress.counts[State.UNTRANSLATED] + progress.counts[State.DRAFTED]
        if here:
            together.append(progress.document.uid)
            undrafted += progress.counts[State.UNTRANSLATED]
            untouched += here
        if untouched >= _SEGMENTS_OF_A_PART:
            parts.append(DraftPart(tuple(together), undrafted))
            together, undrafted, untouched = [], 0, 0
    return [*parts, DraftPart(tuple(together), undrafted)] if together else parts
