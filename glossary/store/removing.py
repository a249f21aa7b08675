"""Remove terms and whole concepts; the journal keeps them."""

from __future__ import annotations

from sqlite_utils import Database

from glossary.model import Concept, TermEntry
from glossary.store.changing import Change
from glossary.store.reading import Reader
from glossary.store.rows import TARGET_LANGUAGE


def remove_term(db: Database, change: Change, uid: str) -> TermEntry:
    """Remove a pair's English term and return the pair; its concept goes with its last English term.

    Raise TermError for a term that is not there.
    """
    reader = Reader(db)
    entry = reader.entry(uid)
    change.delete("term", uid)
    if not reader.concept(entry.concept_uid).terms_in(TARGET_LANGUAGE):
        remove_concept(db, change, entry.concept_uid)
    return entry


def remove_concept(db: Database, change: Change, uid: str) -> Concept:
    """Remove a concept with all its terms and return what it was; raise TermError when there is none."""
    concept = Reader(db).concept(uid)
    for term in concept.terms:
        change.delete("term", term.uid)
    for (section,) in db.execute("SELECT uid FROM sections WHERE concept_uid = ?", [uid]).fetchall():
        change.delete("section", section)
    change.delete("concept", uid)
    return concept
