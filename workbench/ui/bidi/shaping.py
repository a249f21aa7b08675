"""Join Arabic letters by their presentation forms, for terminals that draw each cell alone.

The forms come from ``unicodedata``: a letter with an <initial> form joins on both sides, one with only a <final> form
joins to the letter before it (Unicode Standard, section 9.2, joining types D and R).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

TATWEEL, ZWJ, ZWNJ = "\u0640", "\u200d", "\u200c"
_LAM = "\u0644"
_ISOLATED, _FINAL, _INITIAL, _MEDIAL = "<isolated>", "<final>", "<initial>", "<medial>"
_BLOCKS = (range(0xFB50, 0xFC00), range(0xFE70, 0xFEFD))
_ALEFS = {"0622", "0623", "0625", "0627"}
_PRESENTATION_FORMS = re.compile("[\ufb50-\ufdcf\ufdf0-\ufdff\ufe70-\ufefc]+")


@dataclass(frozen=True, slots=True)
class Forms:
    """The presentation forms of a letter; a letter that does not join on has no initial and no medial form."""

    isolated: str
    final: str
    initial: str = ""
    medial: str = ""


@dataclass(frozen=True, slots=True)
class Tables:
    """Forms of each letter, forms of lam with each alef, and where a presentation form joins: (before it, after it)."""

    letters: Mapping[str, Forms]
    lam_alef: Mapping[str, Forms]
    joins: Mapping[str, tuple[bool, bool]]


@lru_cache(1)
def tables() -> Tables:
    """Return the tables, made from the character database on first use."""
    letters: dict[str, dict[str, str]] = {}
    lam_alef: dict[str, dict[str, str]] = {}
    joins = {TATWEEL: (True, True)}
    for code in (code for block in _BLOCKS for code in block):
        tag, *parts = unicodedata.decomposition(chr(code)).split() or [""]
        if tag not in {_ISOLATED, _FINAL, _INITIAL, _MEDIAL}:
            continue
        joins[chr(code)] = (tag in {_FINAL, _MEDIAL}, tag in {_INITIAL, _MEDIAL})
        if len(parts) == 1:
            letters.setdefault(chr(int(parts[0], 16)), {}).setdefault(tag, chr(code))
        elif len(parts) == 2 and parts[0] == "0644" and parts[1] in _ALEFS:
            lam_alef.setdefault(chr(int(parts[1], 16)), {})[tag] = chr(code)
    return Tables(
        {letter: _forms(letter, tags) for letter, tags in letters.items()},
        {alef: _forms(alef, tags) for alef, tags in lam_alef.items()},
        joins,
    )


def _forms(letter: str, tags: dict[str, str]) -> Forms:
    isolated = tags.get(_ISOLATED, letter)
    return Forms(isolated, tags.get(_FINAL, ""), tags.get(_INITIAL, ""), tags.get(_MEDIAL, isolated))


def shaped(letters: Sequence[str], joiners: Mapping[int, str]) -> list[str]:
    """Return what to print for each letter; an alef that has gone into a lam-alef prints nothing.

    ``letters`` are without marks; ``joiners`` gives, by index, the invisible characters that follow a letter.
    """
    found = tables()
    forms, lam_alef = found.letters, found.lam_alef
    printed = list(letters)
    joined = False  # the letter before reaches to this one
    for place, letter in enumerate(letters):
        if not printed[place]:
            continue  # the alef of a lam-alef
        own = forms.get(letter)
        if own is None and letter not in {TATWEEL, ZWJ}:
            joined = False
            continue
        following = letters[place + 1] if place + 1 < len(letters) else ""
        between = joiners.get(place, "") if joiners else ""
        if letter == _LAM and following in lam_alef and ZWNJ not in between:
            printed[place] = lam_alef[following].final if joined else lam_alef[following].isolated
            printed[place + 1] = ""
            joined = False
            continue
        joins_on = (own is None or bool(own.initial)) and ZWNJ not in between
        if own is not None:
            on = joins_on and (ZWJ in between or _joins_back(following, forms))
            back = joined and bool(own.final)
            printed[place] = (own.medial if on else own.final) if back else (own.initial if on else own.isolated)
        joined = joins_on
    return printed


def _joins_back(letter: str, forms: Mapping[str, Forms]) -> bool:
    own = forms.get(letter)
    return bool(own.final) if own is not None else letter in {TATWEEL, ZWJ}


def unshaped(text: str) -> str:
    """Return ``text`` with presentation forms folded to the letters they stand for, as stored text has them.

    What a terminal's own copying gives is shaped; only these forms change (Unicode compatibility decomposition).
    """
    return _PRESENTATION_FORMS.sub(lambda forms: unicodedata.normalize("NFKC", forms[0]), text)
