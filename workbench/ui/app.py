"""The application: it puts store, engine and screen together and hands messages on."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from textual import on, work

from corpus.errors import TarjamaError
from corpus.visible import visible
from workbench.engines.protocol import Engine, notice
from workbench.jobs import DraftJob, StoreThread
from workbench.session import Session
from workbench.ui.arabic_app import ArabicApp
from workbench.ui.bidi.detect import Profile
from workbench.ui.messages import DraftingEnded, DraftProgress, DraftsReady, ModelInstalled, ModelProgress
from workbench.ui.screens.editor import EditorScreen
from workbench.ui.terminal import end_on_signals


class TarjamaApp(ArabicApp):
    """One project on one screen.

    ``open_session`` is called on the store thread. ``make_engine`` gives None when there is no model. ``install_model``
    fetches one, telling (bytes done, bytes in all), and returns what it installed. ``keep_setting`` stores a setting
    that the user has chosen on the screen. ``profile`` says how this terminal is written to. ``back_up`` makes the
    backups that are due, in a thread of its own, until what it is given tells it to stop. ``completion`` tells whether
    anything is proposed while somebody types. After the end
    ``unsaved_text`` is text that could not be saved, nearly always none.
    """

    def __init__(
        self,
        open_session: Callable[[], Session],
        *,
        make_engine: Callable[[], Engine | None],
        install_model: Callable[[Callable[[int, int], None]], str],
        export_path: Path,
        keep_setting: Callable[[str, str], None],
        profile: Profile,
        back_up: Callable[[Callable[[], bool]], object] | None = None,
        completion: bool = True,
    ) -> None:
        super().__init__(profile, keep_setting)
        self._back_up = back_up
        self._make_engine = make_engine
        self._fetch_model = install_model
        self._store = StoreThread(open_session)
        self.editor_screen = EditorScreen(self._store, export_path, self._begin_install, self.typesetter)
        self.editor_screen.completes = completion
        self._engine: Engine | None = None
        self._job: DraftJob | None = None
        self.unsaved_text = ""

    # Work

    async def on_mount(self) -> None:
        """Show the project, then have drafted what is missing."""
        if not self.is_headless:
            end_on_signals(lambda code: self.exit(return_code=code))
        await self.push_screen(self.editor_screen)
        await self.editor_screen.show(await self._store.run(Session.overview))
        self.editor_screen.call_after_refresh(self.start_drafting)
        if self._back_up is not None:
            self.back_up(self._back_up)

    def start_drafting(self) -> None:
        """Begin to draft with the best engine there is, or say how to get one."""
        if self._job is not None:
            self._job.cancel()
        try:
            self._engine = self._make_engine()
        except TarjamaError as error:
            self.tell(error)
            return
        if self._engine is None:
            self.editor_screen.advise(
                "No model for drafts. F9 fetches one; `tarjama models install FILE` takes a local one."
            )
            return
        self.editor_screen.assist_with(self._engine)
        if warning := notice(self._engine):
            self.notify(warning, title="Drafts by another machine", severity="warning", timeout=20, markup=False)
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
            self.tell(message.error)
            return
        self.notify(visible(message.report), title="Model installed", timeout=20, markup=False)
        self.start_drafting()

    async def on_unmount(self) -> None:
        """Save what was typed last, stop drafting and close the project."""
        self.unsaved_text = await self.editor_screen.save_at_the_end()
        self.editor_screen.end_assistance()
        if self._job is not None:
            self._job.cancel()
            self._job.join()
        self.release(self._store)
