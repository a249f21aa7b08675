"""Drafting as a use case: hand segments to an engine and collect what comes back in groups worth storing."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from time import monotonic

from corpus.model import Segment
from workbench.engines.protocol import DraftedText, Engine, ObeysTerms
from workbench.terminology import SourceTerms

DraftedSegment = tuple[Segment, DraftedText]
FindTerms = Callable[[Sequence[Segment]], list[SourceTerms]]
"""Return what the glossary says of the source of each segment."""

# The first draft is shown at once; later ones are stored together, for each write waits for the disk.
_SECONDS_BETWEEN_WRITES = 0.25


def draft_in_groups(
    engine: Engine,
    segments: Sequence[Segment],
    cancelled: Callable[[], bool] = lambda: False,
    find_terms: FindTerms | None = None,
) -> Iterator[list[DraftedSegment]]:
    """Yield groups of drafted segments, in the order given, the first group as soon as one draft is ready.

    With ``find_terms`` drafts use the glossary's terms as far as that makes good sentences. Raise EngineError when the
    model cannot be used. What was yielded before stays good.
    """
    group: list[DraftedSegment] = []
    last_write = float("-inf")
    for drafted in engine.draft([segment.source for segment in segments], cancelled):
        group.append((segments[drafted.index], drafted))
        if monotonic() - last_write >= _SECONDS_BETWEEN_WRITES:
            yield _obedient(group, engine, find_terms)
            group, last_write = [], monotonic()
    if group:
        yield _obedient(group, engine, find_terms)


def _obedient(group: list[DraftedSegment], engine: Engine, find_terms: FindTerms | None) -> list[DraftedSegment]:
    """Return a group of drafts with terms put into them; those whose source has none keep their words."""
    if find_terms is None:
        return group
    found = find_terms([segment for segment, _ in group])
    drafts = [
        replace(drafted, terms_key=terms.key, glossary_version=terms.version)
        for (_, drafted), terms in zip(group, found, strict=True)
    ]
    if any(terms.matches for terms in found):
        from workbench.obeying import DraftWithTerms, put_terms_in  # projects without terms never load it

        able = engine if isinstance(engine, ObeysTerms) else None
        with_terms = [
            DraftWithTerms(segment.source, drafted, terms.matches)
            for (segment, _), drafted, terms in zip(group, drafts, found, strict=True)
        ]
        drafts = put_terms_in(with_terms, able)
    return [(segment, drafted) for (segment, _), drafted in zip(group, drafts, strict=True)]
