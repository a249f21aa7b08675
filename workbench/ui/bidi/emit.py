"""Write cells that stand in visual order so that a terminal shows them in that order.

Terminals that neither order nor join take them as they are. The others would order a second time, or join letters that
are joined; each emitter makes one kind of them leave the text alone. All were found by experiment on real terminals,
whose names they bear.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from enum import Enum
from typing import TypeVar

from workbench.ui.bidi.brackets import MIRRORED
from workbench.ui.bidi.shaping import ZWJ, tables

LRM, _RLO, _PDF = "\u200e", "\u202e", "\u202c"
_RIGHT_TO_LEFT = frozenset({"R", "AL", "AN"})

StyleT = TypeVar("StyleT")


class Emitter(Enum):
    """How a line goes to the terminal."""

    VISUAL = "app"
    """As it is to be seen."""
    ARMOR = "armor"
    """A left-to-right mark behind every right-to-left cell, so that ordering by the terminal (VTE) changes nothing."""
    KARMOR = "karmor"
    """Armor with joiners, for Konsole, which joins presentation forms anew by their neighbors."""
    KONSOLE = "konsole"
    """Reversed within an override, for Konsole behind tmux, which takes joiners for letters' marks."""
    KITTY = "kitty"
    """Arabic words reversed, for kitty, which draws each word from right to left."""
    SPLIT = "split"
    """Each cell in a color of its own, for terminals that order runs of one style (QTerminal)."""
    LOGICAL = "terminal"
    """As it is stored; the terminal orders and joins."""


def emit(
    cells: Sequence[tuple[str, StyleT]], emitter: Emitter, *, begins_line: bool = False
) -> list[tuple[str, StyleT]]:
    """Return what to write, given each cell's text and style from left to right.

    The styles stay at their columns. ``begins_line`` tells that a widget's line, which is written in one go, begins
    here. SPLIT is the caller's work, since only it can tell colors.
    """
    if emitter is Emitter.ARMOR:
        return [(text + LRM if is_right_to_left(text) else text, style) for text, style in cells]
    if emitter is Emitter.KARMOR:
        return _joined_by_konsole(cells)
    if emitter is Emitter.KONSOLE:
        return _overridden(cells, begins_line=begins_line)
    if emitter is Emitter.KITTY:
        return _reversed_words(cells)
    return list(cells)


def is_right_to_left(text: str) -> bool:
    """Tell whether a terminal would order the character that a cell begins with from right to left."""
    return unicodedata.bidirectional(text[:1] or " ") in _RIGHT_TO_LEFT


def _joined_by_konsole(cells: Sequence[tuple[str, StyleT]]) -> list[tuple[str, StyleT]]:
    """Steer Konsole's joining (ICU's u_shapeArabic) by joiners, as if the visual order were the logical one.

    Joiners before a letter come in twos, since Rich's ``cell_len`` takes a joiner and what follows for one character.
    """
    joins = [tables().joins.get(text[:1], (False, False)) for text, _ in cells]
    written = []
    for place, (text, style) in enumerate(cells):
        joins_on = joins[place][1]
        following_joins_back = place + 1 < len(cells) and joins[place + 1][0]
        result = text + (ZWJ if joins_on else "")
        if is_right_to_left(text):
            result += LRM
        elif joins_on:
            result += ZWJ
        written.append((result + ZWJ * 2 * following_joins_back, style))
    if joins and joins[0][0]:
        written[0] = (ZWJ * 2 + written[0][0], written[0][1])
    return written


def _overridden(cells: Sequence[tuple[str, StyleT]], *, begins_line: bool) -> list[tuple[str, StyleT]]:
    """Reverse what lies between the first and the last right-to-left cell, and force it to be drawn reversed.

    The mark behind it parts it from another such stretch on the line, in the next column or widget: spaces between two
    would join them (N1), and the columns change places. At the beginning of a line the first cell is left out: tmux
    would put the override on the cell before, another widget's, where it outlives what it was written for.
    """
    places = [place for place, (text, _) in enumerate(cells) if is_right_to_left(text)]
    if not places:
        return list(cells)
    first, last = places[0], places[-1]
    if begins_line and first == 0:
        (text, style), rest = cells[0], _overridden(cells[1:], begins_line=False)
        return [(text + LRM, style), *rest]
    inside = list(reversed(cells[first : last + 1]))
    inside[0] = (_RLO + inside[0][0], inside[0][1])
    inside[-1] = (inside[-1][0] + _PDF + LRM, inside[-1][1])
    return [*cells[:first], *inside, *cells[last + 1 :]]


def _reversed_words(cells: Sequence[tuple[str, StyleT]]) -> list[tuple[str, StyleT]]:
    """Reverse the words that kitty's shaper (HarfBuzz) takes for right-to-left, by their first letter as written."""
    written: list[tuple[str, StyleT]] = []
    start = 0
    for end in range(len(cells) + 1):
        if end < len(cells) and cells[end][0] != " ":
            continue
        word = cells[start:end]
        texts = [text for text, _ in reversed(word)]
        if _script_is_right_to_left("".join(texts)):
            texts = [MIRRORED.get(text[:1], text[:1]) + text[1:] for text in texts]
            written += zip(texts, (style for _, style in word), strict=True)
        else:
            written += word
        written += cells[end : end + 1]
        start = end + 1
    return written


def _script_is_right_to_left(text: str) -> bool:
    for character in text:
        bidi_class = unicodedata.bidirectional(character)
        if unicodedata.category(character).startswith("L") or bidi_class == "AN":
            return bidi_class in _RIGHT_TO_LEFT
    return False
