"""Segmentation rules as SRX 2.0 has them (LISA, 7 April 2008; ISO 24615's companion for segment boundaries).

At each place between two characters the first rule counts whose ``before`` matches what ends there and whose ``after``
matches what begins there: it breaks the text, or says that this is no break. Where no rule matches, there is no break.
"""

from __future__ import annotations

from dataclasses import dataclass

import regex

from corpus.errors import SegmentationError
from corpus.segmentation.expressions import check_expression


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule; ``before`` and ``after`` are regular expressions, empty ones match everywhere."""

    breaks: bool
    before: str
    after: str = ""


@dataclass(frozen=True, slots=True)
class NamedRule:
    """A rule with the name of the rules it is one of, and its number there, from 1."""

    name: str
    number: int
    rule: Rule


@dataclass(frozen=True, slots=True)
class RuleSet:
    """Rules by name, and which names hold for which languages.

    ``maps`` are pairs of a regular expression for language codes and the name of the rules it leads to. With
    ``cascade`` all that match hold, in this order, else the first alone.
    """

    rules: dict[str, tuple[Rule, ...]]
    maps: tuple[tuple[str, str], ...]
    cascade: bool = True

    def named_for_language(self, code: str) -> tuple[NamedRule, ...]:
        """Return the rules for the language ``code``, the one that counts first first.

        Raise SegmentationError when an expression for languages cannot be used.
        """
        names = [name for pattern, name in self.maps if _matches(pattern, code)]
        if not self.cascade:
            names = names[:1]
        return tuple(
            NamedRule(name, number, rule) for name in names for number, rule in enumerate(self.rules.get(name, ()), 1)
        )

    def for_language(self, code: str) -> tuple[Rule, ...]:
        """Return the rules alone; see ``named_for_language``."""
        return tuple(named.rule for named in self.named_for_language(code))


def _matches(pattern: str, code: str) -> bool:
    check_expression(pattern)
    try:
        return regex.fullmatch(pattern, code, regex.VERSION1 | regex.IGNORECASE, timeout=1.0) is not None
    except TimeoutError as error:
        raise SegmentationError(
            f"The expression “{pattern[:80]}” for languages takes too long.", "Correct it in the SRX file."
        ) from error
