"""Which words of a sentence and of its translation belong together, told from what is known of words alone.

Only what is sure by itself is linked: numbers, names that sound alike, words of the lexicon. An engine that can be made
to say the translation knows better (``workbench.engines.protocol.Aligns``).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from corpus.alignment.items import Features, Sentence, source_features, target_features
from corpus.alignment.lexicon import known_words
from corpus.arabic import words
from corpus.segmentation import Span

# Comparing each word with each takes time that grows with the square of their number.
_MOST_WORDS = 300


class WordLink(NamedTuple):
    """A word of the source and one of its translation that say the same: places in code points."""

    source: Span
    target: Span


WordLinker = Callable[[str, str], Sequence[WordLink]]
"""What finds the links between a sentence and its translation."""


def link_words(source: str, target: str) -> list[WordLink]:
    """Return the links between words that surely belong together, in the order of the translation.

    Of several that could be meant, the one at about the same place of its sentence is taken.
    """
    return sorted(_links(source, target), key=lambda link: (link.target.start, link.source.start))


def _links(source: str, target: str) -> Iterator[WordLink]:
    lexicon = known_words()
    here = [Span(*span) for span in words(source)][:_MOST_WORDS]
    there = [Span(*span) for span in words(target)][:_MOST_WORDS]
    known_here = [source_features(Sentence.of(source[span.start : span.end]), lexicon.forward) for span in here]
    known_there = [target_features(Sentence.of(target[span.start : span.end]), lexicon.backward) for span in there]
    taken: set[int] = set()
    for number, features in enumerate(known_there):
        wanted = number / len(there) * len(here)
        fitting = [place for place, other in enumerate(known_here) if place not in taken and _fit(other, features)]
        if fitting:
            place = min(fitting, key=lambda place: abs(place - wanted))
            taken.add(place)
            yield WordLink(here[place], there[number])


def _fit(source: Features, target: Features) -> bool:
    return bool(target.items & source.explains or source.items & target.explains)


def placed(links: Sequence[WordLink], source: int, target: int) -> list[WordLink]:
    """Return links of a piece as links of the whole that it stands in, at ``source`` and ``target``."""
    return [
        WordLink(
            Span(link.source.start + source, link.source.end + source),
            Span(link.target.start + target, link.target.end + target),
        )
        for link in links
    ]
