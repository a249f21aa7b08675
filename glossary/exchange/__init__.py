"""Termbases in and out of files: one module a format, read entry by entry, written whole or not at all."""

from __future__ import annotations

from pathlib import Path

from glossary.exchange.columns import COLUMNS
from glossary.exchange.formats import formats, open_termbase, write_termbase
from glossary.exchange.importing import ImportReport, check_termbase, import_termbase
from glossary.exchange.pairs import pairs_of, selected
from glossary.exchange.termbase import Found, ReadOptions, Termbase, WriteOptions, Written
from glossary.model import NewTerm

__all__ = [
    "COLUMNS",
    "Found",
    "ImportReport",
    "ReadOptions",
    "Termbase",
    "WriteOptions",
    "Written",
    "check_termbase",
    "formats",
    "import_termbase",
    "open_termbase",
    "pairs_of",
    "read_terms",
    "selected",
    "write_termbase",
]


def read_terms(path: Path) -> list[NewTerm]:
    """Return the pairs of a file that holds pairs; raise ExchangeError with the place of what is wrong."""
    return [found.item for found in open_termbase(path).entries() if isinstance(found.item, NewTerm)]
