"""Make one concept of several that mean the same."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from sqlite_utils import Database

from glossary.errors import TermError
from glossary.model import Concept, LanguageSection, Term
from glossary.store.changing import Change
from glossary.store.reading import Reader
from glossary.store.rows import CONCEPT_FIELDS, SECTION_FIELDS, TERM_FIELDS, Fields, fields_of, said


def join_concepts(db: Database, change: Change, into: str, others: Sequence[str]) -> None:
    """Move the terms of ``others`` into the concept ``into``, which says what they say where it said nothing.

    A term that it has already is not doubled. A definition, domain, page or example that differs is added to the note.
    Raise TermError for a concept that is not there, or is named twice.
    """
    if into in others or len(set(others)) != len(others):
        raise TermError("A concept cannot be joined with itself.", "Name two or more different concepts.")
    reader = Reader(db)
    for uid in others:
        _take_in(db, change, reader.concept(into), reader.concept(uid))


def _take_in(db: Database, change: Change, concept: Concept, other: Concept) -> None:
    change.update("concept", concept.uid, _both(concept, other, CONCEPT_FIELDS, ("definition", "domain", "url")))
    _take_sections(db, change, concept, other)
    known = {(term.language, term.text): term for term in concept.terms}
    for term in other.terms:
        same = known.get((term.language, term.text))
        if same is None:
            change.update("term", term.uid, {"concept_uid": concept.uid})
        else:
            change.update("term", same.uid, _both(same, term, TERM_FIELDS, ("example", "reference", "geography")))
            change.delete("term", term.uid)
    change.delete("concept", other.uid)


def _take_sections(db: Database, change: Change, concept: Concept, other: Concept) -> None:
    uids, other_uids = (_section_uids(db, one) for one in (concept, other))
    sections = {section.language: section for section in concept.sections}
    for section in other.sections:
        same = sections.get(section.language)
        if same is None:
            change.update("section", other_uids[section.language], {"concept_uid": concept.uid})
        else:
            change.update("section", uids[section.language], _both(same, section, SECTION_FIELDS, ("definition",)))
    for (uid,) in db.execute("SELECT uid FROM sections WHERE concept_uid = ?", [other.uid]).fetchall():
        change.delete("section", uid)


def _section_uids(db: Database, concept: Concept) -> dict[str, str]:
    return dict(db.execute("SELECT language, uid FROM sections WHERE concept_uid = ? ORDER BY rowid", [concept.uid]))


Item = Concept | LanguageSection | Term


def _both(one: Item, other: Item, names: Sequence[str], noted: Iterable[str]) -> Fields:
    """Return what two say together: the first one where both say something, with ``noted`` of the other in the note."""
    ours, theirs = (said(fields_of(item, names)) for item in (one, other))
    fields = {name: value for name, value in theirs.items() if name not in ours}
    for name in {"tags", "forms", "extras"}.intersection(names):
        fields[name] = tuple(dict.fromkeys((*getattr(one, name), *getattr(other, name))))
    differing = [theirs[name] for name in noted if name in ours and theirs.get(name, ours[name]) != ours[name]]
    fields["note"] = "\n".join(str(note) for note in dict.fromkeys((one.note, other.note, *differing)) if note)
    return fields
