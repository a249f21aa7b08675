"""Checks of a whole document: each pair by itself, then whether one concept is called by one name throughout."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from corpus.checks.finding import Severity
from glossary.checks import REQUIRED, MatchedConcept, Pair, TermCheck, TermFinding, misused, pair_findings
from glossary.english import Occurrence
from glossary.model import Match, TermEntry, TermStatus

_LONGEST_ABBREVIATION = 6


@dataclass(slots=True)
class _Rendering:
    """An English term of a concept: in how many segments it stands, and where it may have to give way."""

    entry: TermEntry
    segments: int = 0
    findings: list[tuple[str, MatchedConcept, Occurrence, str]] = field(default_factory=list)


def check_segments(
    segments: Iterable[tuple[str, str, str]], find: Callable[[str], Sequence[Match]]
) -> Iterator[tuple[str, TermFinding]]:
    """Yield (uid, finding) for segments given as (uid, source, target): those of each pair as it comes, then of all.

    ``find`` returns the terms in an Arabic text (``LiveMatcher.find``). The time is linear in the number of segments;
    what is kept of them is the targets in which a concept with several usable English terms stands.
    """
    renderings: dict[str, dict[str, _Rendering]] = {}
    for uid, source, target in segments:
        if not target.strip():
            continue
        matches = find(source)
        if not matches:
            continue
        pair = Pair(matches, target)
        for finding in pair_findings(pair, matches):
            yield uid, finding
        _note_renderings(renderings, uid, pair)
    for of_concept in renderings.values():
        yield from _inconsistent(of_concept)


def _note_renderings(renderings: dict[str, dict[str, _Rendering]], uid: str, pair: Pair) -> None:
    ambiguous = {concept for here in pair.places.values() if len(here) > 1 for concept in here}
    for concept_uid, concept in pair.concepts.items():
        if concept_uid in ambiguous or concept.is_kept or len(_names(concept)) < 2:
            continue
        of_concept = renderings.setdefault(concept_uid, {})
        noted = set()
        for one in _outermost(concept.occurrences):
            rendering = of_concept.setdefault(one.entry.uid, _Rendering(one.entry))
            if one.entry.uid not in noted:
                noted.add(one.entry.uid)
                rendering.segments += 1
            rendering.findings.append((uid, concept, one, pair.target))


def _names(concept: MatchedConcept) -> list[TermEntry]:
    return [entry for entry in concept.entries.values() if _is_name(entry)]


def _is_name(entry: TermEntry) -> bool:
    """Tell whether a text may call a concept by this term: usable, and no abbreviation, which stands beside a name."""
    is_abbreviation = entry.target.isupper() and len(entry.target) <= _LONGEST_ABBREVIATION
    return entry.status in REQUIRED and not is_abbreviation


def _outermost(occurrences: Sequence[Occurrence]) -> Iterator[Occurrence]:
    """Yield the names that are not part of a longer one: “strike” in “air strike” is no rendering of its own."""
    end = 0
    for one in occurrences:  # in order, the longer first
        if _is_name(one.entry) and one.end > end:
            end = one.end
            yield one


def _inconsistent(of_concept: dict[str, _Rendering]) -> Iterator[tuple[str, TermFinding]]:
    if len(of_concept) < 2:
        return
    most = max(of_concept.values(), key=lambda one: (one.segments, one.entry.status is TermStatus.PREFERRED))
    has_most = {uid for uid, *_ in most.findings}
    for rendering in of_concept.values():
        if rendering is most:
            continue
        told: Counter[str] = Counter()
        for uid, concept, one, target in rendering.findings:
            # A segment that has both is not put right by taking one away.
            if uid not in has_most and not told[uid]:
                told[uid] += 1
                yield uid, _finding(concept, one, target, most)


def _finding(concept: MatchedConcept, one: Occurrence, target: str, most: _Rendering) -> TermFinding:
    majority = MatchedConcept(concept.span, concept.surface, {most.entry.uid: most.entry})
    complaint = f"“{concept.surface}” is “{one.surface}” here, but “{most.entry.target}” in most of the document"
    found = misused(TermCheck.INCONSISTENT, Severity.WARNING, complaint, majority, one, target)
    return replace(found, message=f"{complaint}.")
