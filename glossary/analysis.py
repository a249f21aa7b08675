"""How an Arabic word may be built: the proclitics before its stem, the ending and the pronoun behind it.

The analysis is generous: it returns the readings that the letters allow, and the glossary decides which stem is a term.
It is one of nouns and adjectives, as terms are: the future particle س stands before verbs only, and the question
particle أ before a noun only where another particle or the article follows.
"""

from __future__ import annotations

from collections.abc import Iterable
from enum import IntEnum
from typing import NamedTuple

from glossary.plurals import listed_singulars, outline, shaped_singulars
from glossary.spelling import ARTICLE, without_seat

_SHORTEST_STEM = 2
_SHORTEST_PLURAL = 3


class Rule(IntEnum):
    """What led from a word to a term, the plainest first."""

    EXACT = 0
    PROCLITIC = 1
    STORED_FORM = 2
    INFLECTION = 3
    PRONOUN = 4
    PLURAL = 5
    PLURAL_SHAPE = 6
    SPELLING = 7

    __hash__ = int.__hash__  # Enum's own is written in Python, and rules are hashed for each match

    @property
    def label(self) -> str:
        """The rule in a word or two."""
        return self.name.lower().replace("_", " ")


# Looking a member up in its class takes longer than most of what is done with it here.
_EXACT, _PROCLITIC, _, _INFLECTION, _PRONOUN, _PLURAL, _PLURAL_SHAPE, _SPELLING = Rule


class Reading(NamedTuple):
    """One way to read a word: ``stem`` is what stands between the clitics."""

    rule: Rule
    proclitics: tuple[str, ...]
    stem: str
    enclitic: str


# Proclitics as they are written together, the article apart. After ل the article loses its alef.
_PARTICLES = ("", "و", "ف", "ب", "ل", "ك", "وب", "ول", "وك", "فب", "فل", "فك")
_PROCLITICS: dict[str, tuple[str, ...]] = {
    **{particles: tuple(particles) for particles in _PARTICLES},
    **{particles + ARTICLE: (*particles, ARTICLE) for particles in _PARTICLES if not particles.endswith("ل")},
    **{particles + "ل": (*particles, ARTICLE) for particles in _PARTICLES if particles.endswith("ل")},
    **{"ا" + particles: ("ا", *particles) for particles in ("و", "ف")},
    "ا" + ARTICLE: ("ا", ARTICLE),
}
_FIRST_LETTERS = frozenset(written[0] for written in _PROCLITICS if written)
_LENGTHS = range(1, max(map(len, _PROCLITICS)) + 1)

_PRONOUNS = ("هما", "كما", "هم", "هن", "ها", "كم", "نا", "ه", "ك", "ي")

_Ending = tuple[str, tuple[str, ...]]

# Endings with what stands in their place in the dictionary: sound plurals, dual, feminine, adverbial accusative. An
# adjective of relation (ي) has its feminine in ية: that is ي and ة, and not the noun it was made of.
_ENDINGS: tuple[_Ending, ...] = (
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
_ENDINGS_BEFORE_PRONOUN: tuple[_Ending, ...] = (
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


def _by_last_letter(endings: Iterable[_Ending]) -> dict[str, tuple[_Ending, ...]]:
    """Return endings by their last letters: most words have none of them, and need not be asked for each."""
    found: dict[str, tuple[_Ending, ...]] = {}
    for ending in endings:
        found[ending[0][-1]] = (*found.get(ending[0][-1], ()), ending)
    return found


_ENDINGS_OF = _by_last_letter(_ENDINGS)
_ENDINGS_BEFORE_PRONOUN_OF = _by_last_letter(_ENDINGS_BEFORE_PRONOUN)
_PRONOUNS_OF = _by_last_letter((pronoun, ()) for pronoun in _PRONOUNS)

# A reading while there may yet be a plainer one. Making a Reading of each would take as long as finding them.
RawReading = tuple[Rule, tuple[str, ...], str, str]


def readings(word: str) -> dict[str, RawReading]:
    """Return what ``Reading`` takes for each key the letters of a word may lead to, of the plainest way to read it."""
    found: dict[str, RawReading] = {}
    its_outline = outline(word)
    _read(found, (), word, its_outline)
    if word[:1] in _FIRST_LETTERS:
        for length in _LENGTHS[: max(len(word) - _SHORTEST_STEM, 0)]:
            proclitics = _PROCLITICS.get(word[:length])
            if proclitics is not None:
                _read(found, proclitics, word[length:], its_outline[length:])
    return found


def _read(found: dict[str, RawReading], proclitics: tuple[str, ...], rest: str, its_outline: str) -> None:
    """Add the readings of what follows the proclitics."""
    plain = without_seat(rest)
    _add(found, (plain,), (_PROCLITIC if proclitics else _EXACT, proclitics, rest, ""))
    last = rest[-1:]
    if last in _ENDINGS_OF:
        _add(found, _inflected(plain, _ENDINGS_OF[last]), (_INFLECTION, proclitics, rest, ""))
    _add_plurals(found, proclitics, rest, "", its_outline)
    if last == "ا":  # adverbial accusative: أطفالا
        _add_plurals(found, proclitics, rest[:-1], "", its_outline[:-1])
    elif last == "ه":
        _add(found, [plain[:-1] + "ة"], (_SPELLING, proclitics, rest, ""))
    if last in _PRONOUNS_OF and ARTICLE not in proclitics:  # a word with the article takes no pronoun
        for pronoun, _ in _PRONOUNS_OF[last]:
            if rest.endswith(pronoun) and len(rest) - len(pronoun) >= _SHORTEST_STEM:
                before = slice(-len(pronoun))
                _add_before_pronoun(found, proclitics, rest[before], pronoun, its_outline[before])


def _add_before_pronoun(
    found: dict[str, RawReading], proclitics: tuple[str, ...], stem: str, pronoun: str, its_outline: str
) -> None:
    plain = without_seat(stem)
    raw = (_PRONOUN, proclitics, stem, pronoun)
    _add(found, [plain, *_inflected(plain, _ENDINGS_BEFORE_PRONOUN_OF.get(stem[-1], ()))], raw)
    if pronoun != "ي":  # too many words end in it
        _add_plurals(found, proclitics, stem, pronoun, its_outline)


def _inflected(stem: str, endings: Iterable[_Ending]) -> list[str]:
    return [
        stem[: -len(ending)] + letter
        for ending, restored in endings
        if stem.endswith(ending)
        for letter in restored
        if len(stem) - len(ending) + len(letter) > _SHORTEST_STEM
    ]


def _add_plurals(
    found: dict[str, RawReading], proclitics: tuple[str, ...], stem: str, enclitic: str, its_outline: str
) -> None:
    if len(stem) < _SHORTEST_PLURAL:
        return
    if listed := listed_singulars(stem):
        _add(found, listed, (_PLURAL, proclitics, stem, enclitic))
    if shaped := shaped_singulars(stem, its_outline):
        _add(found, shaped, (_PLURAL_SHAPE, proclitics, stem, enclitic))
        # A hamza that sat on alef: شؤون and شأن.
        on_alef = [singular.replace("ء", "ا") for singular in shaped if "ء" in singular]
        _add(found, on_alef, (_PLURAL_SHAPE, proclitics, stem, enclitic))


def _add(found: dict[str, RawReading], keys: Iterable[str], raw: RawReading) -> None:
    for key in keys:
        known = found.get(key)
        if known is None or raw[0] < known[0]:
            found[key] = raw
