"""The settings file: one TOML file, every key known, an unknown one refused with the nearest valid name."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, fields
from difflib import get_close_matches
from pathlib import Path
from typing import get_type_hints

from corpus.files import atomic_write
from workbench.errors import SettingsError
from workbench.paths import Home

BIDI = ("auto", "app", "armor", "konsole", "kitty", "split", "terminal", "off")
MARKS = ("auto", "show", "hide")
DEVICES = ("auto", "cpu", "cuda")
_CHOICES = {"bidi": BIDI, "marks": MARKS, "device": DEVICES}
_KINDS = {int: "a whole number", str: "a text in quotes", bool: "true or false"}
_RANGES = {"beam_size": range(1, 17), "threads": range(257), "backup_hours": range(8761)}


@dataclass(frozen=True, slots=True)
class Settings:
    """What a user may set; the defaults are what Tarjama does without a file."""

    author: str = ""
    """Name written to the journals; empty for the name of the computer's user."""

    beam_size: int = 2
    """How many alternatives the engine keeps while drafting: 1 is fastest, 4 is what Argos Translate uses."""

    terms_in_drafts: bool = True
    """Whether drafts use the glossary's terms; what was changed for that is shown beside each."""

    threads: int = 0
    """Processor cores used for drafting; 0 for all, at most four."""

    completion: bool = True
    """Whether the rest of a sentence is proposed in grey while its translation is typed."""

    device: str = "auto"
    """What drafts, one of DEVICES; auto takes a graphics card where one can be used."""

    engine: str = "argos"
    """Which engine drafts: argos, libretranslate, or one that another package brings."""

    libretranslate_url: str = ""
    """Address of the LibreTranslate server for the engine of that name, to which the text is sent."""

    bidi: str = "auto"
    """How Arabic is written to the terminal, one of BIDI; auto tells by the terminal."""

    marks: str = "auto"
    """Whether vowel marks are shown: show, hide, or auto to tell by the terminal."""

    glossary: str = ""
    """Path of the glossary for new projects; empty for the shared one."""

    memory: str = ""
    """Path of the memory that confirmed translations go to and come from; empty for the shared one."""

    backup_hours: int = 8
    """How old the newest backup of a changed project may become before opening it makes another; 0 for none."""

    backup_folder: str = ""
    """Where backups are kept; empty for a folder among Tarjama's own."""


def memory_path(settings: Settings, home: Home) -> Path:
    """Return where the memory is: what the settings say, or the shared one."""
    return Path(settings.memory).expanduser() if settings.memory else home.memory


def load_settings(path: Path) -> Settings:
    """Read the settings at ``path``; a missing file means the defaults.

    Raise SettingsError for a file that is not TOML, an unknown key, or a value of the wrong type.
    """
    try:
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError:
        return Settings()
    except (OSError, UnicodeDecodeError) as error:
        raise SettingsError(f"The settings file {path} cannot be read.", str(error)) from error
    try:
        table = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise SettingsError(f"The settings file {path} is not valid TOML.", str(error)) from error
    for key, value in table.items():
        _check(key, value, path)
    return Settings(**table)


def _check(key: str, value: object, path: Path) -> None:
    types = get_type_hints(Settings)
    if key not in types:
        nearest = get_close_matches(key, types, n=1, cutoff=0)[0]
        raise SettingsError(
            f"The settings file {path} has an unknown setting “{key}”.",
            f"Did you mean “{nearest}”? The settings are " + ", ".join(f.name for f in fields(Settings)) + ".",
        )
    wanted = types[key]
    if type(value) is not wanted:
        raise SettingsError(
            f"The setting “{key}” in {path} has a value of the wrong kind.",
            f"It takes {_KINDS[wanted]}.",
        )
    if key in _CHOICES and value not in _CHOICES[key]:
        *others, last = _CHOICES[key]
        raise SettingsError(
            f"The setting “{key}” in {path} has an unknown value.", f"It takes {', '.join(others)} or {last}."
        )
    if key in _RANGES and value not in _RANGES[key]:
        numbers = _RANGES[key]
        raise SettingsError(
            f"The setting “{key}” in {path} is out of range.", f"It takes {numbers[0]} to {numbers[-1]}."
        )


def save_setting(path: Path, key: str, value: str | bool) -> None:
    """Set one key in the settings file, which is made where there is none; the rest of it stays as its user wrote it.

    Raise SettingsError for a value that ``load_settings`` would refuse, or a file that it would not read.
    """
    import tomlkit  # edits a TOML file without losing comments

    load_settings(path)
    _check(key, value, path)
    try:
        document = tomlkit.parse(path.read_text(encoding="utf-8")) if path.exists() else tomlkit.document()
        document[key] = value
        path.parent.mkdir(parents=True, exist_ok=True)
        with atomic_write(path) as file:
            file.write(tomlkit.dumps(document).encode())
    except OSError as error:
        raise SettingsError(f"The settings file {path} cannot be written.", str(error)) from error
