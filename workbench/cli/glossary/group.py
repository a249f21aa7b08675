"""The group of commands on a glossary, and what each of them needs: the file, the person, a term on a line."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from corpus.visible import visible
from glossary.model import TermEntry
from workbench.errors import WorkbenchError
from workbench.paths import Home

if TYPE_CHECKING:
    from glossary.store import GlossaryStore

GLOSSARY = click.option(
    "--glossary", "path", type=click.Path(path_type=Path), help="Glossary file; by default the shared one."
)


@click.group
def glossary() -> None:
    """Maintain the terminology: Arabic terms and the English they shall become."""


def open_glossary(path: Path | None, *, make: bool = False) -> GlossaryStore:
    """Open the glossary a command was given, or the shared one; raise StoreError when it cannot be."""
    from glossary.store import GlossaryStore

    place = path or Home.from_environment().glossary
    if make:
        return GlossaryStore.open_or_create(place)
    return GlossaryStore.open(place)


def back_up(path: Path | None) -> None:
    """Back up the glossary a command was given, or the shared one, before something that changes much of it."""
    from workbench.backups import Backups
    from workbench.settings import load_settings

    home = Home.from_environment()
    place = path or home.glossary
    if place.exists():
        Backups.of(place, home, load_settings(home.settings)).take_before_risk()


def standard_input() -> str:
    """Return the text on standard input; raise WorkbenchError when it is not UTF-8."""
    data = sys.stdin.buffer.read()
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        raise WorkbenchError("The text on standard input is not UTF-8.", "Convert it to UTF-8 first.") from error


def actor() -> str:
    """Return who the journal shall name: the author of the settings, or the computer's user."""
    from workbench.session import user_name
    from workbench.settings import load_settings

    return load_settings(Home.from_environment().settings).author or user_name()


def term_line(entry: TermEntry) -> str:
    """Return a pair of terms on a line."""
    return f"{visible(entry.source)} = {visible(entry.target)} ({entry.status.value})"
