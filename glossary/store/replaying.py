"""The rows of a glossary rebuilt from its journal alone: the proof that nothing can be lost.

A step without ``before`` is an insert, one without ``after`` a delete, any other an update; its action is only a label.
An update or delete of a row that is not there does nothing, and an insert of one that is there replaces it: journals
of two bases that went apart can so be read one after the other.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from corpus.model import JournalEntry
from glossary.store.rows import BLANK, STAMP_FIELDS, STAMPED, Fields, derived

Rows = dict[str, Fields]


@dataclass(slots=True)
class ReplayedGlossary:
    """Rows by uid, each with all the columns that its table has."""

    concepts: Rows = field(default_factory=dict)
    sections: Rows = field(default_factory=dict)
    terms: Rows = field(default_factory=dict)
    conflicts: Rows = field(default_factory=dict)


def replay(entries: Iterable[JournalEntry]) -> ReplayedGlossary:
    """Take the steps ``entries``, oldest first, on an empty glossary."""
    state = ReplayedGlossary()
    rows_of = {"concept": state.concepts, "section": state.sections, "term": state.terms, "conflict": state.conflicts}
    for entry in entries:
        rows = rows_of[entry.entity]
        row = after_step(rows.get(entry.entity_uid), entry)
        if row is None:
            rows.pop(entry.entity_uid, None)
        else:
            rows[entry.entity_uid] = row
    for term in state.terms.values():
        term.update(derived({}, term))
    return state


def after_step(row: Fields | None, entry: JournalEntry) -> Fields | None:
    """Return what becomes of a row, None for none, by one step; without what follows from a term's text and forms."""
    if not entry.before:
        return _inserted(entry)
    if row is None or not entry.after:
        return None
    return _updated(row, entry)


def after_steps(row: Fields | None, entries: Iterable[JournalEntry]) -> Fields | None:
    """Return what becomes of a row by several steps; see ``after_step``."""
    for entry in entries:
        row = after_step(row, entry)
    return row


def _inserted(entry: JournalEntry) -> Fields:
    row: Fields = {"uid": entry.entity_uid, **BLANK[entry.entity], **_written(entry)}
    if entry.entity in STAMPED:
        stamps = {name: entry.after.get(name) or _own_stamp(entry, name) for name in STAMP_FIELDS}
        row |= {**stamps, "version": 1}
    return row


def _updated(row: Fields, entry: JournalEntry) -> Fields:
    row = {**row, **_written(entry)}
    if entry.entity in STAMPED:
        changed = {name: _own_stamp(entry, name) for name in ("changed_by", "changed_at")}
        given = {name: entry.after[name] for name in STAMP_FIELDS if entry.after.get(name)}
        row |= {**changed, **given, "version": int(str(row["version"])) + 1}
    return row


def _written(entry: JournalEntry) -> Fields:
    """Return what a step says of columns that people write; the oldest journals tell derived ones too."""
    known = BLANK[entry.entity]
    return {name: value for name, value in entry.after.items() if name in known}


def _own_stamp(entry: JournalEntry, name: str) -> str:
    return entry.actor if name.endswith("_by") else entry.at
