"""The schema of a project file, as a list of steps; a new file takes all of them."""

from __future__ import annotations

from sqlite_utils import Database, Migrations

from corpus.progress import count_words

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


# What is counted of a segment. A draft tells its flags as ``corpus.draft_record`` writes them; within a text of it the
# quotes would be escaped.
_COUNTED = """
    {row}document_uid, {row}state, {row}kind != 'boilerplate', 1, {row}words, {row}draft IS NOT NULL,
    {row}locked OR {row}rejected OR ({row}draft IS NOT NULL AND instr({row}draft, '"flags":[]') = 0)
"""


def add_to_progress(rows: str, sign: str = "+") -> str:
    """Return the statement that adds segments, ``FROM … WHERE …`` or those of a trigger, to the tallies of progress."""
    row = "" if rows.startswith("FROM") else f"{rows}."
    source = rows if rows.startswith("FROM") else "WHERE true"
    sums = ", ".join(f"{name} = {name} {sign} excluded.{name}" for name in _TALLIES)
    return f"""
        INSERT INTO progress SELECT {_COUNTED.format(row=row)} {source}
        ON CONFLICT (document_uid, state, is_text) DO UPDATE SET {sums};
    """


_TALLIES = ("segments", "words", "drafts", "flagged")


@migrations(name="m004_progress_of_documents")
def m004_progress_of_documents(db: Database) -> None:
    """Keep tallies of each document's segments, so that a project of a million tells at once how far it is.

    Triggers keep them when segments change or go; whoever inserts some adds them all at once, which is much faster.
    """
    db.execute("ALTER TABLE segments ADD COLUMN words INTEGER NOT NULL DEFAULT 0")
    db.conn.create_function("count_words", 1, count_words, deterministic=True)
    db.execute("UPDATE segments SET words = count_words(source)")
    db.execute(
        """
        CREATE TABLE progress (
            document_uid TEXT NOT NULL,
            state INTEGER NOT NULL,
            is_text INTEGER NOT NULL,
            segments INTEGER NOT NULL,
            words INTEGER NOT NULL,
            drafts INTEGER NOT NULL,
            flagged INTEGER NOT NULL,
            PRIMARY KEY (document_uid, state, is_text)
        ) STRICT, WITHOUT ROWID
        """
    )
    taken, added = add_to_progress("old", "-"), add_to_progress("new")
    db.execute(f"CREATE TRIGGER progress_after_delete AFTER DELETE ON segments BEGIN {taken} END")
    counted = "document_uid, state, kind, words, draft, locked, rejected"
    db.execute(f"CREATE TRIGGER progress_after_update AFTER UPDATE OF {counted} ON segments BEGIN {taken} {added} END")
    db.execute(add_to_progress("FROM segments WHERE true"))
    db.execute("CREATE INDEX documents_by_name ON documents (name, position)")
    db.execute("CREATE UNIQUE INDEX documents_by_position ON documents (position)")


@migrations(name="m005_changes_by_person")
def m005_changes_by_person(db: Database) -> None:
    """Find the last change of a person at once, in a project with a million steps of others."""
    db.execute("CREATE INDEX journal_by_actor ON journal (actor, number) WHERE change != ''")


@migrations(name="m006_parts_of_paragraphs")
def m006_parts_of_paragraphs(db: Database) -> None:
    """Let several segments stand in one paragraph of a file, and one in several.

    SQLite changes no constraint of a table: it is made anew, with whatever columns and indexes it has.
    """
    db.execute("ALTER TABLE segments ADD COLUMN part INTEGER NOT NULL DEFAULT 0")
    db.execute("ALTER TABLE segments ADD COLUMN breaks TEXT NOT NULL DEFAULT ''")
    query = "SELECT sql FROM sqlite_master WHERE tbl_name = 'segments' AND sql IS NOT NULL ORDER BY type = 'table' DESC"
    table, *others = [sql for (sql,) in db.execute(query).fetchall()]
    as_it_was = "UNIQUE (document_uid, position)"
    db.execute(table.replace("segments", "rebuilt", 1).replace(as_it_was, "UNIQUE (document_uid, position, part)"))
    db.execute("INSERT INTO rebuilt SELECT * FROM segments ORDER BY rowid")
    db.execute("DROP TABLE segments")
    db.execute("ALTER TABLE rebuilt RENAME TO segments")
    for sql in others:
        db.execute(sql)


@migrations(name="m007_conflicts")
def m007_conflicts(db: Database) -> None:
    """Keep what two copies of a project say differently until somebody decides."""
    db.execute(
        """
        CREATE TABLE conflicts (
            uid TEXT PRIMARY KEY,
            segment_uid TEXT NOT NULL,
            field TEXT NOT NULL,
            base TEXT NOT NULL,
            kept_by TEXT NOT NULL,
            offered TEXT NOT NULL,
            offered_state INTEGER NOT NULL,
            offered_by TEXT NOT NULL,
            at TEXT NOT NULL
        ) STRICT
        """
    )
    db.execute("CREATE INDEX conflicts_by_segment ON conflicts (segment_uid)")


@migrations(name="m008_keys_of_sources")
def m008_keys_of_sources(db: Database) -> None:
    """Let segments of the same source be found; the key of a source that is new is made when it is asked for."""
    db.execute("ALTER TABLE segments ADD COLUMN source_key INTEGER")
    db.execute("CREATE INDEX segments_by_source_key ON segments (source_key)")
    db.execute(
        """
        CREATE TRIGGER segments_lose_key AFTER UPDATE OF source ON segments WHEN new.source IS NOT old.source
        BEGIN UPDATE segments SET source_key = NULL WHERE uid = new.uid; END
        """
    )


@migrations(name="m009_risks_of_drafts")
def m009_risks_of_drafts(db: Database) -> None:
    """Keep how risky a draft is, so that a project of a million finds the worst at once."""
    db.execute("ALTER TABLE segments ADD COLUMN risk REAL")
    db.execute("CREATE INDEX segments_by_risk ON segments (risk) WHERE state = 1")
    db.execute(
        """
        CREATE TRIGGER segments_lose_risk AFTER UPDATE OF draft, source ON segments
        WHEN old.risk IS NOT NULL AND (new.draft IS NOT old.draft OR new.source IS NOT old.source)
        BEGIN UPDATE segments SET risk = NULL WHERE uid = new.uid; END
        """
    )
