"""Whether a translation says a term by a relative: “infected” for infection, “Europe’s” for European, U.S. in initials.

These are no forms of the term, so they do not satisfy the glossary; but a translator who uses one usually has a reason.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import takewhile

from glossary.english.finder import term_words
from glossary.english.words import Word, folded, spelled, words

# Of the longer word: immune and immunity share 0.62, Britain and British 0.57, product and process 0.43.
_SHARED = 0.55
_SHORTEST = 4


def relative(term: str, text: str) -> tuple[int, int] | None:
    """Return (start, end) of what ``text`` has in place of ``term``; None when it has nothing of that family.

    That is its initials, or the first of the words that are of the family of its words, when each has one.
    """
    wanted = term_words(term)
    present = words(text)
    found = _initials(wanted, present) or _relatives(wanted, present)
    return (found.start, found.end) if found else None


def _initials(wanted: Sequence[Word], present: Sequence[Word]) -> Word | None:
    if len(wanted) < 2:
        return None
    long = [word for word in wanted if len(word.letters) >= _SHORTEST]
    spellings = {"".join(word.letters[0].upper() for word in some) for some in (wanted, long) if len(some) > 1}
    return next((word for word in present if word.letters.replace(".", "") in spellings), None)


def _relatives(wanted: Sequence[Word], present: Sequence[Word]) -> Word | None:
    keys = [(word, spelled(folded(word.letters))) for word in present]
    found = []
    for word in wanted:
        key = spelled(folded(word.letters))
        related = next((other for other, its_key in keys if _are_related(key, its_key)), None)
        if related is None:
            return None
        found.append(related)
    return min(found, key=lambda word: word.start, default=None)


def _are_related(one: str, other: str) -> bool:
    shared = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False)))
    return one == other or shared >= max(_SHORTEST, _SHARED * max(len(one), len(other)))
