"""Find out how Arabic text was encoded: byte order marks, UTF-8, UTF-16, and the 8-bit Arabic code pages.

Old archives are full of Windows-1256 and ISO 8859-6, which hold the letters at different places, and Mac Arabic. Text
decoded with the wrong one has Arabic letters in impossible mixtures, which ``_arabic_score`` counts.
"""

from __future__ import annotations

import codecs
import re
import unicodedata

from corpus.errors import DocumentError

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_SIGNATURES = (
    b"%PDF",
    b"PK\x03\x04",
    b"\x7fELF",
    b"\x89PNG",
    b"GIF8",
    b"\xff\xd8\xff",
    b"SQLite format 3",
    b"\xd0\xcf\x11\xe0",
)
_ARABIC_CODE_PAGES = ("windows-1256", "iso8859-6", "mac-arabic")
_SAMPLE_BYTES = 200_000

# The commonest short words and beginnings of Arabic: right decodings are full of them, wrong ones have next to none.
_COMMON = re.compile(r"(?:\b(?:في|من|على|إلى|الى|أن|ان|عن|مع|هذا|هذه|كان|قال|التي|الذي|ما|لا)\b|\b[وفبك]?ال\w)")
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1a]")
_LETTER = re.compile(r"[\u0621-\u064a]")


def decode(data: bytes, encoding: str | None = None) -> tuple[str, str]:
    """Return the text of ``data`` and the name of the codec that reads it; a byte order mark is not part of the text.

    With ``encoding`` use that codec and no other. Raise DocumentError for bytes that are not text, or not text in it.
    """
    if encoding is not None:
        return _decode_as(data, encoding)
    for mark, codec in _MARKS:
        if data.startswith(mark):
            return _checked(_strict(data, codec), codec)
    if data.startswith(_SIGNATURES):
        raise _not_text()
    if codec_16 := _unmarked_utf16(data):
        return _checked(_strict(data, codec_16), codec_16)
    if b"\0" in data:
        raise _not_text()
    try:
        return _checked(data.decode("utf-8"), "utf-8")
    except UnicodeDecodeError:
        return _decode_8_bit(data)


def _decode_as(data: bytes, encoding: str) -> tuple[str, str]:
    try:
        codec = codecs.lookup(encoding)
    except LookupError as error:
        raise DocumentError(
            f"There is no character encoding called “{encoding}”.",
            "Try utf-8, utf-16, windows-1256 or iso-8859-6, or leave --encoding out.",
        ) from error
    if not codec._is_text_encoding:  # noqa: SLF001  (codecs offers no public way)
        raise DocumentError(f"“{encoding}” is not an encoding of text.", "Try utf-8 or windows-1256.")
    try:
        text = data.decode(encoding)
    except UnicodeError as error:
        raise DocumentError(
            f"The file is not {encoding} text.", "Leave --encoding out, and Tarjama finds it out by itself."
        ) from error
    return _checked(text.removeprefix("\ufeff"), codec.name)


def _strict(data: bytes, codec: str) -> str:
    try:
        return data.decode(codec)
    except UnicodeDecodeError as error:
        raise DocumentError(
            f"The file says it is {codec} but breaks off or is damaged at byte {error.start}.",
            "Save it again in the program it comes from; nothing was imported.",
        ) from error


def _unmarked_utf16(data: bytes) -> str | None:
    """Recognize UTF-16 without a mark: in Arabic and Latin text every other byte is one of a very few high bytes."""
    sample = data[: _SAMPLE_BYTES & ~1]
    if len(data) % 2 or len(sample) < 4:
        return None
    for codec, high in (("utf-16-le", sample[1::2]), ("utf-16-be", sample[0::2])):
        low = sample[0::2] if codec == "utf-16-le" else sample[1::2]
        plausible = sum(high.count(byte) for byte in (0x00, 0x06, 0x20, 0xFE))
        # A text has spaces and line ends, so a zero high byte occurs; the low bytes are not all alike.
        if plausible > 0.95 * len(high) and 0 in high and low.count(0) < 0.05 * len(low) and len(set(low)) > 2:
            return codec
    return None


def _decode_8_bit(data: bytes) -> tuple[str, str]:
    scores: list[tuple[float, str]] = []
    for codec in _ARABIC_CODE_PAGES:
        try:
            text = data[:_SAMPLE_BYTES].decode(codec)
        except UnicodeDecodeError:
            continue
        scores.append((_arabic_score(text), codec))
    best, codec = max(scores, key=lambda pair: pair[0], default=(0.0, ""))
    if best > 0:
        return _checked(_strict(data, codec), codec)
    return _decode_other(data)


def _decode_other(data: bytes) -> tuple[str, str]:
    """Ask charset-normalizer about bytes that hold no Arabic in any Arabic code page."""
    from charset_normalizer import from_bytes

    guess = from_bytes(data[:_SAMPLE_BYTES]).best()
    if guess is None:
        raise _not_text()
    try:
        return _checked(data.decode(guess.encoding), guess.encoding)
    except UnicodeDecodeError as error:
        raise _not_text() from error


def _arabic_score(text: str) -> float:
    """Return how much ``text`` reads like Arabic: common words, and few characters that no news text has."""
    letters = len(_LETTER.findall(text))
    if letters < 0.3 * sum(not character.isspace() for character in text):
        return 0.0
    strange = sum(
        unicodedata.category(character) in {"Cc", "Co", "Cn"} and not character.isspace() for character in text
    )
    # ISO 8859-6 text read as Windows-1256 shows Latin letters with accents and signs among the Arabic.
    mixed = sum("\u0080" <= character <= "\u024f" and character not in "«»\u00a0ـ" for character in text)
    # The space of Mac Arabic that stands between Arabic words is a no-break space in ISO 8859-6, else its twin.
    mixed += max(0, text.count("\u00a0") - text.count(" "))
    return letters + 20 * len(_COMMON.findall(text)) - 10 * (strange + mixed)


def _checked(text: str, codec: str) -> tuple[str, str]:
    """Refuse text with NUL or with many control characters: a binary file that happened to decode."""
    if "\0" in text or len(_CONTROL.findall(text)) > 0.02 * len(text):
        raise _not_text()
    return text, codec


def _not_text() -> DocumentError:
    return DocumentError(
        "The file is not text that can be read.",
        "It is of no format that Tarjama imports. Save it as one of them, or name its --encoding; nothing was changed.",
    )
