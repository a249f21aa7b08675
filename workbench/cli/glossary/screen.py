"""The command that shows the glossary on a screen: open."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from workbench.cli.context import can_show_screen
from workbench.cli.glossary.group import GLOSSARY, actor, glossary
from workbench.errors import WorkbenchError
from workbench.paths import Home
from workbench.settings import load_settings, save_setting


@glossary.command("open")
@GLOSSARY
def open_screen(path: Path | None) -> None:
    """Search and maintain the glossary on a screen."""
    from workbench.terminology import Terminology

    home = Home.from_environment()
    place, who = path or home.glossary, actor()
    terms = Terminology(place, who)
    terms.maintenance.version()  # a bad file must fail here, before the screen is taken over
    terms.close()
    if not can_show_screen():
        raise WorkbenchError(
            "The screen needs a terminal, and here is none.",
            "In scripts use `tarjama glossary search`, `add`, `edit` and `remove`.",
        )
    from workbench.backups import Backups
    from workbench.ui.glossary_app import GlossaryApp
    from workbench.ui.terminal import modes, recognize

    settings = load_settings(home.settings)
    profile = recognize(os.environ, bidi=settings.bidi, marks=settings.marks)
    with modes(profile):
        app = GlossaryApp(
            lambda: Terminology(place, who),
            keep_setting=lambda key, value: save_setting(home.settings, key, value),
            profile=profile,
            back_up=lambda cancelled: Backups.of(place, home, settings).take_if_due(cancelled),
        )
        app.run()
    if app.farewell:
        raise app.farewell
    if app.return_code:
        sys.exit(app.return_code)
