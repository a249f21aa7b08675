"""Repair a damaged file of ours: what can be read goes into a new one, which takes its place; the old one is kept."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

from sqlite_utils import Database, Migrations

from corpus.backup import put_in_place
from corpus.database import open_database, transaction
from corpus.errors import StoreError
from corpus.own_file import OwnFile
from corpus.repair.pages import Pages
from corpus.repair.salvage import Judge, Salvaged, salvage

_APPLICATION_ID = slice(68, 72)


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of file that can be repaired.

    ``derived`` are the tables that follow from the others. ``is_sound`` judges what a row says. ``settle`` makes a new
    file of salvaged rows consistent in itself, and returns sentences about what it had to do and what is lost.
    ``instead`` is what to do with a file of which nothing can be read.
    """

    application_id: int
    migrations: Migrations
    what: str
    derived: frozenset[str]
    is_sound: Judge
    settle: Callable[[Database, Salvaged], list[str]]
    instead: str = "Take a backup instead."


@dataclass(frozen=True, slots=True)
class RepairReport:
    """What a repair has done; ``damaged`` is the name that the damaged file has now."""

    path: Path
    damaged: Path
    sentences: tuple[str, ...]


def application_id(path: Path) -> int:
    """Return whose file this is by its first bytes; 0 when they tell nothing."""
    with path.open("rb") as file:
        return int.from_bytes(file.read(100)[_APPLICATION_ID], "big")


Progress = Callable[[str, int, int], None]
"""What is told of a repair that goes on: its step, how many pages that has done, of how many; 0 where none count."""


def repair(
    path: Path,
    kind: Kind,
    *,
    now: Callable[[], datetime] = lambda: datetime.now(UTC),
    progress: Progress = lambda _step, _done, _all: None,
) -> RepairReport:
    """Put what can be read of ``path``, which nobody may have open, into a new file in its place.

    Raise StoreError, changing nothing, when nothing can be read or the new file cannot be written.
    """
    try:
        with TemporaryDirectory(prefix=f".{path.name}-", dir=path.parent) as place:
            new = Path(place) / path.name
            sentences = _salvage_into(new, path, kind, progress)
            damaged = put_in_place(new, path, f"damaged-{now().astimezone(UTC):%Y%m%d-%H%M%S}")
    except (sqlite3.Error, OSError) as error:
        raise StoreError(
            f"The {kind.what} {path} could not be repaired: {error}.",
            "It was left as it is. See that there is as much room on the disk again as the file takes.",
        ) from error
    assert damaged is not None  # noqa: S101  (it was there to be read)
    return RepairReport(path, damaged, tuple(sentences))


def _salvage_into(new: Path, path: Path, kind: Kind, progress: Progress) -> list[str]:
    db = open_database(new, application_id=kind.application_id, migrations=kind.migrations, what=kind.what, create=True)
    with closing(db), closing(Pages(path)) as pages, _written_in_one_go(db):
        db.execute("PRAGMA foreign_keys = OFF")  # until everything is in
        with transaction(db, kind.what):
            salvaged = salvage(pages, db, kind.derived, kind.is_sound, partial(progress, "reading"))
            if not salvaged.rows.total():
                raise StoreError(f"Nothing can be read of {path}.", f"It was left as it is. {kind.instead}")
            progress("comparing with its journal", 0, 0)
            sentences = kind.settle(db, salvaged)
        progress("proving that it is sound", 0, 0)
        wrong = [verdict for (verdict,) in db.execute("PRAGMA integrity_check").fetchall() if verdict != "ok"]
        wrong += [f"broken reference in {table}" for table, *_ in db.execute("PRAGMA foreign_key_check").fetchall()]
        if wrong:
            raise sqlite3.DatabaseError(wrong[0])
    return sentences


@contextmanager
def _written_in_one_go(db: OwnFile) -> Iterator[None]:
    """Write a new file, which nobody needs when this fails, without a log as large as itself; it is on disk after."""
    db.execute("PRAGMA journal_mode = DELETE").fetchall()
    db.execute("PRAGMA synchronous = OFF")
    yield
    with db.path.open("rb+") as file:
        os.fsync(file.fileno())
    db.execute("PRAGMA synchronous = FULL")
    db.execute("PRAGMA journal_mode = WAL").fetchall()
