"""Write files so that there is always a whole one: the old until the new is safe on disk."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

from corpus.errors import ExportError


@contextmanager
def atomic_write(path: Path) -> Iterator[BinaryIO]:
    """Yield a stream whose bytes become the file ``path`` when the block ends well.

    When the block raises, or the disk refuses, an older file stays as it was and nothing is left beside it. Raise
    ExportError when the place cannot be written.
    """
    if path.is_dir():
        raise ExportError(f"{path} is a folder.", "Give the name of a file in it.")
    try:
        descriptor, name = tempfile.mkstemp(prefix=f".{path.name[:40]}.", dir=path.parent)
    except OSError as error:
        raise _refused(path, error) from error
    temporary = Path(name)
    try:
        with os.fdopen(descriptor, "wb") as stream:
            yield stream
            stream.flush()
            os.fsync(stream.fileno())
        temporary.chmod(0o666 & ~_umask())
        temporary.replace(path)
    except OSError as error:
        raise _refused(path, error) from error
    finally:
        temporary.unlink(missing_ok=True)
    sync_folder(path.parent)


def free_name(folder: Path, stem: str, suffix: str) -> Path:
    """Return a name in ``folder`` that no file has: that of ``stem`` and ``suffix``, or one with a number."""
    numbered = (folder / f"{stem}{number}{suffix}" for number in ("", *(f"-{n}" for n in range(2, 10_000))))
    return next(path for path in numbered if not path.exists())


def _refused(path: Path, error: OSError) -> ExportError:
    return ExportError(
        f"The file {path} cannot be written: {error.strerror or error}.",
        "Check that its folder exists and may be written, and that the disk is not full. An older file is untouched.",
    )


def _umask() -> int:
    """Return the process's umask, which can only be read by setting it."""
    mask = os.umask(0o022)
    os.umask(mask)
    return mask


def sync_folder(folder: Path) -> None:
    """Make the renaming itself durable where folders can be opened (not on Windows)."""
    if os.name == "nt":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        with suppress(OSError):  # some network file systems refuse to sync a folder; the file itself is synced
            os.fsync(descriptor)
    finally:
        os.close(descriptor)
