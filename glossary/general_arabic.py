"""How often words occur in Arabic at large, against which the words of a corpus stand out.

The list ``data/general_arabic.txt`` is counts, in classes, of openly licensed texts named in its first lines;
``tests/benchmarks/count_arabic.py`` makes it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

# Two classes for each doubling: class 2 is twice as often as class 0, which is once in TOTAL words.
CLASSES_PER_DOUBLING = 2


@dataclass(frozen=True, slots=True)
class GeneralArabic:
    """The bases of words (see ``glossary.bases``) by how often they occur in ``total`` words of general Arabic.

    ``verbs`` are the bases that behave as verbs there.
    """

    total: int
    counts: Mapping[str, int]
    verbs: frozenset[str]


@lru_cache(1)
def general_arabic() -> GeneralArabic:
    """Return the list that comes with Tarjama."""
    return read_general_arabic(files("glossary").joinpath("data", "general_arabic.txt").read_text(encoding="utf-8"))


def read_general_arabic(text: str) -> GeneralArabic:
    """Read a list: ``total N``, then lines of a class, with ``v`` behind it for verbs, and the words in it."""
    counts: dict[str, int] = {}
    verbs: set[str] = set()
    total = 1
    for line in text.splitlines():
        head, *bases = line.split() or ["#"]
        if head == "total":
            total = int(bases[0])
        elif head != "#":
            count = round(2 ** (int(head.removesuffix("v")) / CLASSES_PER_DOUBLING))
            counts.update(dict.fromkeys(bases, count))
            if head.endswith("v"):
                verbs.update(bases)
    return GeneralArabic(total, counts, frozenset(verbs))
