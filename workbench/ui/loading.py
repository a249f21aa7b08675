"""Rows from the store thread: which there are, those that are to be seen, and what others have changed in them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from corpus.model import Segment
from corpus.store.windows import ALL_ROWS, News, RowFilter, Totals
from workbench.jobs import StoreThread
from workbench.session import Session
from workbench.ui.shown import ShownProject


class RowLoader:
    """Ask the store thread; every method raises TarjamaError when the project cannot be read."""

    def __init__(self, store: StoreThread) -> None:
        self._store = store
        self.is_loading = False

    async def shown(self, rows: RowFilter = ALL_ROWS) -> ShownProject:
        """Return the rows there are now, none of them loaded."""

        def read(session: Session) -> ShownProject:
            windows = session.windows
            return ShownProject(windows.order(rows), windows.totals(), windows.document_names())

        return await self._store.run(read)

    async def totals(self) -> Totals:
        """Return how far the project has come."""
        return await self._store.run(lambda session: session.windows.totals())

    async def load(self, shown: ShownProject, seen: range) -> bool:
        """Load rows that are seen and those around them; return whether all were still there."""
        rows = shown.missing(seen)
        if not rows:
            return True
        places = [shown.order.places[row] for row in rows]
        self.is_loading = True
        try:
            found = await self._store.run(lambda session: session.windows.at(places))
        finally:
            self.is_loading = False
        shown.take({row: found[place] for row, place in zip(rows, places, strict=True) if place in found})
        return len(found) == len(places)

    async def next_row(self, shown: ShownProject, wanted: RowFilter, after: Segment | None = None) -> int | None:
        """Return the next row that is ``wanted`` of those shown, from the top again after the last; None for none."""
        both = _both(shown.order.filter, wanted)
        return shown.row_at(await self._store.run(lambda session: session.windows.next_place(both, after)))

    async def rows_of(self, shown: ShownProject, uids: Sequence[str]) -> Mapping[str, int]:
        """Return the rows of segments by uid, loaded or not; those that are not shown are left out."""
        return shown.rows_at(await self._store.run(lambda session: session.windows.places_of(uids)))

    async def news(self, shown: ShownProject) -> News:
        """Return what has changed since this was asked last, of the rows that are loaded."""
        since, versions = shown.order.journal, shown.versions
        news = await self._store.run(lambda session: session.windows.news(since, versions))
        shown.order = replace(shown.order, journal=news.journal)
        return news


def _both(one: RowFilter, other: RowFilter) -> RowFilter:
    return RowFilter(
        max(one.first, other.first),
        min(one.last, other.last),
        one.flagged or other.flagged,
        one.document_uid or other.document_uid,
    )
