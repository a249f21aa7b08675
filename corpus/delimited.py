"""Lines of CSV and TSV, quoted as RFC 4180 says, the same bytes from every version of Python.

The standard library's writer leaves a lone carriage return unquoted before Python 3.13, and its own reader then breaks
the record there.
"""

from __future__ import annotations

from collections.abc import Iterable


def delimited_line(cells: Iterable[str], delimiter: str) -> str:
    """Return one record with its line end; a cell is quoted when it holds the delimiter, a quote or a line end."""
    return delimiter.join(_quoted(cell, delimiter) for cell in cells) + "\n"


def _quoted(cell: str, delimiter: str) -> str:
    if any(character in cell for character in (delimiter, '"', "\n", "\r")):
        return '"' + cell.replace('"', '""') + '"'
    return cell
