"""Examine this installation: what is there, what is where, what is wrong. Nothing is made or changed."""

from __future__ import annotations

import importlib.metadata
import os
import platform
import shutil
import sqlite3
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from corpus.errors import TarjamaError
from workbench import __version__
from workbench.settings import load_settings

if TYPE_CHECKING:
    from workbench.paths import Home

_LIBRARIES = ("argostranslate", "ctranslate2", "sentencepiece", "textual", "sqlite-utils", "lxml")

Section = dict[str, object]


@dataclass(frozen=True, slots=True)
class Examination:
    """What was found; ``problems`` are sentences for a person, empty when all is well."""

    versions: Section
    paths: Section
    models: list[Section]
    engine: Section
    environment: Section
    terminal: Section
    databases: list[Section]
    problems: tuple[str, ...]

    def report(self) -> dict[str, object]:
        """Return the object that ``doctor --json`` prints."""
        return {
            "versions": self.versions,
            "paths": self.paths,
            "models": self.models,
            "engine": self.engine,
            "environment": self.environment,
            "terminal": self.terminal,
            "databases": self.databases,
            "problems": list(self.problems),
        }

    def text(self) -> str:
        """Return the lines that ``doctor`` prints."""
        lines: list[str] = []
        for title, content in self.report().items():
            lines.append(title.capitalize())
            if isinstance(content, dict):
                lines += [f"  {name}: {value}" for name, value in content.items()]
            elif isinstance(content, list):
                lines += [f"  {_one_line(item)}" for item in content] or ["  none"]
        return "\n".join(lines)


def examine(home: Home, files: Sequence[Path] = (), *, arabic: Section) -> Examination:
    """Look at this installation, its glossary, and ``files``, projects and glossaries.

    ``arabic`` is what the screen has found out about writing Arabic to this terminal.
    """
    problems: list[str] = []
    return Examination(
        versions=_versions(),
        paths=_paths(home),
        models=_models(home, problems),
        engine=_engine(home, problems),
        environment=_environment(),
        terminal=_terminal(arabic),
        databases=_databases(home, files, problems),
        problems=tuple(problems),
    )


def _versions() -> Section:
    return {
        "tarjama": __version__,
        "python": platform.python_version(),
        "platform": platform.platform(),
        "sqlite": sqlite3.sqlite_version,
        **{name: importlib.metadata.version(name) for name in _LIBRARIES},
    }


def _paths(home: Home) -> Section:
    return {
        "home": str(home.root),
        "settings": _with_presence(home.settings),
        "glossary": _with_presence(home.glossary),
        "models": _with_presence(home.models),
        "python": sys.executable,
    }


def _models(home: Home, problems: list[str]) -> list[Section]:
    from workbench.engines.argos.packages import broken, installed, verify  # only examined on request

    problems += broken(home.models)
    found: list[Section] = []
    for package in installed(home.models):
        wrong = verify(package)
        problems += [f"Model {package.name}: {problem}" for problem in wrong]
        found.append(
            {
                "name": package.name,
                "version": package.version,
                "languages": f"{package.source_language} to {package.target_language}",
                "kind": package.kind.value,
                "bundled": package.bundled,
                "sound": not wrong,
            }
        )
    return found


def _engine(home: Home, problems: list[str]) -> Section:
    """Draft one word, which is the only proof that the engine works."""
    from workbench.engines.choice import choose_engine
    from workbench.engines.protocol import host_of

    try:
        engine = choose_engine(home, load_settings(home.settings), "ar", "en")
        if engine is None:
            problems.append("No model drafts Arabic to English. `tarjama models install ar en` fetches one.")
            return {"drafts with": None, "works": False}
        identity = engine.identity
        if host := host_of(engine):  # nothing is sent away only to see whether it works
            return {"drafts with": identity.name, "kind": identity.kind.value, "sends the text to": host}
        works = any(drafted.text for drafted in engine.draft(["من"]))
        engine.close()
    except TarjamaError as error:
        problems.append(f"{error.message} {error.hint}")
        return {"drafts with": None, "works": False}
    if not works:
        problems.append(f"The model {identity.name} drafts nothing.")
    return {"drafts with": identity.name, "kind": identity.kind.value, "works": works}


def _environment() -> Section:
    """Tell what is set up for Argos Translate and has no effect here, for it could give texts away."""
    from workbench.engines.argos.overrides import overridden_file, overridden_variables

    file = overridden_file()
    return {
        "variables without effect here": ", ".join(overridden_variables()) or "none",
        "settings file without effect here": str(file) if file else "none",
    }


def _terminal(arabic: Section) -> Section:
    size = shutil.get_terminal_size()
    return {
        "interactive": sys.stdin.isatty() and sys.stdout.isatty(),
        "size": f"{size.columns}x{size.lines}",
        "TERM": os.environ.get("TERM", ""),
        "COLORTERM": os.environ.get("COLORTERM", ""),
        "program": os.environ.get("TERM_PROGRAM", ""),
        "tmux": "TMUX" in os.environ,
        **arabic,
    }


def _databases(home: Home, files: Sequence[Path], problems: list[str]) -> list[Section]:
    shared = [home.glossary] if home.glossary.exists() and home.glossary not in files else []
    return [_health(path, home, problems) for path in (*shared, *files)]


def _health(path: Path, home: Home, problems: list[str]) -> Section:
    from workbench.backups import Backups
    from workbench.repairing import kind_of, left_over, what_is_wrong

    wrong = what_is_wrong(path, home)
    what = kind_of(path).what if path.is_file() else "file"
    problems += [f"The {what} {path}: {problem}" for problem in wrong]
    if wrong and path.is_file():
        problems.append(f"`tarjama doctor {path} --repair` saves what can be read; the damaged file is kept.")
    problems += [f"Left over from something interrupted, nobody needs it: {file}" for file in left_over(path)]
    newest = next(iter(Backups.of(path, home, load_settings(home.settings)).all()), None)
    backup = f"{newest.taken_at:%Y-%m-%dT%H:%M:%SZ}" if newest else None
    return {"what": what, "path": str(path), "sound": not wrong, "newest backup": backup}


def _with_presence(path: Path) -> str:
    return str(path) if path.exists() else f"{path} (not there yet)"


def _one_line(item: object) -> str:
    if isinstance(item, dict):
        return ", ".join(f"{name}: {value}" for name, value in item.items())
    return str(item)
