"""Backups of a file of ours: whole copies, proved sound before they get their name, the older ones thinned out.

A backup is a file as any other of its kind; whoever wants one back may also just open it.
"""

from __future__ import annotations

import re
import shutil
import sqlite3
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing, suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from corpus.database import KINDS, connect_to_read
from corpus.errors import BackupError
from corpus.files import free_name, sync_folder

# So many pages are copied between two looks at whether somebody wants to leave: about 16 MB.
_PAGES_AT_ONCE = 4096
_INSTRUCTIONS_AT_ONCE = 1_000_000  # of SQLite: some tens of milliseconds
_STAMP = "%Y%m%d-%H%M%S"


@dataclass(frozen=True, slots=True, order=True)
class Backup:
    """One backup; ``taken_at`` is in UTC, to the second."""

    taken_at: datetime
    path: Path


@dataclass(frozen=True, slots=True)
class Keeping:
    """Which backups are kept: so many of the newest, and the last one of so many days and weeks with any."""

    newest: int = 10
    days: int = 7
    weeks: int = 4


class _LeftError(Exception):
    """Ends a backup that nobody waits for any more."""


def back_up(
    path: Path,
    folder: Path,
    *,
    now: Callable[[], datetime] = lambda: datetime.now(UTC),
    keeping: Keeping | None = None,
    cancelled: Callable[[], bool] = lambda: False,
) -> Backup | None:
    """Copy the file at ``path``, which may be in use, into ``folder``; return None when ``cancelled``.

    The file is read as it stands when this begins; whoever writes meanwhile is not kept waiting. With ``keeping`` older
    backups that it does not ask for are deleted. Raise BackupError, leaving no part of a backup, when the file is none
    of ours or damaged, or the copy cannot be written.
    """
    backup = _backup_at(path, folder, now().astimezone(UTC).replace(microsecond=0))
    while backup.path.exists():  # two within a second
        backup = _backup_at(path, folder, backup.taken_at + timedelta(seconds=1))
    try:
        folder.mkdir(parents=True, exist_ok=True)
        _require_room(path, folder)
        with TemporaryDirectory(prefix=".backup-", dir=folder) as place:
            copy = Path(place) / "copy"
            copy_database(path, copy, cancelled)
            copy.replace(backup.path)
    except _LeftError:
        return None
    except (sqlite3.Error, OSError) as error:
        raise BackupError(
            f"No backup of {path} was made: {error}.",
            "See that the disk of the backups is not full and may be written. If the file itself is damaged, "
            f"`tarjama doctor {path} --repair` saves what can be read.",
        ) from error
    sync_folder(folder)
    if keeping is not None:
        for old in superseded(backups_of(path, folder), keeping):
            with suppress(OSError):  # somebody looks at it; the next time it goes
                old.path.unlink(missing_ok=True)
    return backup


def copy_database(path: Path, copy: Path, cancelled: Callable[[], bool] = lambda: False) -> None:
    """Copy a database of ours that may be in use to ``copy``, and prove the copy sound.

    Raise sqlite3.Error for one that cannot be read, is none of ours or is damaged.
    """

    def look_up(*_: int) -> None:
        if cancelled():
            raise _LeftError

    with closing(connect_to_read(path)) as source, closing(sqlite3.connect(copy)) as target:
        (application,) = source.execute("PRAGMA application_id").fetchone()
        if application not in KINDS:
            raise sqlite3.DatabaseError("it is a file of another program")
        # A copy made in one transaction need not begin again when somebody writes.
        source.execute("BEGIN")
        source.execute("SELECT count(*) FROM sqlite_master").fetchone()
        source.backup(target, pages=_PAGES_AT_ONCE, progress=look_up)
        target.set_progress_handler(cancelled, _INSTRUCTIONS_AT_ONCE)
        try:
            verdicts = [verdict for (verdict,) in target.execute("PRAGMA integrity_check(1)")]
        except sqlite3.OperationalError:
            look_up()  # it was interrupted because somebody leaves
            raise
        if verdicts != ["ok"]:
            raise sqlite3.DatabaseError(verdicts[0])


def backups_of(path: Path, folder: Path) -> list[Backup]:
    """Return the backups of ``path`` in ``folder``, the newest first."""
    name = re.compile(rf"{re.escape(path.stem)}-(\d{{8}}-\d{{6}}){re.escape(path.suffix)}")
    found = []
    for file in folder.iterdir() if folder.is_dir() else ():
        if match := name.fullmatch(file.name):
            with suppress(ValueError):  # the name of something else
                found.append(Backup(datetime.strptime(match[1], _STAMP).replace(tzinfo=UTC), file))
    return sorted(found, reverse=True)


def is_due(path: Path, folder: Path, every: timedelta, now: datetime) -> bool:
    """Tell whether the newest backup of ``path`` is older than ``every``, and the file was written since."""
    newest = next(iter(backups_of(path, folder)), None)
    if newest is None:
        return True
    return now - newest.taken_at >= every and _written_at(path) >= newest.taken_at


def superseded(backups: Iterable[Backup], keeping: Keeping) -> list[Backup]:
    """Return the backups that ``keeping`` does not ask for."""
    newest_first = sorted(backups, reverse=True)
    kept = set(newest_first[: keeping.newest])
    kept.update(_last_of_each(newest_first, keeping.days, lambda backup: backup.taken_at.date()))
    kept.update(_last_of_each(newest_first, keeping.weeks, lambda backup: backup.taken_at.isocalendar()[:2]))
    return [backup for backup in newest_first if backup not in kept]


def restore(backup: Path, path: Path, *, now: Callable[[], datetime] = lambda: datetime.now(UTC)) -> Path | None:
    """Put a copy of ``backup`` in the place of ``path``, which nobody may have open.

    The file that was there is kept: return its new name, None when there was none. Raise BackupError, changing nothing,
    when the backup is none of ours, damaged, or cannot be copied.
    """
    try:
        with TemporaryDirectory(prefix=f".{path.name}-", dir=path.parent) as place:
            copy = Path(place) / "copy"
            copy_database(backup, copy)
            return put_in_place(copy, path, f"before-{now().astimezone(UTC):{_STAMP}}")
    except (sqlite3.Error, OSError) as error:
        raise BackupError(
            f"The backup {backup} was not put in the place of {path}: {error}.",
            "Choose another one; see that the disk is not full and nobody has the file open.",
        ) from error


def put_in_place(new: Path, path: Path, label: str) -> Path | None:
    """Give ``new`` the name ``path``; return the name, with ``label`` in it, that the file of before has now.

    Its log goes with it: beside the new file it would be taken for that one's.
    """
    aside = None
    if path.exists():
        aside = free_name(path.parent, f"{path.stem}-{label}", path.suffix)
        _set_aside(path, aside)
    new.replace(path)
    sync_folder(path.parent)
    return aside


def _set_aside(path: Path, aside: Path) -> None:
    """Let a file and its log have another name; when this ends halfway, the file is there by both names."""
    parts = [(path.with_name(path.name + end), aside.with_name(aside.name + end)) for end in ("", "-wal")]
    present = [(old, new) for old, new in parts if old.exists()]
    try:
        for old, new in present:
            new.hardlink_to(old)
    except OSError:  # a disk without hard links
        for old, new in reversed(present):
            old.replace(new)
    for end in ("-wal", "-shm"):
        path.with_name(path.name + end).unlink(missing_ok=True)


def _backup_at(path: Path, folder: Path, taken_at: datetime) -> Backup:
    return Backup(taken_at, folder / f"{path.stem}-{taken_at:{_STAMP}}{path.suffix}")


def _last_of_each(newest_first: list[Backup], count: int, period: Callable[[Backup], object]) -> Iterator[Backup]:
    seen: set[object] = set()
    for backup in newest_first:
        if period(backup) not in seen and len(seen) < count:
            seen.add(period(backup))
            yield backup


def _written_at(path: Path) -> datetime:
    """Return when the file was written last: what is new may stand in its log only."""
    log = path.with_name(path.name + "-wal")
    files = [path, log] if log.exists() and log.stat().st_size else [path]
    return datetime.fromtimestamp(max(file.stat().st_mtime for file in files), UTC)


def _require_room(path: Path, folder: Path) -> None:
    needed, free = path.stat().st_size, shutil.disk_usage(folder).free
    if free < needed:
        raise OSError(f"it takes {needed / 1e6:.0f} MB, and {folder} has {free / 1e6:.0f} MB left")
