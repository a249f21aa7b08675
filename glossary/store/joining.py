"""Make one concept of several that mean the same."""

from __future__ import annotations

from collections.abc import Sequence

from sqlite_utils import Database

from glossary.errors import TermError
from glossary.model import Concept
from glossary.store.adding import Adder
from glossary.store.changing import Change
from glossary.store.reading import Reader
from glossary.store.rows import CONCEPT_FIELDS, TERM_FIELDS, Fields, fields_of, said


def join_concepts(db: Database, change: Change, into: str, others: Sequence[str]) -> None:
    """Move the terms of ``others`` into the concept ``into``, which says what they say where it said nothing.

    A term that it has already is not doubled. A definition or note that differs is added to its note. Raise TermError
    for a concept that is not there, or is named twice.
    """
    if into in others or len(set(others)) != len(others):
        raise TermError("A concept cannot be joined with itself.", "Name two or more different concepts.")
    reader = Reader(db)
    for uid in others:
        _take_in(Adder(db, change), change, reader.concept(into), reader.concept(uid), db)


def _take_in(adder: Adder, change: Change, concept: Concept, other: Concept, db: Database) -> None:
    change.update("concept", concept.uid, _what_is_new(concept, other))
    for section in other.sections:
        adder.merge_section(concept.uid, section)
    for uid in [row[0] for row in db.execute("SELECT uid FROM sections WHERE concept_uid = ?", [other.uid])]:
        change.delete("section", uid)
    known = {(term.language, term.text): term for term in concept.terms}
    for term in other.terms:
        same = known.get((term.language, term.text))
        if same is None:
            change.update("term", term.uid, {"concept_uid": concept.uid})
        else:
            its, ours = (said(fields_of(one, TERM_FIELDS)) for one in (term, same))
            change.update("term", same.uid, {name: value for name, value in its.items() if name not in ours})
            change.delete("term", term.uid)
    change.delete("concept", other.uid)


def _what_is_new(concept: Concept, other: Concept) -> Fields:
    ours, theirs = (said(fields_of(one, CONCEPT_FIELDS)) for one in (concept, other))
    fields = {name: value for name, value in theirs.items() if name not in ours}
    fields["tags"] = tuple(dict.fromkeys((*concept.tags, *other.tags)))
    fields["extras"] = tuple(dict.fromkeys((*concept.extras, *other.extras)))
    notes = [concept.note, other.note, other.definition if other.definition != concept.definition else ""]
    if concept.definition:
        fields["note"] = "\n".join(dict.fromkeys(filter(None, notes)))
    return fields
