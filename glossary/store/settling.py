"""Decide conflicts: leave what stands in the glossary, or take what was offered."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from contextlib import suppress
from typing import Any

from sqlite_utils import Database

from glossary.errors import TermError
from glossary.store.changing import Change, change
from glossary.store.removing import remove_concept, remove_term
from glossary.store.rows import BLANK, TARGET_LANGUAGE

REMOVED = "removed"
"""The field of a conflict about a row that one has removed and another changed; its values are yes and no."""


def settle(db: Database, actor: str, uid: str, *, take_offered: bool) -> None:
    """Decide the conflict ``uid``; raise TermError, changing nothing, when it or its term is not there any more."""
    try:
        with change(db, actor) as settling:
            conflict = settling.row("conflict", uid)
            if take_offered:
                _take(db, settling, conflict)
            with suppress(LookupError):  # a change to what was offered, or a removal, has decided it already
                settling.delete("conflict", uid)
    except LookupError as error:
        raise TermError(
            "There is no such conflict any more.", "Somebody has decided it, or removed the term."
        ) from error
    except sqlite3.IntegrityError as error:
        raise TermError(
            "What was offered cannot be taken any more: its concept was removed.", "Keep what stands instead."
        ) from error


def _take(db: Database, settling: Change, conflict: Mapping[str, Any]) -> None:
    entity, uid, field = conflict["entity"], conflict["entity_uid"], conflict["field"]
    if field != REMOVED:
        offered = conflict["offered"]
        settling.update(entity, uid, {field: int(offered) if isinstance(BLANK[entity][field], int) else offered})
    elif entity == "concept":
        remove_concept(db, settling, uid)
    elif entity == "term" and settling.row(entity, uid)["language"] == TARGET_LANGUAGE:
        remove_term(db, settling, uid)
    else:
        settling.delete(entity, uid)
