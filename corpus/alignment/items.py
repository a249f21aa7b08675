"""What sentences are compared by: what is written alike in both languages, and the stems of words."""

from __future__ import annotations

import re
from collections.abc import Hashable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from typing import Protocol

from corpus.arabic import fold, is_arabic, words
from corpus.checks.names import skeleton
from corpus.checks.numbers import said_values


class ItemKind(StrEnum):
    """Classes of items, which differ in how often a translation has them again."""

    NUMBER = "number"
    MARK = "mark"
    NAME = "name"
    TERM = "term"
    WORD = "word"


Item = tuple[ItemKind, Hashable]


class Anchors(Protocol):
    """What goes together for reasons of its own, such as the terms of a glossary: equal keys are the same thing."""

    def in_source(self, text: str) -> Iterable[Hashable]:
        """Return the keys of what stands in a sentence of the source."""
        ...

    def in_target(self, text: str) -> Iterable[Hashable]:
        """Return the keys of what stands in a sentence of the target."""
        ...


@dataclass(frozen=True, slots=True)
class Sentence:
    """What is to be found again of a sentence: what is alike in both languages, its names, the stems of its words."""

    alike: frozenset[Item]
    names: frozenset[Item]
    stems: frozenset[str]

    @classmethod
    def of(cls, text: str, keys: Iterable[Hashable] = ()) -> Sentence:
        """Look at ``text``; ``keys`` are those of the anchors in it."""
        alike = {(ItemKind.TERM, key) for key in keys}
        alike |= {(ItemKind.NUMBER, value) for value in said_values(text)}
        alike |= {(ItemKind.MARK, _MARKS[mark]) for mark in _MARKS.keys() & set(text)}
        return cls(frozenset(alike), frozenset((ItemKind.NAME, name) for name in _names(text)), stems(text))


_MARKS = {"؟": "?", "?": "?", "!": "!", "%": "%", "٪": "%", "$": "$"}
_CAPITALIZED = re.compile(r"(?:[Aa]l-|[Ee]l-)?[A-Z][\w’'‘ʿʾ]+")
_SHORTEST_NAME = 3


def _names(text: str) -> Iterator[str]:
    """Yield the consonants of what may be a name: of capitalized words, and of all Arabic ones."""
    for match in _CAPITALIZED.finditer(text):
        yield from sounds_of(match.group())
    for start, end in words(text):
        if is_arabic(text[start:end]):
            yield from sounds_of(fold(text[start:end]))


@lru_cache(1 << 16)
def sounds_of(word: str) -> tuple[str, ...]:
    """Return the consonants of a word (``skeleton``), with and without what may be a particle; none of short ones."""
    readings = (word, *(word[len(particle) :] for particle in _PARTICLES if word.startswith(particle)))
    return tuple(sounds for sounds in map(skeleton, readings) if len(sounds) >= _SHORTEST_NAME)


_PARTICLES = ("و", "ف", "ب", "ل", "ك", "ال", "وال", "بال", "لل", "وب", "ول")
_PREFIXES = ("وال", "فال", "بال", "كال", "ولل", "فلل", "لل", "ال")
_ONE_LETTER = "بلف"
_SUFFIXES = ("ها", "هم", "ان", "ات", "ون", "ين", "يه", "ه", "ي")
_SHORTEST_STEM = 3
_ENGLISH_ENDING = re.compile(r"(?:'s|’s|ies|es|s|ed|ing|ly|y|e)$")


def stems(text: str) -> frozenset[str]:
    """Return the stems of the words of ``text``; numbers are none."""
    folded = fold(text)
    return frozenset(stem_of(folded[start:end]) for start, end in words(folded) if not folded[start].isdigit())


@lru_cache(1 << 16)
def stem_of(word: str) -> str:
    """Return what of a folded word is the same in most of its forms."""
    if not is_arabic(word):
        stripped = _ENGLISH_ENDING.sub("", word)
        return stripped if len(stripped) >= _SHORTEST_STEM else word
    stem = _without_prefix(word)
    for suffix in _SUFFIXES:
        if stem.endswith(suffix) and len(stem) - len(suffix) >= _SHORTEST_STEM:
            return stem[: -len(suffix)]
    return stem


def _without_prefix(word: str) -> str:
    if word.startswith("و") and len(word) > _SHORTEST_STEM + 1:
        word = word[1:]
    for prefix in _PREFIXES:
        if word.startswith(prefix) and len(word) - len(prefix) >= _SHORTEST_STEM - 1:
            return word[len(prefix) :]
    return word[1:] if word[0] in _ONE_LETTER and len(word) > _SHORTEST_STEM + 1 else word


@dataclass(frozen=True, slots=True)
class Features:
    """The items of a sentence, and the items of the other side that it explains: that a translation of it may have."""

    items: frozenset[Item]
    explains: frozenset[Item]


def source_features(sentence: Sentence, lexicon: Mapping[str, frozenset[str]]) -> Features:
    """Return what a sentence of the source is compared by; ``lexicon`` leads from its stems to those of the target.

    Any word of it may be a name of the target; which of them are names, only the target shows.
    """
    words = _as_words(sentence.stems)
    explained = _as_words(stem for known in sentence.stems for stem in lexicon.get(known, ()))
    return Features(sentence.alike | words, sentence.alike | sentence.names | words | explained)


def target_features(sentence: Sentence, lexicon: Mapping[str, frozenset[str]]) -> Features:
    """Return what a sentence of the target is compared by; ``lexicon`` leads from its stems to those of the source."""
    words = _as_words(sentence.stems)
    explained = _as_words(stem for known in sentence.stems for stem in lexicon.get(known, ()))
    return Features(sentence.alike | sentence.names | words, sentence.alike | words | explained)


def _as_words(stems: Iterable[str]) -> frozenset[Item]:
    return frozenset((ItemKind.WORD, stem) for stem in stems)
