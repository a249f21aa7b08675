"""What a term that was added or changed means for a project: the segments whose English is not what it asks for.

A segment is affected when its Arabic has the term, in whatever form, and its English (the human's, or the draft nobody
has touched) has no usable English term of the concept. A new text is proposed only where it is certain: where an
earlier or forbidden rendering stands in the English no more often than the term in the Arabic, in a form that the new
term has too. A gloss is no translation, so nothing is proposed for it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from corpus.grouped import TargetChange
from corpus.model import JournalEntry, Origin, Segment, State
from glossary.english import EnglishFinder, Occurrence, replacement
from glossary.matcher import Matcher
from glossary.model import TermEntry, TermStatus
from glossary.sieve import Sieve

if TYPE_CHECKING:
    from corpus.store import CorpusStore

APPLY_TERM = "apply term"
"""What a project's journal calls the change that puts a term into many segments."""

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class ChangedTerm:
    """A term that was added or changed, with all pairs of its concept and the English it had before.

    ``former`` holds English texts that were terms of the concept once, the newest first.
    """

    entry: TermEntry
    entries: tuple[TermEntry, ...]
    former: tuple[str, ...] = ()

    @property
    def usable(self) -> tuple[TermEntry, ...]:
        """The pairs whose English may stand in a translation."""
        return tuple(entry for entry in self.entries if entry.status is not TermStatus.FORBIDDEN)

    @property
    def wanted(self) -> str:
        """The English to put in: the term's own if it is preferred, else the first preferred or admitted one."""
        order = [TermStatus.PREFERRED, TermStatus.ADMITTED]
        choices = [entry for entry in (self.entry, *self.entries) if entry.status in order]
        return min(choices, key=lambda entry: order.index(entry.status)).target if choices else ""

    @property
    def outdated(self) -> tuple[TermEntry, ...]:
        """Renderings to be replaced: forbidden terms, and what the concept's terms were before."""
        current = {entry.target.casefold() for entry in self.usable}
        forbidden = [entry for entry in self.entries if entry.status is TermStatus.FORBIDDEN]
        former = [
            replace(self.entry, uid=f"former {number}", target=text, target_forms=())
            for number, text in enumerate(self.former)
        ]
        return tuple(entry for entry in (*forbidden, *former) if entry.target.casefold() not in current)


@dataclass(frozen=True, slots=True)
class AffectedSegment:
    """A segment whose English does not have the term that its Arabic has.

    ``source_spans`` are the places of the term in the source, ``old_spans`` those of earlier renderings in the text,
    both in code points. ``proposed`` is the whole new text, None where nothing certain can be said.
    """

    segment: Segment
    source_spans: tuple[Span, ...]
    old_spans: tuple[Span, ...]
    proposed: str | None

    @property
    def can_be_applied(self) -> bool:
        """Whether there is a proposal that may be written: a locked or reviewed segment is left to its human."""
        return self.proposed is not None and not self.segment.locked and self.segment.state < State.REVIEWED

    @property
    def change(self) -> TargetChange | None:
        """The proposal as a change to write: a text that no human has written waits for a human's decision."""
        if self.proposed is None:
            return None
        return TargetChange(self.segment.uid, self.proposed, State.EDITED, self.segment.version)


@dataclass(frozen=True, slots=True)
class TermImpact:
    """All that a changed term affects, in reading order."""

    term: TermEntry
    wanted: str
    affected: tuple[AffectedSegment, ...]

    @property
    def certain(self) -> tuple[AffectedSegment, ...]:
        """Those with a proposed text."""
        return tuple(one for one in self.affected if one.proposed is not None)


def former_texts(history: Iterable[JournalEntry], entries: Iterable[TermEntry]) -> tuple[str, ...]:
    """Return the English texts that a concept's journal tells of and that are no terms of it now, the newest first."""
    english = {entry.uid for entry in entries}
    texts: list[str] = []
    for step in history:
        if step.entity != "term":
            continue
        if "en" in {step.before.get("language"), step.after.get("language")}:
            english.add(step.entity_uid)
        if "text" in step.before and step.entity_uid in english:
            texts.append(str(step.before["text"]))
    current = {entry.target for entry in entries}
    return tuple(text for text in dict.fromkeys(reversed(texts)) if text not in current)


def impact_of(term: ChangedTerm, store: CorpusStore) -> TermImpact:
    """Return what ``term`` affects in a project."""
    sieve = Sieve(text for entry in term.entries for text in (entry.source, *entry.forms))
    uids = [uid for uid, source in store.sources() if sieve.passes(source)]
    affected = affected_by(term, store.segments_named(uids))
    return TermImpact(term.entry, term.wanted, tuple(affected))


def affected_by(term: ChangedTerm, segments: Iterable[Segment]) -> Iterator[AffectedSegment]:
    """Yield those of ``segments`` that ``term`` affects; one without any English yet is not."""
    matcher = Matcher(term.entries)
    usable_terms, outdated_terms = EnglishFinder(term.usable), EnglishFinder(term.outdated)
    for segment in segments:
        text = segment.text
        if not text.strip():
            continue
        places = tuple(dict.fromkeys((match.start, match.end) for match in matcher.find(segment.source)))
        if not places:
            continue
        usable, old = _told_apart(usable_terms.find(text), outdated_terms.find(text))
        missing = len(places) - len(usable)
        # Who says a thing twice may say "it" the second time: a usable term is enough, but for an old one beside it.
        if usable and not (old and missing > 0):
            continue
        certain = segment.origin is not Origin.GLOSS and 0 < len(old) <= missing
        proposed = _proposed(text, old, term.wanted) if certain else None
        yield AffectedSegment(segment, places, tuple((span.start, span.end) for span in old), proposed)


def _told_apart(
    usable: Sequence[Occurrence], outdated: Sequence[Occurrence]
) -> tuple[list[Occurrence], list[Occurrence]]:
    """Return where usable and where outdated terms stand: of those that overlap the longer counts."""
    kept: list[Occurrence] = []
    for one in sorted((*usable, *outdated), key=lambda one: one.start - one.end):
        if all(one.end <= other.start or one.start >= other.end for other in kept):
            kept.append(one)
    kept.sort(key=lambda one: one.start)
    return [one for one in kept if one in usable], [one for one in kept if one in outdated]


def _proposed(text: str, old: Sequence[Occurrence], wanted: str) -> str | None:
    if not wanted:
        return None
    for one in reversed(old):
        change = replacement(text, one, wanted)
        if change is None:
            return None
        text = text[: change.start] + change.text + text[change.end :]
    return text
