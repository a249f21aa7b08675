"""Turn files into documents: find the format by content, read the bytes, keep the source text exactly."""

from __future__ import annotations

import hashlib
import sys
from collections.abc import Iterable
from functools import cache
from pathlib import Path

from corpus.errors import DocumentError
from corpus.formats import format_called
from corpus.importing.content import Content, Importer, ImportOptions, refuse_known_strangers, sample_of
from corpus.importing.found import STANDARD_INPUT, STANDARD_INPUT_NAME, Found, find_files
from corpus.model import ImportedDocument

MAX_BYTES = 64 * 1024 * 1024
"""The largest file that is imported: some hundred novels. A larger one is refused before it is read."""

DEFAULT_OPTIONS = ImportOptions()


@cache
def importers() -> tuple[Importer, ...]:
    """Return the formats that can be read: those that content tells surely come first, plain text comes last."""
    from corpus.importing.docx import Docx
    from corpus.importing.epub import Epub
    from corpus.importing.html import Html
    from corpus.importing.markdown import Markdown
    from corpus.importing.odt import Odt
    from corpus.importing.pdf import Pdf
    from corpus.importing.plain import PlainText
    from corpus.importing.po import Po
    from corpus.importing.subtitles import Srt, WebVtt
    from corpus.importing.table import Delimited, Xlsx
    from corpus.importing.xliff import Xliff

    archives = (Docx(), Odt(), Epub(), Xlsx())
    return (*archives, Pdf(), Xliff(), WebVtt(), Srt(), Po(), Html(), Markdown(), Delimited(), PlainText())


def documents_named(arguments: Iterable[str]) -> Found:
    """Return the files that ``arguments`` mean: names, folders, patterns, ``-`` for standard input."""
    return find_files(arguments, frozenset(suffix for importer in importers() for suffix in importer.suffixes))


def import_file(path: Path, options: ImportOptions = DEFAULT_OPTIONS, *, name: str = "") -> ImportedDocument:
    """Read the file at ``path`` (``-`` is standard input); the document is called ``name``, or as the file.

    Raise DocumentError, in one sentence and a hint, when it cannot become a document.
    """
    data = _read_standard_input() if str(path) == STANDARD_INPUT else _read(path)
    default = STANDARD_INPUT_NAME if str(path) == STANDARD_INPUT else path.name
    return import_bytes(data, name or default, options)


def import_bytes(data: bytes, name: str, options: ImportOptions = DEFAULT_OPTIONS) -> ImportedDocument:
    """Turn the bytes of a file called ``name`` into a document; raise DocumentError when that cannot be."""
    # A file's name may be bytes of an old encoding, which Python has as lone surrogates and nothing can store.
    name = name.encode("utf-8", "surrogateescape").decode("utf-8", "replace")
    try:
        importer = _importer(data, name, options)
        content = importer.read(data, options)
        _check_text(content)
    except DocumentError as error:
        raise DocumentError(f"{name}: {error.message}", error.hint) from error
    return ImportedDocument(name, importer.name, content.encoding, hashlib.sha256(data).hexdigest(), content.segments)


def _check_text(content: Content) -> None:
    if not any(segment.source.strip() for segment in content.segments):
        raise DocumentError("There is no text in it.", "There is nothing to translate; it was not imported.")


def _importer(data: bytes, name: str, options: ImportOptions) -> Importer:
    known = importers()
    if options.format_name is not None:
        return format_called(options.format_name, known, use="import", error=DocumentError)
    refuse_known_strangers(data)
    sample = sample_of(data, name)
    if sample.members and not any(importer.claims(sample) for importer in known[:4]):
        raise DocumentError("This archive is no document.", "Unpack it and import the files in it.")
    claimed = next((importer for importer in known if importer.claims(sample)), known[-1])
    if sample.text.lstrip().startswith("<?xml") and claimed is known[-1]:
        raise DocumentError(
            "This XML is of a kind that is not imported as a document.",
            "TMX, TBX and the like hold no documents; `--format text` reads it as plain text, tags and all.",
        )
    return claimed


def _read_standard_input() -> bytes:
    data = sys.stdin.buffer.read(MAX_BYTES + 1)
    if len(data) > MAX_BYTES:
        raise _too_large("Standard input", len(data))
    return data


def _read(path: Path) -> bytes:
    try:
        if path.is_dir():
            raise DocumentError(f"{path} is a folder.", "Name the files in it.")
        size = path.stat().st_size
        if size > MAX_BYTES:
            raise _too_large(f"The file {path}", size)
        return path.read_bytes()
    except FileNotFoundError as error:
        raise DocumentError(f"There is no file {path}.", "Check the name.") from error
    except OSError as error:
        raise DocumentError(f"The file {path} cannot be read: {error.strerror}.", "Check its permissions.") from error


def _too_large(what: str, size: int) -> DocumentError:
    return DocumentError(
        f"{what} is too large: {size / 1024 / 1024:.0f} MiB.",
        f"Split it into files of at most {MAX_BYTES // 1024 // 1024} MiB.",
    )
