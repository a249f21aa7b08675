"""Many files in turn: what is read in a moment makes a group, so that small files need not be written one by one."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator

from corpus.errors import DocumentError
from corpus.importing import DEFAULT_OPTIONS, import_file
from corpus.importing.content import ImportOptions
from corpus.importing.found import FoundFile
from corpus.model import ImportedDocument

# Seconds. To wait for the disk takes some milliseconds; whoever is interrupted loses no more than was read meanwhile.
_MOMENT = 0.25


def read_together(
    files: Iterable[FoundFile], options: ImportOptions | None = None, moment: float = _MOMENT
) -> Iterator[list[ImportedDocument | DocumentError]]:
    """Read files in turn; yield groups of what they became, each read in ``moment`` seconds or one file of more.

    A file that cannot become a document has its error in its place. No two documents of a group have one name: the
    second is a newer version of the first, which must be there before.
    """
    group: list[ImportedDocument | DocumentError] = []
    names: set[str] = set()
    begin = 0.0
    for file in files:
        if not group:
            begin = time.monotonic()
        read = _read(file, options or DEFAULT_OPTIONS)
        if isinstance(read, ImportedDocument):
            if read.name in names:
                yield group
                group, names = [], set()
            names.add(read.name)
        group.append(read)
        if time.monotonic() - begin > moment:
            yield group
            group, names = [], set()
    if group:
        yield group


def _read(file: FoundFile, options: ImportOptions) -> ImportedDocument | DocumentError:
    try:
        return import_file(file.path, options, name=file.name)
    except DocumentError as error:
        return error
