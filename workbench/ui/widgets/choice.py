"""One of a few values, on one line: the arrows, space or the first letter choose."""

from __future__ import annotations

from collections.abc import Sequence

from textual import events
from textual.reactive import reactive
from textual.widgets import Static

from corpus.visible import visible
from workbench.ui.bidi.inplace import isolated


class Choice(Static, can_focus=True):
    """A line that shows its ``value``; an empty one is shown as a dash."""

    value: reactive[str] = reactive("")

    def __init__(self, values: Sequence[str], value: str, *, id: str) -> None:  # noqa: A002  (Textual's own name)
        super().__init__("", id=id, markup=False)
        self._values = list(dict.fromkeys((*values, value)))  # another program may have written one of its own
        self.value = value

    def watch_value(self, value: str) -> None:
        """Show another value."""
        self.update(f"‹ {isolated(visible(value)) if value else '–'} ›")

    def offer(self, values: Sequence[str]) -> None:
        """Let other values be chosen; the first is, unless the one that is chosen is still among them."""
        self._values = list(dict.fromkeys(values))
        if self.value not in self._values:
            self.value = self._values[0]

    def on_key(self, event: events.Key) -> None:
        """Choose another value."""
        place = self._values.index(self.value)
        if event.key in {"right", "space", "left"}:
            place += -1 if event.key == "left" else 1
            self.value = self._values[place % len(self._values)]
        elif event.character and event.is_printable:
            following = [*self._values[place + 1 :], *self._values[: place + 1]]
            self.value = next((value for value in following if value.startswith(event.character.lower())), self.value)
        else:
            return
        event.stop()

    def on_click(self) -> None:
        """Go to the next value."""
        self.value = self._values[(self._values.index(self.value) + 1) % len(self._values)]
