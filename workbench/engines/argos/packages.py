"""Installed Argos packages: list, install, remove, verify, choose."""

from __future__ import annotations

import hashlib
import json
import shutil
import tempfile
import threading
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path

from corpus.model import DraftKind
from workbench.engines.argos.inspection import UNUSED_FOLDERS, inspect_archive
from workbench.engines.argos.lean_import import import_argos
from workbench.engines.argos.model_file import check_vocabularies
from workbench.engines.argos.probe import probe
from workbench.errors import PackageError

RECORD = "tarjama.json"
"""The file in a package folder that keeps the fingerprint it had when it was installed."""

_STAGING_PREFIX = ".installing-"
_INSTALLING = threading.Lock()


@dataclass(frozen=True, slots=True)
class ModelPackage:
    """A package on this machine; ``path`` is its folder, ``kind`` says whether its drafts are translations."""

    name: str
    version: str
    source_language: str
    target_language: str
    kind: DraftKind
    path: Path
    bundled: bool = False


def read_package(folder: Path, *, bundled: bool = False) -> ModelPackage:
    """Read a package's metadata; raise PackageError when the folder is not a package."""
    try:
        metadata = json.loads((folder / "metadata.json").read_text(encoding="utf-8"))
        return ModelPackage(
            name=folder.name,
            version=str(metadata["package_version"]),
            source_language=str(metadata["from_code"]),
            target_language=str(metadata["to_code"]),
            kind=DraftKind(metadata.get("tarjama_kind", DraftKind.TRANSLATION)),
            path=folder,
            bundled=bundled,
        )
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise PackageError(
            f"The folder {folder} is not a sound package.", f"Remove it: `tarjama models remove {folder.name}`."
        ) from error


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


def choose(models_folder: Path, source_language: str, target_language: str) -> ModelPackage | None:
    """Return the best package for a pair of languages: one that translates, else a gloss, else None."""
    fitting = [
        package
        for package in installed(models_folder)
        if (package.source_language, package.target_language) == (source_language, target_language)
    ]
    return min(fitting, key=lambda package: package.kind is DraftKind.GLOSS, default=None)


def install_file(archive: Path, models_folder: Path) -> ModelPackage:
    """Install a package archive, in the place of an older one of its name; raise PackageError, changing nothing."""
    inspected = inspect_archive(archive)
    try:
        models_folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix=_STAGING_PREFIX, dir=models_folder) as staging:
            folder = Path(staging) / inspected.folder
            _extract(archive, Path(staging))
            for unused in UNUSED_FOLDERS:
                shutil.rmtree(folder / unused, ignore_errors=True)
            check_vocabularies(folder / "model")
            probe(folder)
            record_fingerprint(folder)
            place = models_folder / inspected.folder
            if place.exists():
                place.rename(Path(staging) / "replaced")
            folder.rename(place)
    except OSError as error:
        raise PackageError(
            f"The package cannot be installed in {models_folder}: {error.strerror or error}.",
            "Check that the folder may be written and the disk is not full.",
        ) from error
    return read_package(place)


def remove(name: str, models_folder: Path) -> None:
    """Remove an installed package, sound or broken; raise PackageError when there is none of this name."""
    if any(package.name == name for package in bundled()):
        raise PackageError(f"{name} comes with Tarjama and cannot be removed.", "A full model goes before it.")
    for folder in _folders(models_folder):
        if folder.name == name:
            shutil.rmtree(folder)
            return
    raise PackageError(f"There is no model called “{name}”.", "`tarjama models list` shows the names.")


def fingerprint(folder: Path) -> str:
    """Return the SHA-256 over the names and bytes of a package's files, without the record of it."""
    digest = hashlib.sha256()
    for path in sorted(path for path in folder.rglob("*") if path.is_file() and path.name != RECORD):
        digest.update(f"{path.relative_to(folder).as_posix()}\0{path.stat().st_size}\0".encode())
        with path.open("rb") as file:
            digest.update(hashlib.file_digest(file, "sha256").digest())
    return digest.hexdigest()


def record_fingerprint(folder: Path) -> None:
    """Write down the fingerprint a package has now."""
    record = json.dumps({"fingerprint": fingerprint(folder)}) + "\n"
    (folder / RECORD).write_text(record, encoding="utf-8", newline="\n")


def recorded_fingerprint(folder: Path) -> str:
    """Return the fingerprint a package was installed with; taken now when none was written down."""
    try:
        return str(json.loads((folder / RECORD).read_text(encoding="utf-8"))["fingerprint"])
    except (OSError, ValueError, KeyError, TypeError):
        return fingerprint(folder)


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


def _extract(archive: Path, staging: Path) -> None:
    """Let argostranslate install into ``staging``; its target is a global of its settings."""
    argos = import_argos()
    with _INSTALLING:
        before = argos.settings.package_data_dir
        argos.settings.package_data_dir = staging
        try:
            argos.package.install_from_path(archive)
        finally:
            argos.settings.package_data_dir = before


def _folders(models_folder: Path) -> list[Path]:
    if not models_folder.is_dir():
        return []
    return sorted(path for path in models_folder.iterdir() if path.is_dir() and not path.name.startswith("."))
