"""ODT (OpenDocument 1.x text): headings, paragraphs, lists, cells, notes.

Read from the XML itself: odfpy is no longer kept up. The text is what the document shows: runs of white space are one
space (ODF 1.3, part 3, 6.1.2) but for ``text:s``, tabs and line breaks; deleted text of tracked changes is left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from corpus.errors import DocumentError
from corpus.importing.archive import Archive
from corpus.importing.content import Content, ImportOptions, Sample
from corpus.importing.kinds import with_kinds
from corpus.importing.markup import attribute, collapse, descendants, local, parse_xml
from corpus.model import ImportedSegment, SegmentKind

if TYPE_CHECKING:
    from lxml import etree

_UNSEEN = frozenset(("annotation", "tracked-changes", "note", "ruby-text", "sequence-decls"))
_OWN_SEGMENTS = frozenset(("p", "h"))
_KEPT_SPACE, _KEPT_TAB, _KEPT_BREAK = "\ue000", "\ue001", "\u2028"
_STYLES = (
    (SegmentKind.HEADING, re.compile(r"^(?:heading|title|subtitle)", re.IGNORECASE)),
    (SegmentKind.CAPTION, re.compile(r"^(?:caption|illustration|figure|table$)", re.IGNORECASE)),
    (SegmentKind.QUOTE, re.compile(r"quot", re.IGNORECASE)),
)
_MAX_SPACES = 1000


class Odt:
    """A text of LibreOffice and others."""

    name = "odt"
    suffixes = (".odt", ".ott")

    def claims(self, sample: Sample) -> bool:
        """Claim an archive that says it is an OpenDocument text."""
        return sample.media_type.startswith("application/vnd.oasis.opendocument.text")

    def read(self, data: bytes, options: ImportOptions) -> Content:
        """Read the body; notes stand where they are called."""
        del options  # the file itself says all
        archive = Archive(data)
        manifest = "META-INF/manifest.xml"
        if manifest in archive.names and b"encryption-data" in archive.read(manifest):
            raise DocumentError("The document is protected by a password.", "Save it without one and import that.")
        root = parse_xml(archive.read("content.xml"))
        styles = {
            attribute(style, "name"): attribute(style, "parent-style-name") for style in descendants(root, "style")
        }
        return Content(with_kinds(_paragraphs(root, styles)))


def _paragraphs(root: etree._Element, styles: dict[str, str]) -> Iterator[ImportedSegment]:
    for paragraph in descendants(root, "p", "h"):
        around = {local(element) for element in paragraph.iterancestors()}
        if "body" not in around or around & {"annotation", "tracked-changes"}:
            continue
        text = collapse("".join(_text(paragraph))).replace(_KEPT_SPACE, " ").replace(_KEPT_TAB, "\t").strip()
        if text:
            yield ImportedSegment(text, _kind(paragraph, around, styles))


def _text(element: etree._Element) -> Iterator[str]:
    yield element.text or ""
    for child in element:
        name = local(child)
        if name == "s":
            count = attribute(child, "c")
            yield _KEPT_SPACE * (min(int(count), _MAX_SPACES) if count.isdecimal() else 1)
        elif name == "tab":
            yield _KEPT_TAB
        elif name == "line-break":
            yield _KEPT_BREAK
        elif name and name not in _UNSEEN and name not in _OWN_SEGMENTS:
            yield from _text(child)
        yield child.tail or ""


def _kind(paragraph: etree._Element, around: set[str], styles: dict[str, str]) -> SegmentKind:
    if local(paragraph) == "h":
        return SegmentKind.HEADING
    if "note" in around:
        return SegmentKind.FOOTNOTE
    if "table-cell" in around:
        return SegmentKind.CELL
    style = attribute(paragraph, "style-name")
    for name in (style, styles.get(style, "")):
        for kind, pattern in _STYLES:
            if pattern.search(name):
                return kind
    return SegmentKind.LIST_ITEM if "list-item" in around else SegmentKind.PARAGRAPH
