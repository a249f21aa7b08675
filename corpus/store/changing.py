"""Many segments are written as one change of the journal."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from corpus.grouped import ChangeReport, LeftSegment, TargetChange, obstacle_to
from corpus.model import Segment
from corpus.store.reading import Reader
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
    return written_as_one(writer, pairs, left, Cause(actor, action))


def written_as_one(
    writer: Writer, pairs: Sequence[tuple[Segment, Segment]], left: Sequence[LeftSegment], cause: Cause
) -> ChangeReport:
    """Write segments as one change, of which there is none when there is nothing to write."""
    change = new_uid() if pairs else ""
    writer.write(pairs, replace(cause, change=change))
    return ChangeReport(change, tuple(new for _, new in pairs), tuple(left))
