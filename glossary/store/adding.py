"""Add terms and whole concepts; decide what becomes of those that are there already."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from sqlite_utils import Database

from corpus.arabic import fold
from glossary.errors import TermError
from glossary.model import Concept, LanguageSection, NewTerm, OnDuplicate, Stamp, Term, TermStatus
from glossary.store.changing import Change
from glossary.store.reading import Reader
from glossary.store.rows import (
    CONCEPT_FIELDS,
    SECTION_FIELDS,
    SOURCE_LANGUAGE,
    STAMP_FIELDS,
    TARGET_LANGUAGE,
    TERM_FIELDS,
    Fields,
    Level,
    pair_fields,
    said_of,
)

# Longer texts are sentences or accidents, and would be found nowhere.
LONGEST_TERM = 1000

_SAME_CONCEPT = """
    SELECT concepts.uid AS uid FROM terms JOIN concepts ON concepts.uid = terms.concept_uid
    WHERE language = 'ar' AND folded = ? AND text = ? AND domain = ? AND definition IN ('', ?)
"""
_WITH_TERM = "SELECT concept_uid FROM terms WHERE language = ? AND folded = ? AND text = ?"


@dataclass(frozen=True, slots=True)
class _NewConcept:
    """The concept of an Arabic term that was nowhere before, with the English terms it has got since, folded."""

    source: str
    domain: str
    definition: str
    uid: str
    targets: set[str]

    def takes(self, source: str, target: str, term: NewTerm) -> bool:
        """Tell whether a pair is one of this concept, and a new one."""
        return (
            self.source == source
            and self.domain == term.domain.strip()
            and self.definition in {"", term.definition.strip()}
            and target not in self.targets
        )


@dataclass(slots=True)
class AddedCounts:
    """How many of the terms or concepts offered were new, were merged into known ones, or left as they stood.

    ``duplicates`` are those that were there already: their number among the offered, from 0, and the uid of the term
    or concept that they repeat.
    """

    added: int = 0
    merged: int = 0
    unchanged: int = 0
    duplicates: list[tuple[int, str]] = field(default_factory=list)


def require_pair(source: str, target: str) -> None:
    """Raise TermError when a side of a pair is empty or too long to be a term."""
    if not fold(source).strip() or not fold(target).strip():
        raise TermError(
            f"A term needs both sides: “{source[:80]}” and “{target[:80]}”.", "Give the Arabic term and its English."
        )
    _check_length(source)
    _check_length(target)


def require_term(text: str) -> None:
    """Raise TermError when ``text`` is empty or too long to be a term."""
    if not fold(text).strip():
        raise TermError("A term is empty.", "Give it some text.")
    _check_length(text)


def _check_length(text: str) -> None:
    if len(text) > LONGEST_TERM:
        raise TermError(
            f"The term “{text[:40]}…” has {len(text):,} characters.",
            f"A term may have {LONGEST_TERM:,}: put sentences into a translation memory instead.",
        )


class Adder:
    """Adds to a glossary within one change."""

    def __init__(self, db: Database, change: Change, on_duplicate: OnDuplicate = OnDuplicate.SKIP) -> None:
        self._db = db
        self._reader = Reader(db)
        self._change = change
        self._on_duplicate = on_duplicate
        self.counts = AddedCounts()
        self._offered = 0
        self._newest: _NewConcept | None = None

    # Pairs

    def add_pair(self, term: NewTerm) -> str:
        """Add a pair and return the uid of its English term; raise TermError when a side is empty or too long.

        The English term joins the concept that the Arabic one names in this domain already.
        """
        self._offered += 1
        source, target = term.source.strip(), term.target.strip()
        if term.do_not_translate and not target:
            target = source
        require_pair(source, target)
        folded = fold(target)
        concept = None
        if self._newest is not None and self._newest.takes(source, folded, term):  # files have synonyms together
            concept = self._newest.uid
            self._newest.targets.add(folded)
        else:
            self._newest = None
            # Most of an import is not known: no need to ask in two ways.
            is_known = self._change.may_have(fold(source), folded) and self._reader.has_arabic(source)
            if is_known:
                known = self._reader.pair(source, target)
                if known and self._is_settled(known, lambda: self._merge_pair(known, term)):
                    return known
                concept = None if known else self._concept_named(source, term)
        if concept is None:
            concept = self._change.insert("concept", pair_fields(term, Level.CONCEPT))
            arabic = {**pair_fields(term, Level.SOURCE), "text": source}
            arabic["status"] = (term.source_status or TermStatus.PREFERRED).value
            if term.pos.strip():
                arabic["pos"] = term.pos.strip()
            self._insert_term(concept, SOURCE_LANGUAGE, arabic)
            if not is_known:
                self._newest = _NewConcept(source, term.domain.strip(), term.definition.strip(), concept, {folded})
        status = term.status or TermStatus.PREFERRED
        english = {**pair_fields(term, Level.TARGET), "text": target, "status": status.value}
        self.counts.added += 1
        return self._insert_term(concept, TARGET_LANGUAGE, english)

    def _concept_named(self, source: str, term: NewTerm) -> str | None:
        values = [fold(source), source, term.domain.strip(), term.definition.strip()]
        row = self._db.execute(_SAME_CONCEPT, values).fetchone()
        return None if row is None else str(row[0])

    def _merge_pair(self, uid: str, term: NewTerm) -> bool:
        entry = self._reader.entry(uid)
        rows = {
            Level.CONCEPT: ("concept", entry.concept_uid),
            Level.SOURCE: ("term", entry.source_uid),
            Level.TARGET: ("term", entry.uid),
        }
        changed = [self._change.update(*rows[level], pair_fields(term, level)) for level in Level]
        return any(changed)

    # Concepts

    def add_concept(self, concept: Concept) -> str:
        """Add a whole concept and return its uid; raise TermError when a term is empty or too long.

        It is a duplicate when its uid is known, or a concept has its terms in two languages, or in its only one.
        """
        self._offered += 1
        if not concept.terms:
            raise TermError("A concept needs a term.", "Give it one in any language.")
        for term in concept.terms:
            require_term(term.text)
        known = self._known(concept)
        if known and self._is_settled(known, lambda: self.merge_concept(known, concept)):
            return known
        is_free = concept.uid and not self._exists("concept", concept.uid)
        uid = self._change.insert(
            "concept", said_of(concept, CONCEPT_FIELDS) | _stamp(concept.stamp), concept.uid if is_free else ""
        )
        for section in concept.sections:
            self._insert_section(uid, section)
        for term in concept.terms:
            self._insert_whole_term(uid, term)
        self.counts.added += 1
        return uid

    def _known(self, concept: Concept) -> str | None:
        if not self._change.may_have(concept.uid, *(fold(term.text.strip()) for term in concept.terms)):
            return None
        if concept.uid and self._exists("concept", concept.uid):
            return concept.uid
        languages: dict[str, set[str]] = {}
        for term in concept.terms:
            text = term.text.strip()
            for (uid,) in self._db.execute(_WITH_TERM, [term.language, fold(text), text]):
                languages.setdefault(uid, set()).add(term.language)
        needed = min(2, len({term.language for term in concept.terms}))
        return next((uid for uid, found in languages.items() if len(found) >= needed), None)

    def merge_concept(self, uid: str, concept: Concept) -> bool:
        """Let a known concept say what ``concept`` says besides; return whether anything was changed."""
        changed = bool(self._change.update("concept", uid, said_of(concept, CONCEPT_FIELDS)))
        known = self._reader.concept(uid)
        for section in concept.sections:
            changed |= self.merge_section(uid, section)
        by_text = {(term.language, term.text): term.uid for term in known.terms}
        for term in concept.terms:
            its_uid = by_text.get((term.language, term.text.strip()))
            if its_uid is None:
                self._insert_whole_term(uid, term)
                changed = True
            else:
                fields = said_of(term, TERM_FIELDS)
                if term.status is TermStatus.PREFERRED:  # what most files mean by saying nothing
                    del fields["status"]
                changed |= bool(self._change.update("term", its_uid, fields))
        return changed

    def merge_section(self, concept_uid: str, section: LanguageSection) -> bool:
        """Let a known concept say what ``section`` says besides; return whether anything was changed."""
        self._change.write_steps()
        query = "SELECT uid FROM sections WHERE concept_uid = ? AND language = ?"
        for (uid,) in self._db.execute(query, [concept_uid, section.language]).fetchall():
            return bool(self._change.update("section", uid, said_of(section, SECTION_FIELDS)))
        self._insert_section(concept_uid, section)
        return True

    # Rows

    def _is_settled(self, known: str, merge: Callable[[], bool]) -> bool:
        """Note a duplicate; tell whether nothing is left to add."""
        self.counts.duplicates.append((self._offered - 1, known))
        if self._on_duplicate is OnDuplicate.NEW:
            return False
        if self._on_duplicate is OnDuplicate.MERGE and merge():
            self.counts.merged += 1
        else:
            self.counts.unchanged += 1
        return True

    def _insert_section(self, concept_uid: str, section: LanguageSection) -> None:
        always = {"concept_uid": concept_uid, "language": section.language}
        self._change.insert("section", {**always, **said_of(section, SECTION_FIELDS)})

    def _insert_whole_term(self, concept_uid: str, term: Term) -> None:
        is_free = term.uid and not self._exists("term", term.uid)
        fields = said_of(term, TERM_FIELDS) | _stamp(term.stamp)
        self._insert_term(concept_uid, term.language, fields, term.uid if is_free else "")

    def _insert_term(self, concept_uid: str, language: str, fields: Mapping[str, object], uid: str = "") -> str:
        return self._change.insert("term", {"concept_uid": concept_uid, "language": language, **fields}, uid)

    def _exists(self, entity: str, uid: str) -> bool:
        if not self._change.may_have(uid):
            return False
        return self._db.execute(f"SELECT 1 FROM {entity}s WHERE uid = ?", [uid]).fetchone() is not None  # noqa: S608


def _stamp(stamp: Stamp) -> Fields:
    return {name: getattr(stamp, name) for name in STAMP_FIELDS if getattr(stamp, name)}
