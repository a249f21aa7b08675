"""What importers give and take: the options of an import, the beginning of a file, and its segments."""

from __future__ import annotations

import codecs
from dataclasses import dataclass
from pathlib import PurePath
from typing import Protocol

from corpus.errors import DocumentError
from corpus.importing.archive import Archive
from corpus.model import ImportedSegment

_SAMPLE_BYTES = 16_384


@dataclass(frozen=True, slots=True)
class ImportOptions:
    """What a person says about files: their format and encoding; for tables which columns hold source and target.

    A column is named by its heading, its letter (A, B, …) or its number, counted from 1.
    """

    format_name: str | None = None
    encoding: str | None = None
    source_column: str = ""
    target_column: str = ""


@dataclass(frozen=True, slots=True)
class Content:
    """The segments of a file in reading order, and the codec its text was read with."""

    segments: tuple[ImportedSegment, ...]
    encoding: str = "utf-8"


@dataclass(frozen=True, slots=True)
class Sample:
    """What tells a format: the suffix of the name, the names in a ZIP archive, the start of the text.

    ``text`` has what is ASCII in the first bytes as it is, which is all that formats are told by.
    """

    suffix: str
    start: bytes
    text: str
    members: frozenset[str]
    media_type: str


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

    def claims(self, sample: Sample) -> bool:
        """Tell whether a file that begins so is of this format."""
        ...

    def read(self, data: bytes, options: ImportOptions) -> Content:
        """Turn the bytes of a file into segments; raise DocumentError when that cannot be."""
        ...


def sample_of(data: bytes, name: str) -> Sample:
    """Look at a file without reading it whole; raise DocumentError for an archive that is damaged or encrypted."""
    start = data[:_SAMPLE_BYTES]
    members, media_type = frozenset[str](), ""
    if start.startswith(b"PK\x03\x04"):
        archive = Archive(data)
        members = archive.names
        media_type = archive.read("mimetype").decode("ascii", "replace").strip() if "mimetype" in members else ""
    return Sample(PurePath(name).suffix.lower(), start, _ascii(start), members, media_type)


def refuse_known_strangers(data: bytes) -> None:
    """Raise DocumentError, saying what to do, for formats that are well known and not read here."""
    if data.startswith(b"{\\rtf"):
        raise DocumentError("This is an RTF document.", "Save it as DOCX or ODT and import that.")
    if data.startswith(b"\xd0\xcf\x11\xe0"):  # the compound file of OLE: old Office documents, and encrypted new ones
        if "EncryptedPackage".encode("utf-16-le") in data:
            raise DocumentError(
                "The document is protected by a password.", "Save it without a password and import that."
            )
        raise DocumentError("This is a document of an old Office (.doc, .xls, .ppt).", "Save it as DOCX, XLSX or ODT.")


def _ascii(start: bytes) -> str:
    for mark, codec in ((codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be")):
        if start.startswith(mark):
            return start[2:].decode(codec, "replace")
    if start[1:2] == b"\0" or start[:1] == b"\0":
        return start.decode("utf-16-le" if start[1:2] == b"\0" else "utf-16-be", "replace")
    return start.removeprefix(codecs.BOM_UTF8).decode("latin-1")
