"""What of a segment could be the Arabic of a new term, and which of it most likely stands for an English word.

Where an engine has linked the words, its links tell. Else nothing is aligned by meaning: the nth part of a sentence is
taken for the nth part of its translation. That is right often enough to be offered first, and the user chooses.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from corpus.arabic import is_arabic, strip_marks, words
from corpus.model import Segment
from corpus.segmentation import Span
from glossary.model import Match, TermStatus

# Particles, pronouns and auxiliaries: never a term by themselves, and no part of a pair that is one.
_FUNCTION_WORDS = """
    في من إلى الى على عن مع أن ان إن لأن بأن كان كانت يكون تكون ليس هذا هذه ذلك تلك هو هي هم التي الذي الذين ما لا لم لن
    قد كل بعض أو او أم ثم بل حتى بعد قبل منذ عند بين كما حيث إذا اذا لو غير أي اي قال قالت وقال وقالت فيه فيها منه منها
    عليه عليها له لها به بها
"""
# What stands before the article, with it; لل is ل and the article. Only then is a first letter surely no radical.
_BEFORE_ARTICLE = re.compile(r"^(?:[وف]?[بك]?ال|[وف]?لل)(?=\w{3})")
_PAIR = re.compile(r"[^\S\n]+")


@dataclass(frozen=True, slots=True)
class TermChoice:
    """A word or two of a source, from ``start`` to ``end``; ``text`` is how a glossary would have it."""

    start: int
    end: int
    text: str


def term_choices(source: str, matches: Sequence[Match]) -> list[TermChoice]:
    """Return the words of ``source``, and the pairs of words, that have no usable term yet, in reading order."""
    usable = [match for match in matches if match.entry.status is not TermStatus.FORBIDDEN]
    spans = [span for span in words(source) if _may_be_term(source, span, usable)]
    named = {(match.start, match.end): match.entry.source for match in matches}  # so that it joins that concept
    choices = []
    for place, (start, end) in enumerate(spans):
        first = source[start:end]
        choices.append(TermChoice(start, end, named.get((start, end)) or _without_article(first)))
        if place + 1 < len(spans):
            next_start, next_end = spans[place + 1]
            if _PAIR.fullmatch(source, end, next_start):
                text = _pair(first, source[next_start:next_end])
                choices.append(TermChoice(start, next_end, text))
    return choices


def chosen_by(choices: Sequence[TermChoice], linked: Sequence[Span]) -> int | None:
    """Return which of ``choices`` has most of the ``linked`` words of the source, and least besides; None for none."""

    def shared(choice: TermChoice) -> tuple[int, int]:
        letters = sum(max(0, min(choice.end, span.end) - max(choice.start, span.start)) for span in linked)
        return letters, choice.start - choice.end

    best = max(range(len(choices)), key=lambda place: shared(choices[place]), default=None)
    return best if best is not None and shared(choices[best])[0] else None


def likeliest(choices: Sequence[TermChoice], segment: Segment, text: str, start: int, end: int) -> int | None:
    """Return which of ``choices`` most likely is ``text[start:end]`` in the Arabic; None when there is no choice.

    As many English words as are asked for make a word or a pair.
    """
    count = 2 if len(text[start:end].split()) > 1 else 1
    places = [place for place, choice in enumerate(choices) if _count(choice, segment.source) == count]
    places = places or list(range(len(choices)))
    if not places:
        return None
    wanted = _place_in_source(segment, text, (start + end) / 2)
    return min(places, key=lambda place: abs((choices[place].start + choices[place].end) / 2 - wanted))


def _place_in_source(segment: Segment, text: str, place: float) -> float:
    """Return where in the source stands what is at ``place`` of its translation ``text``."""
    draft = segment.draft
    if draft is not None and draft.text == text:
        begin = 0
        for piece in draft.pieces:
            found = text.find(piece.text, begin)
            begin = max(found, begin)
            if piece.text and begin <= place <= begin + len(piece.text):
                return piece.start + (piece.end - piece.start) * (place - begin) / len(piece.text)
            begin += len(piece.text)
    return len(segment.source) * place / max(len(text), 1)


def _may_be_term(source: str, span: tuple[int, int], matches: Sequence[Match]) -> bool:
    start, end = span
    word = source[start:end]
    if not is_arabic(word) or len(word) < 3 or strip_marks(word) in _function_words():
        return False
    return not any(match.start < end and start < match.end for match in matches)


@lru_cache(1)
def _function_words() -> frozenset[str]:
    return frozenset(_FUNCTION_WORDS.split())


def _without_article(word: str) -> str:
    return _BEFORE_ARTICLE.sub("", word)


def _pair(first: str, second: str) -> str:
    """Return two words as a term: where both have the article, an adjective follows its noun."""
    bare = _without_article(first)
    return f"{bare} {second if bare == first else _without_article(second)}"


def _count(choice: TermChoice, source: str) -> int:
    return len(words(source[choice.start : choice.end]))
