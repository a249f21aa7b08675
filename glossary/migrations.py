"""The schema of a glossary file, as a list of steps; a new file takes all of them."""

from __future__ import annotations

from sqlite_utils import Database, Migrations

from corpus.migrations import create_journal, group_journal_by_change, refuse_in_journal
from glossary.spelling import matching_keys

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


_STAMP = ("created_by TEXT", "created_at TEXT", "changed_by TEXT", "changed_at TEXT")


@migrations(name="m002_full_concepts")
def m002_full_concepts(db: Database) -> None:
    """Add the rest of what ISO 30042 says of concepts and terms, conflicts, and changes that can be undone."""
    _add_columns(
        db,
        "concepts",
        "note TEXT",
        "url TEXT",
        "do_not_translate INTEGER",
        "tags TEXT '[]'",
        "extras TEXT '[]'",
        *_STAMP,
        "version INTEGER 1",
    )
    _add_columns(
        db,
        "terms",
        *(
            f"{name} TEXT"
            for name in ("gender", "number", "register", "term_type", "geography", "example", "reference")
        ),
        "case_sensitive INTEGER",
        "forms TEXT '[]'",
        "extras TEXT '[]'",
        "keys TEXT",
        *_STAMP,
    )
    db.execute(
        """
        CREATE TABLE sections (
            uid TEXT PRIMARY KEY,
            concept_uid TEXT NOT NULL REFERENCES concepts(uid),
            language TEXT NOT NULL,
            definition TEXT NOT NULL DEFAULT '',
            note TEXT NOT NULL DEFAULT '',
            extras TEXT NOT NULL DEFAULT '[]'
        ) STRICT
        """
    )
    db.execute("CREATE INDEX sections_by_concept ON sections (concept_uid, language)")
    db.execute(
        """
        CREATE TABLE conflicts (
            uid TEXT PRIMARY KEY,
            concept_uid TEXT NOT NULL,
            entity TEXT NOT NULL,
            entity_uid TEXT NOT NULL,
            field TEXT NOT NULL,
            base TEXT NOT NULL,
            kept TEXT NOT NULL,
            offered TEXT NOT NULL,
            actor TEXT NOT NULL,
            at TEXT NOT NULL
        ) STRICT
        """
    )
    db.execute("CREATE INDEX conflicts_by_entity ON conflicts (entity_uid)")
    group_journal_by_change(db)
    _tell_concepts_in_journal(db)
    _stamp_from_journal(db)
    _count_changes(db)
    for uid, text in db.execute("SELECT uid, text FROM terms WHERE language = 'ar'").fetchall():
        db.execute("UPDATE terms SET keys = ? WHERE uid = ?", [matching_keys(text), uid])
    _create_views(db)


def _add_columns(db: Database, table: str, *columns: str) -> None:
    """Add columns, each given as name, type and what a row has that does not say: '' or 0 where nothing is given."""
    for column in columns:
        name, kind, *default = column.split(" ")
        value = default[0] if default else {"TEXT": "''", "INTEGER": "0"}[kind]
        db.execute(f"ALTER TABLE {table} ADD COLUMN {name} {kind} NOT NULL DEFAULT {value}")


def _tell_concepts_in_journal(db: Database) -> None:
    """Let an entry tell its concept, so that a concept's history, and what others have changed, is found by an index.

    No generated column: SQLite before 3.41 takes json_extract for unsafe in a schema that is not trusted.
    """
    db.execute("ALTER TABLE journal ADD COLUMN concept_uid TEXT NOT NULL DEFAULT ''")
    db.execute("DROP TRIGGER journal_refuses_update")
    db.execute(
        """
        UPDATE journal SET concept_uid =
            coalesce(json_extract(after, '$.concept_uid'), json_extract(before, '$.concept_uid'), entity_uid)
        """
    )
    refuse_in_journal(db, "UPDATE")
    db.execute("CREATE INDEX journal_by_concept ON journal (concept_uid)")


def _stamp_from_journal(db: Database) -> None:
    db.execute(
        "CREATE TEMP TABLE ends AS SELECT entity_uid, min(number) AS created, max(number) AS changed"
        " FROM journal GROUP BY entity_uid"
    )
    db.execute("CREATE INDEX temp.ends_by_entity ON ends (entity_uid)")
    for table in ("concepts", "terms"):
        for kind in ("created", "changed"):
            step = f"FROM ends JOIN journal ON number = {kind} WHERE ends.entity_uid = {table}.uid"
            db.execute(
                f"""
                UPDATE {table} SET {kind}_by = coalesce((SELECT actor {step}), ''),
                                   {kind}_at = coalesce((SELECT at {step}), '')
                """  # noqa: S608  (our own table names)
            )
    db.execute("DROP TABLE ends")


def _count_changes(db: Database) -> None:
    """Let a version be 1 and the number of changes: the first schema did not count them."""
    db.execute("CREATE TEMP TABLE changes_of (uid TEXT PRIMARY KEY, count INTEGER)")
    db.execute(
        "INSERT INTO changes_of SELECT entity_uid, count(*) FROM journal WHERE action = 'change' GROUP BY entity_uid"
    )
    for table in ("concepts", "terms"):
        db.execute(
            f"""
            UPDATE {table} SET version = 1 + coalesce((SELECT count FROM changes_of WHERE uid = {table}.uid), 0)
            """  # noqa: S608  (our own table names)
        )
    db.execute("DROP TABLE changes_of")


def _create_views(db: Database) -> None:
    """Create what people see who open the file with sqlite-utils or Datasette."""
    db.execute(
        """
        CREATE VIEW bilingual_terms AS
        SELECT source.text AS arabic, target.text AS english, target.status AS status, target.pos AS part_of_speech,
               concepts.domain AS domain, concepts.definition AS definition, target.note AS note,
               source.status AS arabic_status, source.gender AS gender, source.number AS number,
               source.forms AS arabic_forms, concepts.do_not_translate AS do_not_translate, concepts.tags AS tags,
               target.created_by AS added_by, target.created_at AS added_at,
               target.changed_by AS changed_by, target.changed_at AS changed_at,
               target.concept_uid AS concept_uid, target.uid AS term_uid
        FROM terms AS target
        JOIN terms AS source ON source.concept_uid = target.concept_uid AND source.language = 'ar'
        JOIN concepts ON concepts.uid = target.concept_uid
        WHERE target.language = 'en'
        """
    )
    db.execute(
        """
        CREATE VIEW concept_overview AS
        SELECT concepts.uid AS concept_uid, domain, definition, concepts.note AS note, url, tags,
               (SELECT group_concat(text, ' | ') FROM terms WHERE concept_uid = concepts.uid AND language = 'ar')
                   AS arabic,
               (SELECT group_concat(text, ' | ') FROM terms WHERE concept_uid = concepts.uid AND language = 'en')
                   AS english,
               created_by, created_at, changed_by, changed_at
        FROM concepts
        """
    )
    db.execute(
        """
        CREATE VIEW change_history AS
        SELECT number, at, actor, action, entity, concept_uid, before, after, change, undoes FROM journal
        """
    )
    db.execute(
        """
        CREATE VIEW open_conflicts AS
        SELECT conflicts.at AS at, conflicts.actor AS actor, arabic, english, entity, field, base, kept, offered,
               conflicts.uid AS conflict_uid, conflicts.concept_uid AS concept_uid
        FROM conflicts LEFT JOIN concept_overview ON concept_overview.concept_uid = conflicts.concept_uid
        """
    )
