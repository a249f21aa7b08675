"""Formats by their names, for import and export alike."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Protocol, TypeVar

from corpus.errors import TarjamaError


class Named(Protocol):
    """A format with the name that commands know it by."""

    @property
    def name(self) -> str:
        """The name."""
        ...


FormatT = TypeVar("FormatT", bound=Named)


def format_called(name: str, known: Iterable[FormatT], *, use: str, error: type[TarjamaError]) -> FormatT:
    """Return the format called ``name``; raise ``error``, naming the valid ones for this use, when there is none."""
    by_name = {candidate.name: candidate for candidate in known}
    if name not in by_name:
        raise error(f"There is no {use} format called “{name}”.", f"The formats: {', '.join(by_name)}.")
    return by_name[name]
