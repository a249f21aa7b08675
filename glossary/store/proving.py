"""Prove that the tables of a glossary are what its journal says."""

from __future__ import annotations

from sqlite_utils import Database

from glossary.store.reading import Reader
from glossary.store.replaying import replay


def unexplained(db: Database) -> list[str]:
    """Return the rows, as entity and uid, that are not what the journal tells: another program has written them."""
    state = replay(Reader(db).journal())
    told = {
        "concept": state.concepts,
        "section": state.sections,
        "term": state.terms,
        "conflict": state.conflicts,
    }
    found = []
    for entity, rows in told.items():
        stands = {row["uid"]: row for row in db.query(f"SELECT * FROM {entity}s")}  # noqa: S608
        found += [f"{entity} {uid}" for uid in sorted({*rows, *stands}) if rows.get(uid) != stands.get(uid)]
    return found
