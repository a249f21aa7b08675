"""Tell quickly which texts cannot have a term, so that the few that may have it are all that is analyzed.

Whatever form Arabic gives a word, its strong letters stay, in their order: endings, pronouns and the patterns of broken
plurals add and change only weak ones. The exceptions are plurals of another root, which stand in the list of plurals.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import lru_cache

from corpus.arabic import FOLDING, is_arabic, words
from glossary.analysis import readings
from glossary.plurals import listed_plural_keys
from glossary.spelling import letters, term_key

# What an ending, a plural or a spelling may put into a key, take out of it or change in it.
_WEAK = frozenset("اويىةءإ")
# One may stand for several letters.
_PRESENTATION_FORM = "[\ufb50-\ufdff\ufe70-\ufeff]"


class Sieve:
    """Texts that may have one of some Arabic terms pass; those that cannot do not.

    It remembers the words it has analyzed: make one for each search.
    """

    def __init__(self, terms: Iterable[str]) -> None:
        keys = (term_key(term).split(" ")[0] for term in terms)
        self._keys = frozenset(key for key in keys if key)
        shapes = sorted({_strong(word) for key in self._keys for word in (key, *listed_plural_keys(key))})
        strong_letters = "|".join(r"[\w'’]*".join(map(re.escape, shape)) for shape in shapes)
        self._candidates = re.compile(strong_letters if shapes else r"(?!)")
        self._as_written = re.compile("|".join([_PRESENTATION_FORM, *map(_as_written, shapes)]))
        self._known: dict[str, bool] = {}

    def passes(self, text: str) -> bool:
        """Tell whether a word of ``text`` may be the first of a term."""
        if self._as_written.search(text) is None:  # most texts end here, before they are folded, which takes longer
            return False
        folded = letters(text)
        return any(self._may_begin(folded[start:end]) for start, end in words(folded))

    def _may_begin(self, word: str) -> bool:
        passes = self._known.get(word)
        if passes is None:
            passes = self._known[word] = self._candidates.search(word) is not None and any(
                key in self._keys for key in readings(word)
            )
        return passes


def _strong(key: str) -> str:
    return "".join(letter for letter in key if letter not in _WEAK)


def _as_written(strong: str) -> str:
    """Return a pattern for texts that may have these letters in a word, however they are written."""
    if not all(map(is_arabic, strong)):  # Latin letters have cases, digits other shapes
        return ""  # every text
    return r"\S*".join(f"[{''.join(_spellings().get(letter, ()))}{re.escape(letter)}]" for letter in strong)


@lru_cache(1)
def _spellings() -> Mapping[str, list[str]]:
    """Return the characters that are folded to each letter."""
    spellings: dict[str, list[str]] = {}
    for code in FOLDING:
        spellings.setdefault(letters(chr(code)), []).append(re.escape(chr(code)))
    return spellings
