"""Split text by SRX rules; nothing of it is lost."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from time import monotonic

import regex

from corpus.errors import SegmentationError
from corpus.segmentation.expressions import check_expression
from corpus.segmentation.rules import Rule

# Rules come from outside, too: patterns that backtrack for ever are given up.
_SECONDS = 5.0


@dataclass(frozen=True, slots=True)
class Span:
    """A piece of a text, from ``start`` up to but without ``end``, in code points."""

    start: int
    end: int


def cut(text: str, start: int, end: int, ends: Iterator[int]) -> Iterator[Span]:
    """Cut ``text`` from ``start`` to ``end`` at the given ends; yield the pieces without white space around them."""
    for place in (*ends, end):
        piece = text[start:place]
        stripped = piece.strip()
        if stripped:
            begin = start + len(piece) - len(piece.lstrip())
            yield Span(begin, begin + len(stripped))
        start = place


class Splitter:
    """Rules made ready to be used; a text may take ``seconds``. Raise SegmentationError for a pattern that is none."""

    def __init__(self, rules: Sequence[Rule], seconds: float = _SECONDS) -> None:
        self._seconds = seconds
        # Neighbors that say the same are one pattern: a language has hundreds of abbreviations.
        self._groups = [(breaks, _compiled(list(group))) for breaks, group in groupby(rules, lambda rule: rule.breaks)]

    def sentences(self, text: str) -> list[Span]:
        """Return the sentences of ``text`` in order, without the white space around them; all else is white space."""
        return list(cut(text, 0, len(text), iter(self.breaks(text))))

    def breaks(self, text: str) -> list[int]:
        """Return the places where a sentence ends and another begins, in order.

        Raise SegmentationError when the rules are too slow for the text.
        """
        decided: dict[int, bool] = {}
        end = monotonic() + self._seconds
        try:
            for number, (breaks, pattern) in enumerate(self._groups):
                if breaks:
                    for match in pattern.finditer(text, timeout=_until(end)):
                        place = match.start()
                        if 0 < place < len(text) and place not in decided:
                            decided[place] = not self._is_excepted(text, place, number, end)
        except TimeoutError as error:
            raise SegmentationError(
                "The segmentation rules take too long for this text.", "Simplify them, or use those of Tarjama."
            ) from error
        return sorted(place for place, is_break in decided.items() if is_break)

    def _is_excepted(self, text: str, place: int, number: int, end: float) -> bool:
        """Tell whether a rule before the group ``number`` says that there is no break."""
        return any(
            pattern.match(text, place, timeout=_until(end)) for breaks, pattern in self._groups[:number] if not breaks
        )


def _until(end: float) -> float:
    """Return the seconds that are left; ``regex`` wants more than none."""
    return max(end - monotonic(), 0.001)


def _compiled(rules: Sequence[Rule]) -> regex.Pattern[str]:
    return regex.compile("|".join(place_pattern(rule) for rule in rules), regex.VERSION1 | regex.MULTILINE)


def place_pattern(rule: Rule) -> str:
    """Return a pattern for the places where ``rule`` matches; what follows is looked at first, since it is shorter.

    Raise SegmentationError when one of its two expressions cannot be used.
    """
    for pattern in (rule.before, rule.after):
        check_expression(pattern)
    after = f"(?={rule.after})" if rule.after else ""
    before = f"(?<={rule.before})" if rule.before else ""
    return f"(?:{after}{before})"
