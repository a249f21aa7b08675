"""Checks on pairs of texts, besides those on terms: of one pair while it is edited, of all pairs together."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from corpus.checks.consistency import check_consistency
from corpus.checks.finding import Finding, Severity
from corpus.checks.marks import check_marks
from corpus.checks.names import check_names
from corpus.checks.numbers import check_numbers
from corpus.checks.texts import check_texts

__all__ = ["Finding", "Severity", "check_pair", "check_pairs"]


def check_pair(source: str, target: str) -> list[Finding]:
    """Return what is to be looked at in a pair, errors first, then in the order of the target."""
    found = [*check_texts(source, target)]
    if target.strip():
        found += [*check_numbers(source, target), *check_marks(source, target)]
    order = list(Severity)
    return sorted(found, key=lambda finding: (order.index(finding.severity), finding.target_span or (0, 0)))


def check_pairs(pairs: Sequence[tuple[str, str, str]]) -> Iterator[tuple[str, Finding]]:
    """Yield (uid, finding) for pairs (uid, source, target): of each alone, then of all together."""
    for uid, source, target in pairs:
        for finding in check_pair(source, target):
            yield uid, finding
    yield from check_consistency(pairs)
    yield from check_names(pairs)
