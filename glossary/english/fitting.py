"""Whether words of a text that have the letters of a term are that term: case, what stands between them, verb forms."""

from __future__ import annotations

import re
from collections.abc import Sequence
from enum import IntEnum
from itertools import pairwise
from typing import NamedTuple

from glossary.english.inflection import Form, is_plural, term_keys
from glossary.english.words import APOSTROPHES, HYPHENS, Word, folded, spelled
from glossary.model import TermEntry


class Inflection(IntEnum):
    """How a text differs from the term as it is stored, the surest first."""

    SAME = 0
    PLURAL = 1
    """A plural, or the third person of a verb, of a term stored without."""
    SINGULAR = 2
    VERB = 3


class Taken(NamedTuple):
    """A word of the text that a term was found in: its number, the key it was read as, and its form."""

    at: int
    key: str
    form: Form


_BETWEEN = re.compile(rf"[{APOSTROPHES}]?s?(?:\s+|\s?[{HYPHENS}]\s?)")
_ABBREVIATED = frozenset(
    ("st", "dr", "mr", "mrs", "ms", "mt", "gen", "col", "lt", "maj", "sgt", "capt", "prof", "sen", "gov", "rep", "no")
)
# Words that are no halves of one: “the rapist” is no therapist.
_SMALL = frozenset(
    (
        "the",
        "and",
        "for",
        "not",
        "but",
        "her",
        "his",
        "him",
        "its",
        "all",
        "any",
        "has",
        "had",
        "was",
        "are",
        "our",
        "she",
        "you",
        "who",
    )
)
_SHORTEST_HALF = 3
_SYMBOLS = re.compile(r"[+#%$€£°]+")
_SENTENCE_START = re.compile(r"(?:^|[.!?:…]|\n)[\s\"'“”‘’«(\[]*$")


def fit(
    text: str, spans: Sequence[Word], taken: Sequence[Taken], entry: TermEntry, term: Sequence[Word], written: str
) -> tuple[int, int, Inflection] | None:
    """Return (start, end, inflection) where the words ``taken`` of a text are the term; None when they are not."""
    found = [spans[one.at] for one in taken]
    if not (
        _verb_may_be(taken, entry, term)
        and _together(text, spans, taken, term, written)
        and _halves_may_be(text, spans, taken, term)
        and _case_fits(text, found, entry, term)
    ):
        return None
    start, end = found[0].start, found[-1].end
    if term[-1].possessive and found[-1].possessive:
        end += 2
    before, after = _symbols(written[: term[0].start]), _symbols(written[term[-1].end :])
    if not (text[:start].endswith(before) and text.startswith(after, end)):
        return None
    return start - len(before), end + len(after), _inflection(found, taken, term)


def begins_sentence(text: str, at: int) -> bool:
    """Tell whether what stands in ``text`` at the offset ``at`` is the first of a sentence."""
    return bool(_SENTENCE_START.search(text[:at]))


def _verb_may_be(taken: Sequence[Taken], entry: TermEntry, term: Sequence[Word]) -> bool:
    """Tell whether only the first word is in the form of a verb, and the term may be one."""
    if all(one.form is not Form.VERB for one in taken):
        return True
    may_be_verb = entry.pos.strip().lower()[:1] in {"", "v"} and term[0].letters[:1].islower()
    return may_be_verb and all(one.form is not Form.VERB for one in taken[1:])


def _together(text: str, spans: Sequence[Word], taken: Sequence[Taken], term: Sequence[Word], written: str) -> bool:
    """Tell whether nothing but spaces, hyphens and what the term itself has there stands between the words."""
    for number, (one, following) in enumerate(pairwise(taken)):
        if all(_plain_gap(text, spans, at) for at in range(one.at, following.at)):
            continue
        if len(taken) != len(term):
            return False
        gap = text[spans[one.at].end : spans[following.at].start]
        if gap.split() != written[term[number].end : term[number + 1].start].split():
            return False
    return True


def _plain_gap(text: str, spans: Sequence[Word], at: int) -> bool:
    word, gap = spans[at], text[spans[at].end : spans[at + 1].start]
    if gap.startswith(".") and ("." in word.letters or word.letters.lower() in _ABBREVIATED):
        gap = gap[1:]
    return bool(_BETWEEN.fullmatch(gap))


def _halves_may_be(text: str, spans: Sequence[Word], taken: Sequence[Taken], term: Sequence[Word]) -> bool:
    """Tell whether words that the term writes as one stand with a hyphen, or are long enough to be halves of it."""
    if len(taken) <= len(term):
        return True
    own = {key for word in term for key in (*term_keys(folded(word.letters)), spelled(folded(word.letters)))}
    for one in taken:
        if one.key in own:
            continue
        word = spans[one.at]
        around = text[max(word.start - 1, 0) : word.start] + text[word.end : word.end + 1]
        is_small = len(word.letters) < _SHORTEST_HALF or word.letters.lower() in _SMALL
        if is_small and not any(char in HYPHENS for char in around):
            return False
    return True


def _case_fits(text: str, found: Sequence[Word], entry: TermEntry, term: Sequence[Word]) -> bool:
    ours, theirs = [word.letters for word in term], [word.letters for word in found]
    if len(ours) != len(theirs):
        ours, theirs = ["".join(ours)], ["".join(theirs)]
    if entry.case_sensitive and ours[0][:1].islower() and begins_sentence(text, found[0].start):
        theirs[0] = theirs[0][:1].lower() + theirs[0][1:]
    fits = _same_case if entry.case_sensitive else _abbreviation_fits
    return all(fits(our.replace(".", ""), their.replace(".", "")) for our, their in zip(ours, theirs, strict=True))


def _same_case(ours: str, theirs: str) -> bool:
    """Tell whether the letters both have are in the same case; what an inflection adds or changes does not count."""
    for our, their in zip(ours, theirs, strict=False):
        if our.casefold() != their.casefold():
            return True
        if our != their:
            return False
    return True


def _abbreviation_fits(ours: str, theirs: str) -> bool:
    """Tell whether a short abbreviation stands as one: WHO is not who, nor AIDS aids; Nato is NATO."""
    if not (ours.isupper() and ours.isalpha() and 2 <= len(ours) <= 4):
        return True
    head = theirs[: len(ours)]
    return head == ours if len(ours) < 4 else not head.islower()


def _symbols(edge: str) -> str:
    """Return the symbols at the edge of a term without which it is another: C++ is not C."""
    match = _SYMBOLS.search(edge)
    return match.group() if match else ""


def _inflection(found: Sequence[Word], taken: Sequence[Taken], term: Sequence[Word]) -> Inflection:
    if any(one.form is Form.VERB for one in taken):
        return Inflection.VERB
    plurals = [is_plural(folded(word.letters)) for word in term]
    if len(found) != len(term):
        is_s = any(one.form is Form.S for one in taken)
        return Inflection.SAME if is_s == any(plurals) else Inflection.PLURAL if is_s else Inflection.SINGULAR
    for ours, was_plural, word, one in zip(term, plurals, found, taken, strict=True):
        if spelled(folded(ours.letters)) == spelled(folded(word.letters)):
            continue
        if one.form is Form.S and not was_plural:
            return Inflection.PLURAL
        if one.form is Form.BASE and was_plural:
            return Inflection.SINGULAR
    return Inflection.SAME
