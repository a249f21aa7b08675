"""Put the screen together: project, engine, model fetching, one window a project."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from workbench.cli.context import can_show_screen, find_engine
from workbench.errors import WorkbenchError
from workbench.session import Session
from workbench.settings import load_settings, save_setting

if TYPE_CHECKING:
    from workbench.engines.protocol import Engine
    from workbench.paths import Home


def run_screen(project: Path, home: Home) -> int:
    """Run the screen on ``project`` until the user leaves; return the exit code.

    Raise StoreError when it is not a project, WorkbenchError when another screen has it open or there is no terminal.
    """
    with Session.open(project, home=home) as session:  # a bad file must fail here, before the screen is taken over
        overview = session.overview()
        files = (project, session.terms.path)
    if not can_show_screen():
        raise WorkbenchError(
            "The screen needs a terminal, and here is none.",
            "In scripts use `tarjama segments`, `tarjama set`, `tarjama draft` and `tarjama export`.",
        )
    languages = (overview.source_language, overview.target_language)

    def make_engine() -> Engine | None:
        return find_engine(*languages)

    def install_model(on_progress: Callable[[int, int], None]) -> str:
        from workbench.engines.argos.download import download  # only when asked for

        fetched = download(*languages, home.models, on_progress)
        return f"Installed {fetched.package.name} {fetched.package.version} (SHA-256 {fetched.sha256})."

    def back_up(cancelled: Callable[[], bool]) -> None:
        for file in files:
            Backups.of(file, home, settings).take_if_due(cancelled)

    from workbench.backups import Backups
    from workbench.ui.app import TarjamaApp
    from workbench.ui.terminal import modes, recognize

    settings = load_settings(home.settings)
    profile = recognize(os.environ, bidi=settings.bidi, marks=settings.marks)
    with only_window(project, home), modes(profile):
        app = TarjamaApp(
            lambda: Session.open(project, home=home),
            make_engine=make_engine,
            install_model=install_model,
            keep_setting=lambda key, value: save_setting(home.settings, key, value),
            export_path=project.with_suffix(""),
            profile=profile,
            back_up=back_up,
            completion=settings.completion,
        )
        app.run()
    if app.unsaved_text:
        raise WorkbenchError(
            f"The text typed last could not be saved; it is not in the project: {app.unsaved_text}",
            "Copy it from here, open the project again and put it in.",
        )
    if app.farewell:
        raise app.farewell
    return app.return_code or 0


@contextmanager
def only_window(project: Path, home: Home) -> Iterator[None]:
    """Hold the project for one screen; the operating system frees the lock however this process ends.

    Raise WorkbenchError when another screen holds it.
    """
    from filelock import FileLock, Timeout

    name = hashlib.sha256(str(project.resolve()).encode()).hexdigest()[:32]
    home.locks.mkdir(parents=True, exist_ok=True)
    lock = FileLock(home.locks / f"{name}.lock")
    try:
        lock.acquire(timeout=0)
    except Timeout as error:
        raise WorkbenchError(
            f"The project {project} is already open in another window.",
            "Go on there, or close it first. Commands such as `tarjama status` work meanwhile.",
        ) from error
    try:
        yield
    finally:
        lock.release()
