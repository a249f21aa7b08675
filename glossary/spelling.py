"""Spellings: the key under which a word is looked up, equal for spellings of one word and different for other words.

It folds less than ``corpus.arabic.fold``: ta marbuta is no ha, and a seat of hamza no waw or ya, since otherwise وحدة
would be found in وحده (he alone), and رئة (lung) in برية.
"""

from __future__ import annotations

from collections.abc import Sequence

from corpus.arabic import FOLDING, word_texts

ARTICLE = "ال"
# Below three letters what is left without the article is another word: الله is not ال + له.
_SHORTEST_BARE = 3

_BELOW = "إ"
_APART = {"ة": "ة", "ؤ": "ء", "ئ": "ء", "ء": "ء", _BELOW: _BELOW}
_LETTERS = {
    **{code: "".join(_APART.get(letter, letter) for letter in folded) for code, folded in FOLDING.items()},
    **{ord(letter): kept for letter, kept in _APART.items()},
}


def letters(word: str) -> str:
    """Return the letters of a word: no marks, tatweel or presentation forms, one alef, one ya, one seat of hamza.

    Only إ is kept apart: a word that begins with it is no broken plural (إحداث is not أحداث).
    """
    return word.translate(_LETTERS).casefold()


def without_seat(word: str) -> str:
    """Return letters as a key: every alef alike."""
    return word.replace(_BELOW, "ا")


def key(word: str) -> str:
    """Return the key of a word."""
    return without_seat(letters(word))


def bare_key(word: str) -> str:
    """Return the key of the letters of a word without its article; إلكتروني has none, whatever its alef."""
    rest = word.removeprefix(ARTICLE)
    return without_seat(rest if len(rest) >= _SHORTEST_BARE else word)


def term_key(term: str) -> str:
    """Return the keys of the words of an Arabic term, without articles, with a space between them."""
    folded = letters(term)
    return " ".join([bare_key(word) for word in word_texts(folded)])


def matching_keys(term: str, forms: Sequence[str] = ()) -> str:
    """Return what an Arabic term and its further forms are found by, one ``term_key`` a line.

    Glossary files hold it: when what a key is changes, a migration must make them anew.
    """
    if not forms:  # as most terms
        return term_key(term)
    keys = map(term_key, (term, *forms))
    return "\n".join(dict.fromkeys(key for key in keys if key))
