"""What a translator is told of a doubtful draft, in words."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum

from corpus.risk.features import Measured

CUT = "length-cap"
"""What an engine flags a draft with that was cut at the longest length allowed."""

# Of 1,012 translations by humans (FLORES) three are flagged by all of these together: tests/benchmarks/draft_risk.py.
_REPEATED = 0.15
_LENGTH_APART = 0.25
_HARDLY_LOOKED_AT = 0.4
_UNSURE = 1.2


class Flag(StrEnum):
    """A doubt about a draft, as it is shown and stored."""

    COPIED = "source copied"
    ARABIC = "Arabic left"
    REPEATS = "repeats itself"
    NUMBERS = "numbers differ"
    INCOMPLETE = "may be incomplete"
    TOO_LONG = "may say too much"
    UNSURE = "engine unsure"


def flags_of(sentences: Iterable[Measured]) -> tuple[Flag, ...]:
    """Return what is doubtful in any of a draft's sentences, the worst first."""
    found = {flag for sentence in sentences for flag in _flags(sentence)}
    return tuple(flag for flag in Flag if flag in found)


def _flags(measured: Measured) -> Iterable[Flag]:
    if measured["copied"]:
        yield Flag.COPIED
    if measured["arabic"]:
        yield Flag.ARABIC
    if _exceeds(measured["repeats"], _REPEATED):
        yield Flag.REPEATS
    if measured["numbers"]:
        yield Flag.NUMBERS
    apart = _exceeds(measured["unlike-length"], _LENGTH_APART)
    is_short = not _exceeds(measured["length"], 0.0)
    if measured["capped"] or (apart and is_short) or _exceeds(measured["attention"], _HARDLY_LOOKED_AT):
        yield Flag.INCOMPLETE
    if apart and not is_short:
        yield Flag.TOO_LONG
    if _exceeds(measured["score"], _UNSURE):
        yield Flag.UNSURE


def _exceeds(value: float | None, limit: float) -> bool:
    return value is not None and value > limit
