"""The display test: one phrase written in every way there is; the user says which one reads right."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from rich.segment import Segment
from textual import events
from textual.app import App, ComposeResult
from textual.containers import Vertical
from textual.filter import LineFilter
from textual.strip import Strip
from textual.widget import Widget
from textual.widgets import Label, Static

from workbench.ui.bidi.detect import Profile, emitter_of
from workbench.ui.screens.overlay import Overlay, without_typesetter
from workbench.ui.typesetter import LAID_OUT, Typesetter

PHRASE = "قال المتحدث: «لا أحد» (NATO) قبل 24 ساعة."
"""Joined letters, a lam-alef, mirrored quotes and brackets, Latin, a number, a period at the end."""

_ADVICE = """\
Press the number of the row that reads right, Esc to change nothing. \
Right is: from the right edge, letters joined; NATO within its brackets in the \
middle; 24 before the last word; the period at the far left."""


CHOICES = ("app", "armor", "konsole", "kitty", "split", "terminal")
"""The values of the setting ``bidi`` that can be told apart by looking."""


class Sample(Widget):
    """The phrase as one emitter writes it, whatever the rest of the screen is written by."""

    DEFAULT_CSS = "Sample { height: 1; margin: 1 0 0 0; }"

    def __init__(self, name: str, profile: Profile) -> None:
        super().__init__()
        self._name_shown = name
        self._typesetter = Typesetter(profile)

    def get_line_filters(self) -> Sequence[LineFilter]:
        """Write by this row's own emitter."""
        return [*without_typesetter(super().get_line_filters()), self._typesetter]

    def render_line(self, y: int) -> Strip:  # noqa: ARG002  (there is only one)
        """Draw the number at the left and the phrase at the right."""
        room = max(self.size.width - len(self._name_shown) - 2, 2)
        line = self._typesetter.lines(PHRASE, room, right_to_left=True)[0]
        left = Segment(self._name_shown.ljust(max(self.size.width - line.width, 0)), self.rich_style)
        return Strip([left, Segment(line.text, self.rich_style + LAID_OUT)])


class DisplayScreen(Overlay[str | None]):
    """Ask which row reads right; the result is a value of the setting ``bidi``, None when nothing is to change."""

    def __init__(self, profile: Profile) -> None:
        super().__init__()
        self._profile = profile

    def compose(self) -> ComposeResult:
        """Show a row for each way."""
        with Vertical(classes="dialog"):
            yield Label("Which row reads right?", classes="dialog-title")
            yield Static(_ADVICE, markup=False)
            for number, setting in enumerate(CHOICES, 1):
                emitter = emitter_of(setting, multiplexer=self._profile.multiplexer)
                yield Sample(f"{number}  {setting}", replace(self._profile, emitter=emitter))

    def on_key(self, event: events.Key) -> None:
        """Take a number, or Escape."""
        if event.key == "escape":
            self.dismiss(None)
        elif event.key.isdecimal() and 1 <= int(event.key) <= len(CHOICES):
            self.dismiss(CHOICES[int(event.key) - 1])


class DisplayTest(App[str | None]):
    """The display test alone, for who cannot read the screen it would be called from."""

    CSS_PATH = "../tarjama.tcss"
    ENABLE_COMMAND_PALETTE = False

    def __init__(self, profile: Profile) -> None:
        super().__init__()
        self._profile = profile
        self._typesetter = Typesetter(profile)

    def get_line_filters(self) -> Sequence[LineFilter]:
        """Write lines as the screen does."""
        return [*super().get_line_filters(), self._typesetter]

    def on_mount(self) -> None:
        """Show the one screen there is."""
        self.push_screen(DisplayScreen(self._profile), self.exit)
