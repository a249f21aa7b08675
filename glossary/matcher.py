"""Find a glossary's terms in Arabic text, in whatever forms the text gives them.

Each word of the text is analyzed and its readings are looked up in a tree of terms; the terms are never walked through,
so the time does not depend on their number. A longer term wins over shorter ones inside it, and of several readings of
a word the plainest wins.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from corpus.arabic import strip_marks, words
from glossary.analysis import Reading, readings
from glossary.model import Analysis, Match, TermEntry
from glossary.spelling import ARTICLE, bare_key, letters

_Readings = Mapping[str, Reading]


@dataclass(slots=True)
class _Node:
    """A place in the tree of terms: where further words lead, and the terms that end here."""

    further: dict[str, _Node]
    entries: list[TermEntry]


class Matcher:
    """A tree of the Arabic terms of a glossary, which can be changed while it is used."""

    def __init__(self, entries: Iterable[TermEntry]) -> None:
        self._root = _Node({}, [])
        self._of_concept: dict[str, list[TermEntry]] = {}
        for entry in entries:
            self._add(entry)

    def replace(self, concept_uid: str, entries: Iterable[TermEntry]) -> None:
        """Find a concept by these entries from now on, and by no others."""
        for entry in self._of_concept.pop(concept_uid, ()):
            self._node(entry.source).entries.remove(entry)
        for entry in entries:
            self._add(entry)

    def _add(self, entry: TermEntry) -> None:
        node = self._node(entry.source)
        if node is not self._root:
            node.entries.append(entry)
            self._of_concept.setdefault(entry.concept_uid, []).append(entry)

    def _node(self, source: str) -> _Node:
        node = self._root
        folded = letters(source)
        for start, end in words(folded):
            # Without the article, since the text may have it on any word of the term.
            wanted = bare_key(folded[start:end])
            following = node.further.get(wanted)
            if following is None:
                following = node.further[wanted] = _Node({}, [])
            node = following
        return node

    def find(self, text: str) -> list[Match]:
        """Return the terms in ``text``, in order; several for one place when a term has several translations."""
        spans = words(text)
        analyzed = [_readings(text[start:end]) for start, end in spans]
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
        for wanted, reading in analyzed[position].items():
            node = self._root.further.get(wanted)
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
    for wanted, reading in analyzed[position].items():
        # Inside a term only the article may come before a word: another proclitic begins a new phrase.
        if reading.proclitics in ((), (ARTICLE,)) and (further := node.further.get(wanted)):
            yield from _continued(further, analyzed, position + 1, length + 1)


def _preference(path: tuple[Reading, int, list[TermEntry]]) -> tuple[int, int]:
    reading, length, _ = path
    return length, -reading.rule


@lru_cache(maxsize=1 << 16)
def _readings(word: str) -> _Readings:
    """Return the readings of a word by their keys."""
    return {reading.key: reading for reading in readings(letters(word))}


@lru_cache(maxsize=1 << 14)
def _analysis(reading: Reading, surface: str) -> Analysis:
    """Return the reading with its stem in the letters of the text, not those of the key."""
    stripped = strip_marks(surface)
    end = len(stripped) - len(reading.enclitic)
    as_written = stripped[end - len(reading.stem) : end]
    stem = as_written if letters(as_written) == reading.stem else reading.stem
    return Analysis(reading.proclitics, stem, reading.enclitic, reading.rule.label)


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
