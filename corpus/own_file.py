"""An open database of ours that notices when its file is moved, replaced or deleted under it, and keeps the work.

SQLite goes on writing into a file that no longer has a name: what is acknowledged then is lost when the program ends.
"""

from __future__ import annotations

import os
import sqlite3
import tempfile
from collections.abc import Callable
from contextlib import closing, suppress
from datetime import UTC, datetime
from pathlib import Path

from sqlite_utils import Database

from corpus.errors import StoreError
from corpus.files import free_name

Identity = tuple[int, int]


class MovedError(StoreError):
    """The file is not where it was opened; ``now_at`` is where the work goes on, None when it could not be saved."""

    def __init__(self, message: str, hint: str, now_at: Path | None) -> None:
        super().__init__(message, hint)
        self.now_at = now_at


class OwnFile(Database):
    """An SQLite file of ours: a ``Database`` that knows its place.

    ``connect`` opens a file as ours are opened. ``what`` names the kind of file in messages. ``path`` is where the work
    goes on: after a MovedError it is another one.
    """

    def __init__(self, path: Path, connect: Callable[[Path], sqlite3.Connection], what: str) -> None:
        super().__init__(connect(path), strict=True, execute_plugins=False)
        self.path = path.absolute()  # wherever this process goes
        self.what = what
        self.has_written = False
        self._connect = connect
        self._identity = _identity(self.path)
        self._left: list[sqlite3.Connection] = []

    def require_place(self) -> None:
        """Raise MovedError when the file is no longer where it was; all that it held is then in ``now_at``.

        What is written after that goes there: whoever gets this error may do the same once more.
        """
        if _identity(self.path) != self._identity:
            raise self._moved()

    def close(self) -> None:
        """Close the file; raise MovedError, having saved what it held, when it was lost after something was written."""
        try:
            if self.has_written:
                self.require_place()
        finally:
            self.has_written = False
            for connection in (*self._left, self.conn):
                connection.close()
            self._left.clear()

    def _moved(self) -> MovedError:
        old, self.has_written = self.path, False
        new = self._renamed()
        try:
            if new is None:
                new = self._rescued()
            # What still stands in the log goes into the file, wherever that is: beside another file that was put in
            # its place, the log would be taken for that one's.
            with suppress(sqlite3.Error):
                self.conn.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
            self._go_on_in(new)
        except (sqlite3.Error, OSError) as error:
            return MovedError(
                f"The {self.what} {old} is gone, and what was in it cannot be saved: {error}.",
                "Copy what you see before you close it, and look for the file and its disk.",
                None,
            )
        happened = f"The {self.what} {old} was moved, replaced or deleted while it was open."
        return MovedError(happened, f"Nothing saved is lost: the work goes on in {new}. Do the last thing again.", new)

    def _renamed(self) -> Path | None:
        """Return the new name of the file when it has only got another one in its folder."""
        with suppress(OSError), os.scandir(self.path.parent) as files:
            return next((Path(file) for file in files if _identity(Path(file)) == self._identity), None)
        return None

    def _rescued(self) -> Path:
        """Copy what is still open into a new file, beside the old place if that can be."""
        name = f"{self.path.stem}-rescued-{datetime.now(UTC):%Y%m%d-%H%M%S}"
        places = [place for place in (self.path.parent, Path.home(), Path(tempfile.gettempdir())) if place.is_dir()]
        for place in places:
            path = free_name(place, name, self.path.suffix)
            try:
                with closing(sqlite3.connect(path)) as target:
                    self.conn.backup(target)
            except sqlite3.Error:
                path.unlink(missing_ok=True)
                if place == places[-1]:
                    raise
            else:
                return path
        raise OSError("there is no folder to put it in")

    def _go_on_in(self, path: Path) -> None:
        connection = self._connect(path)
        self._left.append(self.conn)  # somebody may still be reading from it
        self.conn, self.path, self._identity = connection, path, _identity(path)


def _identity(path: Path) -> Identity | None:
    """Return what tells a file from another that has its name; None when there is none."""
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_dev, found.st_ino
