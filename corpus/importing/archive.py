"""ZIP archives that documents come in, read in memory within limits; nothing is ever unpacked to disk."""

from __future__ import annotations

import struct
import zipfile
import zlib
from io import BytesIO

from corpus.errors import DocumentError

MAX_MEMBERS = 20_000
MAX_MEMBER_BYTES = 256 * 1024 * 1024
MAX_TOTAL_BYTES = 512 * 1024 * 1024
"""How much an archive may hold when unpacked: far more than any book, far less than a bomb."""

_ENCRYPTED = 0x1  # general purpose bit 0 (APPNOTE.TXT, 4.4.4)
_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)  # the only ones OPC, ODF and EPUB allow
_BROKEN = (
    zipfile.BadZipFile, zlib.error, struct.error, EOFError, OSError, KeyError, ValueError, OverflowError,
    NotImplementedError, RuntimeError,
)  # fmt: skip


class Archive:
    """The members of a ZIP archive by name; raise DocumentError for one that is damaged, encrypted or enormous."""

    def __init__(self, data: bytes) -> None:
        try:
            self._zip = zipfile.ZipFile(BytesIO(data))
        except _BROKEN as error:
            raise _damaged() from error
        members = self._zip.infolist()
        if len(members) > MAX_MEMBERS or sum(member.file_size for member in members) > MAX_TOTAL_BYTES:
            raise _enormous()
        if any(member.flag_bits & _ENCRYPTED for member in members):
            raise DocumentError(
                "The document is protected by a password.", "Save it without a password and import that."
            )
        if any(member.compress_type not in _METHODS for member in members):
            raise _damaged()
        self.names = frozenset(member.filename for member in members)

    def read(self, name: str) -> bytes:
        """Return the bytes of the member ``name``; raise DocumentError when it is missing, damaged or enormous."""
        try:
            with self._zip.open(name) as member:
                # What the directory says of sizes may be a lie, so the reading itself is limited.
                data = member.read(MAX_MEMBER_BYTES + 1)
        except _BROKEN as error:
            raise _damaged() from error
        if len(data) > MAX_MEMBER_BYTES:
            raise _enormous()
        return data


def _damaged() -> DocumentError:
    return DocumentError(
        "The document is damaged: its archive cannot be read whole.",
        "Open it in the program it comes from and save it again; nothing was imported.",
    )


def _enormous() -> DocumentError:
    return DocumentError(
        "The document unpacks to more than any document should hold.", "It may be made to harm; nothing was imported."
    )
