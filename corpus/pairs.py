"""Aligned bilingual text: what every exporter receives."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from corpus.model import Document, Origin, Segment, State, StateFilter


@dataclass(frozen=True, slots=True)
class Pair:
    """One segment with its English; ``order`` counts from 1 within the document, ``origin`` says whose words it is.

    ``is_sentence`` tells a sentence of a segment from a segment, which is a paragraph as a rule. ``author`` and
    ``changed_at`` (ISO 8601, UTC) tell who confirmed it, where that is known.
    """

    uid: str
    document: str
    order: int
    source: str
    target: str
    state: State
    origin: Origin
    engine: str
    note: str
    author: str = ""
    changed_at: str = ""
    is_sentence: bool = False


@dataclass(frozen=True, slots=True)
class Bilingual:
    """All that is exported; ``exported_at`` is UTC in ISO 8601, so that the same content gives the same bytes.

    ``pairs`` are gone through once.
    """

    source_language: str
    target_language: str
    title: str
    pairs: Iterable[Pair]
    exported_at: str
    tool: str


def pairs_of(documents: Iterable[Document], segments: Iterable[Segment], states: StateFilter) -> tuple[Pair, ...]:
    """Return the segments in ``states`` as pairs; those without English only when untranslated ones are asked for."""
    names = {document.uid: document.name for document in documents}
    return tuple(
        _pair(segment, names[segment.document_uid])
        for segment in segments
        if states.admits(segment.state) and (segment.text or states.admits(State.UNTRANSLATED))
    )


def _pair(segment: Segment, document: str) -> Pair:
    drafted_by = segment.draft if segment.state <= State.DRAFTED else None
    return Pair(
        uid=segment.uid,
        document=document,
        order=segment.position,
        source=segment.source,
        target=segment.text,
        state=segment.state,
        origin=segment.origin,
        engine=f"{drafted_by.engine} {drafted_by.model} {drafted_by.model_version}" if drafted_by else "",
        note=segment.note,
    )
