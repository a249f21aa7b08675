"""The rows of the open project as the screen has them: all their places, but only the segments near what is seen."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from corpus.model import Segment
from corpus.store.windows import RowOrder, Totals

# Rows to have on each side of what is seen, so that scrolling finds them there, and how many may be kept.
AHEAD = 60
_KEPT = 4 * AHEAD


class ShownProject:
    """Segments by their rows, each in its newest state known; a row that is not loaded has none."""

    def __init__(
        self, order: RowOrder | None = None, totals: Totals | None = None, names: Mapping[str, str] | None = None
    ) -> None:
        self.order = order or RowOrder()
        self.totals = totals or Totals()
        self._names = names or {}
        self._segments: dict[int, Segment] = {}
        self._rows: dict[str, int] = {}

    def __len__(self) -> int:
        return len(self.order.places)

    def __getitem__(self, row: int) -> Segment:
        return self._segments[row]

    def loaded(self, rows: Iterable[int]) -> list[Segment]:
        """Return the segments of these rows, as far as they are loaded."""
        return [self._segments[row] for row in rows if row in self._segments]

    def has(self, rows: Iterable[int]) -> bool:
        """Tell whether all these rows are loaded."""
        return all(row in self._segments for row in rows)

    def row_of(self, uid: str) -> int | None:
        """Return the row of a segment that is loaded."""
        return self._rows.get(uid)

    def row_at(self, place: int | None) -> int | None:
        """Return the row of a place; None where no row has it."""
        try:
            return None if place is None else self.order.places.index(place)
        except ValueError:
            return None

    def rows_at(self, places: Mapping[str, int]) -> dict[str, int]:
        """Return the rows of many places, each under its own key; those that no row has are left out."""
        wanted = {place: key for key, place in places.items()}
        return {wanted[place]: row for row, place in enumerate(self.order.places) if place in wanted}

    def document_of(self, segment: Segment | None) -> str:
        """Return the name of a segment's document; nothing for no segment."""
        return self._names.get(segment.document_uid, "") if segment else ""

    @property
    def versions(self) -> dict[int, int]:
        """The versions of the segments that are loaded, by their places."""
        return {self.order.places[row]: segment.version for row, segment in self._segments.items()}

    # What is loaded

    def missing(self, seen: range) -> list[int]:
        """Return the rows to load while ``seen`` are on the screen; none as long as there are enough around them."""
        near = self._around(seen, AHEAD // 2)
        if self.has(near):
            return []
        return [row for row in self._around(seen, AHEAD) if row not in self._segments]

    def take(self, found: Mapping[int, Segment]) -> None:
        """Take the segments of rows that are not loaded."""
        for row, segment in found.items():
            if row not in self._segments:
                self._segments[row] = segment
                self._rows[segment.uid] = row

    def replace(self, segment: Segment) -> int | None:
        """Take a newer state of a segment and return its row; None where it is not loaded and nothing is to be done."""
        row = self._rows.get(segment.uid)
        if row is not None:
            self._segments[row] = segment
        return row

    def forget_far_from(self, seen: range, also_kept: Sequence[range]) -> None:
        """Let rows go that are far from what is seen, but for those in ``also_kept``."""
        kept = (self._around(seen, _KEPT), *also_kept)
        for row in [row for row in self._segments if not any(row in rows for rows in kept)]:
            self._rows.pop(self._segments.pop(row).uid, None)

    def _around(self, seen: range, more: int) -> range:
        return range(max(seen.start - more, 0), min(seen.stop + more, len(self)))
