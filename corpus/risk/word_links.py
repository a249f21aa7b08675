"""Which stems of the two languages go together, and how often: counted in pairs of sentences, kept as classes.

A word of a draft that nothing in the source explains, and one of the source that nothing in the draft renders, are
evidence that the draft is wrong or free. This is a table of counts, looked up word by word; no model is run.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

LEAST = 0.01
"""The probability below which two words are not said to go together."""

LAST_CLASS = 9
"""Class ``n`` stands for a probability of 2**-n; the last one for all smaller ones."""


@dataclass(frozen=True, slots=True)
class WordLinks:
    """For each stem of the target the sources that it renders, ``rendering``; for each of the source ``rendered``.

    The numbers are probabilities: of this target stem for that source stem, and the other way round.
    """

    rendering: Mapping[str, Mapping[str, float]]
    rendered: Mapping[str, Mapping[str, float]]

    @classmethod
    def of(cls, links: Iterable[tuple[str, str, float, float]]) -> WordLinks:
        """Return the table of links: source stem, target stem, P(target | source), P(source | target)."""
        rendering: dict[str, dict[str, float]] = {}
        rendered: dict[str, dict[str, float]] = {}
        for source, target, forward, backward in links:
            rendering.setdefault(target, {})[source] = forward
            rendered.setdefault(source, {})[target] = backward
        return cls(rendering, rendered)


@lru_cache(1)
def known_links() -> WordLinks:
    """Return the table that comes with Tarjama: ``corpus/data/word_links.tsv``."""
    text = files("corpus").joinpath("data", "word_links.tsv").read_text(encoding="utf-8")
    return WordLinks.of(
        (source, link[:-2], 0.5 ** int(link[-2]), 0.5 ** int(link[-1]))
        for source, _, links in (line.partition("\t") for line in text.splitlines() if not line.startswith("#"))
        for link in links.split(" ")
    )
