"""Set rows of a glossary to what was decided in a merge, with further steps where the journal tells something else."""

from __future__ import annotations

from sqlite_utils import Database

from glossary.store.changing import MERGE, Change
from glossary.store.deciding import Trace
from glossary.store.regrouping import Key
from glossary.store.rows import BLANK, STAMP_FIELDS, STAMPED, Fields, derived

_ROWS_AT_ONCE = 1000


class RowSetter:
    """Sets rows within a merge, and counts the terms of all languages that it adds, changes and removes."""

    def __init__(self, db: Database, merging: Change) -> None:
        self._db = db
        self._change = merging
        self._new_rows: dict[str, list[Fields]] = {}
        self.added = self.changed = self.removed = 0

    def set(self, key: Key, row: Fields | None, decided: Fields | None, theirs: Trace) -> None:
        """Turn a row of mine into what was decided, after the steps of theirs were appended to the journal."""
        made = self._corrected(key, theirs.made_of(row), decided)
        if made == row:
            return
        self._count(key[0], row, made)
        if made is not None and key[0] == "term":
            made |= derived({}, made)
        if row is None and made is not None:
            self._insert(key[0], made)
        elif made is None:
            self._db.execute(f"DELETE FROM {key[0]}s WHERE uid = ?", [key[1]])  # noqa: S608
        else:
            self._change.update_row(*key, made)

    def _corrected(self, key: Key, made: Fields | None, decided: Fields | None) -> Fields | None:
        """Return what was decided, with a further step where the steps alone make something else."""
        columns = (*BLANK[key[0]], *(STAMP_FIELDS if key[0] in STAMPED else ()))
        if decided is None:
            if made is not None:
                self._change.record(*key, MERGE, before={name: made[name] for name in columns})
            return None
        told = {name: decided[name] for name in columns}
        if made is None:
            self._change.record(*key, MERGE, after=told)
            return {"uid": key[1], **told} | ({"version": 1} if key[0] in STAMPED else {})
        after = {name: value for name, value in told.items() if made[name] != value}
        if not after:
            return made
        always = [*(name for name in ("concept_uid",) if name in told)]
        if key[0] in STAMPED:
            always += ["changed_by", "changed_at"]
        names = dict.fromkeys((*always, *after))
        self._change.record(
            *key, MERGE, before={name: made[name] for name in names}, after={name: told[name] for name in names}
        )
        return {**made, **after} | ({"version": int(str(made["version"])) + 1} if key[0] in STAMPED else {})

    def _insert(self, entity: str, row: Fields) -> None:
        self._new_rows.setdefault(entity, []).append(row)
        if len(self._new_rows[entity]) >= _ROWS_AT_ONCE:
            self.flush()

    def flush(self) -> None:
        """Write the new rows that are still held back to be written together."""
        for entity, rows in self._new_rows.items():
            columns, places = ", ".join(rows[0]), ", ".join("?" * len(rows[0]))
            query = f"INSERT INTO {entity}s ({columns}) VALUES ({places})"  # noqa: S608
            self._db.conn.executemany(query, ([row[name] for name in rows[0]] for row in rows))
        self._new_rows.clear()

    def _count(self, entity: str, row: Fields | None, made: Fields | None) -> None:
        if entity == "term":
            self.added += row is None
            self.removed += made is None
            self.changed += row is not None and made is not None
