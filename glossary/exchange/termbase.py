"""A file of terms while it is read or written: what was found where, and how the user wants it taken."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO, Protocol

from glossary.errors import ExchangeError
from glossary.model import Concept, NewTerm

# The largest termbases in public (IATE, all languages) are near a gigabyte; one language pair of them is far below.
LARGEST_FILE = 512 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class ReadOptions:
    """How a file is to be read, where the file does not say it itself.

    ``columns`` maps a field of NewTerm to the column that holds it: its header, or its number from 1. ``raw`` takes
    cells as they are, also in a file whose cells Tarjama has guarded against spreadsheets.
    """

    columns: Mapping[str, str] = field(default_factory=dict)
    encoding: str = ""
    has_header: bool = True
    raw: bool = False


@dataclass(frozen=True, slots=True)
class WriteOptions:
    """How a file is to be written: the TBX ``dialect`` (basic, core, min) and ``style`` (dca, dct), or exact cells."""

    dialect: str = "basic"
    style: str = "dca"
    raw: bool = False


@dataclass(frozen=True, slots=True)
class Found:
    """One entry of a file: where it stands, what it holds, and how much of the file has been read with it.

    A file holds either pairs or concepts. An ``item`` of None is left out for the ``reason``.
    """

    place: str
    item: NewTerm | Concept | None
    done: int
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Termbase:
    """A file opened for reading.

    ``entries`` may be called more than once; each call reads the file from its beginning and raises ExchangeError with
    the place of what is wrong. ``size`` is what ``Found.done`` counts up to. ``columns`` tells, for files made of
    rows, which header or number each field is read from, and which columns are kept as they are.
    """

    path: Path
    format: str
    holds_concepts: bool
    size: int
    entries: Callable[[], Iterator[Found]]
    columns: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Written:
    """How many concepts or pairs were written, and how many concepts the format could not hold."""

    count: int
    left_out: int = 0


class Format(Protocol):
    """A format of terms."""

    @property
    def name(self) -> str:
        """What ``--format`` calls it."""
        ...

    @property
    def suffixes(self) -> tuple[str, ...]:
        """What its files' names end in, with the dot; the first is the usual one."""
        ...

    def open(self, path: Path, options: ReadOptions) -> Termbase:
        """Open a file; raise ExchangeError when it is not of this format."""
        ...

    def write(self, concepts: Iterable[Concept], stream: BinaryIO, options: WriteOptions) -> Written:
        """Write concepts."""
        ...


def size_of(path: Path) -> int:
    """Return the size of a file in bytes; raise ExchangeError when it cannot be read or is too large."""
    try:
        if path.is_dir():
            raise ExchangeError(f"{path} is a folder.", "Give the name of a file in it.")
        size = path.stat().st_size
    except OSError as error:
        raise unreadable(path, error) from error
    if size > LARGEST_FILE:
        raise ExchangeError(
            f"The file {path} has {size // 1024**2:,} MB; Tarjama reads up to {LARGEST_FILE // 1024**2:,}.",
            "Split it, or export only the languages and fields you need.",
        )
    return size


def unreadable(path: Path, error: OSError) -> ExchangeError:
    """Return the error for a file that the system does not let us read."""
    return ExchangeError(f"The file {path} cannot be read: {error.strerror or error}.", "Check its name.")
