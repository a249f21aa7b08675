"""The schema of a glossary file, as a list of steps; a new file takes all of them."""

from __future__ import annotations

from sqlite_utils import Database, Migrations

from corpus.migrations import create_journal

migrations = Migrations("glossary")


@migrations(name="m001_concepts_terms_journal")
def m001_concepts_terms_journal(db: Database) -> None:
    """Create the first schema: concepts, the terms that name them in each language, and who did what."""
    db.execute(
        """
        CREATE TABLE concepts (
            uid TEXT PRIMARY KEY,
            domain TEXT NOT NULL DEFAULT '',
            definition TEXT NOT NULL DEFAULT ''
        ) STRICT
        """
    )
    db.execute(
        """
        CREATE TABLE terms (
            uid TEXT PRIMARY KEY,
            concept_uid TEXT NOT NULL REFERENCES concepts(uid),
            language TEXT NOT NULL,
            text TEXT NOT NULL,
            folded TEXT NOT NULL,
            status TEXT NOT NULL,
            pos TEXT NOT NULL DEFAULT '',
            note TEXT NOT NULL DEFAULT '',
            version INTEGER NOT NULL DEFAULT 1
        ) STRICT
        """
    )
    db.execute("CREATE INDEX terms_by_folded ON terms (language, folded)")
    db.execute("CREATE INDEX terms_by_concept ON terms (concept_uid, language)")
    create_journal(db)
