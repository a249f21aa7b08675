"""Which words of a draft have something in the source that they come from, and the other way round."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import log

from corpus.alignment.items import sounds_of, stem_of
from corpus.arabic import fold
from corpus.risk.word_links import LEAST, WordLinks

_CAPITALIZED = re.compile(r"(?:[Aa]l-|[Ee]l-)?[A-Z][\w’'‘ʿʾ]+")
# A name that sounds like a word of the source is as good as one that is often rendered so.
_HEARD = 0.5
# Links weaker than that tell nothing of where a word comes from.
_SURE = 0.06
_UNMOVED = 0.1
_NOTHING: Mapping[str, float] = {}
_LOG_LEAST = log(LEAST)


@dataclass(frozen=True, slots=True)
class Linked:
    """How well the words of two sentences explain each other; see ``features.FEATURES``. More is worse."""

    unexplained: float
    unrendered: float
    order: float


def link_words(links: WordLinks, here: Sequence[str], there: Sequence[str], target: str) -> Linked:
    """Link the folded words of a source, ``here``, with those of its draft ``target``, ``there``."""
    sources = {stem_of(word): place for place, word in enumerate(here) if not word[0].isdigit()}
    targets = {stem_of(word): place for place, word in enumerate(there) if not word[0].isdigit()}
    sounding = {sounds for word in here for sounds in sounds_of(word)}
    names = _CAPITALIZED.findall(target)
    heard = {stem_of(fold(name)) for name in names if not sounding.isdisjoint(sounds_of(name))}
    explained = moved = 0.0
    moves = 0
    for stem, place in targets.items():
        chance = LEAST
        if common := (chances := links.rendering.get(stem, _NOTHING)).keys() & sources.keys():
            origin = max(common, key=chances.__getitem__)
            chance = chances[origin]
            if chance >= _SURE:
                moved += abs(place / len(there) - sources[origin] / len(here))
                moves += 1
        explained += log(max(chance, LEAST, _HEARD if stem in heard else 0.0))
    rendered = 0.0
    for stem in sources:
        common = (chances := links.rendered.get(stem, _NOTHING)).keys() & targets.keys()
        rendered += log(max(LEAST, *map(chances.__getitem__, common))) if common else _LOG_LEAST
    return Linked(
        unexplained=-explained / (len(targets) or 1),
        unrendered=-rendered / (len(sources) or 1),
        order=moved / moves if moves else _UNMOVED,
    )
