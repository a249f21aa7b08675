"""Many segments are written, and taken back, as one change of the journal."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from corpus.errors import ConflictError, NotFoundError
from corpus.grouped import ChangeReport, LeftSegment, TargetChange, obstacle_to, obstacle_to_undoing
from corpus.model import Segment
from corpus.store.reading import Reader
from corpus.store.rows import as_segment, segment_fields
from corpus.store.writing import Cause, Writer
from corpus.uid import new_uid


def set_targets(
    reader: Reader, writer: Writer, changes: Sequence[TargetChange], actor: str, action: str
) -> ChangeReport:
    """Write translations; what must not be overwritten is left as it stands and reported."""
    stands = {segment.uid: segment for segment in reader.segments_named([change.uid for change in changes])}
    pairs, left = [], []
    for change in changes:
        if (old := stands.get(change.uid)) is None:
            continue
        if obstacle := obstacle_to(change, old):
            left.append(LeftSegment(old, obstacle))
        else:
            pairs.append((old, replace(old, target=change.target, state=change.state, version=old.version + 1)))
    return _written(writer, pairs, left, Cause(actor, action))


def undo_change(reader: Reader, writer: Writer, change: str, actor: str) -> ChangeReport:
    """Take back a change of many segments; what no longer stands as it has left it is left and reported."""
    steps = reader.steps(change)
    if not steps:
        raise NotFoundError(f"There is no change “{change}” in this project.", "Check its uid.")
    if any(not (step.before and step.after) for step in steps):
        raise ConflictError("An import cannot be taken back.", "Import the former file again.")
    stands = {segment.uid: segment for segment in reader.segments_named([step.entity_uid for step in steps])}
    pairs, left = [], []
    for step in steps:
        old = stands[step.entity_uid]
        fields = segment_fields(old)
        if obstacle := obstacle_to_undoing(step, old, fields):
            left.append(LeftSegment(old, obstacle))
        else:
            restored = {**fields, **step.before, "uid": old.uid, "version": old.version + 1}
            pairs.append((old, as_segment(restored)))
    return _written(writer, pairs, left, Cause(actor, "undo", undoes=change))


def _written(
    writer: Writer, pairs: Sequence[tuple[Segment, Segment]], left: Sequence[LeftSegment], cause: Cause
) -> ChangeReport:
    change = new_uid() if pairs else ""
    writer.write(pairs, replace(cause, change=change))
    return ChangeReport(change, tuple(new for _, new in pairs), tuple(left))
