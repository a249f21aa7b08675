"""Rows of a project file and the values they hold: what is stored as text, number or JSON."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from corpus.draft_record import dump_draft, load_draft
from corpus.model import Document, Segment, SegmentKind, State

Fields = dict[str, object]

DOCUMENT_COLUMNS = "uid, position, name, format, encoding, sha256, imported_at"
SEGMENT_COLUMNS = (
    "uid, document_uid, position, kind, source, target, state, draft, locked, rejected, note, version, place, "
    "part, breaks"
)
_SEGMENT_COLUMNS = SEGMENT_COLUMNS.split(", ")
CONFLICT_COLUMNS = "uid, segment_uid, field, base, kept_by, offered, offered_state, offered_by, at"


def document_fields(document: Document) -> Fields:
    """Return the row of a document."""
    return {name: getattr(document, name) for name in Document.__dataclass_fields__}


def as_segment(row: Mapping[str, Any]) -> Segment:
    """Return the segment of a row."""
    return segment_of([row[name] for name in _SEGMENT_COLUMNS])


def segment_of(row: Sequence[Any]) -> Segment:
    """Return the segment of a row in the order of ``SEGMENT_COLUMNS``; documents have many thousands."""
    uid, document_uid, position, kind, source, target, state, draft, locked, rejected, note, version, *rest = row
    place, part, breaks = rest
    return Segment(
        uid,
        document_uid,
        position,
        SegmentKind(kind),
        source,
        target,
        State(state),
        load_draft(draft),
        bool(locked),
        bool(rejected),
        note,
        version,
        place,
        part,
        tuple(map(int, breaks.split())),
    )


def segment_fields(segment: Segment) -> Fields:
    """Return what the journal keeps of a segment: its row without the uid."""
    return dict(zip(_SEGMENT_COLUMNS[1:], segment_values(segment)[1:], strict=True))


def segment_values(segment: Segment) -> tuple[object, ...]:
    """Return the row of ``segment`` in the order of ``SEGMENT_COLUMNS``."""
    return (
        segment.uid,
        segment.document_uid,
        segment.position,
        segment.kind.value,
        segment.source,
        segment.target,
        int(segment.state),
        dump_draft(segment.draft) if segment.draft else None,
        int(segment.locked),
        int(segment.rejected),
        segment.note,
        segment.version,
        segment.place,
        segment.part,
        " ".join(map(str, segment.breaks)),
    )


def changed(before: Fields, after: Fields) -> tuple[Fields, Fields]:
    """Return the fields that differ, as they were and as they are."""
    changed = {name: value for name, value in after.items() if value != before[name]}
    return {name: before[name] for name in changed}, changed


def without_uid(fields: Mapping[str, object]) -> Fields:
    """Return the fields of a row that the journal keeps."""
    return {name: value for name, value in fields.items() if name != "uid"}
