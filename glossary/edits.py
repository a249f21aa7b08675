"""Learn terms from what a translator changes again and again: the same words of drafts to the same other words.

A change that was made in several segments whose Arabic has something in common is a term that no glossary has yet.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher

from corpus.arabic import words
from glossary.bases import Base, Bases
from glossary.english_words import english_key, english_words
from glossary.general_arabic import general_arabic
from glossary.spelling import ARTICLE, key
from glossary.word_classes import english_function_words, function_words

_LONGEST = 4
_LEAST_DICE = 0.5
# Words beyond this number take difflib's shortcut for long texts: it is quadratic without.
_LONG_TEXT = 500

Keys = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class EditedSegment:
    """A segment whose translation a human has confirmed, with the draft it was made from."""

    uid: str
    source: str
    draft: str
    target: str


@dataclass(frozen=True, slots=True)
class EditSuggestion:
    """A term that edits speak for: where drafts had ``draft`` for ``source``, a human wrote ``target``.

    ``segments`` are the uids of those where it was done; in ``left_alone`` further ones with the same Arabic the words
    of the draft were kept. ``score`` is how well the edit and the Arabic go together, 1 for always.
    """

    source: str
    target: str
    draft: str
    segments: tuple[str, ...]
    left_alone: int
    score: float


@dataclass(slots=True)
class _Edit:
    segments: list[int] = field(default_factory=list)
    drafts: Counter[str] = field(default_factory=Counter)
    targets: Counter[str] = field(default_factory=Counter)


def suggestions_from_edits(segments: Iterable[EditedSegment], least: int = 3) -> list[EditSuggestion]:
    """Return the terms that edits made in ``least`` segments or more speak for, the best attested first."""
    edited = list(segments)
    repeated = {change: edit for change, edit in _edits(edited).items() if len(edit.segments) >= least}
    if not repeated:
        return []
    sources = _Sources(edited)
    found = [
        suggestion
        for (before, _), edit in repeated.items()
        if (suggestion := _suggestion(before, edit, edited, sources, least)) is not None
    ]
    return sorted(found, key=lambda one: (-len(one.segments), -one.score, one.source, one.target))


def _edits(segments: Sequence[EditedSegment]) -> dict[tuple[Keys, Keys], _Edit]:
    """Return what was changed to what, by keys, with the numbers of the segments."""
    found: dict[tuple[Keys, Keys], _Edit] = {}
    for number, segment in enumerate(segments):
        for before, after in replacements(segment.draft, segment.target):
            change = _keys(before), _keys(after)
            if change[0] == change[1]:
                continue
            edit = found.setdefault(change, _Edit())
            if not edit.segments or edit.segments[-1] != number:
                edit.segments.append(number)
            edit.drafts[" ".join(before)] += 1
            edit.targets[" ".join(after)] += 1
    return found


def replacements(draft: str, target: str) -> Iterator[tuple[list[str], list[str]]]:
    """Yield the words of a draft and those that stand in their place in its translation, one to four on either side.

    Function words at the ends of either side are left out; a change of nothing else is none.
    """
    before, after = english_words(draft), english_words(target)
    is_long = max(len(before), len(after)) > _LONG_TEXT
    matcher = SequenceMatcher(None, _folded(before), _folded(after), autojunk=is_long)
    for what, first, last, begin, end in matcher.get_opcodes():
        if what == "replace":
            old, new = _content(before[first:last]), _content(after[begin:end])
            if 0 < len(old) <= _LONGEST and 0 < len(new) <= _LONGEST:
                yield old, new


def _content(phrase: list[str]) -> list[str]:
    kept = [place for place, word in enumerate(phrase) if word.casefold() not in english_function_words()]
    return phrase[kept[0] : kept[-1] + 1] if kept else []


def _folded(phrase: Iterable[str]) -> list[str]:
    return [word.casefold() for word in phrase]


def _keys(phrase: Iterable[str]) -> Keys:
    return tuple(english_key(word) for word in phrase)


class _Sources:
    """The Arabic of segments: which words and phrases stand in which of them, and how they are written."""

    def __init__(self, segments: Sequence[EditedSegment]) -> None:
        texts = [
            [(segment.source[start:end], start, end) for start, end in words(segment.source)] for segment in segments
        ]
        bases = Bases(Counter(key(word) for text in texts for word, _, _ in text), general_arabic().counts)
        self._phrases: list[dict[Keys, str]] = []
        self._count: Counter[Keys] = Counter()
        for segment, text in zip(segments, texts, strict=True):
            phrases: dict[Keys, str] = {}
            for phrase in _phrases([(bases.of(word), start, end) for word, start, end in text], segment.source):
                phrases.setdefault(tuple(base.key for base in phrase), _spelling(phrase))
            self._phrases.append(phrases)
            self._count.update(phrases.keys())

    def best(self, numbers: Sequence[int], length: int, least: int) -> tuple[float, Keys]:
        """Return what goes best with some segments, and how well; of equals, what has nearest to ``length`` words."""
        together = Counter(phrase for number in numbers for phrase in self._phrases[number])
        ranked = [
            (2 * count / (len(numbers) + self._count[phrase]), -abs(len(phrase) - length), phrase)
            for phrase, count in together.items()
            if count >= least
        ]
        dice, _, phrase = max(ranked, default=(0.0, 0, ()))
        return dice, phrase

    def having(self, phrase: Keys) -> list[int]:
        """Return the numbers of the segments with a phrase."""
        return [number for number, phrases in enumerate(self._phrases) if phrase in phrases]

    def spelling(self, phrase: Keys, numbers: Sequence[int]) -> str:
        """Return how a phrase is most often written in some segments, particles left off."""
        spellings = Counter(self._phrases[number][phrase] for number in numbers if phrase in self._phrases[number])
        return max(spellings, key=lambda text: (spellings[text], text))


def _phrases(text: Sequence[tuple[Base, int, int]], source: str) -> Iterator[list[Base]]:
    for first in range(len(text)):
        phrase: list[Base] = []
        for place in range(first, min(first + _LONGEST, len(text))):
            base, start, _ = text[place]
            apart = place > first and (base.particles or source[text[place - 1][2] : start] != " ")
            if apart or base.bare in function_words():
                break
            phrase.append(base)
            yield list(phrase)


def _spelling(phrase: Iterable[Base]) -> str:
    return " ".join((ARTICLE if base.article else "") + base.text for base in phrase)


def _suggestion(
    before: Keys, edit: _Edit, segments: Sequence[EditedSegment], sources: _Sources, least: int
) -> EditSuggestion | None:
    target = max(edit.targets, key=lambda text: (edit.targets[text], text))
    dice, phrase = sources.best(edit.segments, len(target.split()), least)
    if dice < _LEAST_DICE:
        return None
    changed = set(edit.segments)
    kept = [
        number
        for number in sources.having(phrase)
        if number not in changed and _has(segments[number].draft, before) and _has(segments[number].target, before)
    ]
    return EditSuggestion(
        source=sources.spelling(phrase, edit.segments),
        target=target,
        draft=max(edit.drafts, key=lambda text: (edit.drafts[text], text)),
        segments=tuple(segments[number].uid for number in edit.segments),
        left_alone=len(kept),
        score=round(dice, 3),
    )


def _has(text: str, phrase: Keys) -> bool:
    keys = _keys(english_words(text))
    return any(keys[start : start + len(phrase)] == phrase for start in range(len(keys) - len(phrase) + 1))
