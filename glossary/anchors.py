"""The terms of a glossary as anchors of an alignment: an Arabic term and its English one say the same."""

from __future__ import annotations

from glossary.english import EnglishFinder
from glossary.live import LiveMatcher
from glossary.store import GlossaryStore


class GlossaryAnchors:
    """Finds concepts in sentences of either language, as ``corpus.alignment.Anchors`` asks for them."""

    def __init__(self, store: GlossaryStore) -> None:
        self._arabic = LiveMatcher(store)
        self._english = EnglishFinder(store.entries())

    def in_source(self, text: str) -> set[str]:
        """Return the uids of the concepts that an Arabic sentence names."""
        return {match.entry.concept_uid for match in self._arabic.find(text)}

    def in_target(self, text: str) -> set[str]:
        """Return the uids of the concepts that an English sentence names."""
        return {occurrence.entry.concept_uid for occurrence in self._english.find(text)}
