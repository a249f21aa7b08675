"""CSV, TSV and XLSX: a column of source texts and, where there is one, a column of translations.

The columns are those a person names, else those whose headings name them, else the one with the most Arabic, and beside
it, when there are just two, the other. Cells are exact. A segment's place is its cell, as spreadsheets write it.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from corpus.arabic import fold, is_arabic
from corpus.encoding import decode
from corpus.errors import CorpusError, DocumentError
from corpus.importing.archive import Archive
from corpus.importing.content import Content, ImportOptions, Sample
from corpus.model import ImportedSegment, Origin, SegmentKind, State

MAX_CELL_CHARACTERS = 4 * 1024 * 1024

_SOURCE_HEADINGS = frozenset(map(fold, ("source", "arabic", "ar", "source text", "العربية", "النص", "المصدر", "عربي")))
_TARGET_HEADINGS = frozenset(
    map(fold, ("target", "english", "en", "translation", "target text", "الإنجليزية", "الترجمة", "انجليزي"))
)
_NOTE_HEADINGS = frozenset(("note", "notes", "comment", "comments"))
_LETTERS = re.compile(r"[^\W\d_]")
_UNSTORABLE = re.compile(r"[\x00\ud800-\udfff]")  # XLSX has a way to write what no text may hold
_SAMPLE_ROWS = 200
_DELIMITERS = ",;\t|"

Row = Sequence[str]


_NOT_CONFIRMED = frozenset({Origin.GLOSS.value, Origin.MEMORY.value, Origin.TRANSLATION.value})


@dataclass(frozen=True, slots=True)
class _Columns:
    """Where things stand in a row, counted from 0; -1 for what there is not. ``headed``: the first row names them."""

    source: int
    target: int = -1
    state: int = -1
    origin: int = -1
    note: int = -1
    headed: bool = False


class Delimited:
    """CSV or TSV, quoted as RFC 4180 says; whether commas, semicolons, bars or tabs divide it is found out."""

    name = "csv"
    suffixes = (".csv", ".tsv", ".tab")

    def claims(self, sample: Sample) -> bool:
        """Claim by the name alone: commas stand in any text."""
        return sample.suffix in self.suffixes

    def read(self, data: bytes, options: ImportOptions) -> Content:
        """Read the rows; line ends inside quotes belong to their cell."""
        text, codec = decode(data, options.encoding)
        csv.field_size_limit(MAX_CELL_CHARACTERS)
        reader = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text), strict=False)
        try:
            rows = list(reader)
        except csv.Error as error:
            raise DocumentError(
                f"The table is wrong in line {reader.line_num}: {error}.", "Save it again as CSV; nothing was imported."
            ) from error
        return Content(tuple(_segments(rows, options)), codec)


class Xlsx:
    """A workbook of Excel; each sheet is a table of its own."""

    name = "xlsx"
    suffixes = (".xlsx", ".xlsm")

    def claims(self, sample: Sample) -> bool:
        """Claim an archive with a workbook in it."""
        return any(name.startswith("xl/workbook") for name in sample.members)

    def read(self, data: bytes, options: ImportOptions) -> Content:
        """Read the values of cells; of formulas what they last gave."""
        segments = [segment for title, rows in _sheets(data) for segment in _segments(rows, options, f"{title}!")]
        return Content(tuple(segments))


def _sheets(data: bytes) -> Iterator[tuple[str, list[Row]]]:
    import warnings
    from xml.etree.ElementTree import ParseError

    from lxml.etree import XMLSyntaxError
    from openpyxl import load_workbook
    from openpyxl.utils.exceptions import InvalidFileException

    archive = Archive(data)
    for name in archive.names:
        # Parts of an office document never have a DTD (ECMA-376 part 2, 8.2.5); one that has is made to harm.
        if name.endswith((".xml", ".rels")) and b"<!DOCTYPE" in archive.read(name):
            raise DocumentError("The workbook declares XML entities, which may be made to harm.", "Save it again.")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # openpyxl warns of styles and extensions that it leaves out
            workbook = load_workbook(io.BytesIO(data), read_only=True, data_only=True)
            for sheet in workbook.worksheets:
                rows: list[Row] = [[_cell(value) for value in row] for row in sheet.iter_rows(values_only=True)]
                yield sheet.title, rows
            workbook.close()
    except (InvalidFileException, XMLSyntaxError, ParseError, KeyError, ValueError, TypeError, AttributeError) as error:
        raise DocumentError("The workbook is damaged.", "Open it in Excel and save it again.") from error


def _cell(value: object) -> str:
    return "" if value is None else _UNSTORABLE.sub("\N{REPLACEMENT CHARACTER}", str(value))


def _delimiter(text: str) -> str:
    """Return what divides the first lines into the same number of cells, at least two."""
    lines = [line for line in text[:20_000].splitlines()[:20] if line.strip()]
    best, cells = ",", 1
    for delimiter in _DELIMITERS:
        widths = [len(row) for row in csv.reader(lines, delimiter=delimiter)]
        width = max(set(widths), key=widths.count, default=1)
        if width > cells and widths.count(width) >= 0.6 * len(widths):
            best, cells = delimiter, width
    return best


def _segments(rows: Sequence[Row], options: ImportOptions, sheet: str = "") -> Iterator[ImportedSegment]:
    if not any(any(row) for row in rows):
        return
    columns = _columns(rows, options)
    for number, row in enumerate(rows, 1):
        source = _at(row, columns.source)
        if not source.strip() or (columns.headed and number == 1):
            continue
        target, state = _translation(row, columns)
        yield ImportedSegment(
            source,
            SegmentKind.CELL,
            place=f"{sheet}{_letters(columns.source)}{number}",
            target=target,
            state=state,
            note=_at(row, columns.note),
        )


def _translation(row: Row, columns: _Columns) -> tuple[str, State]:
    """Return the target and its state; what a machine wrote, as exports of ours tell, is not taken for a human's."""
    target = _at(row, columns.target)
    if not target.strip() or _at(row, columns.origin) in _NOT_CONFIRMED:
        return "", State.UNTRANSLATED
    try:
        state = State.parse(_at(row, columns.state).strip().lower())
    except CorpusError:
        return target, State.TRANSLATED  # a table with states of another kind, or without any
    return target, max(state, State.EDITED)


def _columns(rows: Sequence[Row], options: ImportOptions) -> _Columns:
    first = [fold(cell).strip() for cell in rows[0]]
    source = _named(options.source_column, first)
    target = _named(options.target_column, first)
    headed = any(cell in _SOURCE_HEADINGS or cell in _TARGET_HEADINGS for cell in first) or any(
        fold(name).strip() in first for name in (options.source_column, options.target_column) if name
    )
    if source < 0:
        source = _find(first, _SOURCE_HEADINGS)
    if source < 0:
        source = _most_arabic(rows[headed : _SAMPLE_ROWS + 1])
    if target < 0:
        target = _find(first, _TARGET_HEADINGS)
    if target < 0 and not headed:
        target = _other_of_two(rows[:_SAMPLE_ROWS], source)
    return _Columns(
        source,
        target if target != source else -1,
        state=_find(first, frozenset(("state",))) if headed else -1,
        origin=_find(first, frozenset(("origin",))) if headed else -1,
        note=_find(first, _NOTE_HEADINGS) if headed else -1,
        headed=headed,
    )


def _named(name: str, headings: Sequence[str]) -> int:
    """Return the column called so by heading, number or letter; -1 for no name."""
    if not name:
        return -1
    if fold(name).strip() in headings:
        return headings.index(fold(name).strip())
    if name.isdecimal() and 1 <= int(name) <= len(headings):
        return int(name) - 1
    number = 0
    for letter in name.upper():
        number = 26 * number + ord(letter) - ord("A") + 1 if "A" <= letter <= "Z" else 10**6
    if 1 <= number <= len(headings):
        return number - 1
    raise DocumentError(
        f"The table has no column “{name}”.", f"It has {len(headings)}; name one by heading, letter or number."
    )


def _find(headings: Sequence[str], wanted: Iterable[str]) -> int:
    return next((n for n, heading in enumerate(headings) if heading in wanted), -1)


def _most_arabic(rows: Sequence[Row]) -> int:
    """Return the column with the most Arabic characters; without any, the one with the most letters."""
    width = max(map(len, rows), default=1)
    weights = [
        (
            sum(len(cell) for row in rows if is_arabic(cell := _at(row, n))),
            sum(len(_LETTERS.findall(_at(row, n))) for row in rows),
            -n,
        )
        for n in range(width)
    ]
    return -max(weights)[2]


def _other_of_two(rows: Sequence[Row], source: int) -> int:
    """Return the other of two columns when the one is Arabic and the other is text that is not; else -1."""
    if max(map(len, rows)) != 2:
        return -1
    ours, other = ([row[n] for row in rows if len(row) > n and row[n].strip()] for n in (source, 1 - source))
    foreign = [cell for cell in other if _LETTERS.search(cell) and not is_arabic(cell)]
    is_pair = any(map(is_arabic, ours)) and len(foreign) > 0.8 * max(1, len(other))
    return 1 - source if is_pair and foreign else -1


def _at(row: Row, n: int) -> str:
    return row[n] if 0 <= n < len(row) else ""


def _letters(column: int) -> str:
    """Return the letters of a column as spreadsheets have them: A, B, and after Z comes AA."""
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters
