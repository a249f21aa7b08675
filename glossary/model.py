"""The nouns of the glossary: term entries, their status, and a match of a term in a text."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class TermStatus(StrEnum):
    """What a glossary says about using a target term (ISO 30042's administrative statuses, shortened)."""

    PREFERRED = "preferred"
    ADMITTED = "admitted"
    FORBIDDEN = "forbidden"
    PROPOSED = "proposed"


@dataclass(frozen=True, slots=True)
class TermEntry:
    """One Arabic term of a concept with one English term for it, as commands and tables show it.

    ``uid`` names the English term, ``concept_uid`` the concept both belong to. Both texts are exact.
    """

    uid: str
    concept_uid: str
    source: str
    target: str
    status: TermStatus = TermStatus.PREFERRED
    pos: str = ""
    domain: str = ""
    definition: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class NewTerm:
    """A term pair to add; the fields are those of the CSV and TSV headers."""

    source: str
    target: str
    status: TermStatus = TermStatus.PREFERRED
    pos: str = ""
    domain: str = ""
    definition: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Analysis:
    """How an Arabic word in the text was read: proclitics + stem + enclitic, and the rule that led to the term."""

    proclitics: tuple[str, ...]
    stem: str
    enclitic: str
    rule: str


@dataclass(frozen=True, slots=True)
class Match:
    """A term found in a text; ``start`` and ``end`` are code-point offsets in the text as given."""

    start: int
    end: int
    surface: str
    entry: TermEntry
    analysis: Analysis
