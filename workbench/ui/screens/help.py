"""The help screen, made from the registry of actions."""

from __future__ import annotations

from collections.abc import Sequence

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static

from corpus.model import State
from glossary.model import TermStatus
from workbench.ui.actions import ACTIONS, GLOSSARY_ACTIONS, Action, key_name
from workbench.ui.screens.overlay import Overlay
from workbench.ui.widgets.row_painter import GLOSS_SIGN, MEMORY_SIGN, SIGNS
from workbench.ui.widgets.term_panel import STATUS_SIGNS
from workbench.ui.widgets.term_table import MARK

_FILTERS = (
    ("status:proposed", "terms of this status"),
    ("domain:law", 'whose domain begins so; domain:"armed conflict" with spaces'),
    ("author:anna", "that anna has added"),
    ("tag:acme", "with this customer or project"),
    ("is:conflicting", "with an open conflict, or two preferred translations"),
    ("is:unused", "that the project does not have"),
)


class HelpScreen(Overlay[None]):
    """All keys, and what the signs before the rows mean; those of the editor screen, or ``text``."""

    BINDINGS = [Binding("escape,f1,q,enter", "close", "Close")]  # noqa: RUF012  (Textual's own form)

    def __init__(self, text: Content | None = None) -> None:
        super().__init__()
        self._text = help_text() if text is None else text

    def compose(self) -> ComposeResult:
        """Show one text."""
        with VerticalScroll(classes="dialog"):
            yield Static(self._text, markup=False)

    def action_close(self) -> None:
        """Go back to work."""
        self.dismiss()


def help_text() -> Content:
    """Return all keys and signs of the editor screen."""
    lines = _keys(ACTIONS)
    lines += [Content(""), Content.styled("Signs", "bold")]
    lines += [Content(f"  {SIGNS[state]}           {state.label}") for state in State]
    lines.append(Content(f"  {GLOSS_SIGN}           gloss: word by word, not a translation"))
    lines.append(Content(f"  {MEMORY_SIGN}           draft from the memory: confirmed for the same source elsewhere"))
    lines += [Content(""), Content("Everything typed is saved within a second. Esc closes this.")]
    return Content("\n").join(lines)


def glossary_help_text() -> Content:
    """Return all keys and signs of the glossary screen."""
    lines = _keys(GLOSSARY_ACTIONS)
    lines += [Content(""), Content.styled("Signs", "bold")]
    lines += [Content(f"  {STATUS_SIGNS[status]}           {status.value}") for status in TermStatus]
    lines += [Content(f"  {MARK}           marked"), Content(""), Content.styled("In the search", "bold")]
    lines += [Content(f"  {example:<22}{meaning}") for example, meaning in _FILTERS]
    return Content("\n").join(lines)


def _keys(actions: Sequence[Action]) -> list[Content]:
    return [
        Content.styled("Keys", "bold"),
        *(Content(f"  {key_name(action.keys):<12}{action.description}") for action in actions),
    ]
