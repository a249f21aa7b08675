"""New rows that wait to be written together, with their journal entries: an import then takes two thirds of the time.

SQLite itself writes the entries, from the rows.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import groupby

from sqlite_utils import Database

from glossary.store.rows import BLANK, STAMP_FIELDS, STAMPED, Fields

_AT_ONCE = 1000
_TABLES = ("concept", "section", "term")
"""What can wait, in the order in which rows refer to each other."""


class WaitingRows:
    """New rows of concepts, sections and terms, and what they are looked for by until they are written."""

    def __init__(self, db: Database) -> None:
        self._db = db
        self._rows: dict[str, list[Mapping[str, object]]] = {entity: [] for entity in _TABLES}
        self._names: set[object] = set()
        self._count = 0

    def add(self, entity: str, row: Mapping[str, object]) -> bool:
        """Let a row wait; return whether there are so many that they had better be written."""
        self._rows[entity].append(row)
        self._names.add(row["uid"])
        self._names.add(row.get("folded"))
        self._count += 1
        return self._count >= _AT_ONCE

    def may_have(self, names: Iterable[object]) -> bool:
        """Tell whether a row with one of these uids or folded texts is waiting, whatever its language."""
        return not self._names.isdisjoint(names)

    def write(self, entry: Mapping[str, str], stamp: Mapping[str, str]) -> None:
        """Write the rows and their entries in the journal.

        ``entry`` holds the columns that all entries share, ``stamp`` those of rows that were given no stamp.
        """
        for entity in _TABLES if self._count else ():
            if not self._rows[entity]:
                continue
            last = self._db.execute(f"SELECT coalesce(max(rowid), 0) FROM {entity}s").fetchone()[0]  # noqa: S608
            for columns, rows in groupby(self._rows[entity], key=tuple):  # rows lie in the order they were added
                self._db.conn.executemany(insertion(f"{entity}s", columns), [tuple(row.values()) for row in rows])
            self._rows[entity].clear()
            values = {**entry, **stamp, "entity": entity, "last": last}
            self._db.execute(_RECORDED[entity], values)
        self._names.clear()
        self._count = 0


def insertion(table: str, columns: tuple[str, ...]) -> str:
    """Return the statement that inserts a row with these columns."""
    return f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({', '.join('?' * len(columns))})"  # noqa: S608


def _recorded(entity: str, blank: Fields) -> str:
    """Return the statement that writes the entries of the rows behind ``last``: they tell what says something."""
    told = [
        f"'{name}', nullif({name}, {value if isinstance(value, int) else repr(value)})" for name, value in blank.items()
    ]
    if entity in STAMPED:
        told += [f"'{name}', nullif({name}, :{name})" for name in STAMP_FIELDS]
    concept_uid = "uid" if entity == "concept" else "concept_uid"
    return f"""
        INSERT INTO journal (at, actor, action, entity, entity_uid, before, after, change, undoes, concept_uid)
        SELECT :at, :actor, :action, :entity, uid, '{{}}', json_patch('{{}}', json_object({", ".join(told)})),
               :change, :undoes, {concept_uid}
        FROM {entity}s WHERE rowid > :last ORDER BY rowid
    """  # noqa: S608  (our own column names)


_RECORDED = {entity: _recorded(entity, BLANK[entity]) for entity in _TABLES}
