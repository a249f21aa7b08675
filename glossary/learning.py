"""Forms of terms that texts have and the glossary does not: broken plurals that a person may confirm.

A confirmed one is stored (``store.change(uid, {"forms": ...})``) and is then found for sure, not by its shape.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Protocol

from corpus.arabic import strip_marks, words
from glossary.analysis import Rule
from glossary.spelling import ARTICLE, term_key

if TYPE_CHECKING:
    from glossary.model import Match, TermEntry

_PLURALS = {Rule.PLURAL.label, Rule.PLURAL_SHAPE.label}


class Finder(Protocol):
    """What finds terms: a ``Matcher`` or a ``LiveMatcher``."""

    def find(self, text: str) -> list[Match]:
        """Return the terms in ``text``."""


@dataclass(frozen=True, slots=True)
class FoundForm:
    """A form of a term that is not stored: as it is written without clitics, how often, and where first.

    ``entry`` is the term with its first translation. ``example`` is the text that has the form first, ``start`` and
    ``end`` where, clitics included, in code points. ``alternatives`` counts the other terms it may be a form of.
    """

    entry: TermEntry
    form: str
    count: int
    example: str
    start: int
    end: int
    alternatives: int


def unstored_forms(texts: Iterable[str], finder: Finder) -> list[FoundForm]:
    """Return the broken plurals of terms in ``texts`` that are not stored as their forms, the most frequent first."""
    found: dict[tuple[str, str], FoundForm] = {}
    for text in texts:
        for here in _by_place(finder.find(text)):
            for match in here.values():
                form = _without_clitics(match)
                term = match.entry.source_uid or match.entry.source
                known = found.get((term, term_key(form)))
                found[term, term_key(form)] = (
                    replace(known, count=known.count + 1)
                    if known
                    else FoundForm(match.entry, form, 1, text, match.start, match.end, len(here) - 1)
                )
    return sorted(found.values(), key=lambda form: -form.count)


def _by_place(matches: Iterable[Match]) -> Iterator[dict[str, Match]]:
    """Yield, for each place with broken plurals, the match of each term there."""
    places: dict[tuple[int, int], dict[str, Match]] = {}
    for match in matches:
        if not match.covered and match.analysis.rule in _PLURALS:
            here = places.setdefault((match.start, match.end), {})
            here.setdefault(match.entry.source_uid or match.entry.source, match)
    yield from places.values()


def _without_clitics(match: Match) -> str:
    """Return the words of a match without proclitics and pronoun, and without an article that the term has not."""
    surface = strip_marks(match.surface)
    in_text = [surface[start:end] for start, end in words(surface)]
    in_term = [match.entry.source[start:end] for start, end in words(match.entry.source)]
    inner = [
        word.removeprefix(ARTICLE) if not wanted.startswith(ARTICLE) else word
        for word, wanted in zip(in_text[1:], in_term[1:], strict=False)
    ]
    return " ".join([match.analysis.stem, *inner])
