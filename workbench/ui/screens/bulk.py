"""The dialog that changes several terms at once."""

from __future__ import annotations

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Horizontal, Vertical
from textual.widgets import Input, Label

from glossary.model import TermStatus
from workbench.maintaining import BulkChange
from workbench.ui.screens.overlay import Overlay
from workbench.ui.typesetter import Typesetter
from workbench.ui.widgets.arabic_input import ArabicInput
from workbench.ui.widgets.choice import Choice


class BulkScreen(Overlay[BulkChange | None]):
    """Ask what shall become of ``count`` terms; the result is None when nothing shall."""

    BINDINGS = [  # noqa: RUF012  (Textual's own form)
        Binding("escape", "cancel", "Cancel"),
        Binding("enter", "submit", "Change"),
    ]

    def __init__(self, typesetter: Typesetter, count: int) -> None:
        super().__init__()
        self._typesetter = typesetter
        self._count = count

    def compose(self) -> ComposeResult:
        """Show what can be changed."""
        with Vertical(classes="dialog"):
            title = f"Change {self._count:,} {'term' if self._count == 1 else 'terms'} (Enter goes on, Esc cancels)"
            yield Label(title, classes="dialog-title")
            with Horizontal(classes="field"):
                yield Label("Status")
                yield Choice(["", *TermStatus], "", id="bulk-status")
            with Horizontal(classes="field"):
                yield Label("Domain")
                yield ArabicInput(self._typesetter, placeholder="empty: as it is", id="bulk-domain")
            with Horizontal(classes="field"):
                yield Label("Add tag")
                yield ArabicInput(self._typesetter, placeholder="a customer or project", id="bulk-tag")

    @on(Input.Submitted)
    def action_submit(self) -> None:
        """Close with what was chosen."""
        status = self.query_one("#bulk-status", Choice).value
        domain, tag = (self.query_one(f"#bulk-{name}", Input).value.strip() for name in ("domain", "tag"))
        change = BulkChange(TermStatus(status) if status else None, domain or None, tag)
        self.dismiss(change or None)

    def action_cancel(self) -> None:
        """Close without changing."""
        self.dismiss(None)
