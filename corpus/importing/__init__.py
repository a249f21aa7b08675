"""Turn files into documents: find the format, read the bytes, keep the source text exactly."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Protocol

from corpus.encoding import decode
from corpus.errors import DocumentError
from corpus.formats import format_called
from corpus.importing.plain import PlainText
from corpus.model import ImportedDocument, ImportedSegment

MAX_BYTES = 64 * 1024 * 1024
"""The largest file that is imported: some hundred novels. A larger one is refused before it is read."""


class Importer(Protocol):
    """Read one format."""

    @property
    def name(self) -> str:
        """What ``--format`` calls it."""
        ...

    @property
    def suffixes(self) -> tuple[str, ...]:
        """What its files' names end in, with the dot, in lower case."""
        ...

    def segments(self, text: str) -> tuple[ImportedSegment, ...]:
        """Cut the decoded ``text`` into segments, in reading order."""
        ...


def importers() -> tuple[Importer, ...]:
    """Return the formats that can be read; the first is used for files of unknown suffix."""
    return (PlainText(),)


def import_file(path: Path, *, format_name: str | None = None, encoding: str | None = None) -> ImportedDocument:
    """Read the file at ``path``; raise DocumentError, in one sentence, when it cannot become a document."""
    importer = _importer(path, format_name)
    data = _read(path)
    text, codec = decode(data, encoding)
    segments = importer.segments(text)
    if not segments:
        raise DocumentError(
            f"The file {path} has no text in it.", "There is nothing to translate; it was not imported."
        )
    return ImportedDocument(path.name, importer.name, codec, hashlib.sha256(data).hexdigest(), segments)


def _importer(path: Path, format_name: str | None) -> Importer:
    known = importers()
    if format_name is None:
        return next((importer for importer in known if path.suffix.lower() in importer.suffixes), known[0])
    return format_called(format_name, known, use="import", error=DocumentError)


def _read(path: Path) -> bytes:
    try:
        if path.is_dir():
            raise DocumentError(f"{path} is a folder.", "Name the files in it.")
        size = path.stat().st_size
        if size > MAX_BYTES:
            raise DocumentError(
                f"The file {path} is too large: {size / 1024 / 1024:.0f} MiB.",
                f"Split it into files of at most {MAX_BYTES // 1024 // 1024} MiB.",
            )
        return path.read_bytes()
    except FileNotFoundError as error:
        raise DocumentError(f"There is no file {path}.", "Check the name.") from error
    except OSError as error:
        raise DocumentError(f"The file {path} cannot be read: {error.strerror}.", "Check its permissions.") from error
