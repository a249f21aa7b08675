"""Bring the rows that can still be read of a damaged file into a new one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import count

from sqlite_utils import Database

from corpus.repair.pages import Pages, Row, Value

_TYPES: dict[str, type | tuple[type, ...]] = {"TEXT": str, "INTEGER": int, "REAL": (int, float), "BLOB": bytes}


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a STRICT table; ``may_be_missing`` tells whether rows of before it was added have none."""

    name: str
    type: str
    may_be_null: bool
    may_be_missing: bool


@dataclass(frozen=True, slots=True)
class Table:
    """A table of a new file; ``is_rowid`` tells whether its first column is the rowid, which rows hold as NULL."""

    name: str
    columns: tuple[Column, ...]
    is_rowid: bool

    def fits(self, values: tuple[Value, ...]) -> bool:
        """Tell whether a row of these values may have been one of this table."""
        if len(values) > len(self.columns):
            return False
        missing = self.columns[len(values) :]
        return all(column.may_be_missing for column in missing) and all(
            _suits(column, value, is_rowid=self.is_rowid and place == 0)
            for place, (column, value) in enumerate(zip(self.columns, values, strict=False))
        )

    def named(self, row: Row) -> dict[str, Value]:
        """Return the values of a row that fits by column."""
        return {column.name: value for column, value in zip(self.columns, self.values(row), strict=False)}

    def values(self, row: Row) -> tuple[Value, ...]:
        """Return the values of a row that fits, in the order of the columns; those of later columns are missing."""
        return (row.rowid, *row.values[1:]) if self.is_rowid else row.values


Judge = Callable[[str, Mapping[str, object]], bool]


@dataclass(slots=True)
class Salvaged:
    """What was found: how many rows of each table, and the keys of those that stood in pages of no known table.

    Such a page may be one that the damage has cut off, or an old one that is not used any more.
    """

    rows: Counter[str] = field(default_factory=Counter)
    doubtful: dict[str, set[str]] = field(default_factory=dict)


def salvage(
    pages: Pages,
    db: Database,
    derived: frozenset[str],
    is_sound: Judge,
    progress: Callable[[int, int], None] = lambda _done, _all: None,
) -> Salvaged:
    """Copy what can be read into ``db``, a new file with all its tables; those in ``derived`` are left empty.

    Rows that are not sound in the eyes of ``is_sound``, who is given the table's name and the values by column, are
    left out: what they say is damaged. ``progress`` is told after every page how many of how many are done.
    """
    tables = {name: table for name, table in _tables(db).items() if name not in derived}
    roots = _roots(pages)
    salvaged, claimed = Salvaged(), pages.free()

    def fits(table: Table, row: Row) -> bool:
        return table.fits(row.values) and is_sound(table.name, table.named(row))

    done = count()

    def rows_of_page(number: int) -> Iterator[Row]:
        yield from pages.rows(number)
        progress(next(done), pages.count)

    for name, root in roots.items():
        leaves = list(pages.leaves(root))
        claimed.update(leaves)
        if name in tables:
            rows = (row for leaf in leaves for row in rows_of_page(leaf) if fits(tables[name], row))
            salvaged.rows[name] += _insert(db, tables[name], rows)
    for number in range(2, pages.count + 1):
        if number in claimed or not (rows_of := list(rows_of_page(number))):
            continue
        table = max(tables.values(), key=lambda table: sum(table.fits(row.values) for row in rows_of))
        fitting = [row for row in rows_of if fits(table, row)]
        if inserted := _insert(db, table, fitting):
            salvaged.rows[table.name] += inserted
            salvaged.doubtful.setdefault(table.name, set()).update(str(row.values[0]) for row in fitting)
    return salvaged


def _tables(db: Database) -> dict[str, Table]:
    found = {}
    query = "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite%' AND name NOT LIKE '\\_%'"
    for (name,) in db.execute(query + " ESCAPE '\\'").fetchall():
        info = db.execute(f"PRAGMA table_info({name})").fetchall()
        columns = tuple(
            Column(column, kind, not not_null and not key, default is not None or not (not_null or key))
            for _, column, kind, not_null, default, key in info
        )
        keys = [row for row in info if row[5]]
        is_rowid = len(keys) == 1 and keys[0][2] == "INTEGER" and keys[0][0] == 0
        found[name] = Table(name, columns, is_rowid)
    return found


def _roots(pages: Pages) -> dict[str, int]:
    """Return where each table begins, as far as the list of them can be read."""
    found = {}
    for leaf in pages.leaves(1):
        for row in pages.rows(leaf):
            if len(row.values) == 5 and row.values[0] == "table" and isinstance(root := row.values[3], int):
                found[str(row.values[1])] = root
    return found


def _insert(db: Database, table: Table, rows: Iterable[Row]) -> int:
    """Insert rows, leaving out those whose key is there already; return how many there were to insert."""
    number, before = 0, db.conn.total_changes
    queries: dict[int, str] = {}  # by how many columns a row has: those that came later are missing in older rows
    for row in rows:
        number += 1
        values = table.values(row) if table.is_rowid else (row.rowid, *row.values)
        query = queries.get(len(values)) or queries.setdefault(len(values), _insertion(table, len(values)))
        db.conn.execute(query, values)
    return min(number, db.conn.total_changes - before)


def _insertion(table: Table, count: int) -> str:
    names = [column.name for column in table.columns]
    columns = ", ".join((names if table.is_rowid else ["rowid", *names])[:count])
    return f"INSERT OR IGNORE INTO {table.name} ({columns}) VALUES ({', '.join('?' * count)})"  # noqa: S608


def _suits(column: Column, value: Value, *, is_rowid: bool) -> bool:
    if value is None:
        return is_rowid or column.may_be_null
    return not is_rowid and isinstance(value, _TYPES[column.type])
