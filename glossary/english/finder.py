"""Find English terms in English text, whatever their inflection, hyphens, articles, case and spelling.

Terms stand in a table under their letters written as one word (ceasefire for cease-fire and cease fire), beside a table
of what they begin with up to each of their words. A text is walked once, so the time does not depend on the number of
terms.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate, islice, product

from glossary.english.fitting import Inflection, Taken, fit
from glossary.english.inflection import Form, readings, term_keys
from glossary.english.words import Word, folded, is_article, spelled, words
from glossary.model import TermEntry

# A plural may come from two or three words; of a term of many plurals, the likeliest are enough.
_MOST_KEYS = 8
# More words are a sentence, and a text that repeats them would be walked through again and again.
_MOST_WORDS = 30
_PARENTHESIS = re.compile(r"\s*\(([^()]*)\)")
_Readings = Sequence[tuple[str, Form]]


@dataclass(frozen=True, slots=True)
class Occurrence:
    """An English term found in a text; ``start`` and ``end`` are code-point offsets in the text as given.

    A possessive ending is not in it, unless the term has one. ``written`` is the term, or the stored form of it, that
    was found, and ``inflection`` how the text differs from that.
    """

    start: int
    end: int
    surface: str
    entry: TermEntry
    written: str
    inflection: Inflection


class EnglishFinder:
    """A table of the English terms of some entries, which can be changed while it is used.

    An English term that is paired with several Arabic ones is found once, as the first of its entries. Terms of more
    than thirty words are not looked for.
    """

    def __init__(self, entries: Iterable[TermEntry]) -> None:
        self._terms: dict[str, list[tuple[TermEntry, str]]] = {}
        self._beginnings: dict[str, int] = {}
        self._of_concept: dict[str, dict[str, TermEntry]] = {}
        for entry in entries:
            self._add(entry)

    def replace(self, concept_uid: str, entries: Iterable[TermEntry]) -> None:
        """Find a concept by these entries from now on, and by no others."""
        for entry in self._of_concept.pop(concept_uid, {}).values():
            self._remove(entry)
        for entry in entries:
            self._add(entry)

    def find(self, text: str) -> list[Occurrence]:
        """Return the terms in ``text`` in order, also those inside or across others, the longer one first."""
        found: dict[tuple[int, int, str], Occurrence] = {}
        spans = words(text)
        analyzed = [readings(folded(word.letters)) for word in spans]
        for first in range(len(spans)):
            for key, taken in self._paths(spans, analyzed, first):
                for entry, written in self._terms[key]:
                    fitting = fit(text, spans, taken, entry, term_words(written), written)
                    if fitting is not None:
                        start, end, inflection = fitting
                        occurrence = Occurrence(start, end, text[start:end], entry, written, inflection)
                        known = found.setdefault((start, end, entry.uid), occurrence)
                        if inflection.value < known.inflection.value:
                            found[start, end, entry.uid] = occurrence
        return sorted(found.values(), key=lambda one: (one.start, -one.end))

    def _add(self, entry: TermEntry) -> None:
        of_concept = self._of_concept.setdefault(entry.concept_uid, {})
        if entry.uid in of_concept:
            return
        of_concept[entry.uid] = entry
        for written in _writings(entry):
            for beginnings, key in _keys(written):
                self._terms.setdefault(key, []).append((entry, written))
                for beginning in beginnings:
                    self._beginnings[beginning] = self._beginnings.get(beginning, 0) + 1

    def _remove(self, entry: TermEntry) -> None:
        for written in _writings(entry):
            for beginnings, key in _keys(written):
                self._terms[key].remove((entry, written))
                if not self._terms[key]:
                    del self._terms[key]
                for beginning in beginnings:
                    self._beginnings[beginning] -= 1
                    if not self._beginnings[beginning]:
                        del self._beginnings[beginning]

    def _paths(
        self, spans: Sequence[Word], analyzed: Sequence[_Readings], first: int
    ) -> Iterator[tuple[str, tuple[Taken, ...]]]:
        """Yield (key of a term, words it was found in) for all terms that begin at the word ``first``."""
        ahead: list[tuple[int, str, tuple[Taken, ...], bool]] = [(first, "", (), False)]
        seen = set()
        while ahead:
            at, key, before, is_joined = ahead.pop()
            for position, (letters, form) in enumerate(analyzed[at]):
                longer = key + letters
                if (at, longer) in seen:
                    continue
                seen.add((at, longer))
                taken = (*before, Taken(at, letters, form))
                if longer in self._terms:
                    yield longer, taken
                following = at + 1
                if following == len(spans):
                    continue
                if longer in self._beginnings:
                    ahead.append((following, longer, taken, False))
                    if is_article(spans[following]) and following + 1 < len(spans):
                        ahead.append((following + 1, longer, taken, False))
                elif not position and not is_joined:
                    # The term may write this word and the next as one.
                    ahead.append((following, longer, taken, True))


@lru_cache(maxsize=1 << 14)
def term_words(written: str) -> tuple[Word, ...]:
    """Return the words of a term without its articles, and without the “to” of an infinitive."""
    found = words(written)
    if len(found) > 1 and found[0].letters == "to":
        del found[0]
    return tuple(word for word in found[:-1] if not is_article(word)) + tuple(found[-1:])


def _writings(entry: TermEntry) -> list[str]:
    """Return the term and its forms; what stands in parentheses may be left out, an abbreviation there stand alone."""
    found: dict[str, None] = {}
    for written in (entry.target, *entry.target_forms):
        found[written] = None
        if "(" in written:
            found[_PARENTHESIS.sub("", written).strip()] = None
            found.update({inside: None for inside in _PARENTHESIS.findall(written) if inside.isupper()})
    return list(found)


def _keys(written: str) -> list[tuple[list[str], str]]:
    """Return each key of a term with the beginnings of it that end with a word."""
    choices = [_word_keys(word) for word in term_words(written)]
    if len(choices) == 1:
        return [([], key) for key in choices[0]]
    if not choices or len(choices) > _MOST_WORDS:
        return []
    return [_joined(keys) for keys in islice(product(*choices), _MOST_KEYS)]


def _joined(keys: Sequence[str]) -> tuple[list[str], str]:
    *beginnings, whole = accumulate(keys)
    return beginnings, whole


def _word_keys(word: Word) -> tuple[str, ...]:
    # A name in the plural is not the name in the singular: Windows, Emirates.
    if word.letters[0].islower() or (word.letters[:-1].isupper() and word.letters.endswith("s")):
        return term_keys(folded(word.letters))
    return (spelled(folded(word.letters)),)
