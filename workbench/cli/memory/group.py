"""The group of commands on the memory, and what each of them needs: the file, languages, a provenance."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from corpus.tmx import primary_language
from workbench.errors import WorkbenchError
from workbench.paths import Home

if TYPE_CHECKING:
    from corpus.memory.model import Provenance
    from corpus.memory.store import MemoryStore

MEMORY = click.option(
    "--memory", "path", type=click.Path(path_type=Path), help="Memory file; by default that of the settings."
)


def _language(_context: click.Context, _option: click.Parameter, code: str) -> str:
    return primary_language(code)


FROM = click.option(
    "--from", "source_language", default="ar", show_default=True, callback=_language, help="Language of the sources."
)
TO = click.option(
    "--to", "target_language", default="en", show_default=True, callback=_language, help="Language of the targets."
)


@click.group
def memory() -> None:
    """Search and maintain the memory of confirmed translations, shared by all projects."""


def memory_place(path: Path | None) -> Path:
    """Return where the memory is that a command was given, or that of the settings."""
    from workbench.settings import load_settings, memory_path

    home = Home.from_environment()
    return path or memory_path(load_settings(home.settings), home)


def open_memory(path: Path | None) -> MemoryStore:
    """Open the memory a command was given, or that of the settings; raise WorkbenchError when there is none."""
    from corpus.memory.store import MemoryStore

    place = memory_place(path)
    if not place.exists():
        raise WorkbenchError(
            f"There is no memory {place} yet.",
            "It is made when you confirm the first segment, or with `tarjama memory import FILE`.",
        )
    return MemoryStore.open(place)


def provenance_called(store: MemoryStore, name: str) -> Provenance:
    """Return what the memory has from a project or file called ``name``; raise WorkbenchError unless it is one."""
    known = [provenance for provenance, _ in store.provenances()]
    called = [one for one in known if one.uid == name] or [one for one in known if one.name == name]
    if len(called) == 1:
        return called[0]
    if called:
        raise WorkbenchError(
            f"Several are called “{name}”.", "Give one of these instead: " + ", ".join(one.uid for one in called) + "."
        )
    names = ", ".join(one.name for one in known) or "nothing yet"
    raise WorkbenchError(f"Nothing in the memory comes from “{name}”.", f"It has: {names}.")
