"""How an Arabic word may be built: the proclitics before its stem, the ending and the pronoun behind it.

The analysis is generous: it returns every reading that the letters allow, and the glossary decides which stem is a
term. Letters are folded (``corpus.arabic.fold``), so ة is ه and every alef is ا.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

# Conjunction or question particle, then preposition or future particle, then the article: at most one of each.
_FIRST = ("", "و", "ف", "ا")
_SECOND = ("", "ب", "ل", "ك", "س")
ARTICLE = "ال"
_PREPOSITION_L = "ل"

_PRONOUNS = ("هما", "كما", "هم", "هن", "ها", "كم", "نا", "ه", "ك", "ي")

# Endings of sound plurals, the dual and adverbial accusative, with what they replace at the end of the term's key.
_ENDINGS = (
    ("ات", "ه"),
    ("ات", ""),
    ("تين", "ه"),
    ("تان", "ه"),
    ("ون", ""),
    ("ين", ""),
    ("ان", ""),
    ("يه", ""),
    ("ه", ""),
    ("ا", ""),
)
_SHORTEST_STEM = 2


@dataclass(frozen=True, slots=True)
class Reading:
    """One way to read a folded word: ``stem`` is the part of the word, ``key`` what it would be in a glossary."""

    proclitics: tuple[str, ...]
    stem: str
    enclitic: str
    key: str
    rule: str


def readings(word: str) -> Iterator[Reading]:
    """Yield the readings of a folded ``word``, the plainest first."""
    for proclitics, rest in _without_proclitics(word):
        if len(rest) < _SHORTEST_STEM and proclitics:
            continue
        yield Reading(proclitics, rest, "", rest, "proclitic" if proclitics else "exact")
        for ending, restored in _ENDINGS:
            stem = rest.removesuffix(ending)
            if stem != rest and len(stem) > _SHORTEST_STEM:
                yield Reading(proclitics, rest, "", stem + restored, "inflection")
        if proclitics and proclitics[-1] == ARTICLE:
            continue  # a word with the article takes no pronoun
        yield from _with_pronouns(proclitics, rest)


def _with_pronouns(proclitics: tuple[str, ...], rest: str) -> Iterator[Reading]:
    for pronoun in _PRONOUNS:
        stem = rest.removesuffix(pronoun)
        if stem == rest or len(stem) <= _SHORTEST_STEM:
            continue
        yield Reading(proclitics, stem, pronoun, stem, "pronoun")
        if stem.endswith("ت"):  # ta marbuta opens before a pronoun: حكومة + هم = حكومتهم
            yield Reading(proclitics, stem, pronoun, stem[:-1] + "ه", "pronoun")
        if stem.endswith("ا"):  # alef maqsura becomes alef before a pronoun: مستشفى + ها = مستشفاها
            yield Reading(proclitics, stem, pronoun, stem[:-1] + "ي", "pronoun")


def _without_proclitics(word: str) -> Iterator[tuple[tuple[str, ...], str]]:
    for first in _FIRST:
        if not word.startswith(first):
            continue
        after_first = word[len(first) :]
        for second in _SECOND:
            if not after_first.startswith(second):
                continue
            rest = after_first[len(second) :]
            clitics = tuple(filter(None, (first, second)))
            yield clitics, rest
            if rest.startswith(ARTICLE):
                yield (*clitics, ARTICLE), rest[len(ARTICLE) :]
            # The article loses its alef after ل: ل + المدينة = للمدينة.
            if second == _PREPOSITION_L and rest.startswith("ل"):
                yield (*clitics, ARTICLE), rest[1:]
