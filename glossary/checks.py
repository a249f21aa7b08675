"""Checks of a translation against the glossary: what a term demands, and what stands in the English instead.

They look at terms that were found in the Arabic, and are made to be believed: where one place of the source may be
several concepts, any of them will do; one occurrence in the translation serves them all; and a word that is also right
for something else in the sentence is no mistake. Names demand nothing where only an ending taken off makes them one. A
segment without a translation has nothing to check.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from corpus.checks.finding import Finding, Severity, Span
from glossary.english import EnglishFinder, Occurrence, replacement
from glossary.english.family import relative
from glossary.english.fitting import Inflection
from glossary.model import Match, TermEntry, TermStatus
from glossary.spelling import term_key

REQUIRED = frozenset({TermStatus.PREFERRED, TermStatus.ADMITTED})
_SATISFYING = REQUIRED | {TermStatus.PROPOSED}


class TermCheck(StrEnum):
    """What can be found; the names are for settings and JSON."""

    MISSING = "term-missing"
    FORBIDDEN = "term-forbidden"
    ALTERED = "term-altered"
    INCONSISTENT = "term-inconsistent"


@dataclass(frozen=True, slots=True)
class TermFinding(Finding):
    """Something about a term that a translator should look at; ``suggestion`` is the term to use, or empty."""

    entry_uid: str = ""
    concept_uid: str = ""
    suggestion: str = ""


@dataclass(slots=True)
class MatchedConcept:
    """A concept found in a source: where first, how it is written there, and its English terms."""

    span: Span
    surface: str
    entries: dict[str, TermEntry] = field(default_factory=dict)
    occurrences: list[Occurrence] = field(default_factory=list)

    @property
    def wanted(self) -> TermEntry | None:
        """The English term to use: the first preferred, else the first admitted one."""
        required = [entry for entry in self.entries.values() if entry.status in REQUIRED]
        return min(required, key=lambda entry: entry.status is not TermStatus.PREFERRED, default=None)

    @property
    def is_kept(self) -> bool:
        """Whether the term stands in the translation as it is."""
        return any(entry.do_not_translate for entry in self.entries.values())


class Pair:
    """A translation with the terms found in its source, and where their English stands in it."""

    def __init__(self, matches: Sequence[Match], target: str) -> None:
        self.target = target
        self.places: dict[Span, list[str]] = {}
        self.concepts: dict[str, MatchedConcept] = {}
        for match in matches:
            if not match.covered:
                self._take(match)
        occurrences = EnglishFinder(match.entry for match in matches).find(target)
        # A word that is right for any term of the sentence, also for one inside a longer term, is not held against it.
        self._right = [one for one in occurrences if one.entry.status in REQUIRED]
        for one in occurrences:
            if one.entry.concept_uid in self.concepts:
                self.concepts[one.entry.concept_uid].occurrences.append(one)

    def _take(self, match: Match) -> None:
        span, entry = (match.start, match.end), match.entry
        if not _is_doubtful(match):
            here = self.places.setdefault(span, [])
            if entry.concept_uid not in here:
                here.append(entry.concept_uid)
        concept = self.concepts.setdefault(entry.concept_uid, MatchedConcept(span, match.surface))
        concept.entries.setdefault(entry.uid, entry)

    def is_right(self, forbidden: Occurrence) -> bool:
        """Tell whether a forbidden term stands where a usable one does, as surely read or as part of a longer one."""
        for right in self._right:
            if right.start <= forbidden.start and forbidden.end <= right.end:
                is_longer = right.end - right.start > forbidden.end - forbidden.start
                if is_longer or right.inflection is not Inflection.VERB or forbidden.inflection is Inflection.VERB:
                    return True
        return False

    def satisfies(self, concept: MatchedConcept) -> bool:
        """Tell whether the translation has an English term of a concept."""
        if concept.is_kept:
            kept = (entry.target for entry in concept.entries.values() if entry.status in REQUIRED)
            return any(_stands_exactly(text, self.target) for text in kept)
        return any(one.entry.status in _SATISFYING for one in concept.occurrences)


def _is_doubtful(match: Match) -> bool:
    """Tell whether a name was only found by taking off an ending: names have none (كاميرات is no Amir)."""
    entry = match.entry
    is_one_name = "proper" in entry.pos.lower() and " " not in term_key(entry.source)
    return is_one_name and all(term_key(match.analysis.stem) != term_key(text) for text in (entry.source, *entry.forms))


def check_pair(matches: Sequence[Match], target: str) -> list[TermFinding]:
    """Return what is wrong with the terms of a translation, given those found in its source."""
    return list(pair_findings(Pair(matches, target), matches)) if target.strip() else []


def pair_findings(pair: Pair, matches: Iterable[Match]) -> Iterator[TermFinding]:
    """Yield what ``check_pair`` returns for a pair already looked at."""
    yield from _forbidden_in_source(matches)
    found_forbidden = set()
    for finding in _forbidden_in_target(pair):
        found_forbidden.add(finding.concept_uid)
        yield finding
    told: set[str] = set()
    for here in pair.places.values():
        # A forbidden term in place of the right one has been told of.
        if told.isdisjoint(here) and found_forbidden.isdisjoint(here):
            unsatisfied = _unsatisfied(pair, [pair.concepts[uid] for uid in here])
            if unsatisfied is not None:
                told.update(here)
                yield unsatisfied


def _forbidden_in_source(matches: Iterable[Match]) -> Iterator[TermFinding]:
    told = set()
    for match in matches:
        span = match.start, match.end
        if match.covered or match.entry.source_status is not TermStatus.FORBIDDEN or span in told:
            continue
        told.add(span)
        yield TermFinding(
            TermCheck.FORBIDDEN,
            Severity.INFO,
            f"The source says “{match.surface}”; the glossary forbids “{match.entry.source}”.",
            source_span=span,
            entry_uid=match.entry.uid,
            concept_uid=match.entry.concept_uid,
        )


def _forbidden_in_target(pair: Pair) -> Iterator[TermFinding]:
    told: set[Span] = set()
    for concept in pair.concepts.values():
        for one in concept.occurrences:
            if one.entry.status is not TermStatus.FORBIDDEN or (one.start, one.end) in told or pair.is_right(one):
                continue
            told.add((one.start, one.end))
            yield misused(
                TermCheck.FORBIDDEN,
                Severity.ERROR,
                f"“{one.surface}” must not be used for “{concept.surface}”",
                concept,
                one,
                pair.target,
            )


def misused(
    check: TermCheck, severity: Severity, complaint: str, concept: MatchedConcept, one: Occurrence, target: str
) -> TermFinding:
    """Return a finding on an English term in whose place the concept's wanted one should stand."""
    wanted = concept.wanted
    suggestion = wanted.target if wanted else ""
    fix = replacement(target, one, suggestion) if suggestion else None
    return TermFinding(
        check,
        severity,
        f"{complaint}; use “{suggestion}”." if suggestion else f"{complaint}.",
        entry_uid=one.entry.uid,
        concept_uid=one.entry.concept_uid,
        source_span=concept.span,
        target_span=(fix.start, fix.end) if fix else (one.start, one.end),
        suggestion=suggestion,
        fix=fix.text if fix else None,
    )


def _unsatisfied(pair: Pair, concepts: Sequence[MatchedConcept]) -> TermFinding | None:
    """Return a finding when the translation has no English term of any concept that a place of the source may be."""
    if any(pair.satisfies(concept) for concept in concepts):
        return None
    for concept in concepts:
        wanted = concept.wanted
        if wanted is not None:
            return _altered(concept, wanted) if concept.is_kept else _missing(pair, concept, wanted)
    return None


def _missing(pair: Pair, concept: MatchedConcept, wanted: TermEntry) -> TermFinding:
    required = (entry.target for entry in concept.entries.values() if entry.status in REQUIRED)
    instead = next(filter(None, (relative(text, pair.target) for text in required)), None)
    message = f"“{concept.surface}” should be “{wanted.target}”, which the translation does not have"
    if instead is not None:
        message += f"; it says “{pair.target[slice(*instead)]}”"
    return TermFinding(
        TermCheck.MISSING,
        Severity.WARNING if instead is None else Severity.INFO,
        f"{message}.",
        entry_uid=wanted.uid,
        concept_uid=wanted.concept_uid,
        source_span=concept.span,
        target_span=instead,
        suggestion=wanted.target,
    )


def _altered(concept: MatchedConcept, wanted: TermEntry) -> TermFinding:
    # Where it stands in other letters it can be put right; the widest one found there is the whole of it.
    here = next((one for one in concept.occurrences if one.entry.uid == wanted.uid), None)
    fix = here if here is not None and here.inflection is Inflection.SAME else None
    if here is None:
        message = f"“{wanted.target}” is not to be translated, but the translation does not have it."
    else:
        message = f"“{wanted.target}” is to stand as it is, but the translation has “{here.surface}”."
    return TermFinding(
        TermCheck.ALTERED,
        Severity.ERROR,
        message,
        entry_uid=wanted.uid,
        concept_uid=wanted.concept_uid,
        source_span=concept.span,
        target_span=(here.start, here.end) if here else None,
        suggestion=wanted.target,
        fix=wanted.target if fix else None,
    )


def _stands_exactly(text: str, target: str) -> bool:
    """Tell whether ``text`` stands in ``target`` letter for letter, and not inside another word; a plural may be."""
    return re.search(rf"(?<!\w){re.escape(text)}(?:e?s)?(?!\w)", target) is not None
