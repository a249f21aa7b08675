"""Which format a file has: by the name the user gives, by its suffix, by its first bytes."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from corpus.files import atomic_write
from corpus.formats import format_called
from glossary.errors import ExchangeError
from glossary.exchange.delimited import Delimited
from glossary.exchange.tbx import Tbx
from glossary.exchange.termbase import Format, ReadOptions, Termbase, WriteOptions, Written, unreadable
from glossary.exchange.tmx import Tmx
from glossary.exchange.utx import Utx
from glossary.exchange.workbook import Workbook
from glossary.model import Concept

_OPTIONS = ReadOptions()
_LOOKED_AT = 4096


def formats() -> tuple[Format, ...]:
    """Return all formats."""
    return (
        Delimited("csv", ",", (".csv",)),
        Delimited("tsv", "\t", (".tsv", ".tab", ".txt")),
        Workbook(),
        Tbx(),
        Utx(),
        Tmx(),
    )


def open_termbase(path: Path, name: str = "", options: ReadOptions = _OPTIONS) -> Termbase:
    """Open a file of terms, of the format called ``name`` or whichever its suffix and content say.

    Raise ExchangeError when it is missing, too large, of no known format, or not what it says.
    """
    return (_called(name) if name else _format_of(path)).open(path, options)


def write_termbase(
    concepts: Iterable[Concept], path: Path, name: str = "", options: WriteOptions | None = None
) -> Written:
    """Write concepts to a file, whole or not at all; raise ExchangeError or ExportError when it cannot be."""
    chosen = _called(name) if name else _by_suffix(path)
    if chosen is None:
        raise _unknown(path)
    with atomic_write(path) as stream:
        return chosen.write(concepts, stream, options or WriteOptions())


def _called(name: str) -> Format:
    return format_called(name, formats(), use="termbase", error=ExchangeError)


def _by_suffix(path: Path) -> Format | None:
    suffix = path.suffix.lower()
    return next((one for one in formats() if suffix in one.suffixes), None)


def _format_of(path: Path) -> Format:
    """Return the format that the beginning of a file shows, else that of its suffix."""
    try:
        with path.open("rb") as stream:
            start = stream.read(_LOOKED_AT)
    except OSError as error:
        raise unreadable(path, error) from error
    by_suffix = _by_suffix(path)
    by_content = _by_content(start.replace(b"\0", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n"))
    if by_suffix is None and not by_content:
        raise _unknown(path)
    if by_content and by_suffix and by_content != by_suffix.name and (by_content, by_suffix.name) != ("utx", "tsv"):
        raise ExchangeError(
            f"The file {path} is not what its name says: it looks like {by_content}.",
            f"Import it with --format {by_content}, or rename it. Nothing was imported.",
        )
    return _called(by_content) if by_content else by_suffix or _called("csv")


def _by_content(start: bytes) -> str:
    if start.startswith(b"PK\x03\x04"):
        return "xlsx"
    if start.startswith(b"#UTX"):
        return "utx"
    if start.startswith((b"<?xml", b"<tbx", b"<martif", b"<tmx", b"<!DOCTYPE")):
        return next(
            (name for mark, name in ((b"<tmx", "tmx"), (b"<tbx", "tbx"), (b"<martif", "tbx")) if mark in start), ""
        )
    return ""


def _unknown(path: Path) -> ExchangeError:
    suffixes = ", ".join(suffix for one in formats() for suffix in one.suffixes[:1])
    return ExchangeError(
        f"Tarjama cannot tell what format {path} is.", f"Give it a name that ends in {suffixes}, or a --format."
    )
