"""The glossary's terms in the current segment, with how each was found."""

from __future__ import annotations

from collections.abc import Sequence

from textual.content import Content
from textual.widgets import Static

from corpus.visible import visible
from glossary.model import Match, TermStatus
from workbench.ui.bidi.inplace import isolated

STATUS_SIGNS = {
    TermStatus.PREFERRED: "★",
    TermStatus.ADMITTED: "+",
    TermStatus.FORBIDDEN: "✗",
    TermStatus.PROPOSED: "?",
}
"""Each status has a sign, so that it is told without color."""


class TermPanel(Static):
    """A list of matches; a term that occurs twice stands once, terms inside longer ones stand last."""

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002  (Textual's own name)
        super().__init__("", id=id, markup=False)
        self.border_title = "Terms"

    def show(self, matches: Sequence[Match]) -> None:
        """Show the terms of a segment."""
        once = {(match.entry.uid, match.surface, match.covered): match for match in matches}
        in_order = sorted(once.values(), key=lambda match: match.covered)
        lines = [_covered_line(match) if match.covered else _line(match) for match in in_order]
        told = Content("\n").join(lines) if lines else Content.styled("No terms in this segment.", "dim")
        if told != self.content:  # most rows have the same: none
            self.update(told)


def _covered_line(match: Match) -> Content:
    """Return one dim line for a term that a longer one covers or overlaps."""
    entry = match.entry
    words = f"{STATUS_SIGNS[entry.status]} {visible(entry.target)}  {isolated(match.surface)}  (inside a longer term)"
    return Content.styled(words, "dim")


def _line(match: Match) -> Content:
    entry, analysis = match.entry, match.analysis
    parts = [*analysis.proclitics, analysis.stem, *filter(None, [analysis.enclitic])]
    built = isolated(" + ".join(parts)) if len(parts) > 1 else ""
    return Content.assemble(
        f"{STATUS_SIGNS[entry.status]} ",
        (visible(entry.target), "bold strike" if entry.status is TermStatus.FORBIDDEN else "bold"),
        (f" ({entry.status.value})", "dim"),
        f"\n  {isolated(match.surface)}  ",
        (built, "dim"),
        (f"\n  {visible(entry.note)}" if entry.note else "", "dim italic"),
    )
