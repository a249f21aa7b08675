"""Find a glossary's terms in Arabic text, in whatever forms the text gives them.

Each word of the text is analyzed and its readings are looked up in a tree of terms; the terms are never walked through,
so the time does not depend on their number. A longer term wins over those it covers or overlaps; these are returned
too, but marked as covered.
"""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import lru_cache
from typing import NamedTuple

from corpus.arabic import strip_marks, words
from glossary.analysis import RawReading, Reading, Rule, readings
from glossary.model import Analysis, Match, TermEntry
from glossary.overlaps import Place, winning
from glossary.spelling import ARTICLE, letters, matching_keys
from glossary.tree import Branch, KeyRow, rows_by_line
from glossary.vowels import contradict, has_marks

_Term = tuple[str, ...]  # the uid of its concept and its own
_Analyzed = Mapping[str, RawReading]
Fetch = Callable[[Sequence[str]], Iterable[TermEntry]]
"""Returns the entries of the concepts with some uids."""


class _Hit(NamedTuple):
    """Some words read as a term: by which rule at the least plain of them, and how the first one."""

    rule: Rule
    reading: RawReading
    row: KeyRow


class Matcher:
    """The Arabic terms of a glossary, in a tree that can be changed while it is used."""

    def __init__(self, entries: Iterable[TermEntry] = ()) -> None:
        self._root = Branch()
        self._fetch: Fetch = lambda _: ()
        self._entries: dict[str, dict[str, list[TermEntry]]] = {}  # by concept and term, as far as they are known
        self._replaced: dict[str, set[KeyRow]] = {}  # the only rows that count, of concepts that were replaced
        by_concept: dict[str, list[TermEntry]] = {}
        for entry in entries:
            by_concept.setdefault(entry.concept_uid, []).append(entry)
        for concept, its_entries in by_concept.items():
            self._root.add(self._remember(concept, its_entries))

    @classmethod
    def of_keys(cls, keys: Iterable[tuple[str, str, str]], fetch: Fetch) -> Matcher:
        """Return a matcher of terms given as (keys, concept uid, term uid); see ``spelling.matching_keys``.

        Entries are fetched when a text has a term of their concepts.
        """
        matcher = cls()
        matcher._fetch = fetch
        with _garbage_left_alone():
            matcher._root.add(rows_by_line(keys))
            matcher._root.sort()
        return matcher

    def replace(self, concept_uid: str, entries: Iterable[TermEntry]) -> None:
        """Find a concept by these entries from now on, and by no others."""
        # What was there before stays in the tree and is passed over.
        rows = self._remember(concept_uid, entries)
        self._replaced[concept_uid] = set(rows)
        self._root.add(rows)

    def _remember(self, concept_uid: str, entries: Iterable[TermEntry]) -> list[KeyRow]:
        """Keep the entries of a concept, and return the rows to find them by."""
        by_term = self._entries[concept_uid] = _by_term(entries)
        return list(
            rows_by_line(
                (matching_keys(some[0].source, some[0].forms), concept_uid, term) for term, some in by_term.items()
            )
        )

    def find(self, text: str) -> list[Match]:
        """Return the terms in ``text``, in order, and the longest first of those that begin together.

        There are several for one place when a term has several translations, or is written as another is: terms whose
        vowel marks contradict those of the text come after the others, and plain readings before less plain ones.
        """
        spans = words(text)
        analyzed = [_analyzed(text[start:end]) for start, end in spans]
        hits = {
            Place(position, position + length): list(some.values())
            for position in range(len(spans))
            for length, some in self._hits(analyzed, position).items()
        }
        self._know({hit.row[1] for some in hits.values() for hit in some})
        hits = {place: _plain(known) for place, some in hits.items() if (known := list(filter(self._entries_of, some)))}
        winners = winning(hits)
        found: list[Match] = []
        for place in sorted(hits, key=lambda place: (place.begin, -place.end)):
            surface = [text[start:end] for start, end in spans[place.begin : place.end]]
            start, end = spans[place.begin][0], spans[place.end - 1][1]
            for hit in self._ranked(hits[place], surface):
                analysis = _analysis(hit.reading, hit.rule, surface[0])
                found += [
                    Match(start, end, text[start:end], entry, analysis, covered=place not in winners)
                    for entry in self._entries_of(hit)
                ]
        return found

    def _hits(self, analyzed: Sequence[_Analyzed], position: int) -> dict[int, dict[_Term, _Hit]]:
        """Return the terms that begin at ``position``, by their number of words, each by its plainest reading."""
        found: dict[int, dict[_Term, _Hit]] = {}
        first, further = analyzed[position], self._root.further
        for key in further.keys() & first.keys():
            reading = first[key]
            for length, rule, row in _continued(further[key], analyzed, position + 1, 1, reading[0]):
                if row not in self._replaced.get(row[1], (row,)):
                    continue
                hit = _Hit(max(rule, Rule.STORED_FORM) if row[3] else rule, reading, row)
                of_length = found.setdefault(length, {})
                if hit.rule < of_length.setdefault(row[1:3], hit).rule:
                    of_length[row[1:3]] = hit
        return found

    def _know(self, concept_uids: Iterable[str]) -> None:
        """Fetch the entries of concepts that are not known yet."""
        unknown = [uid for uid in concept_uids if uid not in self._entries]
        if unknown:
            fetched: dict[str, list[TermEntry]] = {uid: [] for uid in unknown}
            for entry in self._fetch(unknown):
                fetched[entry.concept_uid].append(entry)
            self._entries.update((uid, _by_term(entries)) for uid, entries in fetched.items())

    def _entries_of(self, hit: _Hit) -> Sequence[TermEntry]:
        return self._entries[hit.row[1]].get(hit.row[2], ())

    def _ranked(self, hits: Sequence[_Hit], surface: Sequence[str]) -> Sequence[_Hit]:
        """Return the hits of one place, the likeliest first."""
        if len(hits) == 1:
            return hits
        marked = any(map(has_marks, surface))
        return sorted(
            hits,
            key=lambda hit: (
                marked and contradict(surface, self._entries_of(hit)[0].source),
                hit.rule,
                hit.row[2],  # uids grow with time
            ),
        )


def _plain(hits: Sequence[_Hit]) -> list[_Hit]:
    """Return the terms that stand there as they are, if there are any: then what words derive from matters less."""
    derived = min(hit.rule for hit in hits) > Rule.STORED_FORM
    return [hit for hit in hits if (hit.rule > Rule.STORED_FORM) is derived]


def _by_term(entries: Iterable[TermEntry]) -> dict[str, list[TermEntry]]:
    by_term: dict[str, list[TermEntry]] = {}
    for entry in entries:
        by_term.setdefault(entry.source_uid or entry.source, []).append(entry)
    return by_term


def _continued(
    branch: Branch, analyzed: Sequence[_Analyzed], position: int, length: int, rule: Rule
) -> Iterator[tuple[int, Rule, KeyRow]]:
    """Yield (number of words, least plain rule, row) of the terms that begin with the words before ``position``."""
    for row in branch.ending:
        yield length, rule, row
    if position == len(analyzed) or not branch.further:
        return
    following = analyzed[position]
    for key in branch.further.keys() & following.keys():
        inner, proclitics, *_ = following[key]
        # Inside a term only the article may come before a word: another proclitic begins a new phrase.
        if proclitics in ((), (ARTICLE,)):
            yield from _continued(branch.further[key], analyzed, position + 1, length + 1, max(rule, inner))


@lru_cache(maxsize=1 << 16)
def _analyzed(word: str) -> _Analyzed:
    return readings(letters(word))


@lru_cache(maxsize=1 << 14)
def _analysis(raw: RawReading, rule: Rule, surface: str) -> Analysis:
    """Return the reading with its stem in the letters of the text, not those of the key."""
    reading = Reading(*raw)
    stripped = strip_marks(surface)
    end = len(stripped) - len(reading.enclitic)
    as_written = stripped[end - len(reading.stem) : end]
    stem = as_written if letters(as_written) == reading.stem else reading.stem
    return Analysis(reading.proclitics, stem, reading.enclitic, rule.label)


@contextmanager
def _garbage_left_alone() -> Iterator[None]:
    """Do without garbage collection: it would walk over 100,000 new rows again and again, for half of the time."""
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()


def as_json(match: Match) -> dict[str, object]:
    """Return the object that ``tarjama glossary match --json`` prints for ``match``."""
    return {
        "start": match.start,
        "end": match.end,
        "surface": match.surface,
        "term": match.entry.source,
        "target": match.entry.target,
        "status": match.entry.status.value,
        "covered": match.covered,
        "analysis": {
            "proclitics": list(match.analysis.proclitics),
            "stem": match.analysis.stem,
            "enclitic": match.analysis.enclitic,
            "rule": match.analysis.rule,
        },
    }
