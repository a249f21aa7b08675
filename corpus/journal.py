"""Rebuild a project's state from its journal alone: the proof that nothing acknowledged can be lost."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from corpus.model import JournalEntry

Fields = dict[str, object]


@dataclass(slots=True)
class ReplayedState:
    """Rows by uid, each as the fields the tables hold."""

    documents: dict[str, Fields] = field(default_factory=dict)
    segments: dict[str, Fields] = field(default_factory=dict)


def replay(entries: Iterable[JournalEntry]) -> ReplayedState:
    """Apply ``entries``, oldest first, to an empty project.

    An entry's ``after`` holds a new row's fields, or the changed fields of a known row.
    """
    state = ReplayedState()
    rows_of = {"document": state.documents, "segment": state.segments}
    for entry in entries:
        rows_of[entry.entity].setdefault(entry.entity_uid, {}).update(entry.after)
    return state
