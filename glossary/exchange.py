"""Terms in and out as CSV and TSV, with the headers people use without being told.

Cells are exact: a term that begins with = or + is exported as it is, because a termbase is data for tools first, and
text that changes on its way out cannot come back.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from corpus.delimited import delimited_line
from corpus.files import atomic_write
from glossary.errors import ExchangeError
from glossary.model import NewTerm, TermEntry, TermStatus

COLUMNS = ("source", "target", "status", "pos", "domain", "definition", "note")
_DELIMITERS = {".csv": ",", ".tsv": "\t", ".txt": "\t", ".tab": "\t"}


def read_terms(path: Path) -> list[NewTerm]:
    """Read the terms of a CSV or TSV file; raise ExchangeError with the line number when something is wrong.

    The first line names the columns: ``source`` and ``target`` are needed, the others of ``COLUMNS`` may follow, in any
    order and case; unknown columns are not read.
    """
    rows = csv.reader(io.StringIO(_text(path), newline=""), delimiter=_delimiter(path), strict=True)
    try:
        header = [name.strip().lower() for name in next(rows, [])]
        _check_header(header, path)
        return list(_terms(rows, header, path))
    except csv.Error as error:
        raise ExchangeError(
            f"Line {rows.line_num} of {path} is not valid: {error}.",
            "Mend the line; nothing was imported.",
        ) from error


def write_terms(entries: Iterable[TermEntry], path: Path) -> None:
    """Write terms as CSV or TSV, by the suffix of ``path``; raise ExportError, keeping an older file, when it fails."""
    delimiter = _delimiter(path)
    with atomic_write(path) as stream:
        stream.write(delimited_line(COLUMNS, delimiter).encode())
        for entry in entries:
            cells = (str(getattr(entry, column)) for column in COLUMNS)
            stream.write(delimited_line(cells, delimiter).encode("utf-8", "surrogatepass"))


def _delimiter(path: Path) -> str:
    try:
        return _DELIMITERS[path.suffix.lower()]
    except KeyError as error:
        raise ExchangeError(
            f"Tarjama cannot tell what format {path} is.", "Give the file a name that ends in .csv or .tsv."
        ) from error


def _text(path: Path) -> str:
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except OSError as error:
        raise ExchangeError(f"The file {path} cannot be read: {error.strerror}.", "Check its name.") from error
    except UnicodeDecodeError as error:
        raise ExchangeError(f"The file {path} is not UTF-8 text.", "Save it as UTF-8 and import it again.") from error
    if "\0" in text:
        raise ExchangeError(f"The file {path} is not text: it has NUL bytes.", "Export it as CSV or TSV first.")
    return text


def _check_header(header: list[str], path: Path) -> None:
    if not {"source", "target"} <= set(header):
        raise ExchangeError(
            f"The first line of {path} does not name the columns source and target.",
            "Make it a header such as: " + ", ".join(COLUMNS) + ".",
        )


def _terms(rows: Iterator[list[str]], header: list[str], path: Path) -> Iterator[NewTerm]:
    for number, row in enumerate(rows, 2):
        if not any(cell.strip() for cell in row):
            continue
        cells = dict(zip(header, row, strict=False))
        fields: dict[str, Any] = {column: cells.get(column, "") for column in COLUMNS}
        if not fields["source"].strip() or not fields["target"].strip():
            raise ExchangeError(
                f"Record {number} of {path} has no {'source' if not fields['source'].strip() else 'target'}.",
                "Nothing was imported; complete the record and try again.",
            )
        status = fields.pop("status").strip().lower() or TermStatus.PREFERRED.value
        if status not in set(TermStatus):
            raise ExchangeError(
                f"Record {number} of {path} has the unknown status “{status}”.",
                "The statuses are " + ", ".join(TermStatus) + ". Nothing was imported.",
            )
        yield NewTerm(**fields, status=TermStatus(status))
