"""Rows of a table as pairs of terms, and pairs as rows: the same for CSV, TSV and workbooks."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

from corpus.visible import visible
from glossary.errors import ExchangeError
from glossary.exchange.cells import joined, parted, unguarded
from glossary.exchange.columns import COLUMNS, FIRST_COLUMNS, KEPT, Columns, cell_at, columns_of
from glossary.exchange.pairs import pairs_of
from glossary.exchange.statuses import status_of_word
from glossary.exchange.termbase import Found, ReadOptions, Written
from glossary.model import Concept, NewTerm, TermStatus

_LISTS = frozenset({"forms", "target_forms", "tags"})
_FLAGS = frozenset({"case_sensitive", "do_not_translate"})
_STATUSES = frozenset({"status", "source_status"})
_YES = frozenset({"yes", "true", "1", "x", "y", "نعم"})
_NO = frozenset({"", "no", "false", "0", "n", "لا"})
_LOOKED_AT = 100

Rows = Iterator[tuple[int, Sequence[str]]]
"""The rows of a table, each with how much of the file has been read with it."""


def found_columns(rows: Rows, options: ReadOptions, where: str) -> Columns:
    """Return the columns of a table from its first rows."""
    first = next(rows, (0, []))[1]
    columns = columns_of(first if options.has_header else None, options, where)
    seen = [] if options.has_header else [first]
    for _, row in rows:
        if len(seen) >= _LOOKED_AT:
            break
        seen.append(row)
    return columns.turned(seen)


def found_pairs(rows: Rows, columns: Columns, options: ReadOptions, where: str) -> Iterator[Found]:
    """Yield the pairs of a table; raise ExchangeError with the number of the row that is wrong."""
    reader = _RowReader(columns, where)
    for number, (done, row) in enumerate(rows, 1):
        if (number == 1 and options.has_header) or not any(cell.strip() for cell in row):
            continue
        yield reader.found(row, number, done)


class _RowReader:
    def __init__(self, columns: Columns, where: str) -> None:
        self._columns = columns
        self._where = where
        self._kept = columns.kept

    def found(self, row: Sequence[str], number: int, done: int) -> Found:
        """Return the pair of a row, or the reason why it is none."""
        place = f"row {number}"
        if self._columns.is_ours:
            row = [unguarded(cell) for cell in row]
        width = len(self._columns.headers)
        if width and any(cell.strip() for cell in row[width:]):
            raise self._wrong(number, f"has {len(row)} cells, but the first row names {width} columns")
        turn = self._turn(row)
        if turn is None:
            return Found(place, None, done, "Its languages are not Arabic and English.")
        fields: dict[str, Any] = {
            name: self._value(name, cell_at(row, index), number) for name, index in self._columns.places.items()
        }
        if turn:
            fields["source"], fields["target"] = fields["target"], fields["source"]
        for side in ("source", "target"):
            if not fields[side].strip() and not (side == "target" and fields.get("do_not_translate")):
                raise self._wrong(number, f"has no {side}")
        extras = tuple(
            (KEPT + header, cell) for header, index in self._kept.items() if (cell := cell_at(row, index)).strip()
        )
        return Found(place, NewTerm(**fields, extras=extras), done)

    def _turn(self, row: Sequence[str]) -> bool | None:
        """Tell whether this row's source is English; None when it is of other languages."""
        if self._columns.languages is None:
            return False
        pair = [cell_at(row, index).strip().lower()[:2] for index in self._columns.languages]
        return {("ar", "en"): False, ("en", "ar"): True}.get((pair[0], pair[1]))

    def _value(self, name: str, cell: str, number: int) -> Any:
        if name in _LISTS:
            return parted(cell)
        if name in _FLAGS:
            word = cell.strip().lower()
            if word not in _YES | _NO:
                raise self._wrong(number, f"has “{visible(word[:40])}” for {name}, which is neither yes nor no")
            return word in _YES
        if name in _STATUSES:
            return self._status(cell, number)
        return cell

    def _status(self, cell: str, number: int) -> TermStatus | None:
        if not cell.strip():
            return None
        status = status_of_word(cell)
        if status is None:
            message = f"has the unknown status “{visible(cell.strip()[:40])}”"
            raise self._wrong(
                number, message, f"The statuses are {', '.join(TermStatus)}; --column status= leaves the column alone."
            )
        return status

    def _wrong(self, number: int, what: str, hint: str = "Mend the row and import the file again.") -> ExchangeError:
        return ExchangeError(f"Row {number} of {self._where} {what}.", f"{hint} Nothing was imported.")


def write_rows(concepts: Iterable[Concept], put: Callable[[Sequence[str]], None]) -> Written:
    """Put a header and a row for each pair of ``concepts``: the first columns, and others that say something."""
    concepts = list(concepts)
    pairs = [pair for concept in concepts for pair in pairs_of(concept)]
    left_out = sum(not any(True for _ in pairs_of(concept)) for concept in concepts)
    names = [name for name in COLUMNS if name in FIRST_COLUMNS or any(_says(pair, name) for pair in pairs)]
    kept = {kind: None for pair in pairs for kind, _ in pair.extras if kind.startswith(KEPT)}
    put([*names, *(kind.removeprefix(KEPT) for kind in kept)])
    for pair in pairs:
        extras = dict(reversed(pair.extras))
        put([*(_cell(getattr(pair, name)) for name in names), *(extras.get(kind, "") for kind in kept)])
    return Written(len(pairs), left_out)


def _says(pair: NewTerm, name: str) -> bool:
    value = getattr(pair, name)
    return value != TermStatus.PREFERRED if name == "source_status" else bool(value)


def _cell(value: str | bool | tuple[str, ...] | None) -> str:
    if isinstance(value, bool):
        return "yes" if value else ""
    if isinstance(value, tuple):
        return joined(value)
    return value or ""
