"""How an Arabic word may be built: the proclitics before its stem, the ending and the pronoun behind it.

The analysis is generous: it returns the readings that the letters allow, and the glossary decides which stem is a term.
It is one of nouns and adjectives, as terms are: the future particle س stands before verbs only, and the question
particle أ before a noun only where another particle or the article follows.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import IntEnum

from glossary.plurals import listed_singulars, shaped_singulars
from glossary.spelling import ARTICLE, without_seat

_SHORTEST_STEM = 2
_SHORTEST_PLURAL = 3


class Rule(IntEnum):
    """What led from a word to a key, the plainest first."""

    EXACT = 0
    PROCLITIC = 1
    INFLECTION = 2
    PRONOUN = 3
    PLURAL = 4
    PLURAL_SHAPE = 5
    SPELLING = 6

    @property
    def label(self) -> str:
        """The rule in a word or two."""
        return self.name.lower().replace("_", " ")


@dataclass(frozen=True, slots=True)
class Reading:
    """One way to read a word: ``stem`` is what stands between the clitics, ``key`` that of a dictionary form."""

    proclitics: tuple[str, ...]
    stem: str
    enclitic: str
    key: str
    rule: Rule


# Proclitics as they are written together, the article apart. After ل the article loses its alef.
_PARTICLES = ("", "و", "ف", "ب", "ل", "ك", "وب", "ول", "وك", "فب", "فل", "فك")
_PROCLITICS: tuple[tuple[str, tuple[str, ...]], ...] = tuple(
    sorted(
        {
            **{particles: tuple(particles) for particles in _PARTICLES},
            **{particles + ARTICLE: (*particles, ARTICLE) for particles in _PARTICLES if not particles.endswith("ل")},
            **{particles + "ل": (*particles, ARTICLE) for particles in _PARTICLES if particles.endswith("ل")},
            **{"ا" + particles: ("ا", *particles) for particles in ("و", "ف")},
            "ا" + ARTICLE: ("ا", ARTICLE),
        }.items(),
        key=lambda item: len(item[0]),
    )
)
_BY_FIRST_LETTER = {letter: tuple(item for item in _PROCLITICS if item[0][:1] in {"", letter}) for letter in "وفبلكا"}
_NO_PROCLITICS = _PROCLITICS[:1]

_PRONOUNS = ("هما", "كما", "هم", "هن", "ها", "كم", "نا", "ه", "ك", "ي")

# Endings with what stands in their place in the dictionary: sound plurals, dual, feminine, adverbial accusative. An
# adjective of relation (ي) has its feminine in ية: that is ي and ة, and not the noun it was made of.
_ENDINGS = (
    ("ات", ("ة", "")),
    ("يات", ("اة", "ي")),
    ("تين", ("ة", "")),
    ("تان", ("ة", "")),
    ("ون", ("", "ي")),
    ("ين", ("", "ي")),
    ("ان", ("",)),
    ("ة", ("",)),
    ("ا", ("",)),
)
# Before a pronoun ة opens, the ن of plural and dual falls, and a hamza takes another seat, which keys do not see.
_ENDINGS_BEFORE_PRONOUN = (
    ("ات", ("ة", "")),
    ("يات", ("اة", "ي")),
    ("ت", ("ة", "")),
    ("تي", ("ة",)),
    ("تا", ("ة",)),
    ("و", ("", "ي")),
    ("ي", ("",)),
    ("ا", ("", "ي")),
    ("ء", ("ا",)),
)


def readings(word: str) -> tuple[Reading, ...]:
    """Return the readings of the letters of a word, each key once and by its plainest reading, the plainest first."""
    best: dict[str, Reading] = {}
    for reading in _all_readings(word):
        known = best.get(reading.key)
        if known is None or reading.rule < known.rule:
            best[reading.key] = reading
    return tuple(sorted(best.values(), key=lambda reading: reading.rule))


def _all_readings(word: str) -> Iterator[Reading]:
    for written, proclitics in _BY_FIRST_LETTER.get(word[:1], _NO_PROCLITICS):
        if not word.startswith(written):
            continue
        rest = word[len(written) :]
        if written and len(rest) < _SHORTEST_STEM:
            continue
        plain = without_seat(rest)
        yield Reading(proclitics, rest, "", plain, Rule.PROCLITIC if proclitics else Rule.EXACT)
        for stem in _inflected(plain, _ENDINGS):
            yield Reading(proclitics, rest, "", stem, Rule.INFLECTION)
        yield from _plurals(proclitics, rest, "")
        if rest.endswith("ا"):  # adverbial accusative: أطفالا
            yield from _plurals(proclitics, rest[:-1], "")
        if rest.endswith("ه"):
            yield Reading(proclitics, rest, "", plain[:-1] + "ة", Rule.SPELLING)
        if ARTICLE not in proclitics:  # a word with the article takes no pronoun
            yield from _with_pronouns(proclitics, rest)


def _with_pronouns(proclitics: tuple[str, ...], rest: str) -> Iterator[Reading]:
    for pronoun in _PRONOUNS:
        if not rest.endswith(pronoun) or len(rest) - len(pronoun) < _SHORTEST_STEM:
            continue
        stem = rest[: -len(pronoun)]
        plain = without_seat(stem)
        yield Reading(proclitics, stem, pronoun, plain, Rule.PRONOUN)
        for dictionary in _inflected(plain, _ENDINGS_BEFORE_PRONOUN):
            yield Reading(proclitics, stem, pronoun, dictionary, Rule.PRONOUN)
        if pronoun != "ي":  # too many words end in it
            yield from _plurals(proclitics, stem, pronoun)


def _inflected(stem: str, endings: tuple[tuple[str, tuple[str, ...]], ...]) -> Iterator[str]:
    for ending, restored in endings:
        if stem.endswith(ending):
            bare = stem[: -len(ending)]
            for letter in restored:
                if len(bare) > _SHORTEST_STEM or (len(bare) == _SHORTEST_STEM and letter):
                    yield bare + letter


def _plurals(proclitics: tuple[str, ...], stem: str, enclitic: str) -> Iterator[Reading]:
    if len(stem) < _SHORTEST_PLURAL:
        return
    for singular in listed_singulars(stem):
        yield Reading(proclitics, stem, enclitic, singular, Rule.PLURAL)
    for singular in shaped_singulars(stem):
        yield Reading(proclitics, stem, enclitic, singular, Rule.PLURAL_SHAPE)
        if "ء" in singular:  # a hamza that sat on alef: شؤون and شأن
            yield Reading(proclitics, stem, enclitic, singular.replace("ء", "ا"), Rule.PLURAL_SHAPE)
