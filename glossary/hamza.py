"""Hamza: which seat it is written on, which follows from the vowels beside it."""

from __future__ import annotations

import re

_A, _U, _I, _SUKUN = "\u064e", "\u064f", "\u0650", "\u0652"
_LETTER = re.compile("([^\u064e-\u0652])([\u064e-\u0652]*)")
_LONG = {"ا": "long a", "و": "long u", "ي": "long i"}


def seated(word: str) -> str:
    """Return a word given with its vowel marks, and each hamza as ء, as it is spelled without marks.

    A long vowel is a letter without a mark. Two hamzas at the beginning, or a hamza before a long a, become آ.
    """
    spelled = _LETTER.findall(word)
    written: list[str] = []
    before = ""
    position = 0
    while position < len(spelled):
        letter, marks = spelled[position]
        vowel = marks[-1:]
        after = spelled[position + 1] if position + 1 < len(spelled) else ("", "")
        if letter != "ء":
            written.append(letter)
        else:
            is_long = after == ("ا", "") or (position == 0 and after == ("ء", _SUKUN))
            seat = _seat(before, vowel, is_last=not after[0]) if written else ("إ" if vowel == _I else "أ")
            if is_long and seat == "أ":
                seat, position = "آ", position + 1
            written.append(seat)
        before = vowel or _LONG.get(spelled[position][0], "")
        position += 1
    return "".join(written)


def _seat(before: str, vowel: str, *, is_last: bool) -> str:
    """Return a hamza with its seat: that of the strongest vowel beside it, of which i is the first and u the next."""
    if is_last:
        return {_A: "أ", _U: "ؤ", _I: "ئ"}.get(before, "ء")
    if _I in {before, vowel} or before == "long i":
        return "ئ"
    if _U in {before, vowel}:
        return "ؤ"
    return "ء" if before in {"long a", "long u"} else "أ"
