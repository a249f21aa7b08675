"""One line that says how many terms were found of how many, and by which filters."""

from __future__ import annotations

from textual.widgets import Static

from corpus.visible import visible
from glossary.query import TermQuery
from workbench.maintaining import SearchResult


class FoundBar(Static):
    """The bar; ``told`` is what it says."""

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002  (Textual's own name)
        super().__init__("", id=id, markup=False)
        self.told = ""

    def say(self, text: str) -> None:
        """Show a sentence."""
        self.told = text
        self.update(visible(text))

    def show(self, query: TermQuery, result: SearchResult, marked: int) -> None:
        """Show what a search has found."""
        parts = (
            f"{result.size:,} terms" if query == TermQuery() else f"{result.total:,} of {result.size:,} terms",
            f"the first {len(result.entries):,} shown" if len(result.entries) < result.total else "",
            f"{marked:,} marked" if marked else "",
            " ".join(query.filters),
        )
        self.say("  │  ".join(part for part in parts if part))
