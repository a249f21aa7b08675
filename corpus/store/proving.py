"""Prove that the tables of a project are what its journal says, in one pass over both and little memory."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import IntEnum
from heapq import merge
from itertools import groupby
from operator import itemgetter

from sqlite_utils import Database

from corpus.database import reading
from corpus.journal import after_step, journal_entry
from corpus.model import JournalEntry
from corpus.store.rows import CONFLICT_COLUMNS, DOCUMENT_COLUMNS, SEGMENT_COLUMNS, Fields

COLUMNS = {"document": DOCUMENT_COLUMNS, "segment": SEGMENT_COLUMNS, "conflict": CONFLICT_COLUMNS}
_JOURNAL = "SELECT * FROM journal WHERE entity = ? ORDER BY entity_uid, number"


class _Side(IntEnum):
    TOLD = 0
    STANDS = 1


_Row = tuple[str, _Side, Fields]  # no two are alike in uid and side, so that fields are never compared


@dataclass(frozen=True, slots=True)
class Disagreement:
    """A document, segment or conflict that does not stand as the journal tells; None where there is none.

    ``told`` and ``stands`` are its fields without the uid. What the journal tells may be a part only, when entries are
    missing in it.
    """

    entity: str
    uid: str
    told: Fields | None
    stands: Fields | None


def unexplained(db: Database) -> Iterator[Disagreement]:
    """Yield what another program has written, or damage has altered: documents, segments, conflicts, each by uid."""
    with reading(db):
        for entity in COLUMNS:
            for uid, rows in groupby(merge(_told(db, entity), _standing(db, entity)), itemgetter(0)):
                fields = {side: row for _, side, row in rows}
                told, stands = fields.get(_Side.TOLD), fields.get(_Side.STANDS)
                if told != stands:
                    yield Disagreement(entity, uid, told, stands)


def _told(db: Database, entity: str) -> Iterator[_Row]:
    entries = (journal_entry(row) for row in db.query(_JOURNAL, [entity]))
    for uid, steps in groupby(entries, lambda entry: entry.entity_uid):
        row = _as_told(steps)
        if row is not None:
            yield uid, _Side.TOLD, row


def _as_told(steps: Iterable[JournalEntry]) -> Fields | None:
    """Return what the steps of one row come to: a part of it when its first ones are missing in the journal."""
    row: Fields | None = None
    for number, step in enumerate(steps):
        is_beheaded = number == 0 and step.before and step.after
        row = dict(step.after) if is_beheaded else after_step(row, step)
    return row


def _standing(db: Database, entity: str) -> Iterator[_Row]:
    for row in db.query(f"SELECT {COLUMNS[entity]} FROM {entity}s ORDER BY uid"):  # noqa: S608  (our own names)
        yield row.pop("uid"), _Side.STANDS, row
