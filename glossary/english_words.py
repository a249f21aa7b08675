"""The words of English text, and keys that are equal for a word's singular, plural and possessive.

The key is light: it takes off endings and knows no irregular plural, and it is for counting, not for showing.
"""

from __future__ import annotations

import re

_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
_SHORTEST_PLURAL = 4


def english_words(text: str) -> list[str]:
    """Return the words of ``text`` in order, as they are written; a hyphen parts words, an apostrophe does not."""
    return _WORD.findall(text)


def english_key(word: str) -> str:
    """Return the key of a word: case, possessive and the endings of a regular plural make no difference."""
    word = re.sub(r"['’]s?$", "", word.casefold())
    if len(word) < _SHORTEST_PLURAL or word.endswith(("ss", "us", "is")) or not word.endswith("s"):
        return word
    if word.endswith("ies"):
        return word[:-3] + "y"
    return word[:-2] if word.endswith(("ches", "shes", "xes", "sses")) else word[:-1]


def english_term_key(text: str) -> str:
    """Return the keys of the words of ``text`` with a space between them."""
    return " ".join(english_key(word) for word in english_words(text))
