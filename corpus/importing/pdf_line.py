"""A line of a PDF in the order of reading.

pdfium turns the visual order of Arabic into the logical one. What it leaves wrong, in files of several programs, is put
right here by where the characters stand: letters of one ligature come in reverse (ال for لا), brackets are mirrored
once too often, words of Latin inside Arabic come in reverse, and a comma after a number comes before it.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from corpus.arabic import is_arabic

_OPENING, _CLOSING = "([{«‹", ")]}»›"
_MIRRORED = str.maketrans(_OPENING + _CLOSING, _CLOSING + _OPENING)
_LATIN_WORDS = re.compile(r"[A-Za-zÀ-ɏ][\w.'’&-]*(?: [A-Za-zÀ-ɏ][\w.'’&-]*)+")
_COMMA_BEFORE_NUMBER = re.compile(r"(?<!\S)([،؛,.:])(\d[\d.,/:٪%]*)(?!\S)")
_SPACES = re.compile(r"[ \t]+")


@dataclass(frozen=True, slots=True)
class Glyph:
    """A character and its box on the page, in points from the lower left corner."""

    character: str
    left: float
    bottom: float
    right: float
    top: float

    @property
    def extent(self) -> tuple[float, float]:
        """The left and right edge."""
        return self.left, self.right


def logical_text(glyphs: Sequence[Glyph]) -> tuple[str, bool]:
    """Return the text of a line as it is read, and whether it reads from right to left."""
    if not is_arabic("".join(glyph.character for glyph in glyphs)):
        return _spaced("".join(glyph.character for glyph in glyphs)), False
    ordered = [
        glyph
        for _, together in groupby(glyphs, key=lambda glyph: glyph.extent if is_arabic(glyph.character) else glyph)
        for glyph in _ligature(list(together))
    ]
    text = "".join(glyph.character for glyph in ordered)
    for words in reversed(list(_LATIN_WORDS.finditer(text))):
        first, last = ordered[words.start()], ordered[words.end() - 1]
        if first.left > last.left:  # Latin runs to the right, so what is read first stands on the left
            turned = " ".join(reversed(words.group().split(" ")))
            text = text[: words.start()] + turned + text[words.end() :]
    for number in reversed(list(_COMMA_BEFORE_NUMBER.finditer(text))):
        if ordered[number.start(1)].left < ordered[number.start(2)].left:
            text = text[: number.start()] + number.group(2) + number.group(1) + text[number.end() :]
    return _spaced(_brackets("".join(map(_letter, text)))), True


def _ligature(glyphs: list[Glyph]) -> list[Glyph]:
    return glyphs[::-1] if len(glyphs) > 1 else glyphs


def _brackets(text: str) -> str:
    """Mirror the brackets and quotes of a line whose first one closes what nothing has opened."""
    first = next((character for character in text if character in _OPENING + _CLOSING), "")
    opened = sum(character in _OPENING for character in text)
    is_balanced = opened == sum(character in _CLOSING for character in text)
    return text.translate(_MIRRORED) if first and first in _CLOSING and is_balanced else text


def _letter(character: str) -> str:
    """Return the letters of a presentation form; those of marks come with a space to stand on, which goes."""
    if "\ufb50" <= character <= "\ufdff" or "\ufe70" <= character <= "\ufefc":
        return unicodedata.normalize("NFKC", character).strip()
    return character


def _spaced(text: str) -> str:
    return _SPACES.sub(" ", text).strip()
