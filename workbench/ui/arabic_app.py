"""What every application of Tarjama does, whatever its screens: Arabic reads right, commands are found by name."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Protocol, runtime_checkable

from textual import on, work
from textual.app import App
from textual.filter import LineFilter
from textual.screen import ModalScreen
from textual.widget import Widget
from textual.worker import Worker, WorkerState, get_current_worker

from corpus.errors import TarjamaError
from corpus.visible import visible
from workbench.jobs import OwnerThread
from workbench.ui.bidi.detect import Profile, emitter_of
from workbench.ui.palette import ActionCommands
from workbench.ui.picture import in_given_order
from workbench.ui.screens.display import DisplayScreen
from workbench.ui.screens.overlay import Palette
from workbench.ui.typesetter import Typesetter


@runtime_checkable
class Typeset(Protocol):
    """A screen that lays text out itself."""

    def set_with(self, typesetter: Typesetter) -> None:
        """Show everything by another typesetter."""


class ArabicApp(App[None], inherit_bindings=False):  # Textual's own Ctrl+Q would leave without saving
    """An application all of whose lines pass a typesetter.

    ``profile`` says how this terminal is written to. ``keep_setting`` stores a setting that the user has chosen on the
    screen.
    """

    TITLE = "Tarjama"
    CSS_PATH = "tarjama.tcss"
    COMMANDS = {ActionCommands}  # noqa: RUF012  (Textual's own form)

    def __init__(self, profile: Profile, keep_setting: Callable[[str, str], None]) -> None:
        super().__init__()
        self._keep_setting = keep_setting
        self.typesetter = Typesetter(profile)
        self.farewell: TarjamaError | None = None

    def get_line_filters(self) -> Sequence[LineFilter]:
        """Have every line of the screen read right, whichever widget drew it."""
        return [*super().get_line_filters(), self.typesetter]

    def tell(self, error: TarjamaError) -> None:
        """Show what happened and what to do."""
        self.notify(visible(error.hint), title=visible(error.message), severity="error", timeout=10, markup=False)

    @work(thread=True, group="backup", exit_on_error=False)
    def back_up(self, make_backups: Callable[[Callable[[], bool]], object]) -> None:
        """Make the backups that are due in a thread; one that cannot be made is told."""
        worker = get_current_worker()
        try:
            make_backups(lambda: worker.is_cancelled)
        except TarjamaError as error:
            self.call_from_thread(self.tell, error)

    def release(self, thread: OwnerThread[Any]) -> None:
        """Close what a thread owns; what its user must then know is ``farewell``."""
        try:
            thread.close()
        except TarjamaError as error:
            self.farewell = error

    def set_with(self, typesetter: Typesetter) -> None:
        """Write everything by another typesetter from now on."""
        self.typesetter = typesetter
        for screen in self.screen_stack:
            if isinstance(screen, Typeset):
                screen.set_with(typesetter)
            for widget in screen.walk_children(Widget):
                widget.refresh()

    def action_toggle_marks(self) -> None:
        """Show or hide vowel marks."""
        self.set_with(self.typesetter.changed(marks=not self.typesetter.profile.marks))

    def action_toggle_controls(self) -> None:
        """Show or hide invisible characters."""
        self.set_with(self.typesetter.changed(controls=not self.typesetter.controls))

    @work
    async def action_display_test(self) -> None:
        """Let the user choose the row that reads right; it is kept for the next time."""
        profile = self.typesetter.profile
        chosen = await self.push_screen_wait(DisplayScreen(profile))
        if chosen is None:
            return
        self.set_with(self.typesetter.changed(emitter=emitter_of(chosen, multiplexer=profile.multiplexer)))
        try:
            self._keep_setting("bidi", chosen)
        except TarjamaError as error:
            self.tell(error)

    def action_command_palette(self) -> None:
        """Find a command by its name."""
        if self.use_command_palette and not isinstance(self.screen, ModalScreen):
            self.push_screen(Palette(id="--command-palette"))

    def action_screenshot(self, filename: str | None = None, path: str | None = None) -> None:
        """Save a picture of the screen where the user will look for it."""
        self.deliver_screenshot(filename, path)

    def export_screenshot(self, *, title: str | None = None, simplify: bool = False) -> str:
        """Return the screen as SVG, in which a browser shows Arabic as the terminal does."""
        terminal, self.typesetter = self.typesetter, self.typesetter.for_picture()
        try:
            svg = super().export_screenshot(title=title, simplify=simplify)
        finally:
            self.typesetter = terminal
        return in_given_order(svg) if terminal.orders else svg

    @on(Worker.StateChanged)
    def _worker_failed(self, event: Worker.StateChanged) -> None:
        """Show what no part of the program expected; the work goes on."""
        if event.state is WorkerState.ERROR:
            text = visible(f"{type(event.worker.error).__name__}: {event.worker.error}")
            self.notify(text, title="Something unexpected went wrong", severity="error", timeout=20, markup=False)
