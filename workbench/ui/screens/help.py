"""The help screen, made from the registry of actions."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static

from corpus.model import State
from workbench.ui.actions import ACTIONS, key_name
from workbench.ui.screens.overlay import Overlay
from workbench.ui.widgets.row_painter import GLOSS_SIGN, SIGNS


class HelpScreen(Overlay[None]):
    """All keys, and what the signs before the segments mean."""

    BINDINGS = [Binding("escape,f1,q,enter", "close", "Close")]  # noqa: RUF012  (Textual's own form)

    def compose(self) -> ComposeResult:
        """Show one text."""
        with VerticalScroll(classes="dialog"):
            yield Static(help_text(), markup=False)

    def action_close(self) -> None:
        """Go back to work."""
        self.dismiss()


def help_text() -> Content:
    """Return all keys and signs."""
    lines = [Content.styled("Keys", "bold")]
    lines += [Content(f"  {key_name(action.keys):<12}{action.description}") for action in ACTIONS]
    lines += [Content(""), Content.styled("Signs", "bold")]
    lines += [Content(f"  {SIGNS[state]}           {state.label}") for state in State]
    lines.append(Content(f"  {GLOSS_SIGN}           gloss: word by word, not a translation"))
    lines += [Content(""), Content("Everything typed is saved within a second. Esc closes this.")]
    return Content("\n").join(lines)
