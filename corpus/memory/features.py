"""What a text is found by in the memory: numbers for its words, its pairs of words and, when it is short, its letters.

Words are light stems, so that وبالمدينة and المدينة are one: what Larkey, Ballesteros and Connell's light10 takes off
("Light Stemming for Arabic Information Retrieval", 2007). A number may stand for several words by chance: who finds a
text by it compares the texts themselves.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple
from zlib import crc32

from corpus.arabic import fold, word_texts

# Numbers by kind. Pairs are many and rare: fewer numbers than pairs keep the index small, and cost nothing but a look
# at a text that has another pair of the same number.
_WORDS, _PAIRS, _LETTERS = 1 << 22, 1 << 21, 1 << 16
_SIDE = _WORDS + _PAIRS + _LETTERS

# A text of so few words may share no word with one that is nearly the same; its letters in threes are kept as well.
SHORT = 4

_PREFIXES = ("وال", "فال", "بال", "كال", "ولل", "فلل", "لل", "ال", "و")
_SUFFIXES = ("ها", "ان", "ات", "ون", "ين", "يه", "ه", "ي")
_SHORTEST_STEM = 3


class _Stem(NamedTuple):
    """The stem of a word, its number, and the checksum that the number of a pair beginning with it goes on from."""

    text: bytes
    number: int
    with_space: int


def source_features(text: str) -> set[int]:
    """Return the numbers that a source is found by when a similar one is looked for, or a word in it."""
    stems = _stems(text)
    return _features(stems, fold(text) if len(stems) <= SHORT else "", 0)


def target_features(text: str) -> set[int]:
    """Return the numbers that a target is found by when a word in it is looked for."""
    return _features(_stems(text), "", _SIDE)


def word_features(text: str, *, target: bool) -> set[int]:
    """Return the numbers that every text has in which the words of ``text`` follow each other."""
    return _features(_stems(text), "", _SIDE if target else 0)


def folded_words(text: str) -> list[str]:
    """Return the keys of the words of a text."""
    return word_texts(fold(text))


def stem_of(folded_word: str) -> str:
    """Return the stem of a word that ``folded_words`` has given."""
    return _stem(folded_word)


def _stems(text: str) -> list[_Stem]:
    return [_stem_of(word) for word in folded_words(text)]


def _features(stems: list[_Stem], letters: str, first: int) -> set[int]:
    found = {first + stem.number for stem in stems}
    first += _WORDS
    found.update(first + crc32(two.text, one.with_space) % _PAIRS for one, two in pairwise(stems))
    first += _PAIRS
    found.update(first + crc32(three.encode("utf-8", "surrogatepass")) % _LETTERS for three in _threes(letters))
    return found


def _threes(text: str) -> Iterable[str]:
    padded = f" {text} "
    return (padded[place : place + 3] for place in range(len(padded) - 2)) if text else ()


@lru_cache(1 << 16)
def _stem_of(word: str) -> _Stem:
    stem = _stem(word).encode("utf-8", "surrogatepass")
    return _Stem(stem, crc32(stem) % _WORDS, crc32(stem + b" "))


def _stem(word: str) -> str:
    """Return the stem of a folded word; of an English one, the word without the s of plurals."""
    if word.isascii():
        return word[:-1] if len(word) > _SHORTEST_STEM and word.endswith("s") else word
    for prefix in _PREFIXES:
        if word.startswith(prefix) and len(word) - len(prefix) >= _SHORTEST_STEM - 1:
            word = word[len(prefix) :]
            break
    for suffix in _SUFFIXES:
        if word.endswith(suffix) and len(word) - len(suffix) >= _SHORTEST_STEM:
            return word[: -len(suffix)]
    return word
