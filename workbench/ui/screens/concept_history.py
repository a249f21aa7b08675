"""What was done to a concept: who, when, what it was and what it became."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static

from corpus.model import JournalEntry
from corpus.visible import visible
from workbench.ui.bidi.inplace import isolated
from workbench.ui.screens.overlay import Overlay

_UNTOLD = frozenset({"concept_uid", "language", "created_by", "created_at", "changed_by", "changed_at"})


class ConceptHistoryScreen(Overlay[None]):
    """The journal of one concept, the newest first."""

    BINDINGS = [Binding("escape,enter,f9,q", "close", "Close")]  # noqa: RUF012  (Textual's own form)

    def __init__(self, entries: Sequence[JournalEntry]) -> None:
        super().__init__()
        self._entries = entries

    def compose(self) -> ComposeResult:
        """Show one text."""
        with VerticalScroll(classes="dialog"):
            yield Static(history_text(self._entries), markup=False)

    def action_close(self) -> None:
        """Go back to the terms."""
        self.dismiss()


def history_text(entries: Sequence[JournalEntry]) -> Content:
    """Return a paragraph for each step, the newest first."""
    lines = [Content.styled("History of the concept (Esc closes)", "bold"), Content("")]
    for entry in reversed(entries):
        at = entry.at[:16].replace("T", " ")
        lines.append(Content.assemble((at, "dim"), f"  {visible(entry.actor)}  {entry.action} {entry.entity}"))
        lines += [Content(f"    {line}") for line in _fields(entry)]
    return Content("\n").join(lines)


def _fields(entry: JournalEntry) -> Iterator[str]:
    for name in dict.fromkeys((*entry.before, *entry.after)):
        if name in _UNTOLD:
            continue
        before, after = (
            isolated(visible(str(side[name]))) if side.get(name) else "" for side in (entry.before, entry.after)
        )
        if entry.before and entry.after:
            yield f"{name}: {before or '–'} → {after or '–'}"
        elif before or after:
            yield f"{name}: {before or after}"
