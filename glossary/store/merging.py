"""Take another glossary in: what it has that this one has not, what both have changed, and what has to be decided.

Journals are compared, not tables. The steps that only the other one has are appended to this journal as they are; then
rows are set to what is decided (``deciding.py``, ``regrouping.py``), each difference from what the steps alone would
make a further step with the action ``merge``. So the tables still follow from the journal, merging again finds nothing,
and both sides come to the same.
"""

from __future__ import annotations

import json
import sqlite3
import uuid
from collections.abc import Iterable, Iterator
from dataclasses import asdict, astuple, dataclass, field
from itertools import groupby
from typing import Any

from sqlite_utils import Database

from corpus.journal import journal_entry
from corpus.model import JournalEntry
from glossary.errors import TermError
from glossary.model import FieldConflict, TermStatus
from glossary.store.adding import check_term
from glossary.store.changing import MERGE, Change, change
from glossary.store.deciding import Clash, Trace, removal_clash
from glossary.store.differing import JOURNAL_COLUMNS, Difference, checked_step, concepts_of, damaged, difference
from glossary.store.reading import Reader
from glossary.store.regrouping import Key, regroup
from glossary.store.replaying import after_steps
from glossary.store.rows import BLANK, STAMP_FIELDS, STAMPED, Fields, derived
from glossary.store.settling import REMOVED

_STEPS_OF_TOUCHED = """
    SELECT journal.*, only_here.number IS NOT NULL AS is_only FROM journal
    LEFT JOIN only_here ON only_here.number = journal.number
    WHERE entity_uid IN (SELECT uid FROM touched)
    ORDER BY entity_uid, entity, journal.number
"""

_CLASHES = uuid.UUID("6c1f5f0e-8a52-4a7e-9d0b-1d8a4b1c7f3e")  # of no meaning: names made from it are equal everywhere
_STATUSES = frozenset(TermStatus)
_ROWS_AT_ONCE = 1000


@dataclass(frozen=True, slots=True)
class DoublePair:
    """The same Arabic and English in the same domain, standing more than once: their concepts."""

    source: str
    target: str
    domain: str
    concept_uids: tuple[str, ...]


@dataclass(slots=True)
class MergeReport:
    """What came in: steps of the journal, terms of all languages, and the conflicts and doubles there are now.

    ``clashes`` counts the conflicts that this merge has filed; ``conflicts`` are all that wait for somebody to decide.
    """

    steps: int = 0
    added: int = 0
    changed: int = 0
    removed: int = 0
    clashes: int = 0
    conflicts: list[FieldConflict] = field(default_factory=list)
    doubles: list[DoublePair] = field(default_factory=list)


def merge(db: Database, other: Database, actor: str) -> MergeReport:
    """Take ``other``, a copy of a glossary that may be written to, into ``db``; change nothing when it has nothing new.

    Raise GlossaryStoreError, changing nothing, when what it holds makes no sense.
    """
    try:
        with change(db, actor, MERGE) as merging:
            report = _Merger(db, other, merging).merge()
    except (sqlite3.IntegrityError, UnicodeEncodeError) as error:
        raise damaged(str(error)) from error
    report.conflicts = Reader(db).conflicts()
    report.doubles = double_pairs(db)
    return report


def double_pairs(db: Database) -> list[DoublePair]:
    """Return the pairs that stand more than once in the same domain, the first ones first."""
    query = """
        SELECT min(source.text) AS source, min(target.text) AS target, domain,
               group_concat(DISTINCT concepts.uid) AS uids
        FROM terms AS source
        JOIN terms AS target ON target.concept_uid = source.concept_uid AND target.language = 'en'
        JOIN concepts ON concepts.uid = source.concept_uid
        WHERE source.language = 'ar'
        GROUP BY source.text, target.folded, domain HAVING count(DISTINCT target.uid) > 1
        ORDER BY min(target.rowid)
    """
    return [
        DoublePair(row["source"], row["target"], row["domain"], tuple(row["uids"].split(",")))
        for row in db.query(query)
    ]


class _Merger:
    def __init__(self, db: Database, other: Database, merging: Change) -> None:
        self._db = db
        self._other = other
        self._change = merging
        self._report = MergeReport()
        self._new_rows: dict[str, list[Fields]] = {}

    def merge(self) -> MergeReport:
        only = difference(self._db, self._other)
        self._report.steps = len(only.theirs)
        if not only.theirs:
            return self._report
        self._db.execute("PRAGMA defer_foreign_keys = ON")  # rows come in any order
        mine, shared = self._entangled(only)
        self._append(only.theirs)
        entangled: dict[Key, tuple[Trace, Trace]] = {}
        known = self._known()
        for key, theirs in self._their_traces():
            if key in shared:
                entangled[key] = (Trace(self._row(key), mine.pop(key, ())), theirs)
            else:
                row = self._row(key) if key[1] in known else None
                self._set(key, row, theirs.row, theirs)
        entangled |= {key: (Trace(self._row(key), steps), Trace()) for key, steps in mine.items()}
        regrouped = regroup(entangled)
        for key, row in regrouped.rows.items():
            ours, theirs = entangled[key]
            self._set(key, ours.row, row, theirs)
        self._flush()
        self._restore_concepts()
        for clash in regrouped.clashes:
            self._file(clash)
        self._keep_conflicts_true()
        return self._report

    # Reading

    def _entangled(self, only: Difference) -> tuple[dict[Key, list[JournalEntry]], set[Key]]:
        """Return my own steps by row, and the rows of both, in the concepts that both sides have touched since.

        Concepts between which terms were moved hang together. All rows that are needed of theirs are noted.
        """
        links: dict[str, set[str]] = {}
        my_concepts = _concepts(_steps(self._db, only.mine), links)
        shared = _reached(my_concepts & _concepts(_steps(self._other, only.theirs), links), links)
        mine: dict[Key, list[JournalEntry]] = {}
        for row in _steps(self._db, only.mine):
            if not shared.isdisjoint(concepts_of(row)):
                mine.setdefault((row["entity"], row["entity_uid"]), []).append(journal_entry(row))
        keys = {*mine}
        self._other.execute("CREATE TEMP TABLE only_here (number INTEGER PRIMARY KEY)")
        self._other.execute("CREATE TEMP TABLE touched (uid TEXT PRIMARY KEY)")
        self._other.conn.executemany("INSERT INTO only_here VALUES (?)", ((number,) for number in only.theirs))
        self._other.conn.executemany("INSERT INTO touched VALUES (?)", {(uid,) for _, uid in mine})
        for row in _steps(self._other, only.theirs):
            self._other.execute("INSERT OR IGNORE INTO touched VALUES (?)", [row["entity_uid"]])
            if not shared.isdisjoint(concepts_of(row)):
                keys.add((row["entity"], row["entity_uid"]))
        return mine, keys

    def _their_traces(self) -> Iterator[tuple[Key, Trace]]:
        """Yield the rows of theirs as their journal tells them."""
        rows = self._other.query(_STEPS_OF_TOUCHED)
        for key, group in groupby(rows, lambda row: (row["entity"], row["entity_uid"])):
            steps, new = [], []
            for row in group:
                steps.append(checked_step(row))
                if row["is_only"]:
                    new.append(steps[-1])
            stands = after_steps(None, steps)
            if stands is not None:
                check_row(key[0], stands)
            yield key, Trace(stands, new, len(new) == len(steps))

    def _known(self) -> set[str]:
        """Return the uids of all rows: to ask for each one takes longer."""
        return {uid for entity in BLANK for (uid,) in self._db.execute(f"SELECT uid FROM {entity}s")}  # noqa: S608

    def _row(self, key: Key) -> Fields | None:
        try:
            return self._change.row(*key)
        except LookupError:
            return None

    # Writing

    def _append(self, numbers: frozenset[int]) -> None:
        """Append their steps to my journal as they are."""
        columns, places = ", ".join(JOURNAL_COLUMNS), ", ".join("?" * len(JOURNAL_COLUMNS))
        self._db.conn.executemany(
            f"INSERT INTO journal ({columns}) VALUES ({places})",  # noqa: S608  (a constant)
            ([row[name] for name in JOURNAL_COLUMNS] for row in _steps(self._other, numbers)),
        )

    def _set(self, key: Key, row: Fields | None, decided: Fields | None, theirs: Trace) -> None:
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
            self._flush()

    def _flush(self) -> None:
        for entity, rows in self._new_rows.items():
            columns, places = ", ".join(rows[0]), ", ".join("?" * len(rows[0]))
            query = f"INSERT INTO {entity}s ({columns}) VALUES ({places})"  # noqa: S608
            self._db.conn.executemany(query, ([row[name] for name in rows[0]] for row in rows))
        self._new_rows.clear()

    def _count(self, entity: str, row: Fields | None, made: Fields | None) -> None:
        if entity == "term":
            self._report.added += row is None
            self._report.removed += made is None
            self._report.changed += row is not None and made is not None

    # What hangs on it

    def _restore_concepts(self) -> None:
        """Bring back concepts that are gone and have terms: some journals have seen more than both sides here."""
        query = """
            SELECT concept_uid FROM terms WHERE concept_uid NOT IN (SELECT uid FROM concepts)
            UNION SELECT concept_uid FROM sections WHERE concept_uid NOT IN (SELECT uid FROM concepts)
        """
        for (uid,) in self._db.execute(query).fetchall():
            steps = "SELECT * FROM journal WHERE entity_uid = ? AND entity = 'concept' ORDER BY number"
            known = [journal_entry(row) for row in self._db.query(steps, [uid])]
            row = after_steps(None, (step for step in known if step.after or not step.before))
            if row is None:
                raise damaged(f"the concept {uid} is missing")
            self._set(("concept", uid), None, row, Trace())
            self._flush()
            self._file(removal_clash("concept", uid, known[-1]))

    def _file(self, clash: Clash) -> None:
        """File a conflict unless there is the same one, or what was offered stands after all."""
        row = self._row((clash.entity, clash.entity_uid))
        if row is None:
            return
        fields = asdict(clash)
        conflict_uid = _uid_of(clash)
        same = "SELECT 1 FROM conflicts WHERE uid = ? OR (entity_uid = ? AND field = ? AND offered = ?)"
        values = [conflict_uid, clash.entity_uid, clash.field, clash.offered]
        if self._db.execute(same, values).fetchone():
            return
        concept_uid = row.get("concept_uid", clash.entity_uid)
        kept = "no" if clash.field == REMOVED else str(row[clash.field])
        if kept != clash.offered:
            self._change.insert("conflict", {**fields, "concept_uid": concept_uid, "kept": kept}, conflict_uid)
            self._report.clashes += 1

    def _keep_conflicts_true(self) -> None:
        for conflict in list(self._db.query("SELECT * FROM conflicts ORDER BY uid")):
            key = (conflict["entity"], conflict["entity_uid"])
            if self._row(key) is None:
                self._change.delete("conflict", conflict["uid"])
            else:
                self._change.keep_conflicts_true(*key)


def check_row(entity: str, row: Fields) -> None:
    """Raise GlossaryStoreError unless a row from outside may stand in a table."""
    for name, blank in BLANK[entity].items():
        value = row[name]
        if value == blank:
            continue
        if type(value) is not type(blank):
            raise damaged(f"{name} of the {entity} {row['uid']} is {value!r}")
        str(value).encode()  # what is no Unicode cannot be stored
        if blank == "[]":
            _check_list(entity, row, name)
    if entity == "conflict" and not _is_conflict(row):
        raise damaged(f"the conflict {row['uid']} is about nothing")
    if entity == "term":
        if row["status"] not in _STATUSES:
            raise damaged(f"the term {row['uid']} has no status")
        try:
            check_term(str(row["text"]))
        except TermError as error:
            raise damaged(f"the term {row['uid']}: {error.message}") from error


def _check_list(entity: str, row: Fields, name: str) -> None:
    try:
        values = json.loads(str(row[name]))
    except (ValueError, RecursionError) as error:
        raise damaged(f"{name} of the {entity} {row['uid']} is no list") from error
    is_text = _is_pair if name == "extras" else _is_text
    if not isinstance(values, list) or not all(map(is_text, values)):
        raise damaged(f"{name} of the {entity} {row['uid']} is no list of texts")


def _is_text(value: object) -> bool:
    return isinstance(value, str)


def _is_pair(value: object) -> bool:
    return isinstance(value, list) and len(value) == 2 and all(map(_is_text, value))


def _is_conflict(row: Fields) -> bool:
    entity, name = str(row["entity"]), str(row["field"])
    return entity in BLANK and entity != "conflict" and (name in BLANK[entity] or name == REMOVED)


def _uid_of(clash: Clash) -> str:
    """Return the same uid on both sides for the same conflict."""
    return str(uuid.uuid5(_CLASHES, "\0".join(astuple(clash)[1:5])))


def _steps(db: Database, numbers: frozenset[int]) -> Iterator[dict[str, Any]]:
    """Yield the steps of a journal that have these numbers, as they stand there."""
    if numbers:
        for row in db.query("SELECT * FROM journal WHERE number >= ? ORDER BY number", [min(numbers)]):
            if row["number"] in numbers:
                yield row


def _concepts(rows: Iterable[dict[str, Any]], links: dict[str, set[str]]) -> set[str]:
    """Return the concepts that steps are about, and add to ``links`` those between which they move terms."""
    found: set[str] = set()
    for row in rows:
        concepts = concepts_of(row)
        found |= concepts
        if len(concepts) > 1:
            for uid in concepts:
                links.setdefault(uid, set()).update(concepts)
    return found


def _reached(concepts: set[str], links: dict[str, set[str]]) -> set[str]:
    """Return the concepts and all that hang together with them."""
    reached: set[str] = set()
    waiting = [*concepts]
    while waiting:
        uid = waiting.pop()
        if uid not in reached:
            reached.add(uid)
            waiting += links.get(uid, ())
    return reached
