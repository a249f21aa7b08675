"""All pairs of a glossary as rows: an entry is made when it is looked at, which most of 100,000 never are."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType
from typing import Any, overload

from glossary.model import TermEntry
from glossary.store.rows import entry_from, strings

_PLACES = {name: place for place, name in enumerate(TermEntry.__dataclass_fields__)}
# Other columns hold texts; a status is equal to its text.
_MADE: Mapping[str, Callable[[Any], Any]] = MappingProxyType(
    {"forms": strings, "target_forms": strings, "do_not_translate": bool, "case_sensitive": bool}
)


class PairTable(Sequence[TermEntry]):
    """Pairs whose values are given in the order of the fields of ``TermEntry``."""

    def __init__(self, rows: Sequence[Sequence[Any]]) -> None:
        self._rows = rows

    def __len__(self) -> int:
        return len(self._rows)

    @overload
    def __getitem__(self, place: int) -> TermEntry: ...
    @overload
    def __getitem__(self, place: slice) -> list[TermEntry]: ...
    def __getitem__(self, place: int | slice) -> TermEntry | list[TermEntry]:
        if isinstance(place, slice):
            return list(map(entry_from, self._rows[place]))
        return entry_from(self._rows[place])

    def column(self, name: str) -> list[Any]:
        """Return the values of one field for all pairs, without making the pairs."""
        place = _PLACES[name]
        if name in _MADE:
            made = _MADE[name]
            return [made(row[place]) for row in self._rows]
        return [row[place] for row in self._rows]
