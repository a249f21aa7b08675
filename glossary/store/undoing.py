"""Take a change back, or do again what was taken back, provided that nobody has changed the same since."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence

from sqlite_utils import Database

from corpus.database import transaction
from corpus.journal import journal_entry
from corpus.model import JournalEntry
from glossary.errors import TermError
from glossary.store.changing import MERGE, Change, change

_IS_UNDONE = """
    EXISTS (SELECT 1 FROM journal AS undoing WHERE undoing.undoes = step.change AND undoing.undoes != ''
            AND NOT EXISTS (SELECT 1 FROM journal AS redoing
                            WHERE redoing.undoes = undoing.change AND redoing.undoes != ''))
"""
_UNDONE = f"SELECT 1 FROM journal AS step WHERE change = ? AND {_IS_UNDONE} LIMIT 1"  # noqa: S608  (a constant)
_TO_UNDO = f"""
    SELECT change FROM journal AS step WHERE actor = ? AND undoes = '' AND change != '' AND action != '{MERGE}'
      AND NOT {_IS_UNDONE}
    ORDER BY number DESC LIMIT 1
"""  # noqa: S608  (a constant)
# An undoing may be undone as long as its actor has done nothing new; what undoes an undoing is no undoing.
_TO_REDO = f"""
    SELECT change FROM journal AS step WHERE actor = ? AND undoes != '' AND NOT {_IS_UNDONE}
      AND EXISTS (SELECT 1 FROM journal AS undone WHERE undone.change = step.undoes
                  AND undone.change != '' AND undone.undoes = '')
      AND number > (SELECT coalesce(max(number), 0) FROM journal WHERE actor = step.actor AND undoes = '')
    ORDER BY number DESC LIMIT 1
"""  # noqa: S608  (a constant)


def undo(db: Database, actor: str, change_uid: str = "") -> list[JournalEntry]:
    """Take back the change ``change_uid``, or the last one of ``actor`` that stands; return its steps, the first first.

    Raise TermError, changing nothing, when there is none or somebody has changed the same since.
    """
    with transaction(db, "glossary"):
        return _take_back(db, actor, "undo", change_uid or _newest(db, _TO_UNDO, actor, "undo"))


def redo(db: Database, actor: str) -> list[JournalEntry]:
    """Do again what ``actor`` has taken back last, as long as nothing new was done; see ``undo``."""
    with transaction(db, "glossary"):
        return _take_back(db, actor, "redo", _newest(db, _TO_REDO, actor, "redo"))


def _newest(db: Database, query: str, actor: str, what: str) -> str:
    for (uid,) in db.execute(query, [actor]):
        return str(uid)
    raise TermError(
        f"There is nothing of yours to {what} in this glossary.", "`tarjama glossary history` tells of all."
    )


def _take_back(db: Database, actor: str, action: str, change_uid: str) -> list[JournalEntry]:
    query = "SELECT * FROM journal WHERE change = ? AND change != '' ORDER BY number"
    try:
        with change(db, actor, action, undoes=change_uid) as reverse:
            steps = [journal_entry(row) for row in db.query(query, [change_uid])]
            _check(db, change_uid, steps)
            for step in reversed(steps):
                _reverse(reverse, step)
            for entity, uid in dict.fromkeys(map(_row_concerned, steps)):
                reverse.keep_conflicts_true(entity, uid)
    except (LookupError, sqlite3.IntegrityError) as error:
        raise _changed_since() from error
    return steps


def _check(db: Database, change_uid: str, steps: Sequence[JournalEntry]) -> None:
    if not steps:
        raise TermError(f"There is no change “{change_uid}” in this glossary.", "Check its uid.")
    if steps[0].action == MERGE:
        raise TermError(
            "The merging of two glossaries cannot be taken back.", "Decide its conflicts, or go back to a copy."
        )
    if db.execute(_UNDONE, [change_uid]).fetchone():
        raise TermError("This change was taken back already.", "`tarjama glossary redo` does it again.")


def _row_concerned(step: JournalEntry) -> tuple[str, str]:
    """Return entity and uid of the row that a step is about; for a conflict, of the row that it is about."""
    told = step.after or step.before
    return (str(told.get("entity", step.entity)), str(told.get("entity_uid", step.entity_uid)))


def _reverse(reverse: Change, step: JournalEntry) -> None:
    if not step.before:
        _expect(reverse, step)
        reverse.delete(step.entity, step.entity_uid)
    elif not step.after:
        reverse.insert(step.entity, step.before, step.entity_uid)
    else:
        _expect(reverse, step)
        reverse.update(step.entity, step.entity_uid, step.before)


def _expect(reverse: Change, step: JournalEntry) -> None:
    """Raise TermError unless the row stands as the step has left it."""
    try:
        row = reverse.row(step.entity, step.entity_uid)
    except LookupError as error:
        raise _changed_since() from error
    if any(row[name] != value for name, value in step.after.items() if name in row and not _is_stamp(name)):
        raise _changed_since()


def _is_stamp(name: str) -> bool:
    return name.startswith(("created_", "changed_"))


def _changed_since() -> TermError:
    return TermError(
        "This cannot be taken back: somebody has changed the same terms since.",
        "`tarjama glossary history UID` tells who. Change them by hand; nothing was done.",
    )
