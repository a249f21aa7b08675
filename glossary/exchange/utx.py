"""UTX 1.11 and 1.20, the Universal Terminology eXchange of AAMT: tab-separated lines below a header that begins with #.

The first line names version and languages (``#UTX 1.11; ar/en; …``), the last line with # the columns; ``src:`` and
``tgt:`` begin the columns of one side.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime
from itertools import takewhile
from pathlib import Path
from typing import Any, BinaryIO

from glossary.errors import ExchangeError
from glossary.exchange.columns import KEPT
from glossary.exchange.pairs import pairs_of
from glossary.exchange.statuses import status_of_word
from glossary.exchange.termbase import Found, ReadOptions, Termbase, WriteOptions, Written
from glossary.exchange.texts import read_text
from glossary.model import Concept, NewTerm, TermStatus

_FIRST_LINE = re.compile(r"#\s*UTX(?:-S)?\s+(\d[\d.]*)\s*;\s*([A-Za-z]{2,3})[\w-]*\s*/\s*([A-Za-z]{2,3})[\w-]*")
_STATUS = {
    TermStatus.PREFERRED: "approved",
    TermStatus.ADMITTED: "non-standard",
    TermStatus.FORBIDDEN: "forbidden",
    TermStatus.PROPOSED: "provisional",
}
_WRITTEN = ("src", "tgt", "src:pos", "term status", "domain", "definition", "tgt:comment", "src:plural")
_FIELDS = {
    "src:pos": "pos",
    "tgt:pos": "pos",
    "pos": "pos",
    "term status": "status",
    "status": "status",
    "domain": "domain",
    "definition": "definition",
    "comment": "note",
    "tgt:comment": "note",
    "src:comment": "note",
}


class Utx:
    """For machine translation systems."""

    name = "utx"
    suffixes = (".utx",)

    def open(self, path: Path, options: ReadOptions) -> Termbase:
        """Open a glossary of Arabic and English, in either direction."""
        lines = list(io.StringIO(read_text(path, options.encoding), newline=None))
        header = list(takewhile(lambda line: line.startswith("#"), lines))
        first = _FIRST_LINE.match(lines[0]) if lines else None
        if first is None:
            raise ExchangeError(
                f"The file {path} does not begin like UTX.", "Its first line must be such as “#UTX 1.11; ar/en;”."
            )
        languages = [first[2].lower(), first[3].lower()]
        if languages not in (["ar", "en"], ["en", "ar"]):
            raise ExchangeError(
                f"The file {path} has terms from {languages[0]} to {languages[1]}.", "Tarjama pairs Arabic and English."
            )
        names = [name.strip() for name in header[-1].lstrip("#").split("\t")]
        reader = _LineReader(names, path, turned=languages[0] == "en")
        return Termbase(path, self.name, False, len(lines), lambda: reader.found(lines), reader.told())

    def write(self, concepts: Iterable[Concept], stream: BinaryIO, _options: WriteOptions) -> Written:
        """Write a line for each pair; line ends and tabs within a text become spaces."""
        now = datetime.now(UTC).isoformat(timespec="seconds")
        stream.write(f"#UTX 1.11; ar/en; {now};\r\n".encode())
        stream.write(("#" + "\t".join(_WRITTEN) + "\r\n").encode())
        count = left_out = 0
        for concept in concepts:
            pairs = list(pairs_of(concept))
            left_out += not pairs
            for pair in pairs:
                stream.write(_line(pair).encode("utf-8", "replace"))
                count += 1
        return Written(count, left_out)


class _LineReader:
    def __init__(self, names: list[str], path: Path, *, turned: bool) -> None:
        lower = [name.lower() for name in names]
        sides = [lower.index(side) for side in ("src", "tgt") if side in lower]
        if len(sides) != 2:
            sides = [index for index, name in enumerate(lower) if name.startswith("term:")][:2]
        if len(sides) != 2:
            raise ExchangeError(
                f"The header of {path} does not name the columns src and tgt.",
                "The last line that begins with # must name them. Nothing was imported.",
            )
        self._names = names
        self._path = path
        self._source, self._target = reversed(sides) if turned else sides
        self._fields = self._places(lower, turned=turned)

    def _places(self, lower: list[str], *, turned: bool) -> dict[str, int]:
        places: dict[str, int] = {}
        for index, name in enumerate(lower):
            field = _FIELDS.get(name)
            if name == ("tgt:plural" if turned else "src:plural"):
                field = "forms"
            elif name == ("src:plural" if turned else "tgt:plural"):
                field = "target_forms"
            if field and field not in places:
                places[field] = index
        return places

    def told(self) -> tuple[tuple[str, str], ...]:
        """Return each field with its column, for a preview."""
        places = {"source": self._source, "target": self._target, **self._fields}
        return tuple((field, self._names[index]) for field, index in places.items())

    def found(self, lines: list[str]) -> Iterator[Found]:
        """Yield the pairs of the lines below the header; lines with # are comments."""
        for number, line in enumerate(lines, 1):
            if line.strip() and not line.startswith("#"):
                yield Found(f"line {number}", self._pair(line.rstrip("\n").split("\t"), number), number)

    def _pair(self, cells: list[str], number: int) -> NewTerm:
        if len(cells) > len(self._names):
            raise self._wrong(number, f"has {len(cells)} cells, but the header names {len(self._names)} columns")
        cells += [""] * (len(self._names) - len(cells))
        said: dict[str, Any] = {field: _said(cells[index]) for field, index in self._fields.items()}
        source, target = cells[self._source], cells[self._target]
        if not source.strip() or not target.strip():
            raise self._wrong(number, f"has no {'source' if not source.strip() else 'target'}")
        known = {self._source, self._target, *self._fields.values()}
        return NewTerm(
            source=source,
            target=target,
            status=self._status(said.pop("status", ""), number),
            forms=_parts(said.pop("forms", "")),
            target_forms=_parts(said.pop("target_forms", "")),
            extras=tuple(
                (KEPT + self._names[i], _said(cell)) for i, cell in enumerate(cells) if i not in known and _said(cell)
            ),
            **said,
        )

    def _status(self, word: str, number: int) -> TermStatus | None:
        status = status_of_word(word)
        if word and status is None:
            raise self._wrong(number, f"has the unknown status “{word}”")
        return status

    def _wrong(self, number: int, what: str) -> ExchangeError:
        return ExchangeError(f"Line {number} of {self._path} {what}.", "Mend the line. Nothing was imported.")


def _said(cell: str) -> str:
    """Return what a cell says; a hyphen says that it says nothing."""
    return "" if cell.strip() == "-" else cell.strip()


def _parts(cell: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in cell.split(";") if part.strip())


def _line(pair: NewTerm) -> str:
    values: Mapping[str, str] = {
        "src": pair.source,
        "tgt": pair.target,
        "src:pos": pair.pos or "-",
        "term status": _STATUS[pair.status or TermStatus.PREFERRED],
        "domain": pair.domain,
        "definition": pair.definition,
        "tgt:comment": pair.note,
        "src:plural": "; ".join(pair.forms),
    }
    cells = (" ".join(values[name].split()) for name in _WRITTEN)
    line = "\t".join(cells)
    return f" {line}\r\n" if line.startswith("#") else f"{line}\r\n"  # a line with # is a comment
