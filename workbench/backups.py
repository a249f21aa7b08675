"""The backups of one file, as its user's settings ask for them."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Self

from corpus.backup import Backup, Keeping, back_up, backups_of, is_due, restore
from corpus.errors import BackupError

if TYPE_CHECKING:
    from workbench.paths import Home
    from workbench.settings import Settings

# Before something risky a backup is made unless there is one so new.
_FRESH = timedelta(minutes=10)


@dataclass(frozen=True, slots=True)
class Backups:
    """Backups of the project or glossary at ``path``, in a folder of its own.

    ``every`` is how old the newest may become before another is made by itself; zero for none made by themselves.
    """

    path: Path
    folder: Path
    every: timedelta

    @classmethod
    def of(cls, path: Path, home: Home, settings: Settings) -> Self:
        """Return the backups of ``path``; they are found again as long as it stays where it is."""
        path = path.resolve()
        root = Path(settings.backup_folder).expanduser() if settings.backup_folder else home.backups
        place = hashlib.sha256(str(path).encode("utf-8", "surrogateescape")).hexdigest()[:8]
        return cls(path, root / f"{path.stem}-{place}", timedelta(hours=settings.backup_hours))

    def take(self, cancelled: Callable[[], bool] = lambda: False) -> Backup | None:
        """Make a backup now; return None when ``cancelled``. Raise BackupError when it cannot be made."""
        return back_up(self.path, self.folder, keeping=Keeping(), cancelled=cancelled)

    def take_if_due(self, cancelled: Callable[[], bool] = lambda: False) -> Backup | None:
        """Make a backup when the settings want one by now and the file was changed since the newest."""
        if not self.every or not self.path.exists() or not is_due(self.path, self.folder, self.every, _now()):
            return None
        return self.take(cancelled)

    def take_before_risk(self) -> Backup | None:
        """Make a backup before something that changes much at once, unless there is one of these minutes."""
        if not self.every or not is_due(self.path, self.folder, min(self.every, _FRESH), _now()):
            return None
        return self.take()

    def all(self) -> list[Backup]:
        """Return the backups, the newest first."""
        return backups_of(self.path, self.folder)

    def named(self, name: str) -> Path:
        """Return the backup called ``name``: a file, one of the names in the list, ``newest``."""
        backups = self.all()
        if name == "newest" and backups:
            return backups[0].path
        for backup in backups:
            if name in {backup.path.name, backup.path.stem}:
                return backup.path
        if Path(name).is_file():
            return Path(name)
        raise BackupError(
            f"There is no backup “{name}” of {self.path}.",
            f"`tarjama backup {self.path} --list` lists those there are.",
        )

    def restore(self, backup: Path) -> Path | None:
        """Put ``backup`` in the place of the file, which nobody may have open; return what that is called now."""
        return restore(backup, self.path)


def _now() -> datetime:
    return datetime.now(UTC)
