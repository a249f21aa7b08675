"""Say how Arabic text is spelled before it is cut into words: the rules of the package's SentencePiece model."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

_VOWELS = "\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06ed"
_INVISIBLE = "\u00ad\u0640\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff"
_REMOVED = re.compile(f"[{_VOWELS}{_INVISIBLE}]")
_SPACES = "\t\n\r\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000"
_APART = '،؛؟!?;()[]{}«»“”„‟‘’‹›"|–—―…'
_JOINED_BEFORE_DIGIT = ".,:"
_ARABIC_LETTERS = [chr(code) for code in range(0x0621, 0x064B) if unicodedata.category(chr(code)) == "Lo"]
_DIGITS = "0123456789"
_LATIN = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
_PRESENTATION_FORMS = range(0xFB50, 0xFEFD)


def bare(text: str) -> str:
    """Return `text` without short vowels, stretching and invisible marks, as the model sees it."""
    return _REMOVED.sub("", text)


def normalization_rules() -> str:
    """Return the rules in SentencePiece's form: hexadecimal code points, tab, their replacement, one per line.

    The longest rule wins. Punctuation gets a space on both sides, except inside a number, a time or an address;
    letters of names, hamzas and the underscore stay as they are, so that an unknown word is copied as written.
    """
    rules = {source: target for source, target in _rules().items() if source != target}
    return "".join(f"{_hex(source)}\t{_hex(target)}\n" for source, target in sorted(rules.items()))


def kept_together() -> list[str]:
    """Return what no rule may change though its parts have rules: the point in 3.5, the dot in a web address.

    SentencePiece refuses a rule that changes nothing; its user-defined symbols are exempt from all rules instead.
    """
    return sorted(source for source, target in _rules().items() if source == target)


def _rules() -> dict[str, str]:
    rules: dict[str, str] = {}
    for source, target in _pairs():
        rules.setdefault(source, target)
    return rules


def _pairs() -> Iterator[tuple[str, str]]:
    for mark in _members(_VOWELS + _INVISIBLE):
        yield mark, ""
    for space in _members(_SPACES):
        yield space, " "
    for digit in _DIGITS:
        yield chr(0x0660 + int(digit)), digit
        yield chr(0x06F0 + int(digit)), digit
    yield from (("٪", "%"), ("٫", "."), ("٬", ","))
    yield from _punctuation()
    for code in _PRESENTATION_FORMS:
        plain = bare(unicodedata.normalize("NFKC", chr(code)))
        if plain != chr(code) and unicodedata.category(chr(code)) != "Cn":
            yield chr(code), plain


def _punctuation() -> Iterator[tuple[str, str]]:
    for mark in _APART + _JOINED_BEFORE_DIGIT:
        yield mark, f" {mark} "
    yield "...", " … "
    yield "://", "://"
    for mark in _JOINED_BEFORE_DIGIT:
        for digit in _DIGITS:
            yield mark + digit, mark + digit
    for letter in _LATIN:
        yield f".{letter}", f".{letter}"
    for letter in _ARABIC_LETTERS:
        yield f"/{letter}", f" / {letter}"
    # A hyphen inside a word stays; one beside a space is a dash.
    yield " -", " - "
    yield "- ", " - "


def _members(ranges: str) -> Iterator[str]:
    index = 0
    while index < len(ranges):
        if ranges[index + 1 : index + 2] == "-":
            yield from (chr(code) for code in range(ord(ranges[index]), ord(ranges[index + 2]) + 1))
            index += 3
        else:
            yield ranges[index]
            index += 1


def _hex(text: str) -> str:
    return " ".join(f"{ord(character):X}" for character in text)
