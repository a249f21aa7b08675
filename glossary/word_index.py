"""Find words in 100,000 short texts within milliseconds: all texts as one array of code points.

A word is looked for everywhere at once, and where it stands tells how well it fits: at the beginning of a text, at the
beginning of a word, inside one. Arabic words begin once more behind their article and what is written before it, so
that باغوز is found in وبالباغوز as well as in باغوز.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from corpus.arabic import fold

Scores = NDArray[np.int32]

NOT_FOUND = 2**30
"""The score of a text that does not have the word; lower scores are better."""

# How a word is found. Within each, shorter texts come first.
_TEXT_BEGINS, _WORD_BEGINS, _INSIDE, _SIMILAR = range(4)
_LONGEST = 4095
_MOST_MISTAKES = 2

_ARTICLE = re.compile(r"(?<!\w)(?:[وف]?[بك]?ال|[وف]?لل)(?=\w{3})")
_PROCLITIC = re.compile(r"[وفبكلس](?=\w{3})")
_WORD = re.compile(r"\w{3,}")
_FORMS = "\x1f"


class WordIndex:
    """Texts of one language, each with further forms that it is found by; a text is named by its place."""

    def __init__(self, texts: Sequence[str], forms: Sequence[Sequence[str]]) -> None:
        lines = [_FORMS.join((text, *others)) if others else text for text, others in zip(texts, forms, strict=True)]
        self._count = len(lines)
        self._folded = "\n" + fold("".join(f"{line.replace(chr(10), ' ')}\n" for line in lines))
        self._codes = np.frombuffer(self._folded.encode("utf-32-le", "surrogatepass"), np.uint32)
        ends = self._codes == ord("\n")
        self._line_of = np.cumsum(ends, dtype=np.int32) - 1
        lengths = np.fromiter(map(len, texts), np.int32, self._count)
        self._lengths = np.minimum(lengths, _LONGEST)
        self._fits = self._how_words_would_fit(ends)

    def _how_words_would_fit(self, ends: NDArray[np.bool_]) -> NDArray[np.uint8]:
        """Return for each place how a word found there fits."""
        present = np.flatnonzero(np.bincount(self._codes))
        is_word_code = np.zeros(present[-1] + 1, np.bool_)
        is_word_code[present] = [chr(code).isalnum() for code in present.tolist()]
        is_word = is_word_code[self._codes]
        fits = np.full(len(self._codes), _INSIDE, np.uint8)
        fits[1:][is_word[1:] & ~is_word[:-1]] = _WORD_BEGINS
        fits[1:][ends[:-1]] = _TEXT_BEGINS
        articles = [match.span() for match in _ARTICLE.finditer(self._folded)]
        if articles:
            begins, behind = np.array(articles).T
            fits[behind] = fits[begins]
        return fits

    def scores(self, word: str) -> Scores:
        """Return for each text how well a folded ``word`` fits it; an article of the word's own may be missing."""
        found = self._scores(self._places(word))
        bare = _bare(word)
        if bare:
            found = np.minimum(found, self._scores(self._beginnings(bare), _WORD_BEGINS))
        return found

    def similar_scores(self, word: str) -> Scores:
        """Return for each text how well it fits by a word that looks like a folded ``word``."""
        found = np.full(self._count, NOT_FOUND, np.int32)
        words = self._words
        distances = words.distances(_bare(word) or word)
        for distance in range(_MOST_MISTAKES, 0, -1):  # the best is written last
            lines = words.lines[distances[words.numbers] == distance]
            found[lines] = (_SIMILAR + distance) * (_LONGEST + 1) + self._lengths[lines]
        if _PROCLITIC.match(word):
            found = np.minimum(found, self._scores(self._beginnings(word[1:]), _SIMILAR))
        return found

    def _places(self, word: str) -> NDArray[np.intp]:
        codes = [ord(character) for character in word]
        places = np.flatnonzero(self._codes == codes[0])
        for distance, code in enumerate(codes[1:], 1):  # no text goes on behind the line end that all end with
            places = places[self._codes[places + distance] == code]
        return places

    def _beginnings(self, word: str) -> NDArray[np.intp]:
        places = self._places(word)
        return places[self._fits[places] < _INSIDE]

    def _scores(self, places: NDArray[np.intp], fit: int | None = None) -> Scores:
        """Return the scores of texts that have a word at ``places``, which all fit as ``fit`` says, if given."""
        found = np.full(self._count, NOT_FOUND, np.int32)
        fits = self._fits[places] if fit is None else np.full(len(places), fit)
        for one in (fit,) if fit is not None else (_INSIDE, _WORD_BEGINS, _TEXT_BEGINS):  # the best is written last
            lines = self._line_of[places[fits == one]]
            found[lines] = one * (_LONGEST + 1) + self._lengths[lines]
        return found

    @cached_property
    def _words(self) -> _Words:
        return _Words(self._folded, self._line_of)


class _Words:
    """All words of the texts, those with an article also without it: which word stands in which text.

    ``numbers`` and ``lines`` are as long as there are words in the texts: the number of a word, the place of its text.
    """

    def __init__(self, text: str, line_of: NDArray[np.int32]) -> None:
        known: dict[str, int] = {}
        numbers: list[int] = []
        places: list[int] = []
        for match in _WORD.finditer(text):
            for word in filter(None, (match[0], _bare(match[0]))):
                numbers.append(known.setdefault(word, len(known)))
                places.append(match.start())
        self.numbers = np.array(numbers, np.intp)
        self.lines = line_of[np.array(places, np.intp)]
        self._count = len(known)
        by_length: dict[int, list[str]] = {}
        for word in known:
            by_length.setdefault(len(word), []).append(word)
        self._by_length = {
            length: (words, np.array([known[word] for word in words]), _letter_sets(words, length))
            for length, words in by_length.items()
        }

    def distances(self, word: str) -> NDArray[np.uint8]:
        """Return the mistakes of typing between ``word`` and each word by its number; 0 where they are too many."""
        found = np.zeros(self._count, np.uint8)
        allowed = 0 if len(word) < 4 else 1 if len(word) < 7 else _MOST_MISTAKES
        if not allowed:
            return found
        from rapidfuzz import process
        from rapidfuzz.distance import OSA  # counts two letters that changed places as one mistake

        letters = _letter_sets([word], len(word))
        for length in range(len(word) - allowed, len(word) + allowed + 1):
            if length in self._by_length:
                words, numbers, letter_sets = self._by_length[length]
                # A mistake takes one letter away, or adds one, or both: most words differ in more.
                near = np.flatnonzero(
                    _has_at_most(allowed, letters & ~letter_sets) & _has_at_most(allowed, letter_sets & ~letters)
                )
                some = [words[place] for place in near.tolist()]
                distances = process.cdist([word], some, scorer=OSA.distance, score_cutoff=allowed)[0] if some else near
                is_near = distances <= allowed
                found[numbers[near[is_near]]] = distances[is_near]
        return found


def _letter_sets(words: Sequence[str], length: int) -> NDArray[np.uint64]:
    """Return which letters each of some words, all of one length, has: a bit for each, which several may share."""
    codes = np.frombuffer("".join(words).encode("utf-32-le", "surrogatepass"), np.uint32).reshape(len(words), length)
    bits: NDArray[np.uint64] = np.bitwise_or.reduce(np.uint64(1) << (codes % 64).astype(np.uint64), axis=1)
    return bits


def _has_at_most(count: int, sets: NDArray[np.uint64]) -> NDArray[np.bool_]:
    """Return for each set of letters whether it has no more than ``count``."""
    for _ in range(count):
        sets = sets & (sets - np.uint64(1) * (sets > 0))  # without the lowest bit
    are_few: NDArray[np.bool_] = sets == 0
    return are_few


def _bare(word: str) -> str:
    """Return a word without its article and what is written before it; nothing when it has none."""
    article = _ARTICLE.match(word)
    return word[article.end() :] if article else ""
