"""Installed Argos packages: list, install, remove, verify."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.resources import files
from pathlib import Path

from corpus.files import sync_folder
from corpus.model import DraftKind
from workbench.engines.argos.metadata import LARGEST_METADATA, parse_metadata
from workbench.engines.argos.model_file import check_vocabularies
from workbench.engines.argos.probe import probe
from workbench.engines.argos.unpacking import staging, unpack
from workbench.errors import PackageError

RECORD = "tarjama.json"
"""The file in a package folder that keeps the fingerprint it had when it was installed."""

_SHORT = 8  # digits of a fingerprint that keep apart packages of one name and version


@dataclass(frozen=True, slots=True)
class ModelPackage:
    """A package on this machine; ``path`` is its folder, ``kind`` says whether its drafts are translations.

    Several of one name can be installed: each has a folder of its own, ``NAME@VERSION+FINGERPRINT``.
    """

    name: str
    version: str
    source_language: str
    target_language: str
    kind: DraftKind
    path: Path
    bundled: bool = False

    @property
    def full_name(self) -> str:
        """The name that no other package has."""
        return self.path.name


def read_package(folder: Path, *, bundled: bool = False) -> ModelPackage:
    """Read a package's metadata; raise PackageError when the folder is not a package."""
    try:
        with (folder / "metadata.json").open("rb") as file:
            metadata = parse_metadata(file.read(LARGEST_METADATA + 1))
    except (OSError, ValueError) as error:
        raise PackageError(
            f"The folder {folder} is not a sound package.", f"Remove it: `tarjama models remove {folder.name}`."
        ) from error
    return ModelPackage(
        name=folder.name.partition("@")[0],
        version=metadata.version,
        source_language=metadata.source_language,
        target_language=metadata.target_language,
        kind=metadata.kind,
        path=folder,
        bundled=bundled,
    )


def bundled() -> list[ModelPackage]:
    """Return the packages that come with Tarjama."""
    place = Path(str(files("workbench") / "data" / "gloss"))
    return [read_package(path.parent, bundled=True) for path in sorted(place.glob("*/metadata.json"))]


def installed(models_folder: Path) -> list[ModelPackage]:
    """Return the sound packages, the bundled ones last."""
    found = []
    for folder in _folders(models_folder):
        try:
            found.append(read_package(folder))
        except PackageError:
            continue  # ``broken`` tells of it; one damaged folder must not hide the others
    return found + bundled()


def broken(models_folder: Path) -> list[str]:
    """Return a sentence for each folder among the models that is not a sound package."""
    problems = []
    for folder in _folders(models_folder):
        try:
            read_package(folder)
        except PackageError as error:
            problems.append(f"{error.message} {error.hint}")
    return problems


def install_file(archive: Path, models_folder: Path, *, sha256: str = "") -> ModelPackage:
    """Install a package archive beside all that are there; raise PackageError, with its reason, changing nothing.

    With ``sha256`` the archive must have that digest, or it is not even opened. A package that is installed already
    stays as it is.
    """
    digest = _digest(archive)
    require_digest(digest, sha256)
    try:
        models_folder.mkdir(parents=True, exist_ok=True)
        with staging(models_folder) as place:
            folder, version = unpack(archive, place)
            check_vocabularies(folder / "model")
            home = models_folder / f"{folder.name}@{version}+{fingerprint(folder)[:_SHORT]}"
            if home.exists() and fingerprint(home) == fingerprint(folder):
                return read_package(home)
            probe(folder)
            record_fingerprint(folder, archive_sha256=digest)
            if home.exists():
                home.rename(place / "damaged")
            folder.rename(home)
        sync_folder(models_folder)
    except OSError as error:
        raise PackageError(
            f"The package cannot be installed in {models_folder}: {error.strerror or error}.",
            "Check that the folder may be written and the disk is not full. Nothing was installed.",
        ) from error
    return read_package(home)


def require_digest(digest: str, expected: str) -> None:
    """Raise PackageError when the SHA-256 of an archive is not the ``expected`` one, unless that is empty."""
    if expected and digest != expected.strip().lower():
        raise PackageError(
            f"The package's SHA-256 is {digest}, not {expected.strip().lower()}.",
            "It is not the package that was expected; nothing was installed.",
        )


def remove(name: str, models_folder: Path) -> str:
    """Remove an installed package, sound or broken, and return its full name.

    ``name`` may be as short as is clear: NAME, NAME@VERSION or the full name. Raise PackageError when there is none of
    this name, or several.
    """
    found = [folder for folder in _folders(models_folder) if is_called(folder.name, name)]
    if len(found) > 1:
        raise PackageError(
            f"Several models are called “{name}”: {', '.join(folder.name for folder in found)}.",
            f"Say which: `tarjama models remove {found[0].name}`. Nothing was removed.",
        )
    if not found:
        if any(is_called(package.full_name, name) for package in bundled()):
            raise PackageError(f"{name} comes with Tarjama and cannot be removed.", "A full model goes before it.")
        raise PackageError(f"There is no model called “{name}”.", "`tarjama models list` shows the names.")
    (folder,) = found
    if folder.is_symlink():
        folder.unlink()  # what it leads to is not ours
    else:
        # At once out of the way, whatever ends the work of deleting it.
        with staging(models_folder) as place:
            folder.rename(place / "removed")
    return folder.name


def is_called(full_name: str, name: str) -> bool:
    """Tell whether a package may be called ``name``: by its full name, NAME@VERSION or NAME."""
    return bool(name) and name in {full_name, full_name.rpartition("+")[0], full_name.partition("@")[0]}


def fingerprint(folder: Path) -> str:
    """Return the SHA-256 over the names and bytes of a package's files, without the record of it."""
    digest = hashlib.sha256()
    for path in sorted(path for path in folder.rglob("*") if path.is_file() and path.name != RECORD):
        digest.update(f"{path.relative_to(folder).as_posix()}\0{path.stat().st_size}\0".encode())
        with path.open("rb") as file:
            digest.update(hashlib.file_digest(file, "sha256").digest())
    return digest.hexdigest()


def record_fingerprint(folder: Path, *, archive_sha256: str = "") -> None:
    """Write down the fingerprint a package has now and, when it is installed, from which archive and when."""
    content = {"fingerprint": fingerprint(folder)}
    if archive_sha256:
        content |= {"archive_sha256": archive_sha256, "installed": f"{datetime.now(UTC):%Y-%m-%dT%H:%M:%S.%fZ}"}
    record = json.dumps(content) + "\n"
    (folder / RECORD).write_text(record, encoding="utf-8", newline="\n")


def recorded_fingerprint(folder: Path) -> str:
    """Return the fingerprint a package was installed with; taken now when none was written down."""
    return recorded(folder).get("fingerprint") or fingerprint(folder)


def recorded(folder: Path) -> dict[str, str]:
    """Return what was written down about a package: ``fingerprint``, ``archive_sha256``, ``installed``, or nothing."""
    try:
        content = json.loads((folder / RECORD).read_text(encoding="utf-8"))
        return {str(name): str(value) for name, value in content.items()}
    except (OSError, ValueError, AttributeError, RecursionError):
        return {}


def size_of(package: ModelPackage) -> int:
    """Return the bytes of a package's files."""
    return sum(path.stat().st_size for path in package.path.rglob("*") if path.is_file())


def verify(package: ModelPackage) -> list[str]:
    """Return what is wrong with a package's files; empty when they are as they were installed."""
    problems = []
    if not (package.path / RECORD).exists():
        problems.append(f"it was not installed by Tarjama; its fingerprint is {fingerprint(package.path)}")
    elif fingerprint(package.path) != recorded_fingerprint(package.path):
        problems.append("its files are not those that were installed; remove it and install it again")
    try:
        check_vocabularies(package.path / "model")
    except (PackageError, OSError) as error:
        problems.append(str(error))
    return problems


def _digest(archive: Path) -> str:
    try:
        with archive.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as error:
        raise PackageError(
            f"The package file {archive} cannot be read: {error.strerror or error}.", "Check the name."
        ) from error


def _folders(models_folder: Path) -> list[Path]:
    if not models_folder.is_dir():
        return []
    return sorted(path for path in models_folder.iterdir() if path.is_dir() and not path.name.startswith("."))
