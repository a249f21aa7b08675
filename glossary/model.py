"""The nouns of the glossary: concepts, their terms in each language, and pairs of an Arabic and an English term."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from glossary.errors import TermError


class TermStatus(StrEnum):
    """What a glossary says about using a term (ISO 30042's administrative statuses, shortened)."""

    PREFERRED = "preferred"
    ADMITTED = "admitted"
    FORBIDDEN = "forbidden"
    PROPOSED = "proposed"

    @classmethod
    def parse(cls, name: str) -> TermStatus:
        """Return the status called ``name``, preferred for none; raise TermError naming the valid ones otherwise."""
        name = name.strip().lower() or cls.PREFERRED.value
        if name not in set(cls):
            raise TermError(f"There is no status called “{name}”.", "The statuses are " + ", ".join(cls) + ".")
        return cls(name)


class OnDuplicate(StrEnum):
    """What becomes of an imported term that is in the glossary already."""

    SKIP = "skip"
    MERGE = "merge"
    NEW = "new"


Extras = tuple[tuple[str, str], ...]
"""Data categories that Tarjama has no field for, as (category, value), kept as they came."""


@dataclass(frozen=True, slots=True)
class Stamp:
    """Who made a row and who changed it last, and when: ISO 8601, UTC; empty where it is not known."""

    created_by: str = ""
    created_at: str = ""
    changed_by: str = ""
    changed_at: str = ""


@dataclass(frozen=True, slots=True)
class Term:
    """One term in one language.

    ``text`` is exact; ``forms`` are further written forms of it that are found as the term is: broken plurals,
    variants, abbreviations. ``geography`` is where it is used, ``example`` a text that uses it, ``reference`` where it
    was found, ``term_type`` full form, abbreviation, acronym and so on.
    """

    uid: str
    language: str
    text: str
    status: TermStatus = TermStatus.PREFERRED
    pos: str = ""
    gender: str = ""
    number: str = ""
    register: str = ""
    term_type: str = ""
    geography: str = ""
    example: str = ""
    reference: str = ""
    note: str = ""
    case_sensitive: bool = False
    forms: tuple[str, ...] = ()
    extras: Extras = ()
    stamp: Stamp = Stamp()


@dataclass(frozen=True, slots=True)
class LanguageSection:
    """What a concept says for all its terms of one language."""

    language: str
    definition: str = ""
    note: str = ""
    extras: Extras = ()


@dataclass(frozen=True, slots=True)
class Concept:
    """What terms of all languages name (ISO 30042's concept entry).

    ``url`` is a page or picture of it; ``tags`` are customers and projects; the source term of a ``do_not_translate``
    concept stands in the translation as it is. ``sections`` are there only for languages that have something to say.
    """

    uid: str
    domain: str = ""
    definition: str = ""
    note: str = ""
    url: str = ""
    do_not_translate: bool = False
    tags: tuple[str, ...] = ()
    extras: Extras = ()
    sections: tuple[LanguageSection, ...] = ()
    terms: tuple[Term, ...] = ()
    stamp: Stamp = Stamp()

    def terms_in(self, language: str) -> tuple[Term, ...]:
        """Return the terms of one language, in the order they were added."""
        return tuple(term for term in self.terms if term.language == language)


@dataclass(frozen=True, slots=True)
class TermEntry:
    """One Arabic term of a concept with one English term for it, as commands and tables show it.

    ``uid`` names the English term, ``source_uid`` the Arabic one, ``concept_uid`` the concept of both. Both texts are
    exact. ``status`` is that of the English term, ``source_status`` that of the Arabic one.
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
    source_uid: str = ""
    source_status: TermStatus = TermStatus.PREFERRED
    forms: tuple[str, ...] = ()
    target_forms: tuple[str, ...] = ()
    do_not_translate: bool = False
    case_sensitive: bool = False
    author: str = ""


@dataclass(frozen=True, slots=True)
class NewTerm:
    """A pair of terms to add; the fields are those of the CSV and TSV headers. A status of None says nothing.

    ``forms``, ``gender`` and ``number`` are the Arabic term's, ``target_forms``, ``status``, ``register``, ``note`` and
    what follows it the English term's; ``domain``, ``definition``, ``url``, ``do_not_translate``, ``tags`` and
    ``concept_note`` the concept's. ``pos`` is said of both.
    """

    source: str
    target: str
    status: TermStatus | None = None
    pos: str = ""
    domain: str = ""
    definition: str = ""
    note: str = ""
    source_status: TermStatus | None = None
    gender: str = ""
    number: str = ""
    forms: tuple[str, ...] = ()
    target_forms: tuple[str, ...] = ()
    register: str = ""
    term_type: str = ""
    geography: str = ""
    example: str = ""
    reference: str = ""
    case_sensitive: bool = False
    do_not_translate: bool = False
    url: str = ""
    tags: tuple[str, ...] = ()
    concept_note: str = ""
    extras: Extras = ()


@dataclass(frozen=True, slots=True)
class Analysis:
    """How an Arabic word in the text was read: proclitics + stem + enclitic, and the rule that led to the term."""

    proclitics: tuple[str, ...]
    stem: str
    enclitic: str
    rule: str


@dataclass(frozen=True, slots=True)
class Match:
    """A term found in a text; ``start`` and ``end`` are code-point offsets in the text as given.

    ``covered`` tells that a longer term covers or overlaps it.
    """

    start: int
    end: int
    surface: str
    entry: TermEntry
    analysis: Analysis
    covered: bool = False


@dataclass(frozen=True, slots=True)
class FieldConflict:
    """Two people changed the same field: what it was, what stands now, and what was not written.

    ``entity`` is concept, section or term, ``field`` a column of it, or ``removed`` (yes or no) when one has removed
    what the other changed. ``kept`` stands in the glossary; ``offered`` by ``actor`` waits for somebody to choose.
    """

    uid: str
    entity: str
    entity_uid: str
    field: str
    base: str
    kept: str
    offered: str
    actor: str
    at: str
    concept_uid: str = ""
