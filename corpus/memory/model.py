"""The nouns of the memory: units, where they come from, matches."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Provenance:
    """Where units come from: a project or an imported file; ``name`` is shown, ``uid`` tells two of a name apart."""

    uid: str
    name: str


@dataclass(frozen=True, slots=True)
class Unit:
    """A source with the translation that somebody has confirmed.

    ``uid`` names the unit within what it comes from: that of the segment, or its place in the imported file.
    ``document`` is the document of a project that it stands in. ``changed_at`` is ISO 8601, UTC; it may be empty.
    """

    source: str
    target: str
    source_language: str
    target_language: str
    provenance: Provenance
    uid: str
    author: str
    changed_at: str
    document: str = ""


@dataclass(frozen=True, slots=True)
class MemoryMatch:
    """A unit whose source is like the one asked for.

    ``score`` is 100 for the same text, 99 for one that differs in marks, alefs or case alone, else the percentage of
    letters that both sources share in order (Indel similarity of their keys), below 99.
    """

    unit: Unit
    score: float
