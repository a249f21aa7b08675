"""A glossary's tables beside what its journal says they are."""

from glossary.replay import replay

ENTITIES = ("concept", "section", "term", "conflict")


def tables(store):
    """Return all rows by entity and uid."""
    return {
        entity: {row["uid"]: row for row in store._db.query(f"SELECT * FROM {entity}s")}  # noqa: S608
        for entity in ENTITIES
    }


def replayed(store):
    """Return the rows that the journal alone tells of."""
    state = replay(store.journal())
    return {entity: getattr(state, f"{entity}s") for entity in ENTITIES}


def assert_sound(store):
    """Fail unless the tables are what the journal says, and no row refers to one that is not there."""
    assert replayed(store) == tables(store)
    assert list(store._db.query("PRAGMA foreign_key_check")) == []
    assert store.problems() == []
    for conflict in store.conflicts():
        row = tables(store)[conflict.entity][conflict.entity_uid]
        assert str(row.get(conflict.field, conflict.kept)) == conflict.kept != conflict.offered
