"""Whether a translation says a term in another part of speech: “infected” for infection, “Europe’s” for European.

No inflection, so it does not satisfy the glossary; but a translator who does this usually has a reason.
"""

from __future__ import annotations

from itertools import takewhile

from glossary.english.finder import term_words
from glossary.english.words import Word, folded, spelled, words

# Of the longer word: immune and immunity share 0.62, Britain and British 0.57, product and process 0.43.
_SHARED = 0.55
_SHORTEST = 4


def relatives(term: str, text: str) -> tuple[int, int] | None:
    """Return (start, end) of the first word of ``text`` that is of the family of one of ``term``.

    None when some word of the term has no relative in the text.
    """
    wanted = [spelled(folded(word.letters)) for word in term_words(term)]
    present = [(word, spelled(folded(word.letters))) for word in words(text)]
    found: list[Word] = []
    for one in wanted:
        relative = next((word for word, other in present if _are_related(one, other)), None)
        if relative is None:
            return None
        found.append(relative)
    first = min(found, key=lambda word: word.start, default=None)
    return (first.start, first.end) if first else None


def _are_related(one: str, other: str) -> bool:
    shared = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False)))
    return one == other or shared >= max(_SHORTEST, _SHARED * max(len(one), len(other)))
