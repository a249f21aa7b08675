"""Terms as an Excel workbook (XLSX): the first sheet, cells as text, never a formula."""

from __future__ import annotations

import zipfile
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing
from datetime import date, datetime
from pathlib import Path
from typing import Any, BinaryIO

from corpus.visible import xml_text
from glossary.errors import ExchangeError
from glossary.exchange.rows import Rows, found_columns, found_pairs, write_rows
from glossary.exchange.termbase import Found, ReadOptions, Termbase, WriteOptions, Written, size_of, unreadable
from glossary.model import Concept

# A hundred thousand rows of ten cells unpack to about 100 MB.
_LARGEST_UNPACKED = 1024 * 1024 * 1024
_LONGEST_CELL = 32_767  # Excel's own limit


class Workbook:
    """For Excel and LibreOffice; opens right to left text and Arabic without questions."""

    name = "xlsx"
    suffixes = (".xlsx", ".xlsm")

    def open(self, path: Path, options: ReadOptions) -> Termbase:
        """Open the first sheet of a workbook; formulas count as the values they had when it was saved."""
        size_of(path)
        _check_parts(path)

        def entries() -> Iterator[Found]:
            return found_pairs(_rows(path), columns, options, str(path))

        columns = found_columns(_rows(path), options, str(path))
        size = sum(1 for _ in _rows(path))
        return Termbase(path, self.name, False, size, entries, columns.told())

    def write(self, concepts: Iterable[Concept], stream: BinaryIO, _options: WriteOptions) -> Written:
        """Write one sheet with a row for each pair of terms."""
        import openpyxl
        from openpyxl.cell import WriteOnlyCell

        book = openpyxl.Workbook(write_only=True)
        sheet = book.create_sheet("Terms")

        def put(cells: Sequence[str]) -> None:
            row = []
            for text in cells:
                cell = WriteOnlyCell(sheet, value="")
                cell.value = xml_text(text)[:_LONGEST_CELL]
                cell.data_type = "s"  # openpyxl takes a text that begins with = for a formula
                row.append(cell)
            sheet.append(row)

        written = write_rows(concepts, put)
        book.save(stream)
        return written


def _check_parts(path: Path) -> None:
    """Refuse what is no workbook, unpacks to too much, or has a DOCTYPE, which no workbook needs."""
    try:
        with zipfile.ZipFile(path) as parts:
            if sum(part.file_size for part in parts.infolist()) > _LARGEST_UNPACKED:
                raise ExchangeError(
                    f"The workbook {path} unpacks to more than {_LARGEST_UNPACKED // 1024**2:,} MB.",
                    "Save the sheet as CSV, or split it. Nothing was imported.",
                )
            for part in parts.infolist():
                if part.filename.endswith((".xml", ".rels")):
                    with parts.open(part) as stream:
                        if b"<!DOCTYPE" in stream.read(4096).replace(b"\0", b""):
                            raise _broken(path, "it declares a document type")
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError) as error:
        raise _broken(path, str(error)) from error
    except OSError as error:
        raise unreadable(path, error) from error


def _rows(path: Path) -> Rows:
    import openpyxl

    try:
        with closing(openpyxl.load_workbook(path, read_only=True, data_only=True, keep_links=False)) as book:
            for number, row in enumerate(book.worksheets[0].iter_rows(values_only=True), 1):
                yield number, [_text(cell) for cell in row]
    except ExchangeError:
        raise
    except Exception as error:  # openpyxl raises whatever a damaged part leads to
        raise _broken(path, str(error)) from error


def _text(cell: Any) -> str:
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "yes" if cell else "no"
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    if isinstance(cell, datetime | date):
        return cell.isoformat()
    return str(cell)


def _broken(path: Path, why: str) -> ExchangeError:
    return ExchangeError(
        f"The file {path} is not a workbook that can be read: {why}.",
        "Open it in Excel or LibreOffice and save it as .xlsx or .csv. Nothing was imported.",
    )
