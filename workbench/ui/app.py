"""The application: it puts store, engine and screen together and hands messages on."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from textual import on, work
from textual.app import App
from textual.filter import LineFilter
from textual.screen import ModalScreen
from textual.widget import Widget
from textual.worker import Worker, WorkerState

from corpus.errors import TarjamaError
from corpus.visible import visible
from workbench.engines.protocol import Engine
from workbench.jobs import DraftJob, StoreThread
from workbench.session import Session
from workbench.ui.bidi.detect import Profile, emitter_of
from workbench.ui.messages import DraftingEnded, DraftProgress, DraftsReady, ModelInstalled, ModelProgress
from workbench.ui.palette import ActionCommands
from workbench.ui.picture import in_given_order
from workbench.ui.screens.display import DisplayScreen
from workbench.ui.screens.editor import EditorScreen
from workbench.ui.screens.overlay import Palette
from workbench.ui.terminal import end_on_signals
from workbench.ui.typesetter import Typesetter


class TarjamaApp(App[None], inherit_bindings=False):  # Textual's own Ctrl+Q would leave without saving
    """One project on one screen.

    ``open_session`` is called on the store thread. ``make_engine`` gives None when there is no model. ``install_model``
    fetches one, telling (bytes done, bytes in all), and returns what it installed. ``keep_setting`` stores a setting
    that the user has chosen on the screen. ``profile`` says how this terminal is written to. After the end
    ``unsaved_text`` is text that could not be saved, nearly always none.
    """

    TITLE = "Tarjama"
    CSS_PATH = "tarjama.tcss"
    COMMANDS = {ActionCommands}  # noqa: RUF012  (Textual's own form)

    def __init__(
        self,
        open_session: Callable[[], Session],
        *,
        make_engine: Callable[[], Engine | None],
        install_model: Callable[[Callable[[int, int], None]], str],
        export_path: Path,
        keep_setting: Callable[[str, str], None],
        profile: Profile,
    ) -> None:
        super().__init__()
        self._make_engine = make_engine
        self._fetch_model = install_model
        self._keep_setting = keep_setting
        self._store = StoreThread(open_session)
        self.typesetter = Typesetter(profile)
        self.editor_screen = EditorScreen(self._store, export_path, self._begin_install, self.typesetter)
        self._engine: Engine | None = None
        self._job: DraftJob | None = None
        self.unsaved_text = ""

    def get_line_filters(self) -> Sequence[LineFilter]:
        """Have every line of the screen read right, whichever widget drew it."""
        return [*super().get_line_filters(), self.typesetter]

    # Arabic on the screen

    def set_with(self, typesetter: Typesetter) -> None:
        """Write everything by another typesetter from now on."""
        self.typesetter = typesetter
        self.editor_screen.set_with(typesetter)
        for widget in self.editor_screen.walk_children(Widget):
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
            self.editor_screen.tell(error)

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

    # Work

    async def on_mount(self) -> None:
        """Show the project, then have drafted what is missing."""
        if not self.is_headless:
            end_on_signals(lambda code: self.exit(return_code=code))
        await self.push_screen(self.editor_screen)
        overview, segments = await self._store.run(lambda session: (session.overview(), session.segments()))
        self.editor_screen.show(overview, segments)
        self.editor_screen.call_after_refresh(self.start_drafting)

    def start_drafting(self) -> None:
        """Begin to draft with the best engine there is, or say how to get one."""
        if self._job is not None:
            self._job.cancel()
        try:
            self._engine = self._make_engine()
        except TarjamaError as error:
            self.editor_screen.tell(error)
            return
        if self._engine is None:
            self.editor_screen.advise(
                "No model for drafts. F9 fetches one; `tarjama models install FILE` takes a local one."
            )
            return
        identity = self._engine.identity
        self.editor_screen.begin_drafting(f"{identity.kind.value} by {identity.name}")
        self._job = DraftJob(
            self._store,
            self._engine,
            on_drafts=lambda segments: self._tell_editor(DraftsReady(segments)),
            on_progress=lambda done, total: self._tell_editor(DraftProgress(done, total)),
            on_end=lambda error: self._tell_editor(DraftingEnded(error)),
        )
        self._job.start(self.editor_screen.visible_uids)

    def _tell_editor(self, message: DraftsReady | DraftProgress | DraftingEnded) -> None:
        self.editor_screen.post_message(message)

    def _begin_install(self) -> None:
        self.install_model()

    @work(thread=True, exclusive=True, group="model", exit_on_error=False)
    def install_model(self) -> None:
        """Fetch the full model in a thread, telling how far it is."""
        try:
            report = self._fetch_model(self._model_grows)
        except TarjamaError as error:
            self.post_message(ModelInstalled("", error))
        else:
            self.post_message(ModelInstalled(report))

    def _model_grows(self, done: int, total: int) -> None:
        self.post_message(ModelProgress(done, total))

    @on(ModelProgress)
    def _show_model_progress(self, message: ModelProgress) -> None:
        share = 100 * message.done // message.total if message.total else 0
        self.editor_screen.show_engine(f"fetching the model: {share} % of {message.total / 1e6:.0f} MB")

    @on(ModelInstalled)
    def _model_came(self, message: ModelInstalled) -> None:
        if isinstance(message.error, TarjamaError):
            self.editor_screen.tell(message.error)
            return
        self.notify(visible(message.report), title="Model installed", timeout=20, markup=False)
        self.start_drafting()

    @on(Worker.StateChanged)
    def _worker_failed(self, event: Worker.StateChanged) -> None:
        """Show what no part of the program expected; the work goes on."""
        if event.state is WorkerState.ERROR:
            text = visible(f"{type(event.worker.error).__name__}: {event.worker.error}")
            self.notify(text, title="Something unexpected went wrong", severity="error", timeout=20, markup=False)

    async def on_unmount(self) -> None:
        """Save what was typed last, stop drafting and close the project."""
        self.unsaved_text = await self.editor_screen.save_at_the_end()
        if self._job is not None:
            self._job.cancel()
            self._job.join()
        self._store.close()
