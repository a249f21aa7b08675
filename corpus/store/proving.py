"""Prove that the tables of a project are what its journal says."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from sqlite_utils import Database

from corpus.journal import after_steps, journal_entry

# Row by row in the order of an index: a project may have a million segments.
_STEPS = "SELECT * FROM journal ORDER BY entity_uid, number"
TABLES = {"document": "documents", "segment": "segments"}


def unexplained(db: Database) -> Iterator[str]:
    """Yield the rows, as entity and uid, that are not what the journal tells: another program has written them."""
    for (uid, entity), rows in groupby(db.query(_STEPS), lambda row: (row["entity_uid"], row["entity"])):
        told = after_steps(None, map(journal_entry, rows))
        query = f"SELECT * FROM {TABLES[entity]} WHERE uid = ?"  # noqa: S608  (a constant)
        stands = next(iter(db.query(query, [uid])), None)
        if stands != (None if told is None else {**told, "uid": uid}):
            yield f"{entity} {uid}"
    for entity, table in TABLES.items():
        query = f"SELECT uid FROM {table} WHERE uid NOT IN (SELECT entity_uid FROM journal)"  # noqa: S608  (a constant)
        for (uid,) in db.execute(query):
            yield f"{entity} {uid}"
