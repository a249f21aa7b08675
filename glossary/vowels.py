"""Vowel marks: whether those that a text and a term both have tell them apart, as مُدَرِّس and مَدْرَس.

Most texts have none, many have only the one that decides: so a letter counts only where both have marks on it. The last
letter's vowel and tanwin are the case ending and do not count; its shadda does.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from corpus.arabic import words
from glossary.spelling import ARTICLE, key

_FATHA, _SHADDA = "\u064e", "\u0651"
_VOWELS = frozenset("\u064e\u064f\u0650\u0652")  # fatha, damma, kasra, sukun
_MARKED = re.compile("[\u064b-\u0652]")
_LETTER = re.compile("([^\u0640\u064b-\u065f\u0670\u200c-\u200f])([\u0640\u064b-\u065f\u0670\u200c-\u200f]*)")
_LONGEST_PROCLITICS = 4

_Letter = tuple[str, str, bool]
"""A letter's key, its vowel mark or nothing, whether it has a shadda."""


def has_marks(word: str) -> bool:
    """Tell whether a word has a vowel mark, a tanwin or a shadda."""
    return _MARKED.search(word) is not None


def contradict(surface: Sequence[str], term: str) -> bool:
    """Tell whether the vowel marks of words of a text, clitics and all, contradict those of a term."""
    term_words = [term[start:end] for start, end in words(term)]
    if not has_marks(term) or len(term_words) != len(surface):
        return False
    return any(map(_word_contradicts, surface, term_words))


def _word_contradicts(word: str, term: str) -> bool:
    in_text, in_term = _letters(word), _without_article(_letters(term))
    begin = _begin(in_text, in_term)
    if begin is None:  # the text has another form, say a broken plural, with vowels of its own
        return False
    last = len(in_term) - 1
    return any(
        # A sun letter after the article has a shadda of the article's.
        _differ(in_text[begin + place], letter, shadda_counts=place > 0 or begin == 0, vowel_counts=place < last)
        for place, letter in enumerate(in_term)
    )


def _begin(in_text: Sequence[_Letter], in_term: Sequence[_Letter]) -> int | None:
    """Return where, after proclitics, a word of the text begins with the letters of a term."""
    wanted = [letter for letter, _, _ in in_term]
    for begin in range(_LONGEST_PROCLITICS + 1):
        if [letter for letter, _, _ in in_text[begin : begin + len(wanted)]] == wanted:
            return begin
    return None


def _differ(one: _Letter, other: _Letter, *, shadda_counts: bool, vowel_counts: bool) -> bool:
    (_, vowel, shadda), (_, other_vowel, other_shadda) = one, other
    if vowel_counts and vowel and other_vowel and vowel != other_vowel:
        return True
    both_marked = (vowel or shadda) and (other_vowel or other_shadda)
    return bool(shadda_counts and both_marked and shadda != other_shadda)


def _letters(word: str) -> list[_Letter]:
    found = _LETTER.findall(word)
    following = [letter for letter, _ in found[1:]] + [""]
    before_alef = _FATHA if has_marks(word) else ""  # nobody writes it there
    return [
        (key(letter), _vowel(marks) or (before_alef if after == "ا" else ""), _SHADDA in marks)
        for (letter, marks), after in zip(found, following, strict=True)
    ]


def _vowel(marks: str) -> str:
    return next((mark for mark in marks if mark in _VOWELS), "")


def _without_article(in_term: list[_Letter]) -> list[_Letter]:
    has_it = "".join(letter for letter, _, _ in in_term[:2]) == ARTICLE
    return in_term[2:] if has_it and len(in_term) > len(ARTICLE) + 2 else in_term
