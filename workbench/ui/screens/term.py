"""The dialog that adds a term to the glossary, or changes one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical
from textual.widgets import Input, Label, OptionList
from textual.widgets.option_list import Option

from glossary.model import NewTerm
from workbench.ui.bidi.inplace import isolated
from workbench.ui.screens.overlay import Overlay
from workbench.ui.typesetter import Typesetter
from workbench.ui.widgets.arabic_input import ArabicInput
from workbench.ui.widgets.term_fields import TermFields


class TermScreen(Overlay[NewTerm | None]):
    """Ask for an Arabic term and its English; the result is None when the user thinks better of it.

    With ``seen`` the dialog begins with a term that is there already, and returns it as it shall be. ``choices`` are
    words of the segment that could be the Arabic, ``chosen`` the one that is offered first: up and down choose another
    one, wherever the cursor is.
    """

    BINDINGS = [  # noqa: RUF012  (Textual's own form)
        Binding("escape", "cancel", "Cancel"),
        Binding("enter", "submit", "Add"),
        Binding("up", "choose(-1)", "Word before", priority=True),
        Binding("down", "choose(1)", "Word after", priority=True),
    ]
    VERTICAL_BREAKPOINTS = [(0, "-short"), (20, "-tall")]  # noqa: RUF012

    def __init__(
        self,
        typesetter: Typesetter,
        source: str = "",
        target: str = "",
        *,
        seen: NewTerm | None = None,
        choices: Sequence[str] = (),
        chosen: int | None = None,
    ) -> None:
        super().__init__()
        self._typesetter = typesetter
        self._changes = seen is not None
        self._choices = choices
        self._chosen = chosen
        offered = source if source or chosen is None else choices[chosen]
        self._term = NewTerm(offered, target) if seen is None else seen

    def compose(self) -> ComposeResult:
        """Show two lines to fill in, and below what else can be said."""
        with Vertical(classes="dialog"):
            title = "Change a term (Enter keeps" if self._changes else "Add a term (Enter adds"
            yield Label(f"{title}, Esc cancels)", classes="dialog-title")
            yield ArabicInput(self._typesetter, self._term.source, placeholder="Arabic term", id="source")
            yield ArabicInput(self._typesetter, self._term.target, placeholder="English", id="target")
            if self._choices:
                yield Label("Words of this segment (↑ ↓ choose)", id="choices-title")
                words = OptionList(*(Option(isolated(text)) for text in self._choices), id="choices", markup=False)
                words.can_focus = False  # the arrows choose without it, and Enter adds
                yield words
            yield TermFields(self._typesetter, self._term, id="more")

    def on_mount(self) -> None:
        """Begin where something is missing, else in the Arabic."""
        missing = [name for name in ("source", "target") if not getattr(self._term, name)]
        self.query_one(f"#{missing[0] if missing else 'source'}", Input).focus()
        if self._choices:
            words = self.query_one("#choices", OptionList)
            words.highlighted = self._chosen
            self.call_after_refresh(words.scroll_to_highlight)  # once its height is known

    def action_choose(self, step: int) -> None:
        """Take the next or previous word of the segment for the Arabic."""
        if self._choices:
            words = self.query_one("#choices", OptionList)
            if words.highlighted is None:
                words.highlighted = 0 if step > 0 else len(self._choices) - 1
            else:
                words.highlighted = min(max(words.highlighted + step, 0), len(self._choices) - 1)
            self._take(words.highlighted)

    @on(OptionList.OptionSelected)
    def _clicked(self, event: OptionList.OptionSelected) -> None:
        self._take(event.option_index)

    def _take(self, choice: int) -> None:
        source = self.query_one("#source", Input)
        source.value = self._choices[choice]
        source.cursor_position = len(source.value)

    @on(Input.Changed, "#source")
    def _source_changed(self, event: Input.Changed) -> None:
        self.query_one(TermFields).offer_plurals(event.value)

    @on(Input.Submitted)
    def action_submit(self) -> None:
        """Close with the term, unless a side of it is missing."""
        source, target = self.query_one("#source", Input), self.query_one("#target", Input)
        if not source.value.strip():
            source.focus()
        elif not target.value.strip():
            target.focus()
        else:
            filled = self.query_one(TermFields).filled()
            self.dismiss(replace(filled, source=source.value.strip(), target=target.value.strip()))

    def action_cancel(self) -> None:
        """Close without adding."""
        self.dismiss(None)
