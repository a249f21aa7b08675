"""What numbers are made of, read in one pass: who worked when, and the texts of every segment."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from sqlite_utils import Database

from corpus.model import DraftKind, SegmentKind, State
from corpus.numbers.pace import WorkStep

# What a program does by itself is nobody's work, and a whole document's segments change at once.
_NO_WORK = ("import", "update", "draft", "merge", "propagate", "split", "join", "settle")
_STEPS = """
    SELECT at, actor, change, coalesce(segments.rowid, 0), coalesce(json_extract(after, '$.state'), 0) >= ?
    FROM journal LEFT JOIN segments ON segments.uid = entity_uid AND (? IS NULL OR document_uid = ?)
    WHERE entity = 'segment' AND actor NOT LIKE 'engine:%' AND action NOT IN (SELECT value FROM json_each(?))
    ORDER BY number
"""
_SEGMENTS = """
    SELECT segments.rowid, segments.uid, document_uid, documents.name, segments.position, kind, source, target, state,
           CASE WHEN state >= ? THEN json_extract(draft, '$.text') END,
           CASE WHEN state >= ? THEN json_extract(draft, '$.kind') END
    FROM segments JOIN documents ON documents.uid = document_uid
    WHERE ? IS NULL OR document_uid = ?
    ORDER BY documents.position, segments.position, segments.part
"""


@dataclass(frozen=True, slots=True)
class MeasuredSegment:
    """A segment as far as it is measured; ``draft`` is that of a confirmed one, None where there was none.

    ``row`` is the one that ``WorkStep`` has.
    """

    row: int
    uid: str
    document_uid: str
    document: str
    position: int
    kind: SegmentKind
    source: str
    target: str
    state: State
    draft: str | None
    draft_kind: DraftKind | None


def work_steps(db: Database, document_uid: str | None) -> Iterator[WorkStep]:
    """Yield what people did to segments, in that order; those of other documents have no row."""
    values = [State.TRANSLATED, document_uid, document_uid, _json(_NO_WORK)]
    for at, actor, change, row, confirms in db.execute(_STEPS, values):
        yield WorkStep(at, actor, change, row, bool(confirms))


def measured_segments(db: Database, document_uid: str | None) -> Iterator[MeasuredSegment]:
    """Yield segments in reading order, all or those of one document."""
    for row in db.execute(_SEGMENTS, [State.TRANSLATED, State.TRANSLATED, document_uid, document_uid]):
        identifier, uid, document_uid, document, position, kind, source, target, state, draft, draft_kind = row
        yield MeasuredSegment(
            row=identifier,
            uid=uid,
            document_uid=document_uid,
            document=document,
            position=position,
            kind=SegmentKind(kind),
            source=source,
            target=target,
            state=State(state),
            draft=draft,
            draft_kind=DraftKind(draft_kind) if draft_kind else None,
        )


def _json(values: tuple[str, ...]) -> str:
    return "[" + ",".join(f'"{value}"' for value in values) + "]"
