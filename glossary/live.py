"""A matcher that keeps up with a glossary file, whoever changes it."""

from __future__ import annotations

from glossary.matcher import Matcher
from glossary.model import Match
from glossary.store import GlossaryStore

# So many changes at once are an import: reading everything anew is then faster than asking for each concept.
_MANY_CHANGES = 3000


class LiveMatcher:
    """Find the terms of a glossary as it stands at each call: what has changed is taken in, the rest is kept."""

    def __init__(self, store: GlossaryStore) -> None:
        self._store = store
        self._version = store.version()
        self._matcher = _made_of(store)

    def find(self, text: str) -> list[Match]:
        """Return the terms in ``text``; see ``Matcher.find``."""
        version = self._store.version()
        if version - self._version > _MANY_CHANGES:
            self._matcher = _made_of(self._store)
        elif version != self._version:
            self._matcher.replace(self._store.changed_since(self._version))
        self._version = version
        return self._matcher.find(text)


def _made_of(store: GlossaryStore) -> Matcher:
    return Matcher.of_keys(store.matching_keys(), store.entries_of)
