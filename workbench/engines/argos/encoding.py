"""What of a text reaches the model, and where each of its tokens stands in the text."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

# Tatweel is no letter but becomes a token of its own in the Argos vocabulary; marks of direction likewise.
_NOT_ENCODED = dict.fromkeys(
    (0x0640, 0x061C, 0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x206A), 0xFEFF), ""
)


@dataclass(frozen=True, slots=True)
class Encoded:
    """A token and its place in the text, in code points, without the space before it.

    The place is empty where the tokenizer has put in a token that stands for nothing in the text.
    """

    token: str
    start: int
    end: int


def without_marks(text: str) -> str:
    """Return ``text`` without what is no letter to the model: tatweel and marks of direction."""
    return text.translate(_NOT_ENCODED)


def longest_pieces(text: str, vocabulary: Collection[str]) -> list[str]:
    """Cut ``text`` into tokens of ``vocabulary``, always the longest that fits; a word that none fits stays whole."""
    longest = max(map(len, vocabulary), default=1)
    rest = "▁" + "▁".join(text.split())
    pieces: list[str] = []
    while rest.strip("▁"):
        ends = range(min(longest, len(rest)), 0, -1)
        end = next((end for end in ends if rest[:end] in vocabulary), None)
        if end is None:
            end = (rest + "▁").index("▁", 1)
        pieces.append(rest[:end])
        rest = rest[end:]
    return pieces


def encoded(text: str, tokenizer: Any) -> list[Encoded]:
    """Return the tokens that argostranslate's ``tokenizer`` makes of ``text``, with their places."""
    kept = [index for index, character in enumerate(text) if ord(character) not in _NOT_ENCODED]
    plain = without_marks(text)
    if hasattr(tokenizer, "lazy_processor"):
        mapping = tokenizer.lazy_processor().encode(plain, return_type="offset_mapping")
        places = zip(mapping["pieces"], mapping["offsets"], strict=True)
    else:
        places = zip(tokens := tokenizer.encode(plain), _found(tokens, plain), strict=True)
    return [Encoded(token, *_in_original(text, kept, *_trimmed(plain, *place))) for token, place in places]


def _found(tokens: list[str], plain: str) -> list[tuple[int, int]]:
    """Look for Moses tokens one after the other: their tokenizer says no places, and writes some signs otherwise."""
    places, position = [], 0
    for token in tokens:
        letters = token.removesuffix("@@")
        start = plain.find(letters, position)
        if start < 0 or any(character.isalnum() for character in plain[position:start]):
            places.append((position, position))
        else:
            position = start + len(letters)
            places.append((start, position))
    return places


def _trimmed(plain: str, start: int, end: int) -> tuple[int, int]:
    while start < end and plain[start].isspace():
        start += 1
    return start, end


def _in_original(text: str, kept: list[int], start: int, end: int) -> tuple[int, int]:
    """Return a place in the text that the marks were taken out of; it ends before marks that follow it."""
    if start < end:
        return kept[start], kept[end - 1] + 1
    place = kept[start] if start < len(kept) else len(text)
    return place, place
