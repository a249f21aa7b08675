"""Rows of the journal, and a project's state rebuilt from them alone: the proof that nothing can be lost."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from corpus.model import JournalEntry

Fields = dict[str, object]

_JSON = json.JSONEncoder(ensure_ascii=False)  # made once: json.dumps would make one for each of a document's entries

# What columns that came later hold for rows whose entries are older than they.
_DEFAULTS: dict[str, Fields] = {"document": {}, "conflict": {}, "segment": {"place": "", "part": 0, "breaks": ""}}


def timestamp(at: datetime) -> str:
    """Return a time as files of ours have it: ISO 8601, UTC, to the millisecond."""
    return at.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def journal_row(
    at: str,
    actor: str,
    action: str,
    entity: str,
    uid: str,
    *,
    before: Mapping[str, object],
    after: Mapping[str, object],
    change: str = "",
    undoes: str = "",
) -> dict[str, str]:
    """Return a step as a row of the journal table; ``at`` is a ``timestamp``.

    ``change`` is the uid of the change that the step is a part of, ``undoes`` that of the change it takes back.
    """
    return {
        "at": at,
        "actor": actor,
        "action": action,
        "entity": entity,
        "entity_uid": uid,
        "before": as_json(before),
        "after": as_json(after),
        "change": change,
        "undoes": undoes,
    }


def as_json(fields: Mapping[str, object]) -> str:
    """Return fields of a row as the journal has them."""
    return _JSON.encode(dict(fields)) if fields else "{}"


def journal_entry(row: Mapping[str, Any]) -> JournalEntry:
    """Return a row of the journal table as a step."""
    fields = {name: row[name] for name in JournalEntry.__dataclass_fields__}
    return JournalEntry(**{**fields, "before": json.loads(row["before"]), "after": json.loads(row["after"])})


@dataclass(slots=True)
class ReplayedState:
    """Rows by uid, each as the fields the tables hold."""

    documents: dict[str, Fields] = field(default_factory=dict)
    segments: dict[str, Fields] = field(default_factory=dict)
    conflicts: dict[str, Fields] = field(default_factory=dict)


def replay(entries: Iterable[JournalEntry]) -> ReplayedState:
    """Apply ``entries``, oldest first, to an empty project."""
    state = ReplayedState()
    rows_of = {"document": state.documents, "segment": state.segments, "conflict": state.conflicts}
    for entry in entries:
        rows = rows_of[entry.entity]
        row = after_step(rows.get(entry.entity_uid), entry)
        if row is None:
            rows.pop(entry.entity_uid, None)
        else:
            rows[entry.entity_uid] = row
    return state


def after_step(row: Fields | None, entry: JournalEntry) -> Fields | None:
    """Return what becomes of a row, None for none, by one step.

    A step without ``before`` is an insert, one without ``after`` takes the row out, any other changes fields. A change
    of a row that is not there does nothing.
    """
    if not (entry.before or entry.after):
        return row
    if not entry.before:
        return {**_DEFAULTS[entry.entity], **entry.after}
    if row is None or not entry.after:
        return None
    return {**row, **entry.after}


def after_steps(row: Fields | None, entries: Iterable[JournalEntry]) -> Fields | None:
    """Return what becomes of a row by several steps; see ``after_step``."""
    for entry in entries:
        row = after_step(row, entry)
    return row
