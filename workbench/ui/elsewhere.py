"""Where else a segment stands, as the editor screen asks for it: once all sources have been looked through."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from corpus.model import Segment
from workbench.jobs import StoreThread, in_background

# Looking through more takes seconds in which typing would falter; `tarjama duplicates` does it.
MOST_SEGMENTS = 50_000


class ScreenDuplicates:
    """Ask the store thread, when an index has been made beside it."""

    def __init__(self, store: StoreThread) -> None:
        self._store = store
        self._is_ready = False

    async def prepare(self, project: Path, segments: int) -> None:
        """Make the index of a project of so many segments; raise TarjamaError when the project cannot be read."""
        if 1 < segments <= MOST_SEGMENTS:
            from workbench.duplicates import load_index

            index = await in_background(lambda: load_index(project))
            await self._store.run(lambda session: session.duplicates.take(index))
            self._is_ready = True

    async def documents_with(self, segment: Segment) -> Sequence[str]:
        """Return the other documents that have the same, nearly the same or a part of it; none before it is ready."""
        if not self._is_ready:
            return ()
        from workbench.duplicates import other_documents

        return await self._store.run(
            lambda session: other_documents(session.duplicates.of(segment.uid), segment.document_uid)
        )
