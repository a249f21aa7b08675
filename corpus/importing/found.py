"""The files that a person means: by a file's name, a folder, a pattern such as ``*.docx``, or standard input."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from pathlib import Path, PurePath

from corpus.errors import DocumentError

STANDARD_INPUT = "-"
STANDARD_INPUT_NAME = "standard input"

_PATTERN = frozenset("*?[")


@dataclass(frozen=True, slots=True)
class FoundFile:
    """A file and the name its document gets: in a folder the way from there, so that names stay different.

    Without a name the document is called as the file.
    """

    path: Path
    name: str


@dataclass(frozen=True, slots=True)
class Found:
    """Files in the order of their names, and how many in folders were left out because of their suffix."""

    files: tuple[FoundFile, ...]
    left_out: int = 0


def find_files(arguments: Iterable[str], suffixes: Collection[str]) -> Found:
    """Return the files that ``arguments`` mean; of those in folders, the ones whose suffix is in ``suffixes``.

    Hidden files and folders are not looked at. A name without a file is returned as it is: reading it will tell. Raise
    DocumentError for a pattern or a folder without any.
    """
    files: dict[str, FoundFile] = {}
    left_out = 0
    for argument in arguments:
        path = Path(argument)
        if argument == STANDARD_INPUT:
            found = [FoundFile(path, STANDARD_INPUT_NAME)]
        elif path.is_dir():
            everything = _in_folder(path)
            found = [file for file in everything if file.path.suffix.lower() in suffixes]
            left_out += len(everything) - len(found)
            if not found:
                raise DocumentError(
                    f"The folder {path} has no documents in it.", f"Their names end in {', '.join(sorted(suffixes))}."
                )
        elif _PATTERN.intersection(argument) and not path.exists():
            found = _matching(path)
        else:
            found = [FoundFile(path, path.name)]
        for file in found:
            files.setdefault(str(file.path), file)
    return Found(tuple(files.values()), left_out)


def _in_folder(folder: Path) -> list[FoundFile]:
    inside = (path for path in folder.rglob("*") if path.is_file())
    names = {path: path.relative_to(folder) for path in inside}
    return [
        FoundFile(path, names[path].as_posix())
        for path in sorted(names, key=names.__getitem__)
        if _is_seen(names[path])
    ]


def _matching(pattern: Path) -> list[FoundFile]:
    """Expand a pattern that the shell has not: that of Windows never does, others not in quotes."""
    fixed = next(n for n, part in enumerate(pattern.parts) if _PATTERN.intersection(part))
    folder = Path(*pattern.parts[:fixed])
    try:
        paths = sorted(path for path in folder.glob(str(Path(*pattern.parts[fixed:]))) if path.is_file())
    except (ValueError, NotImplementedError) as error:
        raise DocumentError(f"“{pattern}” is not a pattern of file names.", "Try *.docx, or name a folder.") from error
    found = [FoundFile(path, path.relative_to(folder).as_posix()) for path in paths]
    seen = [file for file in found if _is_seen(PurePath(file.name))]
    if not seen:
        raise DocumentError(f"No file matches {pattern}.", "Check the pattern.")
    return seen


def _is_seen(name: PurePath) -> bool:
    return not any(part.startswith((".", "~$")) for part in name.parts)  # ~$ marks the lock files of Office
