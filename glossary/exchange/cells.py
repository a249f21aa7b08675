"""Cells of tables: several values in one, and texts that a spreadsheet would run."""

from __future__ import annotations

import re
from collections.abc import Iterable

# What Excel, LibreOffice and Google Sheets take for the beginning of a formula (OWASP, "CSV Injection").
_RUNS = "=+-@\t\r"
_BAR = re.compile(r"(?<!\\)((?:\\\\)*)\|")


def guarded(cell: str) -> str:
    """Return a cell that a spreadsheet shows and does not run: behind an apostrophe, as spreadsheets write it."""
    return f"'{cell}" if cell[:1] in {*_RUNS, "'"} else cell


def unguarded(cell: str) -> str:
    """Return what a guarded cell says."""
    return cell[1:] if cell[:1] == "'" and cell[1:2] in {*_RUNS, "'"} else cell


def joined(values: Iterable[str]) -> str:
    """Return several values as one cell: between bars, a bar in a value behind a backslash."""
    return " | ".join(value.replace("\\", "\\\\").replace("|", "\\|") for value in values)


def parted(cell: str) -> tuple[str, ...]:
    """Return the values of a cell."""
    parts = _BAR.sub("\\1\0", cell).split("\0")
    values = (re.sub(r"\\([\\|])", r"\1", part.strip()) for part in parts)
    return tuple(value for value in values if value)
