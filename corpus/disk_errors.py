"""What a refusal of SQLite means for somebody who translates."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from corpus.errors import BusyError, StoreError

_AGAIN = "What was saved before is safe; the last change is not saved."

# By the beginning of SQLite's name of the error: what happened, and what to do.
_TOLD = {
    "SQLITE_FULL": (
        "There is no room left on the disk for the {what} {path}.",
        f"{_AGAIN} Make room, then do it again.",
    ),
    "SQLITE_BUSY": (
        "Another program is writing the {what} {path} and does not come to an end.",
        f"{_AGAIN} Let the other program finish, or close it, then do it again.",
    ),
    "SQLITE_READONLY": (
        "The {what} {path} may not be written.",
        f"{_AGAIN} See that the file and its folder are not read-only, then do it again.",
    ),
    "SQLITE_CANTOPEN": (
        "The {what} {path} cannot be reached.",
        f"{_AGAIN} See that its folder is there and may be written, then do it again.",
    ),
    "SQLITE_IOERR": (
        "The disk refuses to read or write the {what} {path} ({error}).",
        f"{_AGAIN} See that the disk is there, works and is not full, then do it again.",
    ),
    "SQLITE_CORRUPT": (
        "The {what} {path} is damaged ({error}).",
        "Close it. `tarjama doctor {path} --repair` saves what can be read, and leaves the damaged file as it is.",
    ),
}
_TOLD["SQLITE_NOTADB"] = _TOLD["SQLITE_CORRUPT"]
_OTHERWISE = ("The {what} {path} cannot be written now: {error}.", _AGAIN)


def told(error: sqlite3.Error, what: str, path: Path) -> StoreError:
    """Return ``error``, which SQLite raised about the file at ``path``, as one to show; ``what`` names such a file."""
    name = _name(error)
    message, hint = next((words for start, words in _TOLD.items() if name.startswith(start)), _OTHERWISE)
    message, hint = (text.format(what=what, path=path, error=error) for text in (message, hint))
    return (BusyError if name.startswith("SQLITE_BUSY") else StoreError)(message, hint)


def is_of_disk(error: sqlite3.Error) -> bool:
    """Tell whether ``error`` comes from the disk, the file or another program, not from a mistake of ours."""
    return isinstance(error, sqlite3.OperationalError) or _name(error).startswith(("SQLITE_CORRUPT", "SQLITE_NOTADB"))


def _name(error: sqlite3.Error) -> str:
    return str(getattr(error, "sqlite_errorname", ""))  # errors of Python's own module have none
