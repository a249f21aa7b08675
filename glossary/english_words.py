"""The words of English text, and keys that are equal for a word's singular, plural and possessive.

The key is light: it takes off endings and knows no irregular plural, and it is for counting, not for showing.
"""

from __future__ import annotations

import re

_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
_SHORTEST_PLURAL = 4

FUNCTION_WORDS = frozenset(
    "a an the of in on at to for from by with about into over under and or but nor so if as than that this these those it"
    " its he she they them his her their we our you your i my me him us is are was were be been being has have had do does"
    " did will would shall should can could may might must not no there which who whom whose what when where why how also"
    " all any each both some more most other such only own same too very said says say after before during between out up"
    " down off again then once here".split()
)


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
