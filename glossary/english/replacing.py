"""What to put in place of an English term so that the sentence stays right: number, case, and the article before it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from glossary.english.finder import Occurrence
from glossary.english.fitting import Inflection
from glossary.english.inflection import is_plural, plural, singulars
from glossary.english.words import folded

# The head of a term stands before its first preposition, or before an adjective that follows its noun.
_AFTER_HEAD = frozenset(
    ("of", "for", "in", "on", "at", "with", "by", "from", "against", "under", "between", "to", "without")
)
_POSTPOSITIVE = frozenset(("general", "martial", "elect", "designate", "emeritus"))
_LOWER_IN_TITLES = _AFTER_HEAD | {"and", "or", "the", "a", "an"}
_ARTICLE_BEFORE = re.compile(r"(?<!\w)(an?)(\s+)$", re.IGNORECASE)
_DETERMINER_BEFORE = re.compile(r"(?<!\w)(?:the|an?|this|that|these|those|its|his|her|their|our)\s+$", re.IGNORECASE)
_ARTICLE = re.compile(r"^(?:the|an?)\s+", re.IGNORECASE)
# Words that sound otherwise than they begin; letters of an abbreviation that sound with a vowel (an FBI agent).
_VOWEL = re.compile(r"[aeiou]|hour|honest|hono|heir", re.IGNORECASE)
_NO_VOWEL = re.compile(r"eu|ewe|one(?![a-z])|once|uni(?![nm])|u[kst][aeiu]|ura[nl]|ubiq", re.IGNORECASE)
_VOWEL_LETTERS = frozenset("AEFHILMNORSX")


@dataclass(frozen=True, slots=True)
class Replacement:
    """What to put in place of a part of a text; ``start`` and ``end`` are code-point offsets in it."""

    start: int
    end: int
    text: str


def replacement(text: str, occurrence: Occurrence, term: str) -> Replacement | None:
    """Return what puts ``term`` in place of another one found in ``text``; None when its form there is not certain.

    The place may begin before the occurrence: at an indefinite article that must change with it (a bomb, an explosive).
    """
    inflected = _inflected(occurrence, _without_start(text[: occurrence.start], term))
    if inflected is None:
        return None
    new = _cased(occurrence, inflected)
    article = _ARTICLE_BEFORE.search(text[: occurrence.start])
    if article is None:
        return Replacement(occurrence.start, occurrence.end, new)
    wanted = "an" if _sounds_with_vowel(new) else "a"
    written = article.group(1)
    if wanted == written.lower():
        return Replacement(occurrence.start, occurrence.end, new)
    wanted = wanted.capitalize() if written[0].isupper() else wanted
    return Replacement(article.start(), occurrence.end, wanted + article.group(2) + new)


def _without_start(before: str, term: str) -> str:
    """Return a term without the “to” of an infinitive, and without its article where the text has one."""
    if _DETERMINER_BEFORE.search(before):
        term = _ARTICLE.sub("", term)
    return term.removeprefix("to ")


def _inflected(occurrence: Occurrence, term: str) -> str | None:
    number, words = _head(term)
    is_many = _is_many(words[number])
    match occurrence.inflection:
        case Inflection.VERB:
            return None
        case Inflection.SAME:
            # A plural stored beside a singular: rebels, opposition. What is meant of one of them is not known.
            stored, there = _head(occurrence.written)
            return term if _is_many(there[stored]) == is_many else None
        case Inflection.PLURAL:
            changed = words[number] if is_many else plural(words[number])
        case Inflection.SINGULAR:
            of_head = singulars(folded(words[number])) if is_many else (words[number],)
            changed = of_head[0] if len(of_head) == 1 else None
    if changed is None:
        return None
    words[number] = changed
    return "".join(words)


def head_of(term: str) -> str:
    """Return the word of a term that says what it is, whose number is that of the term: strikes of air strikes."""
    number, parts = _head(term)
    return parts[number]


def _is_many(head: str) -> bool:
    return head[:1].islower() and is_plural(folded(head))


def _head(term: str) -> tuple[int, list[str]]:
    """Return the number of the head among the parts of a term, and the parts: words and what is between them."""
    parts = re.split(r"(\s+|-)", term)
    for number in range(2, len(parts), 2):
        if parts[number].lower() in _AFTER_HEAD | _POSTPOSITIVE:
            return number - 2, parts
    return len(parts) - 1, parts


def _cased(occurrence: Occurrence, term: str) -> str:
    surface, written = occurrence.surface, occurrence.written
    if not written[:1].islower() or not surface[:1].isupper():
        return term
    if len(surface) > 1 and surface.isupper():
        return term.upper()
    words = surface.split()
    if len(words) > 1 and all(word[:1].isupper() or word in _LOWER_IN_TITLES for word in words):
        titled = (word if word in _LOWER_IN_TITLES else word[:1].upper() + word[1:] for word in term.split(" "))
        term = " ".join(titled)
    return term[:1].upper() + term[1:]


def _sounds_with_vowel(term: str) -> bool:
    first = re.match(r"[^\W_]*", term)
    word = first.group() if first else ""
    if len(word) > 1 and word.isupper():
        return word[0] in _VOWEL_LETTERS
    return bool(_VOWEL.match(word)) and not _NO_VOWEL.match(word)
