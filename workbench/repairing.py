"""Whether a project, glossary or memory is sound, and the way back when it is not."""

from __future__ import annotations

import sqlite3
import time
from pathlib import Path
from typing import TYPE_CHECKING

from corpus.database import MEMORY_APPLICATION_ID, PROJECT_APPLICATION_ID
from corpus.errors import StoreError, TarjamaError
from corpus.repair import Kind, Progress, RepairReport, application_id, repair

if TYPE_CHECKING:
    from workbench.paths import Home

_SHOWN = 5
_HOUR = 3600.0


def kind_of(path: Path) -> Kind:
    """Return what kind of file ``path`` is, by its content or, where that is damaged, by its name.

    Raise StoreError when there is no such file.
    """
    from corpus.repair.memory import MEMORY
    from corpus.repair.project import PROJECT
    from glossary.repair import GLOSSARY

    try:
        found = application_id(path)
    except OSError as error:
        raise StoreError(f"The file {path} cannot be read: {error.strerror}.", "Check its name.") from error
    kinds = {kind.application_id: kind for kind in (PROJECT, GLOSSARY, MEMORY)}
    by_name = PROJECT if path.suffix == ".tarjama" else MEMORY if path.stem == "memory" else GLOSSARY
    return kinds.get(found, by_name)


def what_is_wrong(path: Path, home: Home) -> list[str]:
    """Return sentences about what is wrong with a project, glossary or memory; none for a sound one."""
    try:
        kind = kind_of(path)
        if kind.application_id == PROJECT_APPLICATION_ID:
            found = _project_problems(path, home)
        elif kind.application_id == MEMORY_APPLICATION_ID:
            found = _memory_problems(path)
        else:
            found = _glossary_problems(path)
    except TarjamaError as error:
        found = [error.message]
    except sqlite3.DatabaseError as error:
        found = [f"It is damaged: {error}."]
    if len(found) > _SHOWN:
        found = [*found[:_SHOWN], f"and {len(found) - _SHOWN} more."]
    return found


def left_over(path: Path) -> list[Path]:
    """Return what something that was interrupted more than an hour ago has left beside a file; nobody needs it."""
    try:
        beside = [*path.parent.glob(f".{path.name}-*"), *path.parent.glob(f".{path.name}.*")]
        return sorted(file for file in beside if time.time() - file.stat().st_mtime > _HOUR)
    except OSError:
        return []


def repair_file(path: Path, progress: Progress) -> RepairReport:
    """Put what can be read of a file, which nobody may have open, into a new one in its place; see ``repair``."""
    return repair(path, kind_of(path), progress=progress)


def _project_problems(path: Path, home: Home) -> list[str]:
    from workbench.session import Session

    with Session.open(path, home=home) as session:
        return session.problems()


def _glossary_problems(path: Path) -> list[str]:
    from glossary.store import GlossaryStore

    with GlossaryStore.open(path) as store:
        return store.problems() or [f"{row} is not as the journal tells" for row in store.unexplained()]


def _memory_problems(path: Path) -> list[str]:
    from corpus.memory.store import MemoryStore

    with MemoryStore.open(path) as store:
        return store.problems()
