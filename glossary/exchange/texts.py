"""The text of a termbase file, whatever its encoding; the number of the line that is in another one."""

from __future__ import annotations

from pathlib import Path

from corpus.encoding import decode
from corpus.errors import DocumentError
from glossary.errors import ExchangeError
from glossary.exchange.termbase import size_of, unreadable


def read_text(path: Path, encoding: str = "") -> str:
    """Return the text of a file, in ``encoding`` or whichever it is; raise ExchangeError for what is not text."""
    size_of(path)
    try:
        data = path.read_bytes()
    except OSError as error:
        raise unreadable(path, error) from error
    try:
        return (
            data.decode(encoding or "utf-8-sig").removeprefix("\ufeff")
            if b"\0" not in data
            else _other(data, path, encoding)
        )
    except LookupError:
        return _other(data, path, encoding)
    except UnicodeDecodeError as error:
        if encoding or _is_mostly_utf_8(data):
            raise _mixed(path, encoding or "UTF-8", data, error) from error
        return _other(data, path, encoding)


def _other(data: bytes, path: Path, encoding: str) -> str:
    try:
        return decode(data, encoding or None)[0]
    except DocumentError as error:
        if b"\0" in data:
            raise ExchangeError(
                f"The file {path} is not text: it has NUL bytes.", "Export it as CSV, TSV or TBX first."
            ) from error
        raise ExchangeError(f"The file {path} cannot be read as text: {error.message}", error.hint) from error


def _is_mostly_utf_8(data: bytes) -> bool:
    """Tell whether half of the lines beyond ASCII, or more, are UTF-8, which other encodings seldom are by accident."""
    right = wrong = 0
    for line in data.splitlines():
        if not line.isascii():
            try:
                line.decode()
                right += 1
            except UnicodeDecodeError:
                wrong += 1
    return right >= wrong


def _mixed(path: Path, encoding: str, data: bytes, error: UnicodeDecodeError) -> ExchangeError:
    line = data.count(b"\n", 0, error.start) + 1
    return ExchangeError(
        f"Line {line} of {path} is not {encoding} text.",
        "Part of the file has another encoding: save it anew in one, or name its --encoding. Nothing was imported.",
    )
