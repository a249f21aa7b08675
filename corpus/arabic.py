"""Arabic text primitives: keys that ignore what Arabic writers vary, and words with their places.

Stored text is never folded; only keys are. What is folded: presentation forms, harakat, tatweel and invisible controls,
the forms of alef and hamza, alef maqsura and ya, ta marbuta and ha, Arabic-Indic digits.
"""

from __future__ import annotations

import re
import unicodedata

_MARKS = [*range(0x064B, 0x0660), 0x0670, *range(0x06D6, 0x06DD), *range(0x06DF, 0x06E5), 0x06E7, 0x06E8]
_MARKS += [*range(0x06EA, 0x06EE), *range(0x0610, 0x061B), *range(0x08D3, 0x0900)]
_TATWEEL = 0x0640
_INVISIBLE = [0x00AD, 0x061C, *range(0x200B, 0x2010), *range(0x202A, 0x202F), *range(0x2060, 0x206A), 0xFEFF]

_DROPPED = dict.fromkeys((*_MARKS, _TATWEEL, *_INVISIBLE), "")
_UNIFIED = {
    **dict.fromkeys(map(ord, "أإآٱ"), "ا"),
    ord("ى"): "ي",
    ord("ی"): "ي",
    ord("ئ"): "ي",
    ord("ؤ"): "و",
    ord("ة"): "ه",
    ord("ک"): "ك",
    **{0x0660 + digit: str(digit) for digit in range(10)},
    **{0x06F0 + digit: str(digit) for digit in range(10)},
}
_PRESENTATION = {
    code: unicodedata.normalize("NFKC", chr(code))
    for code in (*range(0xFB50, 0xFE00), *range(0xFE70, 0xFF00))
    if unicodedata.normalize("NFKC", chr(code)) != chr(code)
}
FOLDING: dict[int, str] = {
    **{code: text.translate({**_DROPPED, **_UNIFIED}).strip() for code, text in _PRESENTATION.items()},
    **_DROPPED,
    **_UNIFIED,
}

"""What ``fold`` puts in place of each code point, but for case."""

# A word keeps the marks, tatweel and joiners inside it; apostrophes and underscores stay inside Latin words.
_WORD = re.compile(r"[^\W_](?:[\w\u0640\u064b-\u065f\u0670\u06d6-\u06ed\u200c-\u200f'’]*[\w\u064b-\u065f\u0670])?")
_ARABIC_LETTER = re.compile(r"[\u0621-\u063a\u0641-\u064a\u0671-\u06d3\ufb50-\ufdff\ufe70-\ufefc]")


# Most texts have nothing that is folded but these letters, and some marks: replacing a letter everywhere is quick.
_FREQUENT = (("أ", "ا"), ("إ", "ا"), ("آ", "ا"), ("ى", "ي"), ("ئ", "ي"), ("ؤ", "و"), ("ة", "ه"))
_MARK = re.compile(f"[{''.join(map(chr, (*_MARKS, _TATWEEL)))}]")
_RARE_CODES = FOLDING.keys() - {*_MARKS, _TATWEEL} - {ord(letter) for letter, _ in _FREQUENT}
_RARE = re.compile(f"[{''.join(map(chr, _RARE_CODES))}]")
_SHORT = 24  # a word, say: then it takes longer
_MARK_OR_RARE = re.compile(f"{_MARK.pattern[:-1]}{_RARE.pattern[1:]}")


def fold(text: str) -> str:
    """Return the key of ``text``: equal for texts that differ only in what Arabic writers vary, and in case."""
    if text.isascii():  # nothing to fold but case, and half of all terms
        return text.lower()
    if len(text) < _SHORT:
        return text.translate(FOLDING).casefold()
    if _MARK_OR_RARE.search(text):
        text = _MARK.sub("", text)
        if _RARE.search(text):
            return text.translate(FOLDING).casefold()
    for letter, plain in _FREQUENT:
        text = text.replace(letter, plain)
    return text.casefold()


def fold_with_offsets(text: str) -> tuple[str, tuple[int, ...]]:
    """Return ``fold(text)`` and, for each of its characters, the offset of the character it came from."""
    folded: list[str] = []
    offsets: list[int] = []
    for offset, character in enumerate(text):
        key = fold(character)
        folded.append(key)
        offsets += [offset] * len(key)
    return "".join(folded), tuple(offsets)


def strip_marks(text: str) -> str:
    """Return ``text`` without harakat, tatweel and invisible controls; letters stay as they were written."""
    return text.translate(_DROPPED)


def words(text: str) -> list[tuple[int, int]]:
    """Return the (start, end) offsets of the words of ``text``, marks and tatweel included."""
    return [match.span() for match in _WORD.finditer(text)]


def word_texts(text: str) -> list[str]:
    """Return the words of ``text``, marks and tatweel included; see ``words``."""
    return _WORD.findall(text)


def is_arabic(text: str) -> bool:
    """Tell whether ``text`` has an Arabic letter."""
    return _ARABIC_LETTER.search(text) is not None


def arabic_share(text: str) -> float:
    """Return how many of the letters of ``text`` are Arabic, from 0 to 1; 0 when it has no letters."""
    arabic = len(_ARABIC_LETTER.findall(text))
    letters = arabic + sum(1 for character in text if character.isalpha() and not _ARABIC_LETTER.match(character))
    return arabic / letters if letters else 0.0
