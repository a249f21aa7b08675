"""Look at what comes from another glossary file before it is written: nothing from outside is trusted."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from corpus.journal import journal_entry
from corpus.model import JournalEntry
from glossary.errors import GlossaryStoreError, TermError
from glossary.model import TermStatus
from glossary.store.adding import require_term
from glossary.store.rows import BLANK, Fields
from glossary.store.settling import REMOVED

Row = Mapping[str, Any]

_STATUSES = frozenset(TermStatus)


def damaged(what: str) -> GlossaryStoreError:
    """Return the error that a glossary to merge is damaged."""
    return GlossaryStoreError(
        f"The other glossary is damaged, or was changed by another program: {what}.",
        "Nothing was merged. Restore it from a copy.",
    )


def checked_step(row: Row) -> JournalEntry:
    """Return a row of a journal from outside as a step; raise GlossaryStoreError when it is none."""
    try:
        step = journal_entry(row)
    except (ValueError, RecursionError) as error:
        raise damaged(f"its journal's step {row['number']} is not JSON") from error
    if step.entity not in BLANK or not isinstance(step.before, dict) or not isinstance(step.after, dict):
        raise damaged(f"its journal's step {row['number']} makes no sense")
    return step


def check_row(entity: str, row: Fields) -> None:
    """Raise GlossaryStoreError unless a row from outside may stand in a table."""
    for name, blank in BLANK[entity].items():
        value = row[name]
        if value == blank:
            continue
        if type(value) is not type(blank):
            raise damaged(f"{name} of the {entity} {row['uid']} is {value!r}")
        str(value).encode()  # what is no Unicode cannot be stored
        if blank == "[]":
            _check_list(entity, row, name)
    if entity == "conflict" and not _is_conflict(row):
        raise damaged(f"the conflict {row['uid']} is about nothing")
    if entity == "term":
        if row["status"] not in _STATUSES:
            raise damaged(f"the term {row['uid']} has no status")
        try:
            require_term(str(row["text"]))
        except TermError as error:
            raise damaged(f"the term {row['uid']}: {error.message}") from error


def _check_list(entity: str, row: Fields, name: str) -> None:
    try:
        values = json.loads(str(row[name]))
    except (ValueError, RecursionError) as error:
        raise damaged(f"{name} of the {entity} {row['uid']} is no list") from error
    is_text = _is_pair if name == "extras" else _is_text
    if not isinstance(values, list) or not all(map(is_text, values)):
        raise damaged(f"{name} of the {entity} {row['uid']} is no list of texts")


def _is_text(value: object) -> bool:
    return isinstance(value, str)


def _is_pair(value: object) -> bool:
    return isinstance(value, list) and len(value) == 2 and all(map(_is_text, value))


def _is_conflict(row: Fields) -> bool:
    entity, name = str(row["entity"]), str(row["field"])
    return entity in BLANK and entity != "conflict" and (name in BLANK[entity] or name == REMOVED)
