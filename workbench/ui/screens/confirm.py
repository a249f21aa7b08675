"""The dialog that asks before many things are changed at once."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical
from textual.widgets import Label, Static

from corpus.visible import visible
from workbench.ui.screens.overlay import Overlay


class ConfirmScreen(Overlay[bool]):
    """Ask a question; the result is whether the answer was yes."""

    BINDINGS = [  # noqa: RUF012  (Textual's own form)
        Binding("enter,y", "answer(True)", "Yes", priority=True),
        Binding("escape,n", "answer(False)", "No", priority=True),
    ]

    def __init__(self, question: str) -> None:
        super().__init__()
        self._question = question

    def compose(self) -> ComposeResult:
        """Show the question."""
        with Vertical(classes="dialog"):
            yield Static(visible(self._question), classes="dialog-title", markup=False)
            yield Label("Enter: yes    Esc: no")

    def action_answer(self, answer: bool) -> None:
        """Close with the answer."""
        self.dismiss(answer)
