"""Part text into what takes a place on the screen: a character with the marks that stand on it.

A cluster is what a terminal draws in one cell (or two): which characters take none is for the terminal's table of
widths to say, which the caller passes in. Variation selectors and joiners of emoji are kept from the terminal, since
terminals disagree on the width of what they make.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum, auto

from corpus.visible import visible
from workbench.ui.bidi.levels import REMOVED

MOST_MARKS = 8
"""So many marks of a letter are printed; Arabic has four at most, and thousands would hang a terminal."""

_SPACES = frozenset("\t\u00a0\u2007\u202f\u2028\u2029")  # printed as a plain space
_BREAKING = frozenset(" \t\u2028\u2029")
# Marks of direction and joining are kept from the terminal: they would reorder what stands beside the text.
_NAMES: Mapping[str, str] = {
    "\u00ad": "SHY", "\u061c": "ALM", "\u180e": "MVS", "\u200b": "ZWSP", "\u200c": "ZWNJ", "\u200d": "ZWJ",
    "\u200e": "LRM", "\u200f": "RLM", "\u202a": "LRE", "\u202b": "RLE", "\u202c": "PDF", "\u202d": "LRO",
    "\u202e": "RLO", "\u2060": "WJ", "\u2066": "LRI", "\u2067": "RLI", "\u2068": "FSI", "\u2069": "PDI",
    "\ufe0e": "VS15", "\ufe0f": "VS16", "\ufeff": "BOM", "\u00a0": "NBSP", "\u202f": "NNBSP", "\t": "TAB",
}  # fmt: skip
UNPRINTED = frozenset(_NAMES) - _SPACES
"""The characters that are never sent to the terminal."""


class Kind(Enum):
    """What a character does on a line."""

    BASE = auto()
    SPACE = auto()
    MARK = auto()
    UNPRINTED = auto()


@dataclass(frozen=True, slots=True)
class Glyph:
    """How a character is printed."""

    text: str
    width: int
    kind: Kind


class _Glyphs(dict[str, Glyph]):
    """The glyphs of characters, each made when it is first met."""

    def __init__(self, typography: Typography) -> None:
        super().__init__()
        self._typography = typography

    def __missing__(self, character: str) -> Glyph:
        self[character] = glyph = self._typography.glyph(character)
        return glyph


@dataclass(frozen=True)
class Typography:
    """How text is set: ``width_of`` gives the columns of one printed character.

    ``ordered`` orders and joins letters here, else the terminal does. ``marks`` shows vowel marks. ``controls`` shows
    the invisible characters by name, as ‹RLO›.
    """

    width_of: Callable[[str], int]
    ordered: bool = True
    marks: bool = True
    controls: bool = False
    glyphs: Mapping[str, Glyph] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "glyphs", _Glyphs(self))

    def glyph(self, character: str) -> Glyph:
        """Return how ``character`` is printed."""
        if self.controls and character in _NAMES:
            name = f"‹{_NAMES[character]}›"
            return Glyph(name, sum(map(self.width_of, name)), Kind.BASE)
        if character in UNPRINTED:
            return Glyph("", 0, Kind.UNPRINTED)
        if character in _SPACES:
            return Glyph(" ", 1, Kind.SPACE if character in _BREAKING else Kind.BASE)
        printed = visible(character)
        width = self.width_of(printed)
        if width:
            return Glyph(printed, width, Kind.SPACE if character == " " else Kind.BASE)
        hidden = unicodedata.category(character) not in {"Mn", "Me", "Mc"} or not (self.marks or not _arabic(character))
        return Glyph("", 0, Kind.UNPRINTED) if hidden else Glyph(printed, 0, Kind.MARK)


def _arabic(mark: str) -> bool:
    return unicodedata.name(mark, "").startswith("ARABIC")


@dataclass(slots=True)
class Clusters:
    """Clusters of a paragraph in logical order, a list for each thing there is to know of them.

    ``ends`` are offsets behind the last character of each, marks and unprinted characters among them; ``joiners``
    are the unprinted ones, by cluster; ``merged`` are the places whose characters went to the cluster before.
    """

    characters: list[str] = field(default_factory=list)
    starts: list[int] = field(default_factory=list)
    ends: list[int] = field(default_factory=list)
    levels: list[int] = field(default_factory=list)
    printed: list[str] = field(default_factory=list)
    widths: list[int] = field(default_factory=list)
    spaces: list[bool] = field(default_factory=list)
    marks: dict[int, str] = field(default_factory=dict)
    joiners: dict[int, str] = field(default_factory=dict)
    merged: set[int] = field(default_factory=set)

    @classmethod
    def of(cls, text: str, offset: int, levels: Sequence[int], typography: Typography) -> Clusters:
        """Part ``text``, whose first character has this offset."""
        clusters = cls()
        characters, starts, kept, printed = clusters.characters, clusters.starts, clusters.levels, clusters.printed
        widths, spaces = clusters.widths, clusters.spaces
        glyphs, nothing = typography.glyphs, Glyph("", 0, Kind.BASE)
        level = next((level for level in levels if level != REMOVED), 0)
        for place, (character, resolved) in enumerate(zip(text, levels, strict=True), offset):
            glyph = glyphs[character]
            if resolved != REMOVED:
                level = resolved  # of those removed by X9, the level of the character before (UAX #9, section 5.2)
            kind = glyph.kind
            if kind is Kind.MARK or kind is Kind.UNPRINTED:
                if starts:
                    kinds = clusters.marks if kind is Kind.MARK else clusters.joiners
                    last = len(starts) - 1
                    kinds[last] = (kinds.get(last, "") + (glyph.text or character))[:MOST_MARKS]
                    continue
                character, glyph = "", nothing  # noqa: PLW2901  (nothing stands before it that it could belong to)
            characters.append(character)
            starts.append(place)
            kept.append(level)
            printed.append(glyph.text)
            widths.append(glyph.width)
            spaces.append(kind is Kind.SPACE)
        clusters.ends = [*starts[1:], offset + len(text)][: len(starts)]
        return clusters

    def __len__(self) -> int:
        return len(self.starts)

    def merge(self, place: int) -> None:
        """Give the characters of a cluster to the one before it; its own place stays empty."""
        before = place - 1
        self.merged.add(place)
        self.printed[place], self.widths[place] = "", 0
        self.ends[before] = self.ends[place]
        if place in self.marks:
            self.marks[before] = (self.marks.get(before, "") + self.marks.pop(place))[:MOST_MARKS]

    def stretch(self, place: int, end: int) -> None:
        """Let a cluster go on to ``end``, and the one that is drawn for it when it was merged."""
        self.ends[place] = end
        while place in self.merged:
            place -= 1
            self.ends[place] = end
