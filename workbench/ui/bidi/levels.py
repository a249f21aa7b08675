"""Embedding levels of a paragraph by the Unicode Bidirectional Algorithm (UAX #9, revision 48): rules P2 to L2.

Bidi classes come from ``unicodedata``. The functions take the classes beside the text so that the conformance files,
which test classes without characters, can be run as they are.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence

from workbench.ui.bidi.explicit import EXPLICIT, REMOVED_BY_X9, direction, explicit
from workbench.ui.bidi.implicit import RunSequence, resolved

REMOVED = -1
"""The level of a character that rule X9 removes."""


def classes_of(text: str) -> list[str]:
    """Return the bidi class of each character; a character without one counts as L."""
    return [unicodedata.bidirectional(character) or "L" for character in text]


def resolve(text: str, classes: Sequence[str], base: int) -> list[int]:
    """Return the level of each character of one paragraph, before L1; ``REMOVED`` for those that X9 removes."""
    if not classes:
        return []
    if EXPLICIT.isdisjoint(classes):
        whole = RunSequence(range(len(classes)), base, direction(base), direction(base))
        return resolved(whole, text, classes, classes)
    types = list(classes)
    levels, sequences = explicit(types, classes, base)
    for sequence in sequences:
        for i, level in zip(sequence.indices, resolved(sequence, text, types, classes), strict=True):
            levels[i] = level
    return [REMOVED if classes[i] in REMOVED_BY_X9 else level for i, level in enumerate(levels)]


def visual_order(levels: Sequence[int]) -> list[int]:
    """Return indices in the order they are shown, left to right (L2)."""
    order = list(range(len(levels)))
    odd = {level for level in levels if level & 1}
    if not odd:
        return order
    for level in range(max(levels), min(odd) - 1, -1):
        start = 0
        while start < len(order):
            end = start
            while end < len(order) and levels[order[end]] >= level:
                end += 1
            order[start:end] = reversed(order[start:end])
            start = end + 1
    return order
