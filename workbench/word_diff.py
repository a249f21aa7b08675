"""What was taken out of a text and what was put in, word by word, as one text to be shown."""

from __future__ import annotations

import re
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import Enum

_TOKEN = re.compile(r"\w+(?:['’-]\w+)*|\s+|[^\w\s]")


class Fate(Enum):
    """What became of a part of a text."""

    KEPT = "kept"
    DELETED = "deleted"
    INSERTED = "inserted"


@dataclass(frozen=True, slots=True)
class DiffPart:
    """A part of the shown text, by offsets in code points."""

    start: int
    end: int
    fate: Fate


@dataclass(frozen=True, slots=True)
class WordDiff:
    """Both texts in one: each deleted part stands before what was inserted for it."""

    text: str
    parts: tuple[DiffPart, ...]

    def fate_at(self, offset: int) -> Fate:
        """Return what became of the character at ``offset``."""
        return next((part.fate for part in self.parts if part.start <= offset < part.end), Fate.KEPT)

    @property
    def first_change(self) -> int:
        """The offset of the first part that is not kept; 0 when all is."""
        return next((part.start for part in self.parts if part.fate is not Fate.KEPT), 0)


def word_diff(old: str, new: str) -> WordDiff:
    """Return what changes ``old`` into ``new``; a space is put between what goes and what comes in its place."""
    before, after = _TOKEN.findall(old), _TOKEN.findall(new)
    shown: list[tuple[str, Fate]] = []
    for _, old_start, old_end, new_start, new_end in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        gone, come = "".join(before[old_start:old_end]), "".join(after[new_start:new_end])
        if gone == come:
            shown.append((gone, Fate.KEPT))
            continue
        gap = " " if gone and come and not gone[-1].isspace() and not come[0].isspace() else ""
        shown += [(gone, Fate.DELETED), (gap, Fate.KEPT), (come, Fate.INSERTED)]
    parts, place = [], 0
    for text, fate in shown:
        if text:
            parts.append(DiffPart(place, place + len(text), fate))
            place += len(text)
    return WordDiff("".join(text for text, _ in shown), tuple(parts))


def marked(diff: WordDiff) -> str:
    """Return the text with what was deleted as [-…-] and what was inserted as {+…+}, as wdiff writes them."""
    signs = {Fate.KEPT: ("", ""), Fate.DELETED: ("[-", "-]"), Fate.INSERTED: ("{+", "+}")}
    return "".join(signs[part.fate][0] + diff.text[part.start : part.end] + signs[part.fate][1] for part in diff.parts)
