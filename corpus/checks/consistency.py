"""The same source translated in two ways, and two sources translated as one, over all pairs of a project."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from corpus.arabic import fold
from corpus.checks.finding import Finding, Severity

# Short sources (yes, no, names of months) are translated by what stands around them.
_FEWEST_WORDS = 3


def check_consistency(pairs: Iterable[tuple[str, str, str]]) -> Iterator[tuple[str, Finding]]:
    """Yield (uid, finding) for pairs (uid, source, target) that differ from the others with the same source or target.

    Two texts are the same when they differ only in marks, alefs, case and white space. Of several translations the most
    frequent is the one that the others are compared with, the first of equally frequent ones.
    """
    given = [(uid, source, target) for uid, source, target in pairs if target.strip()]
    for uid, target, usual in _unusual((source, target, uid) for uid, source, target in given):
        message = f"The same source is translated elsewhere as “{usual}”."
        yield uid, Finding("same-source", Severity.WARNING, message, target_span=(0, len(target)))
    for uid, source, usual in _unusual((target, source, uid) for uid, source, target in given):
        message = f"Another source has the same translation: “{usual}”."
        yield uid, Finding("same-target", Severity.INFO, message, source_span=(0, len(source)))


def _unusual(given: Iterable[tuple[str, str, str]]) -> Iterator[tuple[str, str, str]]:
    """Yield (uid, other text, usual other text) where (text, other text, uid) differs from those with the same text."""
    by_text: dict[str, list[tuple[str, str]]] = {}
    for text, other, uid in given:
        by_text.setdefault(_key(text), []).append((uid, other))
    for key, alike in by_text.items():
        if len(key.split()) >= _FEWEST_WORDS:
            usual = _usual(other for _, other in alike)
            yield from ((uid, other, usual) for uid, other in alike if _key(other) != _key(usual))


def _usual(texts: Iterable[str]) -> str:
    """Return the first of the most frequent texts."""
    first: dict[str, str] = {}
    counts: Counter[str] = Counter()
    for text in texts:
        first.setdefault(_key(text), text)
        counts[_key(text)] += 1
    return first[max(counts, key=lambda key: counts[key])]


def _key(text: str) -> str:
    return " ".join(fold(text).split())
