"""What is measured of a draft beside its source: numbers that say something of how much work it will need.

Sentence by sentence, and without a model: counts, what the engine tells, and two tables (numbers, linked words).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import log

from corpus.arabic import fold, is_arabic, word_texts
from corpus.checks.numbers import check_numbers
from corpus.model import Piece
from corpus.risk.linking import link_words
from corpus.risk.word_links import WordLinks, known_links

FEATURES = (
    "score",
    "attention",
    "capped",
    "copied",
    "arabic",
    "repeats",
    "numbers",
    "length",
    "unlike-length",
    "unexplained",
    "unrendered",
    "order",
    "commas",
    "quotes",
    "brackets",
    "same-words",
    "short-words",
)
"""The names of the features, in the order of ``Sentence.values``. Each is made so that more of it is worse.

``score`` is minus the mean log-probability, ``attention`` the share of the source that was hardly looked at: both are
None where the engine does not tell. ``numbers`` counts those lost or added, ``length`` is the log of the ratio in words
and ``unlike-length`` how far the one in characters is outside of the usual. ``unexplained`` and ``unrendered`` are
minus the mean log-probability of the draft's words given the source's, and the other way round; ``order`` how far
linked words stand from where they stood; ``commas`` and ``quotes`` tell marks that differ, ``brackets`` how many the
source has; ``same-words`` the share of words said before, ``short-words`` minus the mean length.
"""

_DIGIT = re.compile(r"\d")
_COMMAS = re.compile("[,،;؛]")
_QUOTES = re.compile('["«»“”]')
_BRACKETS = re.compile(r"[()\[\]\"«»]")
# Characters of English for one of Arabic, as a log: nineteen in twenty translations by humans (NTREX, FLORES, TICO-19)
# are within the margin.
_USUAL_RATIO, _RATIO_MARGIN = 0.1, 0.35
_FEWEST_WORDS = 4


@dataclass(frozen=True, slots=True)
class Measured:
    """The features of a draft, in the order of ``FEATURES``; None for what is not known."""

    values: tuple[float | None, ...]

    def __getitem__(self, name: str) -> float | None:
        return self.values[FEATURES.index(name)]


def measure(
    source: str,
    target: str,
    *,
    score: float | None = None,
    attention: float | None = None,
    capped: bool = False,
    links: WordLinks | None = None,
) -> Measured:
    """Measure the draft ``target`` of the sentence ``source``.

    ``score`` is the engine's mean log-probability for a token; ``attention`` the share, 0 to 1, of the source's tokens
    that the decoder attended to; ``capped`` tells that the draft was cut at the longest length allowed.
    """
    links = links or known_links()
    here, there = word_texts(fold(source)), word_texts(fold(target))
    linked = link_words(links, here, there, target)
    many, few = len(there) or 1, len(here) or 1
    return Measured(
        (
            None if score is None else -score,
            None if attention is None else 1 - attention,
            float(capped),
            float(_is_copied(here, there)),
            float(is_arabic(target)),
            repeated_share(there),
            _numbers_apart(source, target),
            log((many + 1) / (few + 1)),
            max(0.0, abs(log((len(target) + 5) / (len(source) + 5)) - _USUAL_RATIO) - _RATIO_MARGIN),
            linked.unexplained,
            linked.unrendered,
            linked.order,
            abs(len(_COMMAS.findall(source)) - len(_COMMAS.findall(target))) / few,
            float(min(2, abs(len(_QUOTES.findall(source)) - len(_QUOTES.findall(target))))),
            len(_BRACKETS.findall(source)) / few,
            1 - len(set(there)) / many,
            -sum(map(len, there)) / many,
        )
    )


def together(parts: Sequence[tuple[Measured, int]]) -> Measured:
    """Return the features of sentences as one text: means, each sentence weighing as many as its source's characters.

    What is known of no sentence is not known of the text.
    """
    return Measured(
        tuple(_mean((one.values[place], weight) for one, weight in parts) for place in range(len(FEATURES)))
    )


def measure_pieces(
    source: str, text: str, pieces: Sequence[Piece], *, capped: bool = False, attention: Sequence[float | None] = ()
) -> tuple[Measured, ...]:
    """Measure each sentence of a draft; one without pieces is measured as a whole.

    ``attention`` has a share for each piece, or nothing; ``capped`` is known of the draft only, and counts for the
    longest sentence.
    """
    if not pieces:
        return (measure(source, text, capped=capped),)
    longest = max(pieces, key=lambda piece: len(piece.text))
    shares = attention if len(attention) == len(pieces) else (None,) * len(pieces)
    return tuple(
        measure(
            source[piece.start : piece.end],
            piece.text,
            score=piece.score,
            attention=share,
            capped=capped and piece is longest,
        )
        for piece, share in zip(pieces, shares, strict=True)
    )


def repeated_share(words: Sequence[str]) -> float:
    """Return the share of a text's three-word sequences that stood in it before, 0 to 1; one word four times is 1."""
    if len(words) < _FEWEST_WORDS:
        return 0.0
    ngrams = list(zip(words, words[1:], words[2:], strict=False))
    return 1 - len(set(ngrams)) / len(ngrams)


def _mean(values: Iterable[tuple[float | None, int]]) -> float | None:
    known = [(value, weight or 1) for value, weight in values if value is not None]
    total = sum(weight for _, weight in known)
    return sum(value * weight for value, weight in known) / total if total else None


def _is_copied(here: Sequence[str], there: Sequence[str]) -> bool:
    """Tell whether most words of the source stand in the draft as they were, and are no numbers or Latin names."""
    arabic = {word for word in here if is_arabic(word)}
    return len(arabic & set(there)) * 2 > len(arabic) > 0


def _numbers_apart(source: str, target: str) -> float:
    if not (_DIGIT.search(source) or _DIGIT.search(target)):
        return 0.0  # most sentences: words for numbers are looked at only where there are digits
    return float(min(2, sum(1 for _ in check_numbers(source, target))))
