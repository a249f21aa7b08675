"""Open an SQLite file of ours: the right program, the right version, every change safe on disk when it returns.

The pragmas stand here because project and glossary are opened in the same way; all other SQL is in the stores.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from sqlite_utils import Database, Migrations

from corpus.disk_errors import is_of_disk, told
from corpus.errors import StoreError
from corpus.own_file import OwnFile

PROJECT_APPLICATION_ID = 0x54524A50  # "TRJP"
GLOSSARY_APPLICATION_ID = 0x54524A47  # "TRJG"
MEMORY_APPLICATION_ID = 0x54524A4D  # "TRJM"

KINDS = {PROJECT_APPLICATION_ID: "project", GLOSSARY_APPLICATION_ID: "glossary", MEMORY_APPLICATION_ID: "memory"}

# SQLite lets waiting writers in by chance: with eight of them at work one may wait for seconds.
_BUSY_MILLISECONDS = 30_000


def open_database(path: Path, *, application_id: int, migrations: Migrations, what: str, create: bool) -> OwnFile:
    """Open the file at ``path``, bringing an older one up to date, or make it with ``create``.

    ``what`` names the kind of file in messages. Raise StoreError, leaving everything as it was, for a file that is
    missing (or, with ``create``, already there), of another program, of a newer version, damaged, or not writable.
    """
    if create:
        _check_free(path, what)
    else:
        _check_identity(path, application_id, _count(migrations), what)
    try:
        if create:
            _make(path, application_id, migrations, what)
        return _connect(path, application_id, migrations, what)
    except FileExistsError as error:
        raise _is_taken(path, what) from error
    except (sqlite3.Error, OSError) as error:
        raise StoreError(
            f"The {what} {path} cannot be {'made' if create else 'written'}: {error}.",
            "Check that the folder and the file may be written, and that the disk is not full.",
        ) from error


def open_or_make_database(path: Path, *, application_id: int, migrations: Migrations, what: str, hint: str) -> OwnFile:
    """Open the file at ``path``, or make it and its folder; see ``open_database``.

    ``hint`` is what to do when the folder cannot be made, which is a StoreError, too.
    """

    def opened(*, create: bool) -> OwnFile:
        return open_database(path, application_id=application_id, migrations=migrations, what=what, create=create)

    if path.exists():
        return opened(create=False)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise StoreError(f"The folder {path.parent} for the {what} cannot be made: {error.strerror}.", hint) from error
    try:
        return opened(create=True)
    except StoreError:
        if path.is_file():  # somebody else has just made it
            return opened(create=False)
        raise


@contextmanager
def transaction(db: Database, what: str) -> Iterator[None]:
    """Keep all the changes of the block or none; raise StoreError when the disk or a lock refuses them.

    Others may read meanwhile, and wait with their own changes. Inside a transaction this is a part of it. Raise
    MovedError when the file is no longer where it was opened.
    """
    try:
        if db.conn.in_transaction:
            with db.atomic():
                yield
        else:
            if isinstance(db, OwnFile):
                db.require_place()
            with _alone(db):
                yield
            if isinstance(db, OwnFile):
                db.has_written = True
    except sqlite3.DatabaseError as error:
        if not is_of_disk(error):
            raise
        raise told(error, what, db.path if isinstance(db, OwnFile) else Path()) from error


def set_patience(db: Database, milliseconds: int) -> None:
    """Say how long a transaction waits for other writers before it raises BusyError."""
    db.execute(f"PRAGMA busy_timeout = {milliseconds:d}")


@contextmanager
def _alone(db: Database) -> Iterator[None]:
    """Take the right to write at once: a transaction that reads first would be refused if another wrote meanwhile."""
    db.execute("BEGIN IMMEDIATE")
    try:
        yield
        db.execute("COMMIT")
    except BaseException:
        if db.conn.in_transaction:
            db.execute("ROLLBACK")
        raise


@contextmanager
def reading(db: Database) -> Iterator[None]:
    """Let all queries of the block see the file as it stands at the first one, whatever others write meanwhile."""
    is_within = db.conn.in_transaction
    if not is_within:
        db.execute("BEGIN")
    try:
        yield
    finally:
        if not is_within:
            db.conn.commit()  # nothing was written; other queries may still be open, which a rollback would end


@contextmanager
def opened_copy(path: Path, *, application_id: int, migrations: Migrations, what: str) -> Iterator[Database]:
    """Open a copy of the file at ``path``, brought up to date; the file itself is read only, and may be in use.

    Raise StoreError for a file that is missing, of another program, of a newer version, or damaged.
    """
    _check_identity(path, application_id, _count(migrations), what)
    with TemporaryDirectory(prefix="tarjama-") as folder:
        copy = Path(folder) / "copy.db"
        try:
            with closing(connect_to_read(path)) as original, closing(sqlite3.connect(copy)) as target:
                original.backup(target)
            with closing(_connect(copy, application_id, migrations, what)) as db:
                (verdict,) = db.execute("PRAGMA quick_check(1)").fetchone()
                if verdict != "ok":
                    raise sqlite3.DatabaseError(verdict)  # noqa: TRY301  (as SQLite itself does for worse damage)
                yield db
        except sqlite3.DatabaseError as error:
            raise StoreError(
                f"The {what} {path} cannot be read: {error}.",
                "It was left as it is. Restore it from a copy if it is damaged; see that the disk is not full.",
            ) from error


def connect_to_read(path: Path) -> sqlite3.Connection:
    """Open a file without writing: SQLite in read-only mode makes and changes nothing but its shared memory.

    Where even that cannot be made, as on a disk that is read-only, nobody else can be writing the file.
    """
    uri = f"{path.resolve().as_uri()}?mode=ro"
    connection = sqlite3.connect(uri, uri=True, timeout=_BUSY_MILLISECONDS / 1000)
    try:
        _pragma(connection, "user_version")
    except sqlite3.OperationalError:
        connection.close()
        log = path.with_name(path.name + "-wal")
        if os.access(path.parent, os.W_OK) or log.exists():
            raise
        return sqlite3.connect(f"{uri}&immutable=1", uri=True)
    except BaseException:
        connection.close()
        raise
    return connection


def _check_free(path: Path, what: str) -> None:
    if path.exists():
        raise _is_taken(path, what)
    if not path.parent.is_dir():
        raise StoreError(f"There is no folder {path.parent} for the new {what}.", "Make the folder first.")


def _check_identity(path: Path, application_id: int, known_version: int, what: str) -> None:
    """Look at the file without writing."""
    if not path.exists():
        raise StoreError(f"There is no {what} {path}.", f"Check the name, or make a new {what}.")
    if not path.is_file():
        raise StoreError(f"{path} is not a file.", f"Give the name of a {what} file.")
    try:
        with closing(connect_to_read(path)) as connection:
            found_id = _pragma(connection, "application_id")
            found_version = _pragma(connection, "user_version")
    except sqlite3.OperationalError as error:
        raise StoreError(
            f"The {what} {path} cannot be opened where it is: {error}.",
            "Tarjama must be able to write the file and its folder. Copy it to a place where you may write.",
        ) from error
    except sqlite3.DatabaseError as error:
        raise StoreError(
            f"{path} is not a Tarjama {what}, or it is damaged: {error}.",
            "It was left as it is. If it should be one, restore it from a copy.",
        ) from error
    if found_id != application_id:
        raise StoreError(f"{path} is a file of another program, not a Tarjama {what}.", "It was left as it is.")
    if found_version > known_version:
        raise StoreError(f"The {what} {path} was written by a newer Tarjama.", "Update Tarjama; it was left as it is.")


def _connect(path: Path, application_id: int, migrations: Migrations, what: str) -> OwnFile:
    db = OwnFile(path, _connected, what)
    try:
        if migrations.pending(db):
            db.execute("PRAGMA foreign_keys = OFF")  # a migration that rebuilds a table must not cascade into others
            with _alone(db):  # another process may have begun to do the same: what is pending is asked again
                migrations.apply(db)
                db.execute(f"PRAGMA application_id = {application_id:d}")
                db.execute(f"PRAGMA user_version = {_count(migrations):d}")
            db.execute("PRAGMA foreign_keys = ON")
    except BaseException:
        db.close()  # also on an interrupt: an open connection would keep the half-made file
        raise
    return db


def _connected(path: Path) -> sqlite3.Connection:
    """Open a file as ours are: what was acknowledged survives a power cut."""
    connection = sqlite3.connect(path, timeout=_BUSY_MILLISECONDS / 1000)
    try:
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = FULL")
        connection.execute("PRAGMA cache_size = -65536")  # KiB: a large import then writes each page once
        connection.execute("PRAGMA trusted_schema = OFF")  # a planted view or trigger may call no function that acts
        connection.execute("PRAGMA foreign_keys = ON")
    except BaseException:
        connection.close()
        raise
    return connection


def _make(path: Path, application_id: int, migrations: Migrations, what: str) -> None:
    """Make a file elsewhere, then give it its name: nobody ever opens one that is half made.

    Raise FileExistsError when somebody else was faster.
    """
    with TemporaryDirectory(prefix=f".{path.name}-", dir=path.parent) as folder:
        new = Path(folder) / "new"
        _connect(new, application_id, migrations, what).close()
        try:
            path.hardlink_to(new)
        except FileExistsError:
            raise
        except OSError:  # a disk without hard links
            if path.exists():
                raise FileExistsError(path) from None
            new.rename(path)


def _is_taken(path: Path, what: str) -> StoreError:
    return StoreError(f"There is already a file {path}.", f"Choose another name for the new {what}.")


def _count(migrations: Migrations) -> int:
    """Return how many steps the newest version has: all are pending for an empty database."""
    with closing(Database(memory=True, execute_plugins=False)) as empty:
        return len(migrations.pending(empty))


def _pragma(connection: sqlite3.Connection, name: str) -> int:
    row: tuple[Any, ...] = connection.execute(f"PRAGMA {name}").fetchone()
    return int(row[0])
