"""The use cases on a project's glossary, which other projects and people may be using at the same time."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from glossary.live import LiveMatcher
    from glossary.model import Match, NewTerm, TermEntry
    from glossary.store import GlossaryStore
    from workbench.maintaining import Maintenance


class Terminology:
    """A glossary as one project uses it: opened when it is needed, made with the first term.

    It belongs to the thread of its session. ``actor`` is whom the journal names.
    """

    def __init__(self, path: Path, actor: str) -> None:
        self.path = path
        self._actor = actor
        self._opened: GlossaryStore | None = None
        self._matcher: LiveMatcher | None = None
        self._maintenance: Maintenance | None = None

    def close(self) -> None:
        """Close the glossary."""
        if self._opened is not None:
            self._opened.close()

    def matches(self, text: str) -> list[Match]:
        """Return the glossary's terms found in an Arabic ``text``, with offsets in that text."""
        store = self._store_if_any()
        if store is None:
            return []
        if self._matcher is None:
            from glossary.live import LiveMatcher

            self._matcher = LiveMatcher(store)
        return self._matcher.find(text)

    @property
    def maintenance(self) -> Maintenance:
        """What one can do with the glossary as a whole."""
        if self._maintenance is None:
            from workbench.maintaining import Maintenance

            self._maintenance = Maintenance(self._store, self._store_if_any, self._actor)
        return self._maintenance

    def add(self, term: NewTerm) -> TermEntry:
        """Add a term, making the glossary when it is the first."""
        return self._store().add(term, self._actor)

    def _store_if_any(self) -> GlossaryStore | None:
        return self._store() if self._opened is not None or self.path.exists() else None

    def _store(self) -> GlossaryStore:
        if self._opened is None:
            from glossary.store import GlossaryStore  # projects without terms never load it

            self._opened = GlossaryStore.open_or_create(self.path)
        return self._opened
