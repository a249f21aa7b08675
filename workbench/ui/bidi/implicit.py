"""Resolve one isolating run sequence: rules W1 to W7, N0 to N2, I1 and I2 of UAX #9.

The bidi classes of the sequence are one string, a letter for each, and the rules are replacements in it: so they can be
read beside the standard, and a paragraph takes a tenth of a millisecond.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from workbench.ui.bidi.brackets import HAS_BRACKET, bracket_pairs

_CODES = {
    "L": "L",
    "R": "R",
    "AL": "A",
    "EN": "e",
    "AN": "n",
    "ES": "+",
    "ET": "%",
    "CS": ",",
    "NSM": "m",
    **dict.fromkeys(("B", "S", "WS", "ON", "BN"), "o"),
    **dict.fromkeys(("LRI", "RLI", "FSI", "PDI"), "i"),
}
_MARKS = re.compile("(^|[^m])(m+)")
_AFTER_ARABIC_LETTER = re.compile("A[^LRA]*")
_SEPARATOR_IN_NUMBER = re.compile("(?<=e)[+,](?=e)")
_SEPARATOR_IN_ARABIC_NUMBER = re.compile("(?<=n),(?=n)")
_TERMINATORS_BY_NUMBER = re.compile("%+(?=e)|(?<=e)%+")
_NO_NUMBER = str.maketrans("+,%", "ooo")
_AFTER_LATIN = re.compile("L[^LR]*")
_FROM_THE_BEGINNING = re.compile("^[^LR]+")
_NEUTRALS = re.compile("[oi]+")
_AS_STRONG = {"L": "L", "R": "R", "e": "R", "n": "R"}  # N0 and N1 count numbers as R
_RAISED = ({"L": 0, "R": 1, "e": 2, "n": 2}, {"L": 1, "R": 0, "e": 1, "n": 1})


@dataclass(frozen=True, slots=True)
class RunSequence:
    """An isolating run sequence (BD13): indices, level, and the directions before and after it (X10)."""

    indices: Sequence[int]
    level: int
    before: str
    after: str


def resolved(sequence: RunSequence, text: str, types: Sequence[str], classes: Sequence[str]) -> list[int]:
    """Return the level of each character of a sequence, in its order.

    ``types`` are the classes of the paragraph's characters after rules X1 to X8, ``classes`` the original ones.
    """
    codes = _weak("".join([_CODES[types[i]] for i in sequence.indices]), sequence.before)
    embedding = "R" if sequence.level & 1 else "L"
    if HAS_BRACKET(text):
        codes = _brackets(sequence, codes, text, classes, embedding)
    codes = _neutral(sequence, codes, embedding)
    raised = _RAISED[sequence.level & 1]
    return [sequence.level + raised[code] for code in codes]


def _weak(codes: str, before: str) -> str:
    """Rules W1 to W7; ``before`` is the direction before the sequence (sos)."""

    def like_what_is_before(match: re.Match[str]) -> str:
        code = match[1] or before
        return match[1] + len(match[2]) * ("o" if code == "i" else code)

    if "m" in codes:
        codes = _MARKS.sub(like_what_is_before, codes)  # W1
    if "A" in codes:
        codes = _AFTER_ARABIC_LETTER.sub(lambda match: match[0].replace("e", "n"), codes)  # W2
        codes = codes.replace("A", "R")  # W3
    codes = _SEPARATOR_IN_NUMBER.sub("e", codes)  # W4
    codes = _SEPARATOR_IN_ARABIC_NUMBER.sub("n", codes)
    codes = _TERMINATORS_BY_NUMBER.sub(lambda match: "e" * len(match[0]), codes)  # W5
    codes = codes.translate(_NO_NUMBER)  # W6
    if "e" in codes:
        codes = _AFTER_LATIN.sub(lambda match: match[0].replace("e", "L"), codes)  # W7
        if before == "L":
            codes = _FROM_THE_BEGINNING.sub(lambda match: match[0].replace("e", "L"), codes)
    return codes


def _brackets(sequence: RunSequence, codes: str, text: str, classes: Sequence[str], embedding: str) -> str:
    """Rule N0: a pair of brackets takes the direction of what it encloses."""
    indices, result = sequence.indices, list(codes)
    for opening, closing in bracket_pairs(text, indices, codes):
        inside = {_AS_STRONG.get(result[place], "") for place in range(opening + 1, closing)} - {""}
        if not inside:
            continue
        direction = embedding
        if embedding not in inside:
            before = (result[place] for place in range(opening - 1, -1, -1))
            strong = (_AS_STRONG[code] for code in before if code in _AS_STRONG)
            (opposite,) = inside
            direction = opposite if next(strong, sequence.before) == opposite else embedding
        for bracket in (opening, closing):
            result[bracket] = direction
            for place in range(bracket + 1, len(indices)):
                if classes[indices[place]] != "NSM":
                    break
                result[place] = direction
    return "".join(result)


def _neutral(sequence: RunSequence, codes: str, embedding: str) -> str:
    """Rules N1 and N2."""

    def like_what_is_around(match: re.Match[str]) -> str:
        start, end = match.span()
        before = _AS_STRONG[codes[start - 1]] if start else sequence.before
        after = _AS_STRONG[codes[end]] if end < len(codes) else sequence.after
        return (before if before == after else embedding) * (end - start)

    return _NEUTRALS.sub(like_what_is_around, codes)
