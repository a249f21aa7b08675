"""The schema of a project file, as a list of steps; a new file takes all of them."""

from __future__ import annotations

from sqlite_utils import Database, Migrations

migrations = Migrations("corpus")


def create_journal(db: Database) -> None:
    """Create the append-only journal that every file of ours has; it refuses to be changed or shortened."""
    db.execute(
        """
        CREATE TABLE journal (
            number INTEGER PRIMARY KEY,
            at TEXT NOT NULL,
            actor TEXT NOT NULL,
            action TEXT NOT NULL,
            entity TEXT NOT NULL,
            entity_uid TEXT NOT NULL,
            before TEXT NOT NULL,
            after TEXT NOT NULL
        ) STRICT
        """
    )
    for change in ("UPDATE", "DELETE"):
        refuse_in_journal(db, change)


def refuse_in_journal(db: Database, change: str) -> None:
    """Let the journal refuse ``change``, UPDATE or DELETE."""
    db.execute(
        f"""
        CREATE TRIGGER journal_refuses_{change.lower()} BEFORE {change} ON journal
        BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END
        """
    )


def group_journal_by_change(db: Database) -> None:
    """Let entries tell which change they are a part of, and which one they undo; older entries are of none."""
    for column in ("change", "undoes"):
        db.execute(f"ALTER TABLE journal ADD COLUMN {column} TEXT NOT NULL DEFAULT ''")
    # Only what is of a change, or undoes one: a query must say so to use the index.
    db.execute("CREATE INDEX journal_by_change ON journal (change) WHERE change != ''")
    db.execute("CREATE INDEX journal_by_undone ON journal (undoes) WHERE undoes != ''")


@migrations(name="m001_documents_segments_journal")
def m001_documents_segments_journal(db: Database) -> None:
    """Create the first schema: what was imported, what became of it, and who did it."""
    db.execute(
        """
        CREATE TABLE project (
            key TEXT PRIMARY KEY,
            value TEXT NOT NULL
        ) STRICT
        """
    )
    db.execute(
        """
        CREATE TABLE documents (
            uid TEXT PRIMARY KEY,
            position INTEGER NOT NULL,
            name TEXT NOT NULL,
            format TEXT NOT NULL,
            encoding TEXT NOT NULL,
            sha256 TEXT NOT NULL,
            imported_at TEXT NOT NULL
        ) STRICT
        """
    )
    db.execute(
        """
        CREATE TABLE segments (
            uid TEXT PRIMARY KEY,
            document_uid TEXT NOT NULL REFERENCES documents(uid),
            position INTEGER NOT NULL,
            kind TEXT NOT NULL,
            source TEXT NOT NULL,
            target TEXT NOT NULL DEFAULT '',
            state INTEGER NOT NULL DEFAULT 0 CHECK (state BETWEEN 0 AND 4),
            draft TEXT,
            locked INTEGER NOT NULL DEFAULT 0,
            rejected INTEGER NOT NULL DEFAULT 0,
            note TEXT NOT NULL DEFAULT '',
            version INTEGER NOT NULL DEFAULT 1,
            UNIQUE (document_uid, position)
        ) STRICT
        """
    )
    create_journal(db)
    db.execute("CREATE INDEX journal_by_entity ON journal (entity_uid, number)")


@migrations(name="m002_changes_that_can_be_undone")
def m002_changes_that_can_be_undone(db: Database) -> None:
    """Group the journal by change, so that what was done together is undone together."""
    group_journal_by_change(db)


@migrations(name="m003_places_of_segments")
def m003_places_of_segments(db: Database) -> None:
    """Let segments tell where they stood in their file."""
    db.execute("ALTER TABLE segments ADD COLUMN place TEXT NOT NULL DEFAULT ''")


@migrations(name="m004_keys_of_sources")
def m004_keys_of_sources(db: Database) -> None:
    """Let segments of the same source be found; the key of a source that is new is made when it is asked for."""
    db.execute("ALTER TABLE segments ADD COLUMN source_key INTEGER")
    db.execute("CREATE INDEX segments_by_source_key ON segments (source_key)")
    db.execute(
        """
        CREATE TRIGGER segments_lose_key AFTER UPDATE OF source ON segments WHEN new.source IS NOT old.source
        BEGIN UPDATE segments SET source_key = NULL WHERE uid = new.uid; END
        """
    )
