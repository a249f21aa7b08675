"""Drafting as a use case: hand segments to an engine and collect what comes back in groups worth storing."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from time import monotonic

from corpus.model import Segment
from workbench.engines.protocol import DraftedText, Engine

DraftedSegment = tuple[Segment, DraftedText]

# The first draft is shown at once; later ones are stored together, for each write waits for the disk.
_SECONDS_BETWEEN_WRITES = 0.25


def draft_in_groups(
    engine: Engine, segments: Sequence[Segment], cancelled: Callable[[], bool] = lambda: False
) -> Iterator[list[DraftedSegment]]:
    """Yield groups of drafted segments, in the order given, the first group as soon as one draft is ready.

    Raise EngineError when the model cannot be used. What was yielded before stays good.
    """
    group: list[DraftedSegment] = []
    last_write = float("-inf")
    for drafted in engine.draft([segment.source for segment in segments], cancelled):
        group.append((segments[drafted.index], drafted))
        if monotonic() - last_write >= _SECONDS_BETWEEN_WRITES:
            yield group
            group, last_write = [], monotonic()
    if group:
        yield group
