"""Make a glossary of salvaged rows whole: what is missing is rebuilt from the journal."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping

from sqlite_utils import Database

from corpus.database import GLOSSARY_APPLICATION_ID
from corpus.repair import Kind
from corpus.repair.salvage import Salvaged
from glossary.migrations import migrations
from glossary.store.proving import unexplained
from glossary.store.reading import Reader
from glossary.store.replaying import replay

_JSON = {
    "journal": ("before", "after"),
    "concepts": ("tags", "extras"),
    "sections": ("extras",),
    "terms": ("forms", "extras"),
}
_ORPHANS = "DELETE FROM {}s WHERE concept_uid NOT IN (SELECT uid FROM concepts)"


def is_sound(table: str, row: Mapping[str, object]) -> bool:
    """Tell whether a row says what Tarjama can understand."""
    try:
        for name in _JSON.get(table, ()):
            json.loads(str(row.get(name, "[]")))
    except ValueError:
        return False
    return True


def settle_glossary(db: Database, salvaged: Salvaged) -> list[str]:
    """Put back the rows that only the journal still tells of; return what was done and what cannot be said surely."""
    state = replay(Reader(db).journal())
    counts = Counter[str]()
    told = {"concept": state.concepts, "section": state.sections, "term": state.terms, "conflict": state.conflicts}
    for entity, rows in told.items():
        table = db.table(f"{entity}s")
        stands = {uid for (uid,) in db.execute(f"SELECT uid FROM {entity}s")}  # noqa: S608  (our own table names)
        doubtful = salvaged.doubtful.get(f"{entity}s", set())
        for uid in (stands & doubtful) - rows.keys():
            table.delete(uid)  # it was removed long ago, and stood in a page that is not used any more
        for uid in rows.keys() - (stands - doubtful):
            table.upsert(rows[uid], pk="uid")
            counts[entity] += uid not in stands
    orphans = {entity: db.execute(_ORPHANS.format(entity)).rowcount for entity in ("term", "section")}
    sentences = [f"It has {len(Reader(db).entries())} pairs of terms now."]
    sentences += [f"{count} {entity}s rebuilt from the journal." for entity, count in counts.items() if count]
    sentences += [f"{count} {entity}s are lost with their concept." for entity, count in orphans.items() if count]
    if wrong := unexplained(db):
        sentences.append(f"{len(wrong)} rows stand otherwise than the journal tells: {', '.join(wrong[:10])}.")
    return sentences


GLOSSARY = Kind(GLOSSARY_APPLICATION_ID, migrations, "glossary", frozenset(), is_sound, settle_glossary)
