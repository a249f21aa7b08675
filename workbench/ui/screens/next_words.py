"""The small list of words that may come next."""

from __future__ import annotations

from collections.abc import Sequence

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.geometry import Offset
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from corpus.visible import visible
from workbench.ui.bidi.inplace import isolated
from workbench.ui.screens.overlay import Overlay

MOST_WORDS = 9


class NextWordsScreen(Overlay[str | None]):
    """Ask which of ``words`` comes next, below the cursor at ``place``; digits or Enter take one, Esc takes none."""

    BINDINGS = [  # noqa: RUF012  (Textual's own form)
        Binding("escape", "cancel", "Cancel"),
        *(Binding(str(number), f"take({number - 1})", show=False) for number in range(1, MOST_WORDS + 1)),
    ]

    def __init__(self, words: Sequence[str], place: Offset) -> None:
        super().__init__()
        self._words = words[:MOST_WORDS]
        self._place = place

    def compose(self) -> ComposeResult:
        """Show the words, a digit before each."""
        lines = (f"{number} {isolated(visible(word.strip()))}" for number, word in enumerate(self._words, 1))
        yield OptionList(*(Option(line) for line in lines), id="next-words", markup=False)

    def on_mount(self) -> None:
        """Stand below the cursor, above it where there is no room."""
        words = self.query_one("#next-words", OptionList)
        width = max((len(word) for word in self._words), default=0) + 8
        height = len(self._words) + 2
        below = self._place.y + 1
        y = below if below + height <= self.app.size.height else max(self._place.y - height, 0)
        words.styles.width, words.styles.height = width, height
        words.styles.offset = (max(min(self._place.x, self.app.size.width - width), 0), y)
        words.focus()

    @on(OptionList.OptionSelected)
    def _chosen(self, event: OptionList.OptionSelected) -> None:
        self.action_take(event.option_index)

    def action_take(self, number: int) -> None:
        """Close with a word."""
        if number < len(self._words):
            self.dismiss(self._words[number])

    def action_cancel(self) -> None:
        """Close without one."""
        self.dismiss(None)
