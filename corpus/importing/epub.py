"""EPUB 2 and 3: the chapters of a book in the order its spine names, each read as HTML.

Read from the archive itself: EbookLib is AGPL. ``place`` of a segment is the chapter's file in the book.
"""

from __future__ import annotations

import posixpath
from dataclasses import replace
from urllib.parse import unquote

from corpus.errors import DocumentError
from corpus.importing.archive import Archive
from corpus.importing.content import Content, ImportOptions, Sample
from corpus.importing.html import chapter
from corpus.importing.markup import attribute, descendants, parse_xml
from corpus.model import ImportedSegment, SegmentKind

_CONTAINER = "META-INF/container.xml"
_PAGES = ("application/xhtml+xml", "text/html", "application/x-dtbook+xml")
# Fonts may be obfuscated in an open book (EPUB 3.3, 4.4); anything else encrypted is a locked one.
_OBFUSCATION = ("http://www.idpf.org/2008/embedding", "http://ns.adobe.com/pdf/enc#RC")


class Epub:
    """A book."""

    name = "epub"
    suffixes = (".epub",)

    def claims(self, sample: Sample) -> bool:
        """Claim an archive that says it is a book."""
        return sample.media_type == "application/epub+zip" or _CONTAINER in sample.members

    def read(self, data: bytes, options: ImportOptions) -> Content:
        """Read chapter by chapter; tables of contents are boilerplate."""
        del options  # the file itself says all
        archive = Archive(data)
        _refuse_locked(archive)
        package_name = _package(archive)
        package = parse_xml(archive.read(package_name), "The book")
        items = {item.get("id", ""): item for item in descendants(package, "item")}
        segments: list[ImportedSegment] = []
        for reference in descendants(package, "itemref"):
            item = items.get(reference.get("idref", ""))
            if item is None or item.get("media-type", "") not in _PAGES:
                continue
            name = posixpath.normpath(
                posixpath.join(posixpath.dirname(package_name), unquote(item.get("href", "").partition("#")[0]))
            )
            if name not in archive.names:
                raise DocumentError(f"The book is damaged: its chapter {name} is missing.", "Get the book again.")
            found = chapter(archive.read(name), name)
            if "nav" in item.get("properties", "").split():
                found = [replace(segment, kind=SegmentKind.BOILERPLATE) for segment in found]
            segments += found
        return Content(tuple(segments))


def _package(archive: Archive) -> str:
    for root in descendants(parse_xml(archive.read(_CONTAINER), "The book"), "rootfile"):
        return attribute(root, "full-path")
    raise DocumentError("The book is damaged: it does not say where its contents are.", "Get the book again.")


def _refuse_locked(archive: Archive) -> None:
    name = "META-INF/encryption.xml"
    if name not in archive.names:
        return
    methods = [method.get("Algorithm", "") for method in descendants(parse_xml(archive.read(name)), "EncryptionMethod")]
    if any(method not in _OBFUSCATION for method in methods):
        raise DocumentError("The book is locked against copying.", "Get an edition without digital rights management.")
