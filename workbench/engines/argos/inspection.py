"""Look at a package archive before a byte of it is written: it comes from outside and is not to be trusted.

argostranslate extracts whatever an archive holds: files over other packages, stray folders that make all packages
unreadable, two hundred megabytes out of two hundred kilobytes.
"""

from __future__ import annotations

import json
import re
import stat
import zipfile
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from workbench.errors import PackageError

_MOST_FILES = 500
_MOST_BYTES = 2 * 1024**3
_HIGHEST_RATIO = 200  # model files of numbers compress to a half; text to a tenth
_LARGEST_METADATA = 1024 * 1024
_CODE = re.compile(r"[a-z]{2,3}(?:[-_][A-Za-z0-9]{2,8})?")
_FOLDER = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,99}")
_KNOWN_FILES = frozenset({"metadata.json", "sentencepiece.model", "bpe.model", "README.md", "LICENSE", "tarjama.json"})
_MODEL_FILES = re.compile(r"(?:model\.bin|config\.json|(?:source|target|shared)_vocabulary\.(?:json|txt)|vmap\.txt)")

UNUSED_FOLDERS = ("stanza", "spacy", "minisbd")
"""Sentence splitters that packages carry; Tarjama has its own and never loads these."""


@dataclass(frozen=True, slots=True)
class Inspected:
    """What a sound archive says of itself."""

    folder: str
    source_language: str
    target_language: str
    version: str


def inspect_archive(path: Path) -> Inspected:
    """Return what the archive at ``path`` holds; raise PackageError when it is not a sound translation package."""
    if not path.is_file():
        raise PackageError(f"There is no package file {path}.", "Check the name.")
    try:
        with zipfile.ZipFile(path) as archive:
            return _inspect(archive)
    except (zipfile.BadZipFile, OSError, NotImplementedError, RuntimeError) as error:
        raise PackageError(
            f"{path} is not an Argos package, or it is damaged.", "Packages are files ending in .argosmodel."
        ) from error


def _inspect(archive: zipfile.ZipFile) -> Inspected:
    members = [member for member in archive.infolist() if not member.is_dir()]
    _check_sizes(members)
    folders = {PurePosixPath(member.filename).parts[0] for member in archive.infolist() if member.filename}
    if len(folders) != 1 or not _FOLDER.fullmatch(folder := folders.pop()):
        raise _unsound("it does not hold exactly one folder")
    for member in members:
        _check_member(member)
    names = {member.filename for member in members}
    for needed in ("metadata.json", "model/model.bin"):
        if f"{folder}/{needed}" not in names:
            raise _unsound(f"it has no {needed}")
    if not names & {f"{folder}/sentencepiece.model", f"{folder}/bpe.model"}:
        raise _unsound("it has no tokenizer")
    return _metadata(archive, folder)


def _check_sizes(members: list[zipfile.ZipInfo]) -> None:
    total = sum(member.file_size for member in members)
    if len(members) > _MOST_FILES or total > _MOST_BYTES:
        raise _unsound("it would unpack to far more than a package holds")
    for member in members:
        if member.file_size > 1024 * 1024 and member.file_size > _HIGHEST_RATIO * max(member.compress_size, 1):
            raise _unsound("it would unpack to far more than a package holds")


def _check_member(member: zipfile.ZipInfo) -> None:
    parts = PurePosixPath(member.filename).parts
    name = member.filename
    if name.startswith("/") or "\\" in name or ":" in name or ".." in parts or "\0" in name:
        raise _unsound("it would write outside its folder")
    if stat.S_ISLNK(member.external_attr >> 16):
        raise _unsound("it holds a link")
    inner = parts[1:]
    known = (
        (len(inner) == 1 and inner[0] in _KNOWN_FILES)
        or (len(inner) == 2 and inner[0] == "model" and _MODEL_FILES.fullmatch(inner[1]))
        or (len(inner) > 1 and inner[0] in UNUSED_FOLDERS)
    )
    if not known:
        raise _unsound(f"it holds {'/'.join(inner)!r}, which no package needs")


def _metadata(archive: zipfile.ZipFile, folder: str) -> Inspected:
    member = archive.getinfo(f"{folder}/metadata.json")
    if member.file_size > _LARGEST_METADATA:
        raise _unsound("its metadata.json is too large")
    try:
        metadata = json.loads(archive.read(member).decode("utf-8"))
        codes = metadata["from_code"], metadata["to_code"]
        version = str(metadata["package_version"])
    except (ValueError, KeyError, TypeError) as error:
        raise _unsound("its metadata.json cannot be understood") from error
    if not all(isinstance(code, str) and _CODE.fullmatch(code) for code in codes):
        raise _unsound("its metadata.json names no two languages")
    if metadata.get("type", "translate") != "translate":
        raise _unsound("it does not translate")
    return Inspected(folder, *codes, version)


def _unsound(why: str) -> PackageError:
    return PackageError(f"This is not a sound Argos package: {why}.", "Get it again; nothing was installed.")
