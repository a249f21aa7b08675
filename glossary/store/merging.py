"""Take another glossary in: what it has that this one has not, what both have changed, and what has to be decided.

Journals are compared, not tables. The steps that only the other one has are appended to this journal as they are; then
rows are set to what is decided (``deciding.py``, ``regrouping.py``), each difference from what the steps alone would
make a further step with the action ``merge``. So the tables still follow from the journal, merging again finds nothing,
and both sides come to the same.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any

from sqlite_utils import Database

from corpus.journal import journal_entry
from corpus.journal_difference import Difference, difference
from corpus.model import JournalEntry
from glossary.model import FieldConflict
from glossary.store.changing import MERGE, Change, change
from glossary.store.checking import check_row, checked_step, damaged
from glossary.store.correcting import RowSetter
from glossary.store.deciding import Clash, Trace, removal_clash
from glossary.store.differing import JOURNAL_COLUMNS, concepts_of
from glossary.store.filing import file_clash, keep_conflicts_true
from glossary.store.reading import Reader
from glossary.store.regrouping import Key, regroup
from glossary.store.replaying import after_steps
from glossary.store.rows import BLANK, Fields

_STEPS_OF_TOUCHED = """
    SELECT journal.*, only_here.number IS NOT NULL AS is_only FROM journal
    LEFT JOIN only_here ON only_here.number = journal.number
    WHERE entity_uid IN (SELECT uid FROM touched)
    ORDER BY entity_uid, entity, journal.number
"""


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
               json_group_array(DISTINCT concepts.uid) AS uids
        FROM terms AS source
        JOIN terms AS target ON target.concept_uid = source.concept_uid AND target.language = 'en'
        JOIN concepts ON concepts.uid = source.concept_uid
        WHERE source.language = 'ar'
        GROUP BY source.text, target.folded, domain HAVING count(DISTINCT target.uid) > 1
        ORDER BY min(target.rowid)
    """
    return [
        DoublePair(row["source"], row["target"], row["domain"], tuple(json.loads(row["uids"])))
        for row in db.query(query)
    ]


class _Merger:
    def __init__(self, db: Database, other: Database, merging: Change) -> None:
        self._db = db
        self._other = other
        self._change = merging
        self._report = MergeReport()
        self._rows = RowSetter(db, merging)

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
                self._rows.set(key, row, theirs.row, theirs)
        entangled |= {key: (Trace(self._row(key), steps), Trace()) for key, steps in mine.items()}
        regrouped = regroup(entangled)
        for key, row in regrouped.rows.items():
            ours, theirs = entangled[key]
            self._rows.set(key, ours.row, row, theirs)
        self._rows.flush()
        self._restore_concepts()
        for clash in regrouped.clashes:
            self._file(clash)
        keep_conflicts_true(self._db, self._change)
        self._report.added, self._report.changed = self._rows.added, self._rows.changed
        self._report.removed = self._rows.removed
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
            self._rows.set(("concept", uid), None, row, Trace())
            self._rows.flush()
            self._file(removal_clash("concept", uid, known[-1]))

    def _file(self, clash: Clash) -> None:
        self._report.clashes += file_clash(self._db, self._change, clash)


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
