"""Aligned bilingual text out: one module a format, written whole or not at all."""

from __future__ import annotations

from pathlib import Path
from typing import BinaryIO, Protocol

from corpus.errors import ExportError
from corpus.files import atomic_write
from corpus.formats import format_called
from corpus.pairs import Bilingual


class Exporter(Protocol):
    """Write one format; the same content gives the same bytes."""

    @property
    def name(self) -> str:
        """What ``--format`` calls it."""
        ...

    @property
    def suffix(self) -> str:
        """What its files' names end in, with the dot."""
        ...

    @property
    def purpose(self) -> str:
        """Whom it is for, in a few words for choosing."""
        ...

    def write(self, bilingual: Bilingual, stream: BinaryIO) -> None:
        """Write ``bilingual`` to ``stream`` as UTF-8 with LF line ends."""
        ...


def exporters() -> tuple[Exporter, ...]:
    """Return all formats."""
    from corpus.export.html import Html
    from corpus.export.jsonl import JsonLines
    from corpus.export.tmx import Tmx
    from corpus.export.tsv import Tsv

    return (Tmx(), Tsv(), JsonLines(), Html())


def exporter(name: str) -> Exporter:
    """Return the exporter called ``name``; raise ExportError naming the valid ones otherwise."""
    return format_called(name, exporters(), use="export", error=ExportError)


def export(bilingual: Bilingual, name: str, path: Path) -> None:
    """Write ``bilingual`` to ``path`` as ``name``; raise ExportError, leaving an older file, when it fails."""
    writer = exporter(name)
    with atomic_write(path) as stream:
        writer.write(bilingual, stream)
