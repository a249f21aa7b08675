"""Make a memory of salvaged units whole: what they are found by is made anew from them.

A memory is a copy of what journals and imported files say, so nothing in it needs to be guessed: what is lost comes
back when the projects are added and the files imported again.
"""

from __future__ import annotations

from collections.abc import Mapping

from sqlite_utils import Database

from corpus.database import MEMORY_APPLICATION_ID
from corpus.keys import source_key
from corpus.memory.migrations import migrations
from corpus.repair import Kind
from corpus.repair.salvage import Salvaged

# The index has a place for each number up to the highest. Units that were forgotten leave gaps, but not such ones.
_MOST_GAPS = 1_000_000
_GAPS_FOR_EACH = 10


def is_sound(table: str, row: Mapping[str, object]) -> bool:
    """Tell whether a row says what Tarjama can understand: a unit has two texts."""
    return table != "units" or bool(str(row["source"]).strip() and str(row["target"]).strip())


def settle_memory(db: Database, salvaged: Salvaged) -> list[str]:
    """Make what units are found by; return what there is now, and how the rest comes back."""
    _number_anew(db)
    db.conn.create_function("source_key", 1, source_key, deterministic=True)
    db.execute("UPDATE units SET key = source_key(source) WHERE key != source_key(source)")
    nameless = _name_provenances(db)
    from corpus.memory.index import Index  # numpy, which other repairs do without

    Index(db).pack()
    sentences = [f"It has {salvaged.rows['units']} translations now."]
    sentences += [f"Where units come from is lost for some; they are of “{name}” now." for name in nameless]
    return [*sentences, "`tarjama memory add PROJECT` brings back what projects have; import other files again."]


def _number_anew(db: Database) -> None:
    """Give units a number that follows the others where damage has made one that is beyond all of them."""
    (count,) = db.execute("SELECT count(*) FROM units").fetchone()
    most = _MOST_GAPS + _GAPS_FOR_EACH * count
    (last,) = db.execute("SELECT coalesce(max(id), 0) FROM units WHERE id BETWEEN 1 AND ?", [most]).fetchone()
    strange = db.execute("SELECT id FROM units WHERE id NOT BETWEEN 1 AND ?", [most]).fetchall()
    numbers = ((last + place, old) for place, (old,) in enumerate(strange, 1))
    db.conn.executemany("UPDATE units SET id = ? WHERE id = ?", numbers)
    db.execute("UPDATE sqlite_sequence SET seq = ? WHERE name = 'units'", [last + len(strange)])


def _name_provenances(db: Database) -> list[str]:
    query = "SELECT DISTINCT provenance FROM units WHERE provenance NOT IN (SELECT id FROM provenances)"
    lost = [identifier for (identifier,) in db.execute(query)]
    names = [f"recovered-{identifier}" for identifier in lost]
    rows = ((identifier, name, name) for identifier, name in zip(lost, names, strict=True))
    db.conn.executemany("INSERT INTO provenances (id, uid, name) VALUES (?, ?, ?)", rows)
    return names


MEMORY = Kind(
    MEMORY_APPLICATION_ID,
    migrations,
    "memory",
    frozenset({"blocks", "postings", "recent"}),
    is_sound,
    settle_memory,
    instead="Rename it: a new one is made by the next confirmation, and `tarjama memory add PROJECT` fills it.",
)
