"""Find what a corpus speaks of and no glossary has yet: words and phrases that are likely terms, and names.

A candidate's score is its frequency times its termhood. The frequency is that of its occurrences outside longer
candidates (the C-value of Frantzi, Ananiadou and Mima, 2000); the termhood of a word is the binary logarithm of how much
more often it stands in the corpus than in general Arabic, that of a phrase the geometric mean of its words' and of how
firmly they hold together (normalized pointwise mutual information).
"""

from __future__ import annotations

from array import array
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from itertools import pairwise
from math import log2, sqrt
from typing import TYPE_CHECKING

from corpus.arabic import is_arabic, words
from glossary.bases import Base, Bases, before_verbs, prepositions
from glossary.general_arabic import GeneralArabic, function_words, general_arabic
from glossary.phrases import Phrases, phrases
from glossary.spelling import ARTICLE, key

if TYPE_CHECKING:
    from glossary.phrases import Flags, Numbers

EXAMPLES = 3
_HIGHEST_TERMHOOD = 10.0
_LOWEST_TERMHOOD = 2.0
# In a text of few words twice is often, in a long one it is chance.
_LEAST_COUNTS = ((20_000, 2), (500_000, 3))
_LEAST_COUNT = 5
# What stands before names: titles, kinds of places, أبو and the like.
_BEFORE_NAMES = frozenset(
    key(word)
    for word in "السيد السيدة الرئيس الدكتور الوزير مدينة بلدة قرية محافظة ولاية أبو أبي أبا بن ابن عبد نهر جبل صحيفة تنظيم".split()
)


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
    general: GeneralArabic | None = None,
) -> list[Candidate]:
    """Return the likeliest terms of a corpus, the best first.

    ``sources`` are the uids of segments with their Arabic, in reading order, walked through once; ``is_known`` tells
    whether a glossary has a term already.
    """
    text = _read(sources)
    if not text.surfaces:
        return []
    ranked = _Ranking(text, general or general_arabic()).candidates()
    found: list[Candidate] = []
    for candidate in ranked:
        if len(found) == limit:
            break
        if not is_known(candidate.text):
            found.append(candidate)
    return found


@dataclass(slots=True)
class _Text:
    """A corpus as rows of numbers, one for each word: which word form it is, where it stands, whether it goes on."""

    segments: list[str] = field(default_factory=list)
    surfaces: dict[str, int] = field(default_factory=dict)
    form: array[int] = field(default_factory=lambda: array("q"))
    segment: array[int] = field(default_factory=lambda: array("q"))
    start: array[int] = field(default_factory=lambda: array("q"))
    end: array[int] = field(default_factory=lambda: array("q"))
    goes_on: array[int] = field(default_factory=lambda: array("b"))


def _read(sources: Iterable[tuple[str, str]]) -> _Text:
    text = _Text()
    for number, (uid, source) in enumerate(sources):
        text.segments.append(uid)
        last = -1
        for start, end in words(source):
            text.form.append(text.surfaces.setdefault(source[start:end], len(text.surfaces)))
            text.segment.append(number)
            text.start.append(start)
            text.end.append(end)
            text.goes_on.append(last >= 0 and source[last:start] in {" ", "\N{NO-BREAK SPACE}"})
            last = end
    return text


class _Ranking:
    """The words and phrases of a corpus by their scores."""

    def __init__(self, text: _Text, general: GeneralArabic) -> None:
        import numpy as np

        self._text = text
        self._general = general
        self._form: Numbers = np.asarray(text.form)
        self._segment: Numbers = np.asarray(text.segment)
        self._bases = _bases(text, np.bincount(self._form).tolist(), general)
        numbers: dict[str, int] = {"": 0}
        self._number_of_form: Numbers = np.array([numbers.setdefault(base.key, len(numbers)) for base in self._bases])
        self._words = list(numbers)
        self._counts: list[int] = np.bincount(self._number_of_form[self._form]).tolist()
        self._usable = self._nominal() & ~self._forms(_is_no_part)
        self._number: Numbers = np.where(self._usable, self._number_of_form[self._form], 0)

    def _forms(self, test: Callable[[Base], bool]) -> Flags:
        """Return of each place whether the base of its word passes."""
        import numpy as np

        return np.array([test(base) for base in self._bases], dtype=bool)[self._form]

    def _before(self, flags: Flags) -> Flags:
        """Return of each place whether the one before it is flagged and nothing but a space lies between."""
        import numpy as np

        moved = np.zeros_like(flags)
        moved[1:] = flags[:-1]
        return moved & np.asarray(self._text.goes_on, dtype=bool)

    def _nominal(self) -> Flags:
        """Return of each place whether its word is one that behaves as a noun, an adjective or a name."""
        import numpy as np

        numbers = self._number_of_form[self._form]
        nouns = self._forms(lambda base: base.article or base.bare.endswith("ة"))
        nouns |= self._before(self._forms(lambda base: base.bare in prepositions()))
        verbs = self._before(self._forms(lambda base: base.bare in before_verbs()))
        as_noun = np.bincount(numbers, weights=nouns, minlength=len(self._words))
        as_verb = np.bincount(numbers, weights=verbs, minlength=len(self._words))
        in_general = np.array([word in self._general.verbs for word in self._words])
        by_shape = np.array([self._has_shape_of_verb(word) for word in self._words])
        is_verb = (as_verb > as_noun) | ((in_general | by_shape) & (as_noun <= as_verb))
        verb: Flags = is_verb[numbers]
        return ~verb

    def _has_shape_of_verb(self, word: str) -> bool:
        """Tell whether a word has the look of a verb: an imperfect, or a perfect beside its imperfect."""
        known = self._general.verbs
        if word[:1] == "س" and word[1:2] in {"ي", "ت", "ن", "ا"}:
            future = "ي" + word[2:]
            return not {future, future.removesuffix("ون"), word[1:]}.isdisjoint(known | function_words())
        if word[:1] == "ي":
            return word not in self._general.counts
        imperfect = "ي" + (word[1:] if word[:1] in {"ا", "ت", "ن"} else word)
        return word not in self._general.counts and (imperfect in known or imperfect.removesuffix("ت") in known)

    def candidates(self) -> Iterator[Candidate]:
        """Yield candidates, the best first; what stands only inside a longer one is left out."""
        least = next((least for size, least in _LEAST_COUNTS if len(self._form) < size), _LEAST_COUNT)
        levels = list(phrases(self._number, self._joined(), least))
        termhood = self._termhood(levels[0])
        scored: list[tuple[float, int, int, int]] = []
        for level, longer in pairwise((*levels, None)):
            assert level is not None  # noqa: S101
            for phrase, (first, outside) in enumerate(zip(level.first.tolist(), _outside_longer(level, longer), strict=True)):
                score = self._score(level, first, outside, termhood)
                if score > 0:
                    scored.append((-score, first, level.length, phrase))
        for negative, _, length, phrase in sorted(scored):
            yield self._candidate(levels[length - 1], phrase, -negative)

    def _joined(self) -> Flags:
        """Return of each place whether a phrase may reach it from the place before.

        A particle begins a new phrase; after a word with a pronoun none goes on; and what follows a word with the
        article has it too, an adjective: without it it is another phrase.
        """
        article = self._forms(lambda base: base.article)
        closed = self._forms(lambda base: base.pronoun)
        usable = self._usable
        joined: Flags = self._before(usable & ~closed) & ~self._forms(lambda base: base.particles) & usable
        return joined & ~(self._before(article) & ~article)

    def _termhood(self, singles: Phrases) -> list[float]:
        """Return of each word, by its number, the binary logarithm of how much more frequent it is than elsewhere."""
        size, total = len(self._form), self._general.total
        termhood = [0.0] * len(self._words)
        for first, count in zip(singles.first.tolist(), singles.counts.tolist(), strict=True):
            number = int(self._number[first])
            general = self._general.counts.get(self._words[number], 0)
            ratio = (count / size) / ((general + 0.5) / total)
            termhood[number] = min(max(log2(ratio), 0.0), _HIGHEST_TERMHOOD)
        return termhood

    def _score(self, level: Phrases, first: int, outside: float, termhood: Sequence[float]) -> float:
        places = range(first, first + level.length)
        of_words = [termhood[self._number[place]] for place in places]
        strength = sum(of_words) / level.length
        if level.length > 1:
            strength = sqrt(strength * _HIGHEST_TERMHOOD * self._firmness(level, first))
        return log2(1 + level.length) * outside * max(strength - _LOWEST_TERMHOOD, 0.0)

    def _firmness(self, level: Phrases, first: int) -> float:
        """Return the normalized mutual information of the words of a phrase, 0 for none, 1 for words never apart."""
        size = len(self._form)
        together = log2(int(level.counts[level.at[first]]) / size)
        apart = sum(log2(self._counts[self._number[place]] / size) for place in range(first, first + level.length))
        return max(0.0, (apart - together) / together / (level.length - 1))

    def _candidate(self, level: Phrases, phrase: int, score: float) -> Candidate:
        import numpy as np

        places = level.of(phrase)
        spellings = Counter(self._spelling(int(place), level.length) for place in places[:1000])
        always_definite = all(text.startswith(ARTICLE) for text in spellings)
        if level.length == 1 and not always_definite:
            spellings = Counter(
                {text.removeprefix(ARTICLE): 0 for text in spellings}
            ) + sum((Counter({text.removeprefix(ARTICLE): n}) for text, n in spellings.items()), Counter[str]())
        text = max(spellings, key=lambda text: (spellings[text], text))
        segments = len(np.unique(self._segment[places]))
        return Candidate(
            text=text,
            kind=self._kind(level, places),
            count=len(places),
            segments=segments,
            score=round(score, 2),
            examples=tuple(self._example(int(place), level.length) for place in places[:EXAMPLES]),
        )

    def _spelling(self, place: int, length: int) -> str:
        bases = [self._bases[form] for form in self._form[place : place + length]]
        return " ".join((ARTICLE if base.article else "") + base.text for base in bases)

    def _example(self, place: int, length: int) -> Example:
        text = self._text
        return Example(text.segments[text.segment[place]], text.start[place], text.end[place + length - 1])

    def _kind(self, level: Phrases, places: Numbers) -> CandidateKind:
        """Tell names by what they do: they are unknown elsewhere, take no pronoun or plural, and keep their article."""
        bases = [[self._bases[self._form[place + offset]] for offset in range(level.length)] for place in places[:200]]
        heads = [phrase[0] for phrase in bases]
        unknown = not any(base.bare in self._general.counts for base in bases[0])
        uniform = len({(base.bare, base.article) for base in heads}) == 1 and not any(base.pronoun for base in heads)
        titled = any(
            place and self._bases[self._form[place - 1]].bare in _BEFORE_NAMES or heads[0].bare in _BEFORE_NAMES
            for place in places[:200].tolist()
        )
        if uniform and not heads[0].bare.endswith("ية") and (titled and not heads[0].article or (unknown and level.length == 1 and len(places) > 2)):
            return CandidateKind.NAME
        return CandidateKind.PHRASE if level.length > 1 else CandidateKind.WORD


def _bases(text: _Text, counts: Sequence[int], general: GeneralArabic) -> list[Base]:
    """Return the base of each word form, in the order of their numbers."""
    raw = Counter[str]()
    for surface, number in text.surfaces.items():
        raw[key(surface)] += counts[number]
    bases = Bases(raw, general.counts)
    return [bases.of(surface) for surface in text.surfaces]


def _is_no_part(base: Base) -> bool:
    return len(base.bare) < 2 or base.bare in function_words() or base.key in function_words() or not is_arabic(base.bare)


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
        inside[phrase] = max(together / len(within), max(int(longer.counts[one]) for one in within))
    return list((counts - inside).tolist())
