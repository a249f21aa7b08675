"""PO (gettext): each message with its translation, comments and context, read with polib.

A translation is *translated*, a fuzzy one *edited* with a note. Of a message with plurals, both source forms are
segments. Obsolete messages are left out, as gettext does.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from corpus.encoding import decode
from corpus.errors import DocumentError
from corpus.importing.content import Content, ImportOptions, Sample
from corpus.model import ImportedSegment, State

if TYPE_CHECKING:
    import polib

_START = re.compile(r"(?:[ \t\r]*+(?:#[^\n]*+)?\n)*+[ \t]*(?:msgctxt|msgid)[ \t]+\"")
_CHARSET = re.compile(rb"Content-Type:\s*text/plain;\s*charset=([A-Za-z0-9_.-]+)")


class Po:
    """Messages of a program."""

    name = "po"
    suffixes = (".po", ".pot")

    def claims(self, sample: Sample) -> bool:
        """Claim what begins with comments and a message."""
        return _START.match(sample.text) is not None

    def read(self, data: bytes, options: ImportOptions) -> Content:
        """Read the messages in order; a file whose header names a character set is read in it."""
        import polib

        said = _CHARSET.search(data)
        charset = said.group(1).decode("ascii") if said and said.group(1) != b"CHARSET" else None
        text, codec = decode(data, options.encoding or charset)
        try:
            # A first line break keeps polib from taking a short text for the name of a file.
            file = polib.pofile("\n" + text.replace("\r\n", "\n"), check_for_duplicates=False)
        except (OSError, ValueError, IndexError, KeyError, UnicodeError) as error:
            line = re.search(r"line (\d+)", str(error))
            where = f" in line {line.group(1)}" if line else ""
            raise DocumentError(
                f"The file is no sound PO file: it is wrong{where}.",
                "`msgfmt --check` says more; nothing was imported.",
            ) from error
        return Content(tuple(segment for entry in file if not entry.obsolete for segment in _segments(entry)), codec)


def _segments(entry: polib.POEntry) -> Iterator[ImportedSegment]:
    place = entry.msgctxt or ""
    if not entry.msgid_plural:
        yield _segment(entry, entry.msgid, entry.msgstr, place)
        return
    forms = [entry.msgstr_plural[n] for n in sorted(entry.msgstr_plural)] or [""]
    yield _segment(entry, entry.msgid, forms[0], place)
    yield _segment(entry, entry.msgid_plural, forms[-1] if len(forms) > 1 else "", place)


def _segment(entry: polib.POEntry, source: str, target: str, place: str) -> ImportedSegment:
    notes = [entry.comment, entry.tcomment]
    if entry.fuzzy and target:
        before = f" It translates: {entry.previous_msgid}" if entry.previous_msgid else ""
        notes.append(f"Fuzzy in the file.{before}")
    state = State.UNTRANSLATED if not target else State.EDITED if entry.fuzzy else State.TRANSLATED
    return ImportedSegment(source, place=place, target=target, state=state, note="\n".join(filter(None, notes)))
