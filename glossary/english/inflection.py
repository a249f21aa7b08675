"""Inflections of English words, by hand-written rules: what a form may come from, and the plural of a word.

A stemmer (Porter, Snowball) would be shorter and wrong for terms: it gives organ and organization, general and
generation, policy and police, univers(e) and university one stem. These rules take off -s, -ed and -ing, nothing else.
A form may come from several words (bases from base and basis), and a wrong guess that is no word does no harm: it
meets no term. Rules and lists: Quirk et al., “A Comprehensive Grammar of the English Language”, 3.1-3.20, 5.73-5.103.
"""

from __future__ import annotations

import re
from enum import Enum
from functools import lru_cache

from glossary.english.irregular import (
    ENDING_IN_MAN,
    ENDING_IN_MEN,
    NOT_PLURALS,
    O_WITH_ES,
    PLURALS,
    UNCHANGED,
    UNCOUNTABLE,
    UNDERSTOOD_ONLY,
    VERBS,
)
from glossary.english.words import spelled


class Form(Enum):
    """How a word of a text comes from a dictionary form."""

    BASE = "base"
    S = "s"
    """A plural, or the third person of a verb."""
    VERB = "verb"
    """A past form, participle or gerund."""


# Below three letters what is left is another word: used is not us, gas not ga.
_SHORTEST = 3

_SINGULARS = {many: tuple(one for one in PLURALS if PLURALS[one] == many) for many in PLURALS.values()}
_SIBILANT = re.compile(r"(?:s|x|z|sh|ch)$")
_HARD_CH = re.compile(r"(?:arch|stomach|epoch|eunuch|loch|mach)$")
# Plurals of words in -sis and -xis: analyses, theses, diagnoses, crises, oases.
_GREEK = ("yses", "eses", "oses", "ises", "ases", "axes")
# Singulars in -s; those in -ss, -is and -us are known by their ending.
_ONE = re.compile(r"(?:atlas|bias|alias|canvas|lens|pancreas)$")


@lru_cache(maxsize=1 << 16)
def singulars(word: str) -> tuple[str, ...]:
    """Return what a folded word may be the plural (or, a verb, the third person) of; empty when it is no -s form."""
    found = list(_SINGULARS.get(word, ()))
    if word.endswith("men") and len(word) > 4 and word not in ENDING_IN_MEN:
        found.append(word[:-2] + "an")
    if word.endswith("s") and len(word) > _SHORTEST and not word.endswith(("ss", "is", "us")) and not _ONE.search(word):
        found += _without_s(word)
    return tuple(dict.fromkeys(found))


def _without_s(word: str) -> list[str]:
    found = [word[:-1]]
    if word.endswith("ies") and len(word) > 4:
        found.append(word[:-3] + "y")
    elif word.endswith(("ses", "xes", "zes", "ches", "shes", "oes")):
        found.append(word[:-2])
        if word.endswith(_GREEK):
            found.append(word[:-2] + "is")
    return [one for one in found if len(one) >= _SHORTEST or one in {"do", "go"}]


@lru_cache(maxsize=1 << 16)
def verbs(word: str) -> tuple[str, ...]:
    """Return the verbs a folded word may be a past form, a participle or a gerund of."""
    found = [VERBS[word]] if word in VERBS else []
    if word.endswith("ied"):
        found.append(word[:-3] + "y")
    if word.endswith("ying"):
        found.append(word[:-4] + "ie")
    for ending in ("ed", "ing"):
        stem = word.removesuffix(ending)
        if stem != word:
            found += [stem, stem + "e"]
            if len(stem) > _SHORTEST and stem[-1] == stem[-2]:
                found.append(stem[:-1])
    return tuple(dict.fromkeys(verb for verb in found if len(verb) >= _SHORTEST or verb in VERBS.values()))


@lru_cache(maxsize=1 << 16)
def readings(word: str) -> tuple[tuple[str, Form], ...]:
    """Return the keys a folded word of a text may be found by, the plainest first."""
    found = {spelled(word): Form.BASE}
    for form, bases in ((Form.S, singulars(word)), (Form.VERB, verbs(word))):
        for base in bases:
            found.setdefault(spelled(base), form)
    return tuple(found.items())


def is_plural(word: str) -> bool:
    """Tell whether a folded word of a term is the plural of something that the term may as well be in the singular."""
    return word not in NOT_PLURALS and bool(singulars(word))


@lru_cache(maxsize=1 << 16)
def term_keys(word: str) -> tuple[str, ...]:
    """Return the keys of a folded word of a term: those of its singulars when it is a plural."""
    if is_plural(word):
        return tuple(dict.fromkeys(spelled(one) for one in singulars(word)))
    return (spelled(word),)


def plural(word: str) -> str | None:
    """Return the plural of a noun as it is typed; None when that is not certain, or there is none."""
    lower = word.lower()
    if lower in UNCHANGED:
        return word
    if lower in PLURALS and lower not in UNDERSTOOD_ONLY:
        return PLURALS[lower].capitalize() if word[:1].isupper() else PLURALS[lower]
    if len(word) > 1 and word.isalpha() and word.isupper():  # NGOs
        return word + "s"
    return None if _plural_is_doubtful(word) else _regular_plural(word)


def _plural_is_doubtful(word: str) -> bool:
    lower = word.lower()
    is_family = word != lower and lower.endswith("y")  # the Kennedys, but the Armies
    is_plural_or_odd = lower.endswith(("ese", "ics")) or (
        lower.endswith("s") and not lower.endswith(("ss", "us", "sis"))
    )
    return is_family or is_plural_or_odd or lower in UNCOUNTABLE | UNDERSTOOD_ONLY or not lower.isalpha()


def _regular_plural(word: str) -> str:
    lower = word.lower()
    if lower.endswith("man") and lower not in ENDING_IN_MAN:
        return word[:-2] + "en"
    if lower.endswith("sis"):
        return word[:-2] + "es"
    if lower.endswith("y") and (lower[-2:-1] not in set("aeou") or lower.endswith("quy")):
        return word[:-1] + "ies"
    if lower in O_WITH_ES or (_SIBILANT.search(lower) and not _HARD_CH.search(lower)):
        return word + "es"
    return word + "s"
