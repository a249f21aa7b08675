"""Find a place for each document and segment after two copies of a project were put together.

Both may have put something in the same place: the same part of a paragraph, cut in the same way on both sides, becomes
one; what is different stands one after the other, in an order that is the same on both sides.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import groupby

from sqlite_utils import Database

from corpus.journal import Fields, journal_entry
from corpus.model import Segment
from corpus.splitting import last_position
from corpus.store.deciding import TARGET, Clash, is_text_of_human
from corpus.store.rows import DOCUMENT_COLUMNS, SEGMENT_COLUMNS, as_segment, segment_fields

Key = tuple[str, str]
Rows = dict[Key, Fields | None]


def seat_documents(db: Database, rows: Rows) -> None:
    """Let no two documents have one position, changing ``rows``, which are to be written."""
    stands = {row["uid"]: row for row in db.query(f"SELECT {DOCUMENT_COLUMNS} FROM documents")}  # noqa: S608
    stands |= {uid: row for (entity, uid), row in rows.items() if entity == "document" and row is not None}
    order = sorted(stands, key=lambda uid: (stands[uid]["position"], stands[uid]["imported_at"], uid))
    if len({row["position"] for row in stands.values()}) == len(stands):
        return
    for position, uid in enumerate(order, 1):
        if stands[uid]["position"] != position:
            rows["document", uid] = {**_without_uid(stands[uid]), "position": position}


def seat_segments(db: Database, rows: Rows) -> list[Clash]:
    """Let no two segments have one place, changing ``rows``, which are to be written; return what both sides wrote."""
    clashes: list[Clash] = []
    query = f"SELECT {SEGMENT_COLUMNS} FROM segments WHERE document_uid = ?"  # noqa: S608  (our own column names)
    for document in _documents_concerned(db, rows):
        stands = {row["uid"]: row for row in db.query(query, [document])}
        for (entity, uid), row in rows.items():
            if entity != "segment":
                continue
            stands.pop(uid, None)
            if row is not None and row["document_uid"] == document:
                stands[uid] = {**row, "uid": uid}
        segments = sorted(map(as_segment, stands.values()), key=_order)
        places = [(one.position, one.part) for one in segments]
        if len(set(places)) == len(places):
            continue
        kept, folded = _folded(segments)
        for one, into in folded:
            rows["segment", one.uid] = None
            clashes += _clashes(db, one, into)
        for old, new in zip(kept, _spread(kept), strict=True):
            if new != as_segment(stands[old.uid]):
                rows["segment", new.uid] = segment_fields(new)
    return clashes


def _documents_concerned(db: Database, rows: Rows) -> list[str]:
    """Return the documents that segments come into or change places in."""
    found = set()
    for (entity, uid), row in rows.items():
        if entity == "segment" and row is not None:
            query = "SELECT 1 FROM segments WHERE uid = ? AND document_uid = ? AND position = ? AND part = ?"
            if not db.execute(query, [uid, row["document_uid"], row["position"], row["part"]]).fetchone():
                found.add(str(row["document_uid"]))
    return sorted(found)


def _order(segment: Segment) -> tuple[int, int, str]:
    return segment.position, segment.part, segment.uid


def _folded(segments: Sequence[Segment]) -> tuple[list[Segment], list[tuple[Segment, Segment]]]:
    """Make one of the segments that have the same source in the same place: the first, with a text that any has."""
    kept: list[Segment] = []
    folded: list[tuple[Segment, Segment]] = []
    for _, group in groupby(segments, key=lambda one: (one.position, one.part)):
        by_source: dict[tuple[str, tuple[int, ...]], Segment] = {}
        for one in group:
            first = by_source.setdefault((one.source, one.breaks), one)
            if first is one:
                continue
            if one.target == first.target:
                by_source[one.source, one.breaks] = replace(first, state=max(one.state, first.state))
                folded.append((one, first))
            elif is_text_of_human(segment_fields(one)) and not is_text_of_human(segment_fields(first)):
                better = replace(first, target=one.target, state=one.state)
                by_source[one.source, one.breaks] = better
                folded.append((replace(one, target=""), better))
            else:
                folded.append((one, first))
        kept += by_source.values()
    return kept, folded


def _clashes(db: Database, folded: Segment, into: Segment) -> Iterator[Clash]:
    if is_text_of_human(segment_fields(folded)) and folded.target != into.target:
        at, offered_by = _writer_of(db, folded)
        kept_by = _writer_of(db, into)[1]
        yield Clash(into.uid, TARGET, "", kept_by, folded.target, int(folded.state), offered_by, at)


def _writer_of(db: Database, segment: Segment) -> tuple[str, str]:
    """Return when and by whom a segment was given the translation that it has."""
    query = "SELECT * FROM journal WHERE entity_uid = ? ORDER BY number"
    steps = map(journal_entry, db.query(query, [segment.uid]))
    wrote = ((step.at, step.actor) for step in steps if step.after.get("target") == segment.target)
    return max(wrote, default=("", ""))


def _spread(segments: Sequence[Segment]) -> list[Segment]:
    """Give segments that have the same place different ones: parts further numbers, paragraphs further positions."""
    spread: list[Segment] = []
    shift = 0
    for segment in segments:
        placed = replace(segment, position=segment.position + shift)
        if spread and (placed.position, placed.part) <= (spread[-1].position, spread[-1].part):
            if placed.part:
                placed = replace(placed, position=spread[-1].position, part=spread[-1].part + 1)
            else:
                shift += last_position(spread[-1]) + 1 - placed.position
                placed = replace(placed, position=last_position(spread[-1]) + 1)
        spread.append(placed)
    return spread


def _without_uid(row: Fields) -> Fields:
    return {name: value for name, value in row.items() if name != "uid"}
