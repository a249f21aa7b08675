"""Segmentation rules as SRX 2.0 has them (LISA, 7 April 2008; ISO 24615's companion for segment boundaries).

At each place between two characters the first rule counts whose ``before`` matches what ends there and whose ``after``
matches what begins there: it breaks the text, or says that this is no break. Where no rule matches, there is no break.
"""

from __future__ import annotations

import re
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule; ``before`` and ``after`` are regular expressions, empty ones match everywhere."""

    breaks: bool
    before: str
    after: str = ""


@dataclass(frozen=True, slots=True)
class RuleSet:
    """Rules by name, and which names hold for which languages.

    ``maps`` are pairs of a regular expression for language codes and the name of the rules it leads to. With
    ``cascade`` all that match hold, in this order, else the first alone.
    """

    rules: dict[str, tuple[Rule, ...]]
    maps: tuple[tuple[str, str], ...]
    cascade: bool = True

    def for_language(self, code: str) -> tuple[Rule, ...]:
        """Return the rules for the language ``code``, the one that counts first first."""
        names = [name for pattern, name in self.maps if re.fullmatch(pattern, code, re.IGNORECASE)]
        if not self.cascade:
            names = names[:1]
        return tuple(rule for name in names for rule in self.rules.get(name, ()))
