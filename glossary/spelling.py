"""Spellings: the key under which a word is looked up, equal for spellings of one word and different for other words.

It folds less than ``corpus.arabic.fold``: ta marbuta is no ha, and a seat of hamza no waw or ya, since otherwise وحدة
would be found in وحده (he alone), and رئة (lung) in برية.
"""

from __future__ import annotations

from corpus.arabic import FOLDING

_BELOW = "إ"
_APART = {"ة": "ة", "ؤ": "ء", "ئ": "ء", "ء": "ء", _BELOW: _BELOW}
_LETTERS = {
    **{code: "".join(_APART.get(letter, letter) for letter in folded) for code, folded in FOLDING.items()},
    **{ord(letter): kept for letter, kept in _APART.items()},
}


def letters(word: str) -> str:
    """Return the letters of a word: no marks, tatweel or presentation forms, one alef, one ya, one seat of hamza.

    Only إ is kept apart: a word that begins with it is no broken plural (إحداث is not أحداث).
    """
    return word.translate(_LETTERS).casefold()


def without_seat(word: str) -> str:
    """Return letters as a key: every alef alike."""
    return word.replace(_BELOW, "ا")


def key(word: str) -> str:
    """Return the key of a word."""
    return without_seat(letters(word))
