"""Classes of common words, from ``data/word_classes.txt``: what is no part of a term, and what stands before what."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from importlib.resources import files

from glossary.spelling import key


@lru_cache(1)
def _classes() -> Mapping[str, frozenset[str]]:
    classes: dict[str, list[str]] = {}
    name = ""
    for line in files("glossary").joinpath("data", "word_classes.txt").read_text(encoding="utf-8").splitlines():
        if line.startswith("["):
            name = line.strip("[]")
        elif not line.startswith("#"):
            classes.setdefault(name, []).extend(key(word) for word in line.split())
    return {name: frozenset(keys) for name, keys in classes.items()}


def function_words() -> frozenset[str]:
    """Return the keys of the Arabic words that are no part of a term."""
    return _classes()["function"]


def prepositions() -> frozenset[str]:
    """Return the keys of words that stand before nouns only."""
    return _classes()["preposition"]


def before_verbs() -> frozenset[str]:
    """Return the keys of words that mostly stand before verbs."""
    return _classes()["before-verb"]


def before_names() -> frozenset[str]:
    """Return the keys of words that stand before names, or begin them."""
    return _classes()["before-name"]


def english_function_words() -> frozenset[str]:
    """Return the English words, in lower case, that neither begin nor end a term."""
    return _classes()["english"]
