"""Find what a corpus speaks of and no glossary has yet: words and phrases that are likely terms, and names.

A candidate's score is its frequency times its termhood. The frequency is that of its occurrences outside longer
candidates (the C-value of Frantzi, Ananiadou and Mima, 2000); the termhood of a word is the binary logarithm of how
much more often it stands in the corpus than in general Arabic, that of a phrase the geometric mean of its words' and of
how firmly they hold together (normalized pointwise mutual information).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import islice, pairwise
from math import log2, sqrt
from typing import TYPE_CHECKING

from glossary.general_arabic import GeneralArabic, general_arabic
from glossary.phrases import Phrases, phrases
from glossary.renderings import renderings
from glossary.spelling import ARTICLE
from glossary.word_classes import before_names
from glossary.word_rows import WordRows

if TYPE_CHECKING:
    from glossary.phrases import Numbers

EXAMPLES = 3
_LEAST_NAME = 3
# So many occurrences of a candidate are looked at to tell how it is written and whether it is a name.
_JUDGED = 1000
_HIGHEST_TERMHOOD = 10.0
_LOWEST_TERMHOOD = 2.0
# In a text of few words twice is often, in a long one it is chance.
_LEAST_COUNTS = ((20_000, 2), (500_000, 3))
_LEAST_COUNT = 5
_LEAST_WORD = 3


class CandidateKind(StrEnum):
    """What a candidate seems to be."""

    WORD = "word"
    PHRASE = "phrase"
    NAME = "name"


@dataclass(frozen=True, slots=True)
class Example:
    """An occurrence: ``start`` and ``end`` are code-point offsets in the source of the segment ``segment``."""

    segment: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Candidate:
    """A word or phrase that may be worth a term: how often it occurs, in how many segments, and the first examples.

    ``rendering`` is the English that most often goes with it, empty where the evidence is weak.
    """

    text: str
    kind: CandidateKind
    count: int
    segments: int
    score: float
    examples: tuple[Example, ...]
    rendering: str = ""


def find_candidates(
    sources: Iterable[tuple[str, str]],
    is_known: Callable[[str], bool] = lambda _: False,
    limit: int = 50,
    english: Mapping[str, str] | None = None,
    general: GeneralArabic | None = None,
) -> list[Candidate]:
    """Return the likeliest terms of a corpus, the best first.

    ``sources`` are the uids of segments with their Arabic, in reading order, walked through once; ``is_known`` tells
    whether a glossary has a term already, ``english`` is what segments say in English, by uid.
    """
    general = general or general_arabic()
    rows = WordRows(sources, general)
    unknown = (pair for pair in _Ranking(rows, general).candidates() if not is_known(pair[0].text))
    found = list(islice(unknown, limit))
    if not english:
        return [candidate for candidate, _ in found]
    rendered = renderings([{rows.uids[number] for number in numbers} for _, numbers in found], english)
    return [replace(candidate, rendering=phrase) for (candidate, _), phrase in zip(found, rendered, strict=True)]


class _Ranking:
    """The words and phrases of a corpus by their scores."""

    def __init__(self, rows: WordRows, general: GeneralArabic) -> None:
        self._rows = rows
        self._general = general

    def candidates(self) -> Iterator[tuple[Candidate, list[int]]]:
        """Yield candidates with the numbers of their segments, the best first.

        What stands only inside a longer one is left out.
        """
        least = next((least for size, least in _LEAST_COUNTS if len(self._rows) < size), _LEAST_COUNT)
        levels = list(phrases(self._rows.number, self._rows.joined, least))
        termhood = self._termhood(levels[0])
        scored: list[tuple[float, int, int, int]] = []
        for level, longer in pairwise((*levels, None)):
            assert level is not None  # noqa: S101
            for phrase, (first, outside) in enumerate(
                zip(level.first.tolist(), _outside_longer(level, longer), strict=True)
            ):
                score = self._score(level, first, outside, termhood)
                if score > 0 and (level.length > 1 or outside >= _LEAST_WORD):
                    scored.append((-score, first, level.length, phrase))
        for negative, _, length, phrase in sorted(scored):
            yield self._candidate(levels[length - 1], phrase, -negative)

    def _termhood(self, singles: Phrases) -> list[float]:
        """Return of each word, by its number, the binary logarithm of how much more frequent it is than elsewhere."""
        size, total = len(self._rows), self._general.total
        termhood = [0.0] * len(self._rows.words)
        for first, count in zip(singles.first.tolist(), singles.counts.tolist(), strict=True):
            number = int(self._rows.number[first])
            general = self._general.counts.get(self._rows.words[number], 0)
            ratio = (count / size) / ((general + 0.5) / total)
            termhood[number] = min(max(log2(ratio), 0.0), _HIGHEST_TERMHOOD)
        return termhood

    def _score(self, level: Phrases, first: int, outside: float, termhood: Sequence[float]) -> float:
        places = range(first, first + level.length)
        of_words = [termhood[int(self._rows.number[place])] for place in places]
        strength = sum(of_words) / level.length
        if level.length > 1:
            strength = sqrt(strength * _HIGHEST_TERMHOOD * self._firmness(level, first))
        return log2(1 + level.length) * outside * max(strength - _LOWEST_TERMHOOD, 0.0)

    def _firmness(self, level: Phrases, first: int) -> float:
        """Return the normalized mutual information of the words of a phrase, 0 for none, 1 for words never apart."""
        size = len(self._rows)
        together = log2(int(level.counts[level.at[first]]) / size)
        apart = sum(
            log2(self._rows.counts[self._rows.number[place]] / size) for place in range(first, first + level.length)
        )
        return max(0.0, (apart - together) / together / (level.length - 1))

    def _candidate(self, level: Phrases, phrase: int, score: float) -> tuple[Candidate, list[int]]:
        import numpy as np

        places = level.of(phrase)
        spellings = Counter(self._spelling(int(place), level.length) for place in places[:_JUDGED])
        if level.length == 1 and not all(text.startswith(ARTICLE) for text in spellings):
            spellings = _without_articles(spellings)
        text = max(spellings, key=lambda text: (spellings[text], text))
        segments: list[int] = np.unique(self._rows.segment[places]).tolist()
        candidate = Candidate(
            text=text,
            kind=self._kind(level, places),
            count=len(places),
            segments=len(segments),
            score=round(score, 2),
            examples=tuple(self._example(int(place), level.length) for place in places[:EXAMPLES]),
        )
        return candidate, segments

    def _spelling(self, place: int, length: int) -> str:
        """Return how a phrase is written at a place, without what precedes its first word but for the article."""
        bases = [self._rows.base(number) for number in range(place, place + length)]
        return " ".join((ARTICLE if base.article else "") + base.text for base in bases)

    def _example(self, place: int, length: int) -> Example:
        rows = self._rows
        return Example(rows.uids[rows.segment[place]], rows.start[place], rows.end[place + length - 1])

    def _kind(self, level: Phrases, places: Numbers) -> CandidateKind:
        """Tell names by what they do: they are unknown elsewhere, take no pronoun or plural, and keep their article."""
        judged = places[:_JUDGED].tolist()
        heads = [self._rows.base(place) for place in judged]
        head = heads[0]
        uniform = len({(base.bare, base.pronoun) for base in heads}) == 1 and not head.pronoun
        keeps_article = len({base.article for base in heads}) == 1
        titled = (level.length > 1 and head.bare in before_names()) or any(
            place and self._rows.base(place - 1).bare in before_names() for place in judged
        )
        is_alone = level.length == 1 and len(places) >= _LEAST_NAME and self._general.counts.get(head.bare, 0) <= 1
        is_name = titled and (level.length > 1 or not head.article or is_alone)
        if uniform and not head.bare.endswith("ية") and (is_name or (is_alone and keeps_article)):
            return CandidateKind.NAME
        return CandidateKind.PHRASE if level.length > 1 else CandidateKind.WORD


def _without_articles(spellings: Counter[str]) -> Counter[str]:
    bare = Counter[str]()
    for text, count in spellings.items():
        bare[text.removeprefix(ARTICLE)] += count
    return bare


def _outside_longer(level: Phrases, longer: Phrases | None) -> list[float]:
    """Return how often each phrase occurs, less how often a longer one with it does on average (C-value)."""
    import numpy as np

    counts = level.counts.astype(float)
    if longer is None or not len(longer.counts):
        return list(counts.tolist())
    inside = np.zeros(len(counts))
    containers: dict[int, set[int]] = {}
    for offset in (0, 1):
        first = longer.first + offset
        for phrase, container in zip(level.at[first].tolist(), range(len(longer.counts)), strict=True):
            if phrase >= 0:
                containers.setdefault(phrase, set()).add(container)
    for phrase, within in containers.items():
        together = sum(int(longer.counts[one]) for one in within)
        inside[phrase] = max(together / len(within), *(int(longer.counts[one]) for one in within))
    return list((counts - inside).tolist())
