"""Tell which rule cuts a text at each place, and which one keeps it together."""

from __future__ import annotations

from dataclasses import dataclass
from time import monotonic

import regex

from corpus.errors import SegmentationError
from corpus.segmentation.rules import NamedRule, RuleSet
from corpus.segmentation.splitter import place_pattern


@dataclass(frozen=True, slots=True)
class Decision:
    """A place where a rule would break a text; ``by`` is the first rule that matches there, and its word counts."""

    place: int
    by: NamedRule

    @property
    def breaks(self) -> bool:
        """Tell whether the text is cut here."""
        return self.by.rule.breaks


def explain(rules: RuleSet, language: str, text: str, seconds: float = 5.0) -> list[Decision]:
    """Return the places of ``text`` where a rule would break it, in order, with what was decided there.

    Raise SegmentationError when the rules cannot be used, or take longer than ``seconds``.
    """
    end = monotonic() + seconds
    found = [(named, _places(named, text, end)) for named in rules.named_for_language(language)]
    would_break = {place for named, places in found if named.rule.breaks for place in places if 0 < place < len(text)}
    decisions: dict[int, Decision] = {}
    for named, places in found:
        for place in would_break.intersection(places):
            decisions.setdefault(place, Decision(place, named))
    return sorted(decisions.values(), key=lambda decision: decision.place)


def _places(named: NamedRule, text: str, end: float) -> list[int]:
    pattern = regex.compile(place_pattern(named.rule), regex.VERSION1 | regex.MULTILINE)
    try:
        return [match.start() for match in pattern.finditer(text, timeout=max(end - monotonic(), 0.001))]
    except TimeoutError as error:
        raise SegmentationError(
            f"Rule {named.number} of “{named.name}” takes too long: before the break “{named.rule.before[:80]}”, "
            f"after it “{named.rule.after[:80]}”.",
            "Correct it in the SRX file; the rules in use stay as they are.",
        ) from error
