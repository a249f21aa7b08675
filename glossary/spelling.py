"""Spellings: the key under which a word is looked up, equal for spellings of one word and different for other words.

It folds less than ``corpus.arabic.fold``: ta marbuta is no ha, and a seat of hamza no waw or ya, since otherwise وحدة
would be found in وحده (he alone), and رئة (lung) in برية.
"""

from __future__ import annotations

from corpus.arabic import fold, strip_marks

_KEPT_APART = str.maketrans({"ة": "\ue000", "ؤ": "\ue001", "ئ": "\ue001", "ء": "\ue001", "إ": "\ue002"})
_ALEF_WITH_HAMZA_BELOW = "إ"
_BACK = str.maketrans({"\ue000": "ة", "\ue001": "ء", "\ue002": "إ"})


def letters(word: str) -> str:
    """Return the letters of a word: no marks, tatweel or presentation forms, one alef, one ya, one seat of hamza.

    Only إ is kept apart: a word that begins with it is no broken plural (إحداث is not أحداث).
    """
    plain = word if word.isascii() else _plain(word)
    return fold(plain.translate(_KEPT_APART)).translate(_BACK)


def key(word: str) -> str:
    """Return the key of a word: its letters, every alef alike."""
    return letters(word).replace(_ALEF_WITH_HAMZA_BELOW, "ا")


def _plain(word: str) -> str:
    stripped = strip_marks(word)
    return fold(stripped) if any("\ufb50" <= letter <= "\ufefc" for letter in stripped) else stripped
