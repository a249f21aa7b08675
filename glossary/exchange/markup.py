"""XML from outside, entry by entry, read as ``corpus.xml_stream`` does; what is wrong with it is an ExchangeError."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from corpus.errors import MarkupError
from corpus.xml_stream import XML_LANG, local_name
from corpus.xml_stream import xml_entries as entries_of
from glossary.errors import ExchangeError
from glossary.exchange.termbase import size_of

__all__ = ["XML_LANG", "local_name", "told_as_exchange_error", "xml_entries"]


def xml_entries(path: Path, *, roots: tuple[str, ...], tags: tuple[str, ...]) -> Iterator[tuple[Any, int]]:
    """Yield each element called one of ``tags``, in any namespace, and how many bytes were read with it.

    An element is emptied when the next one is asked for. Raise ExchangeError, with the line, for a file that is not
    well-formed, declares anything in a DOCTYPE, or has a root that is none of ``roots``.
    """
    size_of(path)
    with told_as_exchange_error():
        yield from entries_of(path, roots=roots, tags=tags)


@contextmanager
def told_as_exchange_error() -> Iterator[None]:
    """Raise ExchangeError for a MarkupError of the block."""
    try:
        yield
    except MarkupError as error:
        raise ExchangeError(error.message, f"{error.hint} Nothing was imported.") from error
