"""What is confirmed for a segment becomes the draft of all others with the same source."""

from __future__ import annotations

from dataclasses import replace

from corpus.grouped import ChangeReport
from corpus.keys import source_hash
from corpus.model import Draft, DraftKind, Segment, State
from corpus.store.reading import Reader
from corpus.store.writing import Cause, Writer
from corpus.uid import new_uid

PROPAGATE = "propagate"


def propagate(reader: Reader, writer: Writer, segment: Segment, actor: str) -> ChangeReport:
    """Write the translation of ``segment`` into those of the same source, as their draft and as one change.

    The source may differ in what Arabic writers vary. Texts of humans and locked segments stay as they are.
    """
    if segment.state < State.TRANSLATED or not segment.target.strip():
        return ChangeReport("", (), ())
    writer.key_sources()
    pairs = [
        (other, replace(other, draft=_draft(segment, other), state=State.DRAFTED, version=other.version + 1))
        for other in reader.of_source(segment.source)
        if other.uid != segment.uid and _takes(other, segment.target)
    ]
    change = new_uid() if pairs else ""
    writer.write(pairs, Cause(actor, PROPAGATE, change))
    return ChangeReport(change, tuple(new for _, new in pairs), ())


def is_from_memory(segment: Segment) -> bool:
    """Tell whether the draft of ``segment`` is what a human has confirmed for the source that it has now."""
    draft = segment.draft
    return draft is not None and draft.kind is DraftKind.MEMORY and draft.source_hash == source_hash(segment.source)


def _takes(segment: Segment, text: str) -> bool:
    if segment.state > State.DRAFTED or segment.locked:
        return False
    return not (is_from_memory(segment) and segment.text == text)


def _draft(segment: Segment, other: Segment) -> Draft:
    """Return the draft of ``other``; its model is the segment that the words come from."""
    return Draft(
        text=segment.target,
        kind=DraftKind.MEMORY,
        engine="memory",
        model=segment.uid,
        model_version="",
        model_sha256="",
        source_hash=source_hash(other.source),
    )
