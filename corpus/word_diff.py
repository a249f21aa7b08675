"""What was taken out of a text and what was put in, word by word, as one text to be shown."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import Enum

_LETTER = r"[\w\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06ed]"  # Arabic vowel marks are no letters for re
_TOKEN = re.compile(rf"{_LETTER}+(?:['’-]{_LETTER}+)*|\s+|.", re.DOTALL)
# The longest texts that are compared word by word: it takes time that grows with the square of their length.
_MOST_TOKENS = 4_000


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

    @property
    def marked(self) -> str:
        """The text with what goes as [-gone-] and what comes as {+added+}, without the gaps put between them."""
        shown, parts = [], self.parts
        for number, part in enumerate(parts):
            text = self.text[part.start : part.end]
            if part.fate is Fate.KEPT:
                is_gap = 0 < number < len(parts) - 1 and text == " " and parts[number - 1].fate is Fate.DELETED
                if not (is_gap and parts[number + 1].fate is Fate.INSERTED):
                    shown.append(text)
            elif text.isspace():
                shown.append(text if part.fate is Fate.INSERTED else "")
            else:
                opening, closing = ("[-", "-]") if part.fate is Fate.DELETED else ("{+", "+}")
                begin, end = len(text) - len(text.lstrip()), len(text.rstrip())
                shown.append(f"{text[:begin]}{opening}{text[begin:end]}{closing}{text[end:]}")
        return "".join(shown)


def word_diff(old: str, new: str) -> WordDiff:
    """Return what changes ``old`` into ``new``; a space is put between what goes and what comes in its place."""
    before, after = _TOKEN.findall(old), _TOKEN.findall(new)
    shown: list[tuple[str, Fate]] = []
    for _, old_start, old_end, new_start, new_end in _steps(before, after):
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


def _steps(before: Sequence[str], after: Sequence[str]) -> Sequence[tuple[str, int, int, int, int]]:
    """Return the steps from ``before`` to ``after`` as difflib has them; of giant texts without a look inside."""
    if max(len(before), len(after)) <= _MOST_TOKENS:
        return SequenceMatcher(None, before, after, autojunk=False).get_opcodes()
    shorter = min(len(before), len(after))
    same = next((n for n in range(shorter) if before[n] != after[n]), shorter)
    left = shorter - same
    tail = next((n for n in range(left) if before[-1 - n] != after[-1 - n]), left)
    ends = len(before) - tail, len(after) - tail
    return [
        ("equal", 0, same, 0, same),
        ("replace", same, ends[0], same, ends[1]),
        ("equal", ends[0], len(before), ends[1], len(after)),
    ]
