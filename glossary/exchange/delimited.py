"""Terms as CSV and TSV, with the headers people use without being told.

Cells that a spreadsheet would run as formulas are written behind an apostrophe and read back without it; ``raw`` cells
are exact.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import BinaryIO

from corpus.delimited import delimited_line
from glossary.errors import ExchangeError
from glossary.exchange.cells import guarded
from glossary.exchange.rows import Rows, found_columns, found_pairs, write_rows
from glossary.exchange.termbase import Found, ReadOptions, Termbase, WriteOptions, Written
from glossary.exchange.texts import read_text
from glossary.model import Concept

_DELIMITERS = ",;\t"


class Delimited:
    """For spreadsheets and scripts; one pair of terms a row."""

    def __init__(self, name: str, delimiter: str, suffixes: tuple[str, ...]) -> None:
        self.name = name
        self.suffixes = suffixes
        self._delimiter = delimiter

    def open(self, path: Path, options: ReadOptions) -> Termbase:
        """Open a file; its first row names the columns, unless ``options`` say that it has no header."""
        text = read_text(path, options.encoding)
        if "\0" in text:
            raise ExchangeError(f"The file {path} is not text: it has NUL bytes.", "Export it as CSV or TSV first.")
        is_sure = self._delimiter == "\t" and path.suffix.lower() != ".txt"
        delimiter = "\t" if is_sure else _likely_delimiter(text, self._delimiter)

        def entries() -> Iterator[Found]:
            return found_pairs(_rows(text, delimiter, path), columns, options, str(path))

        columns = found_columns(_rows(text, delimiter, path), options, str(path))
        return Termbase(path, self.name, False, len(text), entries, columns.told())

    def write(self, concepts: Iterable[Concept], stream: BinaryIO, options: WriteOptions) -> Written:
        """Write a row for each pair of terms."""

        def put(cells: Sequence[str]) -> None:
            cells = cells if options.raw else [guarded(cell) for cell in cells]
            stream.write(delimited_line(cells, self._delimiter).encode("utf-8", "surrogatepass"))

        return write_rows(concepts, put)


def _rows(text: str, delimiter: str, path: Path) -> Rows:
    stream = io.StringIO(text, newline="")
    rows = csv.reader(stream, delimiter=delimiter, strict=True)
    try:
        for row in rows:
            yield stream.tell(), row
    except csv.Error as error:
        raise ExchangeError(
            f"Line {rows.line_num} of {path} is not valid: {error}.", "Mend the line. Nothing was imported."
        ) from error


def _likely_delimiter(text: str, usual: str) -> str:
    """Return what the first line is divided by: Excel writes semicolons where the comma is the decimal point."""
    line = next((line for line in io.StringIO(text) if line.strip()), "")
    outside_quotes = "".join(line.split('"')[::2])
    counts = {delimiter: outside_quotes.count(delimiter) for delimiter in _DELIMITERS}
    best = max(counts, key=lambda delimiter: counts[delimiter])
    return best if counts[best] > counts[usual] else usual
