"""One change of a glossary: its rows are written with their journal entries, all or none, under one uid."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from types import MappingProxyType
from typing import Any

from sqlite_utils import Database

from corpus.database import transaction
from corpus.journal import journal_row, timestamp
from corpus.uid import new_uids
from glossary.store.known_names import KnownNames
from glossary.store.rows import BLANK, STAMP_FIELDS, STAMPED, Fields, derived, stored
from glossary.store.waiting import WaitingRows, insertion

_NOTHING: Mapping[str, object] = MappingProxyType({})

MERGE = "merge"
"""The action of steps that decide between two glossaries that went apart."""

_STEPS_AT_ONCE = 1000

# Columns that follow from the journal or from other columns; entries do not tell them.
UNTOLD = frozenset({"uid", "folded", "keys", "version", *STAMP_FIELDS})


_COLUMNS = {entity: frozenset((*columns, *STAMP_FIELDS)) for entity, columns in BLANK.items()}


class Change:
    """What ``actor`` does to rows of concepts, sections, terms and conflicts, all within one transaction."""

    def __init__(self, db: Database, actor: str, action: str = "", undoes: str = "") -> None:
        self._db = db
        self._actor = actor
        self._action = action
        self._undoes = undoes
        self._at = timestamp(datetime.now(UTC))
        self._uids = new_uids()
        self.uid = next(self._uids)
        self._stamp = {name: actor if name.endswith("_by") else self._at for name in STAMP_FIELDS}
        self._steps: list[Fields] = []
        self._waiting = WaitingRows(db)
        self._lets_rows_wait = False
        self._names = KnownNames(db)

    def let_rows_wait(self) -> None:
        """Write new concepts, sections and terms together from now on; ``may_have`` must come before queries."""
        self._lets_rows_wait = True

    def may_have(self, *names: object) -> bool:
        """Tell whether a concept or term may have one of these uids or folded texts; rows that wait are written then.

        Where the answer is no there is nothing to be asked of the file.
        """
        if not self._lets_rows_wait:
            return True
        if not self._names.may_have(names):
            return False
        if self._waiting.may_have(names):
            self.write_steps()
        return True

    def insert(self, entity: str, fields: Mapping[str, object], uid: str = "") -> str:
        """Insert a row and return its uid, a new one when none is given; stamps that ``fields`` give are kept."""
        _check(entity, fields)
        uid = uid or next(self._uids)
        row: Fields = {"uid": uid, **fields}
        if entity == "term":
            row |= derived(_NOTHING, fields)
        if entity in STAMPED:
            row |= {name: fields.get(name) or now for name, now in self._stamp.items()}
            self._names.add(uid, row.get("folded"))
        if self._lets_rows_wait and entity != "conflict":
            if self._waiting.add(entity, row):
                self.write_steps()
            return uid
        self._write_row(f"{entity}s", row)
        told = {name: value for name, value in fields.items() if name != "uid"} if "uid" in fields else fields
        self.record(entity, uid, "add", after=told)
        return uid

    def update(
        self, entity: str, uid: str, fields: Mapping[str, object], base: Mapping[str, object] = _NOTHING
    ) -> Fields:
        """Change what differs and return the columns that were changed.

        ``base`` holds columns as whoever makes the change has seen them. Where another value stands now, somebody else
        was faster: that one is kept, and a conflict is filed.
        """
        _check(entity, fields)
        row = self.row(entity, uid)
        after = {name: stored(value) for name, value in fields.items()}
        after = {name: value for name, value in after.items() if row[name] != value}
        for name in [name for name in after if name in base and row[name] != stored(base[name])]:
            self._file_conflict(entity, row, name, stored(base[name]), after.pop(name))
        if not after:
            return {}
        written: Fields = {**after}
        if entity == "term":
            written |= derived(row, after)
            self._names.add(written.get("folded"))
        if entity in STAMPED:
            written |= {"changed_by": self._actor, "changed_at": self._at, "version": row["version"] + 1}
        self.update_row(entity, uid, written)
        always = {} if entity == "concept" else {"concept_uid": row["concept_uid"]}
        before = {name: row[name] for name in after}
        self.record(entity, uid, "change", before={**always, **before}, after={**always, **after})
        if not self._undoes:
            self.keep_conflicts_true(entity, uid)
        return after

    def delete(self, entity: str, uid: str) -> None:
        """Delete a row and the conflicts about it; the journal keeps them."""
        row = self.row(entity, uid)
        for conflict in self._conflicts_about(entity, uid):
            self.delete("conflict", conflict["uid"])
        self._db.execute(f"DELETE FROM {entity}s WHERE uid = ?", [uid])  # noqa: S608
        stamps = {name: row[name] for name in STAMP_FIELDS if name in row}
        told = {name: value for name, value in row.items() if name not in UNTOLD}
        self.record(entity, uid, "remove", before={**told, **stamps})

    def row(self, entity: str, uid: str) -> dict[str, Any]:
        """Return a row as it stands; raise LookupError when there is none."""
        _check(entity, _NOTHING)
        self._write_waiting()
        for row in self._db.query(f"SELECT * FROM {entity}s WHERE uid = ?", [uid]):  # noqa: S608
            return row
        raise LookupError(f"no {entity} {uid}")

    def keep_conflicts_true(self, entity: str, uid: str) -> None:
        """Let the conflicts about a row tell what stands in it now; one whose offer stands is decided."""
        for conflict in self._conflicts_about(entity, uid):
            row = self.row(entity, uid)
            stands = str(row.get(conflict["field"], conflict["kept"]))
            if stands == conflict["offered"]:
                self.delete("conflict", conflict["uid"])
            else:
                concept_uid = row.get("concept_uid", uid)
                self.update("conflict", conflict["uid"], {"kept": stands, "concept_uid": concept_uid})

    def _conflicts_about(self, entity: str, uid: str) -> list[dict[str, Any]]:
        here = "SELECT 1 FROM conflicts WHERE entity_uid = ?"  # seldom; quicker to ask than for rows with names
        if entity == "conflict" or not self._db.execute(here, [uid]).fetchone():
            return []
        return list(self._db.query("SELECT * FROM conflicts WHERE entity_uid = ? ORDER BY uid", [uid]))

    def _file_conflict(self, entity: str, row: Mapping[str, Any], field: str, base: object, offered: object) -> None:
        for known in self._conflicts_about(entity, row["uid"]):
            if (known["field"], known["offered"]) == (field, str(offered)):
                return
        values = {"field": field, "base": str(base), "kept": str(row[field]), "offered": str(offered)}
        whose = {"entity": entity, "entity_uid": row["uid"], "concept_uid": row.get("concept_uid", row["uid"])}
        self.insert("conflict", {**whose, **values, "actor": self._actor, "at": self._at})

    def record(
        self,
        entity: str,
        uid: str,
        action: str,
        *,
        before: Mapping[str, object] = _NOTHING,
        after: Mapping[str, object] = _NOTHING,
    ) -> None:
        """Write a step into the journal, for a row that was written otherwise."""
        self._write_waiting()
        step = journal_row(
            self._at,
            self._actor,
            self._action or action,
            entity,
            uid,
            before=before,
            after=after,
            change=self.uid,
            undoes=self._undoes,
        )
        concept_uid = after.get("concept_uid", before.get("concept_uid", uid))
        self._steps.append({**step, "concept_uid": concept_uid})
        if len(self._steps) >= _STEPS_AT_ONCE:
            self.write_steps()

    def write_steps(self) -> None:
        """Write what was done so far; many entries at once, which takes half the time in a merge."""
        self._write_waiting()
        if self._steps:
            query = insertion("journal", tuple(self._steps[0]))
            self._db.conn.executemany(query, [list(step.values()) for step in self._steps])
            self._steps.clear()

    def _write_waiting(self) -> None:
        shared = {"at": self._at, "actor": self._actor, "action": self._action or "add"}
        self._waiting.write({**shared, "change": self.uid, "undoes": self._undoes}, self._stamp)

    def update_row(self, entity: str, uid: str, written: Fields) -> None:
        """Write columns of a row without a step in the journal."""
        values = ", ".join(f"{name} = ?" for name in written)
        self._db.execute(f"UPDATE {entity}s SET {values} WHERE uid = ?", [*written.values(), uid])  # noqa: S608

    def _write_row(self, table: str, row: Mapping[str, object]) -> None:
        """Insert one row. sqlite-utils' own way looks at the schema each time, which triples the time of an import."""
        self._db.execute(insertion(table, tuple(row)), list(row.values()))


def _check(entity: str, names: Mapping[str, object]) -> None:
    """Raise LookupError for what is no table or column: a journal that is taken back may come from anybody."""
    known = _COLUMNS.get(entity)
    if known is None or not names.keys() <= known:
        unknown = set(names).difference(known or ())
        raise LookupError(f"no {', '.join(map(str, unknown))} in {entity}")


@contextmanager
def change(db: Database, actor: str, action: str = "", undoes: str = "") -> Iterator[Change]:
    """Keep everything that is done to the change within the block, or nothing; see ``corpus.database.transaction``.

    ``action`` is what the journal calls the steps, instead of add, change and remove.
    """
    with transaction(db, "glossary"):
        begun = Change(db, actor, action, undoes)
        yield begun
        begun.write_steps()
