"""Find a glossary's terms in Arabic text, in whatever forms the text gives them.

Each word of the text is analyzed and its readings are looked up in a tree of terms; the terms are never walked through,
so the time does not depend on their number. A longer term wins over those it covers or overlaps; these are returned
too, but marked as covered.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from functools import lru_cache, partial
from operator import itemgetter

from corpus.arabic import strip_marks, words
from glossary.analysis import RawReading, Reading, Rule, readings
from glossary.garbage import garbage_left_alone
from glossary.model import Analysis, Match, TermEntry
from glossary.overlaps import Place, winning
from glossary.spelling import ARTICLE, letters, matching_keys
from glossary.tree import Branch, KeyRow, rows_by_line
from glossary.vowels import contradict, has_marks

_rule = itemgetter(0)
_STORED_FORM = Rule.STORED_FORM
_INSIDE_TERM = ((), (ARTICLE,))

_Analyzed = Mapping[str, RawReading]
Fetch = Callable[[Sequence[str]], Iterable[TermEntry]]
"""Returns the entries of the concepts with some uids."""


# Words read as terms: by which rule at the least plain of them, how the first of them, and as which terms. A tuple: a
# paragraph has hundreds, of which few come to anything.
_Hit = tuple[Rule, RawReading, Sequence[KeyRow]]
_Term = tuple[Rule, RawReading, Sequence[TermEntry]]

# A text has most of its words from earlier ones. So many are remembered, then all are forgotten.
_REMEMBERED_WORDS = 1 << 15

# A glossary of everyday words has hundreds of matches in a paragraph, and the class's own way in takes twice as long.
_match = partial(tuple.__new__, Match)


@dataclass(slots=True)
class _Word:
    """A word as it is written, with its readings and what the tree has for them.

    ``hits`` are the terms it may be by itself, ``terms`` and ``found`` what is left of them when their entries are
    there; ``begun`` are the branches of longer terms that may begin with it.
    """

    readings: _Analyzed
    hits: list[_Hit]
    begun: list[tuple[Branch, RawReading]]
    terms: list[_Term] = field(default_factory=list)
    found: list[tuple[TermEntry, Analysis]] = field(default_factory=list)


class Matcher:
    """The Arabic terms of a glossary, in a tree that can be changed while it is used."""

    def __init__(self, entries: Iterable[TermEntry] = ()) -> None:
        self._root = Branch()
        self._fetch: Fetch = lambda _: ()
        self._entries: dict[str, list[TermEntry]] = {}  # by the uid of the Arabic term, as far as they are known
        self._replaced: dict[str, set[KeyRow]] = {}  # the only rows that count, of concepts that were replaced
        self._words: dict[str, _Word] = {}
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
        with garbage_left_alone():
            matcher._root.add(rows_by_line(keys))
            matcher._root.sort()
        return matcher

    def replace(self, concepts: Mapping[str, Iterable[TermEntry]]) -> None:
        """Find concepts, given by their uids, by these entries from now on, and by no others."""
        # What was there before stays in the tree and is passed over.
        first_keys: set[str] = set()
        for concept_uid, entries in concepts.items():
            rows = self._remember(concept_uid, entries)
            self._replaced[concept_uid] = set(rows)
            self._root.add(rows)
            first_keys.update(row[0].partition(" ")[0] for row in rows)
        self._forget_words(concepts.keys(), first_keys)

    def _forget_words(self, concept_uids: AbstractSet[str], first_keys: AbstractSet[str]) -> None:
        """Look those words up anew that were read as terms of some concepts, or may begin one now."""
        self._words = {
            written: word
            for written, word in self._words.items()
            if word.readings.keys().isdisjoint(first_keys)
            and not any(row[1] in concept_uids for _, _, rows in word.hits for row in rows)
        }

    def _remember(self, concept_uid: str, entries: Iterable[TermEntry]) -> list[KeyRow]:
        """Keep the entries of a concept, and return the rows to find them by."""
        by_term = _by_term(entries)
        self._entries.update(by_term)
        keys = ((matching_keys(some[0].source, some[0].forms), concept_uid, term) for term, some in by_term.items())
        return list(rows_by_line(keys))

    def find(self, text: str) -> list[Match]:
        """Return the terms in ``text``, in order, and the longest first of those that begin together.

        There are several for one place when a term has several translations, or is written as another is: terms whose
        vowel marks contradict those of the text come after the others, and plain readings before less plain ones.
        """
        spans = words(text)
        in_text = [text[start:end] for start, end in spans]
        known = self._looked_up(in_text)
        terms = self._longer_terms(known)
        for position, word in enumerate(known):
            if word.terms:
                terms[position, position + 1] = word.terms
        marked = {position for position, word in enumerate(in_text) if has_marks(word)}
        ranked = [place for place in terms if not marked.isdisjoint(range(*place))] if marked else []
        for place in ranked:
            terms[place] = _ranked(terms[place], in_text[slice(*place)])
        winners = winning(terms)
        matches: list[Match] = []
        for place in sorted(terms, key=lambda place: (place[0], -place[1])):
            begin, end = place
            start, stop = spans[begin][0], spans[end - 1][1]
            surface, covered = text[start:stop], place not in winners
            as_known = end == begin + 1 and begin not in marked
            found = known[begin].found if as_known else _analyzed_as(terms[place], in_text[begin])
            matches += [_match((start, stop, surface, entry, analysis, covered)) for entry, analysis in found]
        return matches

    def _looked_up(self, in_text: Sequence[str]) -> list[_Word]:
        """Return the words of a text with what they are by themselves; their entries are known then."""
        self._root.sort()
        if len(self._words) > _REMEMBERED_WORDS:
            self._words.clear()
        remembered = self._words
        new = {written: self._look_up(written) for written in set(in_text).difference(remembered)}
        self._know(word.hits for word in new.values())
        for written, word in new.items():
            if word.hits:
                word.terms = self._terms(word.hits)
                word.found = _analyzed_as(word.terms, written)
        remembered.update(new)
        return [remembered[written] for written in in_text]

    def _look_up(self, word: str) -> _Word:
        its_readings = _analyzed(word)
        further = self._root.further
        hits: list[_Hit] = []
        begun: list[tuple[Branch, RawReading]] = []
        for key in further.keys() & its_readings.keys():
            branch, reading = further[key], its_readings[key]
            hits += [(rule, reading, rows) for rule, rows in _ending(branch, reading[0])]
            if branch.further:
                begun.append((branch, reading))
        return _Word(its_readings, hits, begun)

    def _longer_terms(self, known: Sequence[_Word]) -> dict[Place, list[_Term]]:
        """Return the terms of several words, by their places."""
        hits: dict[Place, list[_Hit]] = {}
        for begin, word in enumerate(known):
            for branch, reading in word.begun:
                for end, rule, rows in _continued(branch, known, begin + 1, reading[0]):
                    hits.setdefault((begin, end), []).append((rule, reading, rows))
        self._know(hits.values())
        return {place: found for place, some in hits.items() if (found := self._terms(some))}

    def _know(self, hits: Iterable[Sequence[_Hit]]) -> None:
        """Fetch the entries that are not known yet."""
        known = self._entries
        unknown = {row[2]: row[1] for some in hits for _, _, rows in some for row in rows if row[2] not in known}
        if unknown:
            known.update((term, []) for term in unknown)  # for terms without a translation
            known.update(_by_term(self._fetch(list(set(unknown.values())))))

    def _terms(self, hits: list[_Hit]) -> list[_Term]:
        """Return the terms at one place, each once, those by plain rules first.

        When some are there as they are, what the words may also derive from is left out.
        """
        hits.sort(key=_rule)
        terms: dict[str, _Term] = {}
        for rule, reading, rows in hits:
            if rule > _STORED_FORM and terms and next(iter(terms.values()))[0] <= _STORED_FORM:
                break
            for row in rows:
                entries = self._entries[row[2]]
                if entries and row[2] not in terms and (not self._replaced or self._counts(row)):
                    terms[row[2]] = (rule, reading, entries)
        return list(terms.values())

    def _counts(self, row: KeyRow) -> bool:
        rows = self._replaced.get(row[1])
        return rows is None or row in rows


def _by_term(entries: Iterable[TermEntry]) -> dict[str, list[TermEntry]]:
    by_term: dict[str, list[TermEntry]] = {}
    for entry in entries:
        by_term.setdefault(entry.source_uid or f"{entry.concept_uid} {entry.source}", []).append(entry)
    return by_term


def _ranked(terms: list[_Term], surface: Sequence[str]) -> list[_Term]:
    """Return terms of one place with those last whose vowel marks contradict those of the text."""
    if len(terms) == 1:
        return terms
    return sorted(terms, key=lambda term: contradict(surface, term[2][0].source))


def _ending(branch: Branch, rule: Rule) -> Iterator[tuple[Rule, Sequence[KeyRow]]]:
    """Yield (least plain rule, rows) of the terms that end at ``branch``."""
    branch.sort()
    if branch.ending:
        yield rule, branch.ending
    if branch.forms:
        yield max(rule, _STORED_FORM), branch.forms


def _continued(
    branch: Branch, known: Sequence[_Word], position: int, rule: Rule
) -> Iterator[tuple[int, Rule, Sequence[KeyRow]]]:
    """Yield (position of the next word, least plain rule, rows) of the terms that go on behind ``branch``."""
    if position == len(known):
        return
    following = known[position].readings
    for key in branch.further.keys() & following.keys():
        inner, proclitics, *_ = following[key]
        # Inside a term only the article may come before a word: another proclitic begins a new phrase.
        if proclitics in _INSIDE_TERM:
            further, least = branch.further[key], max(rule, inner)
            for its_rule, rows in _ending(further, least):
                yield position + 1, its_rule, rows
            if further.further:
                yield from _continued(further, known, position + 1, least)


def _analyzed_as(terms: Iterable[_Term], surface: str) -> list[tuple[TermEntry, Analysis]]:
    """Return the entries of terms, each with how their first word is read."""
    found: list[tuple[TermEntry, Analysis]] = []
    for rule, reading, entries in terms:
        analysis = _analysis(reading, rule, surface)
        found += [(entry, analysis) for entry in entries]
    return found


@lru_cache(maxsize=1 << 16)
def _analyzed(word: str) -> _Analyzed:
    return readings(letters(word))


@lru_cache(maxsize=1 << 14)
def _analysis(raw: RawReading, rule: Rule, surface: str) -> Analysis:
    """Return the reading with its stem in the letters of the text, not those of the key."""
    reading = Reading(*raw)
    stripped = strip_marks(surface)
    stem = reading.stem
    last_end = len(stripped) - len(reading.enclitic)
    for end in (last_end, last_end - 1):  # behind the stem of an adverbial accusative there is an alef
        as_written = stripped[max(end - len(stem), 0) : end]
        if letters(as_written) == reading.stem:
            stem = as_written
            break
    return Analysis(reading.proclitics, stem, reading.enclitic, rule.label)


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
