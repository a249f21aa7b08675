"""Unpack a package where nobody looks yet, so that it appears among the others whole or not at all."""

from __future__ import annotations

import os
import shutil
import tempfile
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from workbench.engines.argos.inspection import inspect, opened, unsound
from workbench.errors import PackageError

_PREFIX = ".installing-"
_LOCK = ".lock"
_BLOCK = 1024 * 1024


@contextmanager
def staging(models_folder: Path) -> Iterator[Path]:
    """Yield an empty folder beside the packages, gone afterwards; only one process has one at a time.

    What an installation that was killed has left behind is cleared away. Raise PackageError when somebody else installs
    or removes packages at the moment.
    """
    from filelock import FileLock, Timeout

    lock = FileLock(models_folder / _LOCK)
    try:
        lock.acquire(timeout=0)
    except Timeout as error:
        raise PackageError(
            "Another package is being installed or removed.", "Wait until that has ended, and try again."
        ) from error
    try:
        for left in models_folder.glob(f"{_PREFIX}*"):
            shutil.rmtree(left, ignore_errors=True)
        with tempfile.TemporaryDirectory(prefix=_PREFIX, dir=models_folder, ignore_cleanup_errors=True) as folder:
            yield Path(folder)
    finally:
        lock.release()


def unpack(archive: Path, into: Path) -> tuple[Path, str]:
    """Unpack what a package needs into ``into``; return its folder there, and its version.

    Raise PackageError when it is not sound, OSError when the disk refuses.
    """
    with opened(archive) as file:
        inspected = inspect(file)
        free = shutil.disk_usage(into).free
        if inspected.size > free:
            raise PackageError(
                f"The package needs {inspected.size / 1e6:,.0f} MB, and the disk has {free / 1e6:,.0f} MB left.",
                "Make room, and try again. Nothing was installed.",
            )
        for member in inspected.members:
            try:
                _write(file, member, into.joinpath(*member.filename.split("/")))
            except (zipfile.BadZipFile, zlib.error, EOFError) as error:
                raise unsound(f"{member.filename!a} is damaged, or not as large as it says") from error
    return into / inspected.folder, inspected.metadata.version


def _write(archive: zipfile.ZipFile, member: zipfile.ZipInfo, path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    # ``zipfile`` never gives more than the size a member declares, and checks the whole against its checksum.
    with archive.open(member) as source, path.open("xb") as target:
        shutil.copyfileobj(source, target, _BLOCK)
        target.flush()
        os.fsync(target.fileno())
