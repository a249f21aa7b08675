"""Join Arabic letters by their presentation forms, for terminals that draw each cell alone.

The forms come from ``unicodedata``: a letter with an <initial> form joins on both sides, one with only a <final> form
joins to the letter before it (Unicode Standard, section 9.2, joining types D and R).
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from functools import lru_cache

_ISOLATED, _FINAL, _INITIAL, _MEDIAL = "<isolated>", "<final>", "<initial>", "<medial>"
_TATWEEL, _ZWJ, _ZWNJ, _LAM = "\u0640", "\u200d", "\u200c", "\u0644"
_BLOCKS = (range(0xFB50, 0xFC00), range(0xFE70, 0xFEFD))
_ALEFS = {"0622", "0623", "0625", "0627"}


@dataclass(frozen=True, slots=True)
class _Forms:
    """Presentation forms: of each letter by position, and of lam with each alef."""

    letters: dict[str, dict[str, str]]
    lam_alef: dict[str, dict[str, str]]


@lru_cache(1)
def _forms() -> _Forms:
    letters: dict[str, dict[str, str]] = {}
    lam_alef: dict[str, dict[str, str]] = {}
    for code in (code for block in _BLOCKS for code in block):
        tag, *parts = unicodedata.decomposition(chr(code)).split() or [""]
        if tag not in {_ISOLATED, _FINAL, _INITIAL, _MEDIAL}:
            continue
        if len(parts) == 1:
            letters.setdefault(chr(int(parts[0], 16)), {}).setdefault(tag, chr(code))
        elif len(parts) == 2 and parts[0] == "0644" and parts[1] in _ALEFS:
            lam_alef.setdefault(chr(int(parts[1], 16)), {})[tag] = chr(code)
    return _Forms(letters, lam_alef)


@dataclass(frozen=True, slots=True)
class Letter:
    """A character as it is written, and the invisible joiners that stand directly behind it."""

    character: str
    joiners: str = ""


def shaped(letters: list[Letter]) -> list[str]:
    """Return what to print for each letter; an alef that has gone into a lam-alef prints nothing."""
    forms = _forms()
    printed = [letter.character for letter in letters]
    joins_on = False  # the letter before reaches to this one
    place = 0
    while place < len(letters):
        letter = letters[place]
        following = letters[place + 1] if place + 1 < len(letters) else Letter("")
        if letter.character == _LAM and following.character in forms.lam_alef and _ZWNJ not in letter.joiners:
            printed[place] = forms.lam_alef[following.character][_FINAL if joins_on else _ISOLATED]
            printed[place + 1] = ""
            joins_on = False
            place += 2
            continue
        own = forms.letters.get(letter.character, {})
        back = joins_on and _joins_back(letter.character)
        can_join_on = (_INITIAL in own or letter.character == _TATWEEL) and _ZWNJ not in letter.joiners
        on = can_join_on and (_ZWJ in letter.joiners or _joins_back(following.character))
        wanted = (_MEDIAL if on else _FINAL) if back else (_INITIAL if on else _ISOLATED)
        printed[place] = own.get(wanted) or own.get(_ISOLATED, letter.character)
        joins_on = can_join_on
        place += 1
    return printed


def _joins_back(character: str) -> bool:
    return character in {_TATWEEL, _ZWJ} or _FINAL in _forms().letters.get(character, {})
