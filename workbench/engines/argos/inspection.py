"""Look at a package archive before a byte of it is written: it comes from outside and is not to be trusted.

argostranslate extracts whatever an archive holds: files over other packages, stray folders that make all packages
unreadable, two hundred megabytes out of two hundred kilobytes.
"""

from __future__ import annotations

import re
import stat
import struct
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from workbench.engines.argos.metadata import LARGEST_METADATA, Metadata, parse_metadata
from workbench.errors import PackageError

_MOST_FILES = 500
_MOST_BYTES = 2 * 1024**3
_LARGEST_DIRECTORY = 256 * 1024  # of an archive: 500 entries with long names
_HIGHEST_RATIO = 200  # model files of numbers compress to a half; text to a tenth
_FOLDER = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,99}")
_KNOWN_FILES = frozenset({"metadata.json", "sentencepiece.model", "bpe.model", "README.md", "LICENSE", "tarjama.json"})
_MODEL_FILES = re.compile(r"(?:model\.bin|config\.json|(?:source|target|shared)_vocabulary\.(?:json|txt)|vmap\.txt)")
_METHODS = frozenset({zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED})  # others expand without a bound at a time
_ENCRYPTED = 0x1

# Names that mean a device to Windows, with any ending (learn.microsoft.com: Naming Files, Paths, and Namespaces).
_DEVICES = re.compile(r"(?:con|prn|aux|nul|com[0-9]|lpt[0-9])(?:\..*)?", re.IGNORECASE)

UNUSED_FOLDERS = ("stanza", "spacy", "minisbd")
"""Sentence splitters that packages carry; Tarjama has its own, so these are neither unpacked nor loaded."""

_END = struct.Struct("<4s4H2LH")
_LONGEST_COMMENT = 0xFFFF
_LOCATOR_64 = b"PK\x06\x07"
_LOCATOR_64_SIZE = 20


@dataclass(frozen=True, slots=True)
class Inspected:
    """What a sound archive holds: its one folder, what that says of itself, and the members worth unpacking."""

    folder: str
    metadata: Metadata
    members: tuple[zipfile.ZipInfo, ...]

    @property
    def size(self) -> int:
        """The bytes that unpacking needs."""
        return sum(member.file_size for member in self.members)


@contextmanager
def opened(path: Path) -> Iterator[zipfile.ZipFile]:
    """Open the archive at ``path``; raise PackageError when it is none, or as soon as it turns out to be damaged."""
    if not path.is_file():
        raise PackageError(f"There is no package file {path}.", "Check the name.")
    _check_directory(path)
    try:
        with zipfile.ZipFile(path) as archive:
            yield archive
    except (zipfile.BadZipFile, EOFError, NotImplementedError, RuntimeError, ValueError) as error:
        raise _not_a_package(path) from error


def inspect(archive: zipfile.ZipFile) -> Inspected:
    """Return what ``archive`` holds; raise PackageError with the reason when it is no sound translation package."""
    entries = archive.infolist()
    _check_sizes(entries)
    for entry in entries:
        _check_entry(entry)
    folders = {PurePosixPath(entry.filename).parts[0] for entry in entries}
    if len(folders) != 1:
        raise unsound("it does not hold exactly one folder")
    folder = folders.pop()
    if not _FOLDER.fullmatch(folder) or folder.endswith(".") or _DEVICES.fullmatch(folder):
        raise unsound(f"{folder!a} cannot be the name of a package")
    files = [entry for entry in entries if not entry.is_dir()]
    names = {file.filename for file in files}
    if len({entry.filename.casefold().rstrip("/") for entry in entries}) != len(entries):
        raise unsound("it holds a name twice")
    for entry in entries:
        _check_place(entry)
    for needed in ("metadata.json", "model/model.bin"):
        if f"{folder}/{needed}" not in names:
            raise unsound(f"it has no {needed}")
    if not names & {f"{folder}/sentencepiece.model", f"{folder}/bpe.model"}:
        raise unsound("it has no tokenizer")
    wanted = tuple(file for file in files if _is_wanted(file))
    return Inspected(folder, _metadata(archive, folder), wanted)


def unsound(why: str) -> PackageError:
    """Return the error for a package that is refused, with its reason."""
    return PackageError(f"This is not a sound Argos package: {why}.", "Get it again; nothing was installed.")


def _check_directory(path: Path) -> None:
    """Refuse an archive whose list of files alone would fill the memory, before ``zipfile`` reads it.

    The end of central directory record (APPNOTE.TXT 4.3.16) tells its size. An archive that needs the larger records of
    ZIP64 holds 65,535 files or 4 GiB, which no package does.
    """
    with path.open("rb") as file:
        size = file.seek(0, 2)
        file.seek(max(0, size - _END.size - _LONGEST_COMMENT - _LOCATOR_64_SIZE))
        tail = file.read()
    place = tail.rfind(b"PK\x05\x06")
    if place < 0 or len(tail) < place + _END.size:
        raise _not_a_package(path)
    *_, entries, directory, _offset, comment = _END.unpack_from(tail, place)
    if place + _END.size + comment != len(tail):
        raise _not_a_package(path)
    needs_64 = tail[max(0, place - _LOCATOR_64_SIZE) : place].startswith(_LOCATOR_64)
    if needs_64 or entries > _MOST_FILES or directory > _LARGEST_DIRECTORY:
        raise unsound("it holds far more files than a package does")


def _check_sizes(entries: list[zipfile.ZipInfo]) -> None:
    if len(entries) > _MOST_FILES:
        raise unsound("it holds far more files than a package does")
    for entry in entries:
        if entry.file_size > 1024 * 1024 and entry.file_size > _HIGHEST_RATIO * max(entry.compress_size, 1):
            raise unsound("it would unpack to far more than a package holds")
    if sum(entry.file_size for entry in entries) > _MOST_BYTES:
        raise unsound("it would unpack to far more than a package holds")


def _check_entry(entry: zipfile.ZipInfo) -> None:
    # ``orig_filename`` is what stands in the archive; ``zipfile`` cuts names at NUL and turns Windows' separators.
    name = entry.orig_filename
    parts = PurePosixPath(name).parts
    if not parts or name.startswith("/") or ".." in parts or any(sign in name for sign in "\\:\0"):
        raise unsound("it would write outside its folder")
    # A newer ``zipfile`` takes the name from a field of Info-ZIP, if there is one, which other programs do not read.
    if "." in name.split("/") or "//" in name or name != entry.filename:
        raise unsound("a name in it is written in a way that hides what it is")
    mode = entry.external_attr >> 16
    if stat.S_ISLNK(mode):
        raise unsound("it holds a link")
    if stat.S_IFMT(mode) not in {0, stat.S_IFREG, stat.S_IFDIR}:
        raise unsound("it holds what is neither file nor folder")
    if entry.flag_bits & _ENCRYPTED:
        raise unsound("it is encrypted")
    if entry.compress_type not in _METHODS:
        raise unsound("it is compressed in a way that packages are not")


def _check_place(entry: zipfile.ZipInfo) -> None:
    inner = PurePosixPath(entry.filename).parts[1:]
    if entry.is_dir():
        known = not inner or inner == ("model",) or inner[0] in UNUSED_FOLDERS
    else:
        known = (
            (len(inner) == 1 and inner[0] in _KNOWN_FILES)
            or (len(inner) == 2 and inner[0] == "model" and bool(_MODEL_FILES.fullmatch(inner[1])))
            or (len(inner) > 1 and inner[0] in UNUSED_FOLDERS)
        )
    if not known:
        raise unsound(f"it holds {'/'.join(inner)!a}, which no package needs")


def _is_wanted(file: zipfile.ZipInfo) -> bool:
    inner = PurePosixPath(file.filename).parts[1:]
    return inner[0] not in UNUSED_FOLDERS and inner != ("tarjama.json",)


def _metadata(archive: zipfile.ZipFile, folder: str) -> Metadata:
    member = archive.getinfo(f"{folder}/metadata.json")
    if member.file_size > LARGEST_METADATA:
        raise unsound("its metadata.json is too large")
    try:
        return parse_metadata(archive.read(member))
    except ValueError as error:
        raise unsound(f"its metadata.json {error}") from error


def _not_a_package(path: Path) -> PackageError:
    return PackageError(
        f"{path} is not an Argos package, or it is damaged.", "Packages are files ending in .argosmodel."
    )
