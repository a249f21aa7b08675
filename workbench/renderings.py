"""Find an English term in a translation, and put another one in its place in the same form.

What finds terms is a seam: ``TargetFinder``. ``PlainFinder`` knows regular plurals and possessives.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Protocol

from glossary.model import TermEntry

_SIBILANT = re.compile(r"(?:s|x|z|ch|sh)$")
_CONSONANT_AND_Y = re.compile(r"[^aeiou\W]y$")
# What follows these words in a term is no part of its head: ministries of health.
_PREPOSITION = re.compile(r"\s(?:of|for|in|on|to|at|by|with|from|against)\s")
_SENTENCE_BEGINS = re.compile(r"(?:^|[.!?:…]|\n)[\s\"'“‘«(\[]*$")
_ARTICLE = re.compile(r"\b(an?)(\s+)$", re.IGNORECASE)
# A vowel letter that may sound like a consonant or the other way round: a unit, an hour, an NGO, an 8-day truce.
_SOUND_UNSURE = re.compile(r"(?:u|eu|h|one|\d|[A-Z]{2}|[A-Z]\b)")


@dataclass(frozen=True, slots=True)
class TargetSpan:
    """An English term found in a text; ``start`` and ``end`` are offsets in code points."""

    start: int
    end: int
    entry: TermEntry


class TargetFinder(Protocol):
    """Whatever finds the English terms of entries in a text, in the forms English gives them."""

    def find(self, entries: Sequence[TermEntry], text: str) -> list[TargetSpan]:
        """Return where the English terms of ``entries`` stand, in order, none within another."""
        ...


class PlainFinder:
    """Find terms whatever their case, in the plural with s, es or ies, and in the possessive."""

    def find(self, entries: Sequence[TermEntry], text: str) -> list[TargetSpan]:
        """Return where the English terms of ``entries`` stand; a longer term goes before one inside it."""
        found = [
            TargetSpan(*match.span(), entry)
            for entry in entries
            for match in _pattern((entry.target, *entry.target_forms), entry.case_sensitive).finditer(text)
        ]
        return without_overlaps(found)


def without_overlaps(spans: Iterable[TargetSpan]) -> list[TargetSpan]:
    """Return the spans in order; of those that overlap the longest, and of equal ones the first."""
    kept: list[TargetSpan] = []
    for span in sorted(spans, key=lambda span: span.start - span.end):
        if all(span.end <= other.start or span.start >= other.end for other in kept):
            kept.append(span)
    return sorted(kept, key=lambda span: span.start)


def replaced(text: str, span: TargetSpan, new: str) -> tuple[int, int, str] | None:
    """Return (start, end, words) that put the term ``new`` into ``text`` in the place and form of ``span``.

    Plural, possessive, capitals and a or an before the term are kept or adapted. None where that is not certain.
    """
    surface = text[span.start : span.end]
    words = _inflected_as(surface, span.entry, new)
    if words is None:
        return None
    words = _capitals_as(
        surface, span.entry.target, words, begins=_SENTENCE_BEGINS.search(text[: span.start]) is not None
    )
    article = _ARTICLE.search(text[: span.start])
    if article is None:
        return span.start, span.end, words
    wanted = _article(words, surface, article[1].lower())
    if wanted is None:
        return None
    if article[1][0].isupper():
        if _SENTENCE_BEGINS.search(text[: article.start()]) is None:  # Plan A
            return None
        wanted = wanted.capitalize()
    return article.start(), span.end, wanted + article[2] + words


def _inflected_as(surface: str, entry: TermEntry, new: str) -> str | None:
    """Return ``new`` in the number and case of ``surface``, which is a form of the entry's English."""
    folded = _plain(surface)
    for plural in (False, True):
        old_form = _plural(entry.target) if plural else entry.target
        new_form = _plural(new) if plural else new
        if old_form is None:
            continue
        if folded == _plain(old_form):
            return new_form
        if folded in {_plain(form) for form in _possessives(old_form)}:
            apostrophe = "’" if "’" in surface else "'"
            return (
                None if new_form is None else new_form + apostrophe + ("" if new_form.endswith("s") and plural else "s")
            )
    return None


def _capitals_as(surface: str, old: str, new: str, *, begins: bool) -> str:
    if surface.isupper() and len(surface) > 1 and not old.isupper():
        return new.upper()
    if not surface[0].isupper():
        return new
    if begins:
        return new[0].upper() + new[1:]
    if old[0].islower():  # capitals in the middle of a sentence: a headline
        return re.sub(r"(?<![\w'’])\w", lambda letter: letter[0].upper(), new)
    return new


def _article(new: str, old: str, stands: str) -> str | None:
    """Return a or an for ``new`` where ``stands`` was right for ``old``; None when the letters do not tell."""
    if new[:2].lower() == old[:2].lower():
        return stands
    if _SOUND_UNSURE.match(new):
        return None
    return "an" if new[0].lower() in "aeio" else "a"


def _plural(term: str) -> str | None:
    """Return the regular plural of a term; None when its head is not its last word, or it may be a plural already."""
    if _PREPOSITION.search(term) or not term[-1:].isalpha() or term.lower().endswith("s"):
        return None
    if _CONSONANT_AND_Y.search(term.lower()) and not term.rsplit(maxsplit=1)[-1][0].isupper():  # the Kennedys
        return term[:-1] + "ies"
    return term + ("es" if _SIBILANT.search(term.lower()) else "s")


def _possessives(form: str) -> tuple[str, ...]:
    return (f"{form}'s", f"{form}'") if form.lower().endswith("s") else (f"{form}'s",)


def _plain(text: str) -> str:
    return " ".join(text.casefold().replace("’", "'").replace("-", " ").split())


@lru_cache(maxsize=256)
def _pattern(texts: tuple[str, ...], case_sensitive: bool) -> re.Pattern[str]:
    forms = {form for text in texts for one in (text, _plural(text)) if one for form in (one, *_possessives(one))}
    alternatives = "|".join(_as_written(form) for form in sorted(forms, key=lambda form: (-len(form), form)))
    return re.compile(rf"(?<!\w)(?:{alternatives})(?!\w)", 0 if case_sensitive else re.IGNORECASE)


def _as_written(form: str) -> str:
    """Return a pattern for a form: words of it may be joined by hyphens or wrapped lines, apostrophes be curly."""
    words = (re.escape(word).replace("'", "['’]") for word in re.split(r"[\s-]+", form))
    return r"(?:\s+|-)".join(words)
