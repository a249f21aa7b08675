"""The places Tarjama keeps things in; nothing is made until something is written there."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Self


@dataclass(frozen=True, slots=True)
class Home:
    """One folder for everything that is shared between projects."""

    root: Path

    @classmethod
    def from_environment(cls, environment: Mapping[str, str] = os.environ) -> Self:
        """Return ``TARJAMA_HOME`` when set, else the platform's place for a user's application data."""
        if chosen := environment.get("TARJAMA_HOME"):
            return cls(Path(chosen).expanduser())
        from platformdirs import user_data_path  # only needed here; keeps --help quick

        return cls(user_data_path("tarjama", appauthor=False))

    @property
    def settings(self) -> Path:
        """The settings file."""
        return self.root / "settings.toml"

    @property
    def glossary(self) -> Path:
        """The default glossary, shared by all projects that name no other."""
        return self.root / "glossary.db"

    @property
    def memory(self) -> Path:
        """The default memory, shared by all projects."""
        return self.root / "memory.db"

    @property
    def models(self) -> Path:
        """The folder of installed Argos packages."""
        return self.root / "models"

    @property
    def locks(self) -> Path:
        """The folder of lock files that keep one project from being opened twice."""
        return self.root / "locks"

    @property
    def log(self) -> Path:
        """The file that keeps the details of unexpected problems."""
        return self.root / "tarjama.log"
