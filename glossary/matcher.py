"""Find a glossary's terms in Arabic text, in whatever forms the text gives them.

Each word of the text is analyzed and its readings are looked up in a tree of terms; the terms are never walked through,
so the time does not depend on their number. A longer term wins over shorter ones inside it, and of several readings of
a word the plainest wins.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from corpus.arabic import fold, strip_marks, words
from glossary.analysis import ARTICLE, Reading, readings
from glossary.model import Analysis, Match, TermEntry

_PLAINEST_FIRST = {rule: rank for rank, rule in enumerate(("exact", "proclitic", "inflection", "pronoun"))}

# Below three letters what is left without the article is another word: الله is not ال + له.
_SHORTEST_BARE = 3

_Readings = Mapping[str, Reading]


@dataclass(slots=True)
class _Node:
    """A place in the tree of terms: where further words lead, and the terms that end here."""

    further: dict[str, _Node] = field(default_factory=dict)
    entries: list[TermEntry] = field(default_factory=list)


class Matcher:
    """A tree of terms; make it once for a version of a glossary, use it for many texts."""

    def __init__(self, entries: Iterable[TermEntry]) -> None:
        self._root = _Node()
        for entry in entries:
            node = self._root
            folded = fold(entry.source)
            for start, end in words(folded):
                # Without the article, since the text may have it on any word of the term.
                node = node.further.setdefault(_bare(folded[start:end]), _Node())
            if node is not self._root:
                node.entries.append(entry)

    def find(self, text: str) -> list[Match]:
        """Return the terms in ``text``, in order; several for one place when a term has several translations."""
        spans = words(text)
        analyzed = [_readings_by_key(fold(text[start:end])) for start, end in spans]
        found: list[Match] = []
        position = 0
        while position < len(spans):
            begun = max(self._paths(analyzed, position), key=_preference, default=None)
            if begun is None:
                position += 1
                continue
            reading, length, entries = begun
            start, end = spans[position][0], spans[position + length - 1][1]
            analysis = _analysis(reading, text[slice(*spans[position])])
            found += [Match(start, end, text[start:end], entry, analysis) for entry in entries]
            position += length
        return found

    def _paths(self, analyzed: Sequence[_Readings], position: int) -> Iterator[tuple[Reading, int, list[TermEntry]]]:
        """Yield (reading of the first word, number of words, terms) for all terms that begin at ``position``."""
        for key, reading in analyzed[position].items():
            node = self._root.further.get(key)
            if node is not None:
                for length, entries in _continued(node, analyzed, position + 1, 1):
                    yield reading, length, entries


def _continued(
    node: _Node, analyzed: Sequence[_Readings], position: int, length: int
) -> Iterator[tuple[int, list[TermEntry]]]:
    if node.entries:
        yield length, node.entries
    if not node.further or position == len(analyzed):
        return
    for key, reading in analyzed[position].items():
        # Inside a term only the article may come before a word: another proclitic begins a new phrase.
        if reading.proclitics in ((), (ARTICLE,)) and (further := node.further.get(key)):
            yield from _continued(further, analyzed, position + 1, length + 1)


def _preference(path: tuple[Reading, int, list[TermEntry]]) -> tuple[int, int]:
    reading, length, _ = path
    return length, -_PLAINEST_FIRST[reading.rule]


def _readings_by_key(folded_word: str) -> dict[str, Reading]:
    """Return for each key the plainest reading that leads to it."""
    best: dict[str, Reading] = {}
    for reading in readings(folded_word):
        known = best.get(reading.key)
        if known is None or _PLAINEST_FIRST[reading.rule] < _PLAINEST_FIRST[known.rule]:
            best[reading.key] = reading
    return best


def _bare(folded_word: str) -> str:
    rest = folded_word.removeprefix(ARTICLE)
    return rest if len(rest) >= _SHORTEST_BARE else folded_word


def _analysis(reading: Reading, surface: str) -> Analysis:
    """Return the reading with its stem in the letters of the text, not those of the key."""
    letters = strip_marks(surface)
    end = len(letters) - len(reading.enclitic)
    as_written = letters[end - len(reading.stem) : end]
    stem = as_written if fold(as_written) == reading.stem else reading.stem
    return Analysis(reading.proclitics, stem, reading.enclitic, reading.rule)


def as_json(match: Match) -> dict[str, object]:
    """Return the object that ``tarjama glossary match --json`` prints for ``match``."""
    return {
        "start": match.start,
        "end": match.end,
        "surface": match.surface,
        "term": match.entry.source,
        "target": match.entry.target,
        "status": match.entry.status.value,
        "analysis": {
            "proclitics": list(match.analysis.proclitics),
            "stem": match.analysis.stem,
            "enclitic": match.analysis.enclitic,
            "rule": match.analysis.rule,
        },
    }
