"""The schema of a memory file, as a list of steps; a new file takes all of them."""

from __future__ import annotations

from sqlite_utils import Database, Migrations

migrations = Migrations("memory")


@migrations(name="m001_units_and_their_index")
def m001_units_and_their_index(db: Database) -> None:
    """Create units, and what they are found by.

    ``recent`` has the features of the units added last, a row each; ``postings`` those of all others, packed: for each
    feature and block of units, their ids as 32-bit numbers. ``blocks`` has the lengths of the units' sources, by id.
    """
    db.execute("CREATE TABLE provenances (id INTEGER PRIMARY KEY, uid TEXT NOT NULL UNIQUE, name TEXT NOT NULL) STRICT")
    db.execute(
        """
        CREATE TABLE units (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            provenance INTEGER NOT NULL REFERENCES provenances(id),
            uid TEXT NOT NULL,
            source_language TEXT NOT NULL,
            target_language TEXT NOT NULL,
            key INTEGER NOT NULL,
            source TEXT NOT NULL,
            target TEXT NOT NULL,
            author TEXT NOT NULL,
            changed_at TEXT NOT NULL
        ) STRICT
        """
    )
    db.execute("CREATE INDEX units_by_key ON units (key)")
    db.execute("CREATE UNIQUE INDEX units_by_uid ON units (provenance, uid)")
    db.execute(
        """
        CREATE TABLE blocks (
            number INTEGER PRIMARY KEY,
            first INTEGER NOT NULL,
            last INTEGER NOT NULL,
            lengths BLOB NOT NULL
        ) STRICT
        """
    )
    db.execute(
        """
        CREATE TABLE postings (
            feature INTEGER NOT NULL,
            block INTEGER NOT NULL,
            ids BLOB NOT NULL,
            PRIMARY KEY (feature, block)
        ) STRICT, WITHOUT ROWID
        """
    )
    db.execute(
        """
        CREATE TABLE recent (
            feature INTEGER NOT NULL,
            id INTEGER NOT NULL,
            PRIMARY KEY (feature, id)
        ) STRICT, WITHOUT ROWID
        """
    )


@migrations(name="m002_projects_followed")
def m002_projects_followed(db: Database) -> None:
    """Let units tell their document, and keep up to which entry each project's journal has been followed."""
    db.execute("ALTER TABLE units ADD COLUMN document TEXT NOT NULL DEFAULT ''")
    db.execute("CREATE TABLE followed (project TEXT PRIMARY KEY, number INTEGER NOT NULL, entry TEXT NOT NULL) STRICT")
