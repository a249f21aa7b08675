"""The dialog that adds a term to the glossary."""

from __future__ import annotations

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical
from textual.widgets import Input, Label

from glossary.model import NewTerm
from workbench.ui.screens.overlay import Overlay
from workbench.ui.typesetter import Typesetter
from workbench.ui.widgets.arabic_input import ArabicInput


class TermScreen(Overlay[NewTerm | None]):
    """Ask for an Arabic term and its English; the result is None when the user thinks better of it."""

    BINDINGS = [Binding("escape", "cancel", "Cancel")]  # noqa: RUF012  (Textual's own form)

    def __init__(self, typesetter: Typesetter, source: str, target: str) -> None:
        super().__init__()
        self._typesetter = typesetter
        self._source = source
        self._target = target

    def compose(self) -> ComposeResult:
        """Show two lines to fill in."""
        with Vertical(classes="dialog"):
            yield Label("Add a term to the glossary (Enter adds, Esc cancels)", classes="dialog-title")
            yield ArabicInput(self._typesetter, self._source, placeholder="Arabic term", id="source")
            yield Input(self._target, placeholder="English", id="target")

    @on(Input.Submitted)
    def _submitted(self) -> None:
        source, target = self.query_one("#source", Input), self.query_one("#target", Input)
        if not source.value.strip():
            source.focus()
        elif not target.value.strip():
            target.focus()
        else:
            self.dismiss(NewTerm(source.value, target.value))

    def action_cancel(self) -> None:
        """Close without adding."""
        self.dismiss(None)
