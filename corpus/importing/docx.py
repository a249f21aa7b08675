"""DOCX (Office Open XML, ECMA-376): paragraphs, table cells, text boxes, notes; running heads as boilerplate.

Read from the XML itself: python-docx leaves out what tracked changes inserted, text boxes and notes. The text is what
the document shows with all tracked changes accepted; its inline markup is dropped. White space is exact; a tab is a
tab and a line break a line feed.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from corpus.importing.archive import Archive
from corpus.importing.content import Content, ImportOptions, Sample
from corpus.importing.kinds import with_kinds
from corpus.importing.markup import attribute, descendants, local, parse_xml
from corpus.model import ImportedSegment, SegmentKind

if TYPE_CHECKING:
    from lxml import etree

_MAIN = "word/document.xml"
_CHARACTERS = {"tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "\u2011", "softHyphen": "\u00ad"}
_SKIPPED = frozenset(("del", "moveFrom", "Fallback", "instrText", "delText", "pPr", "rPr", "txbxContent", "p"))
_STYLES = (
    (SegmentKind.HEADING, re.compile(r"^(?:heading|title|subtitle|عنوان)", re.IGNORECASE)),
    (SegmentKind.CAPTION, re.compile(r"^caption|تسمية", re.IGNORECASE)),
    (SegmentKind.QUOTE, re.compile(r"quote|اقتباس", re.IGNORECASE)),
    (SegmentKind.LIST_ITEM, re.compile(r"^list", re.IGNORECASE)),
)
_STYLE_DEPTH = 20


class Docx:
    """A Word document."""

    name = "docx"
    suffixes = (".docx", ".docm", ".dotx")

    def claims(self, sample: Sample) -> bool:
        """Claim an archive with a document of Word in it."""
        return any(name.startswith("word/document") for name in sample.members)

    def read(self, data: bytes, options: ImportOptions) -> Content:
        """Read the body, then the notes, then running heads and feet."""
        del options  # the file itself says all
        archive = Archive(data)
        main = _main_part(archive)
        folder = posixpath.dirname(main)
        styles = _Styles(archive, f"{folder}/styles.xml")
        segments = list(with_kinds(_paragraphs(parse_xml(archive.read(main)), styles)))
        for name in sorted(archive.names):
            part = posixpath.basename(name) if posixpath.dirname(name) == folder else ""
            if re.fullmatch(r"(?:footnotes|endnotes)\.xml", part):
                segments += _all_as(SegmentKind.FOOTNOTE, archive, name, styles)
            elif re.fullmatch(r"(?:header|footer)\d*\.xml", part):
                segments += _all_as(SegmentKind.BOILERPLATE, archive, name, styles)
        return Content(tuple(segments))


class _Styles:
    """What the styles of the document mean, by their ids; a style's names and those it is based on tell."""

    def __init__(self, archive: Archive, name: str) -> None:
        self._styles: dict[str, tuple[str, str]] = {}
        if name in archive.names:
            for style in descendants(parse_xml(archive.read(name)), "style"):
                says = {local(child): attribute(child, "val") for child in style}
                self._styles[attribute(style, "styleId")] = (says.get("name", ""), says.get("basedOn", ""))

    def kind(self, style: str) -> SegmentKind | None:
        for _ in range(_STYLE_DEPTH):
            name, style_before = self._styles.get(style, (style, ""))
            for kind, pattern in _STYLES:
                if pattern.search(name):
                    return kind
            if not style_before:
                return None
            style = style_before
        return None


def _main_part(archive: Archive) -> str:
    """Return the name of the part that the package says is the document; almost always the same one."""
    if "_rels/.rels" in archive.names:
        for relation in descendants(parse_xml(archive.read("_rels/.rels")), "Relationship"):
            if relation.get("Type", "").endswith("/officeDocument"):
                return relation.get("Target", _MAIN).lstrip("/")
    return _MAIN


def _all_as(kind: SegmentKind, archive: Archive, name: str, styles: _Styles) -> list[ImportedSegment]:
    found = _paragraphs(parse_xml(archive.read(name)), styles)
    return [ImportedSegment(segment.source, kind, segment.place) for segment in found]


def _paragraphs(root: etree._Element, styles: _Styles) -> Iterator[ImportedSegment]:
    for paragraph in descendants(root, "p"):
        around = {local(element) for element in paragraph.iterancestors()}
        if "Fallback" in around:  # the same text box again, for programs that cannot show the better one
            continue
        text = "".join(_text(paragraph)).strip()
        if text:
            kind = SegmentKind.CELL if "tc" in around else _kind(paragraph, styles)
            yield ImportedSegment(text, kind)


def _text(element: etree._Element) -> Iterator[str]:
    for child in element:
        name = local(child)
        if name == "t":
            yield child.text or ""
        elif name in _CHARACTERS:
            yield _CHARACTERS[name]
        elif name not in _SKIPPED:
            yield from _text(child)


def _kind(paragraph: etree._Element, styles: _Styles) -> SegmentKind:
    kind: SegmentKind | None = None
    for says in (child for properties in paragraph if local(properties) == "pPr" for child in properties):
        if local(says) == "pStyle":
            kind = styles.kind(attribute(says, "val")) or kind
        elif local(says) == "outlineLvl" and attribute(says, "val") != "9":  # 9 means body text
            kind = SegmentKind.HEADING
        elif local(says) == "numPr":
            kind = kind or SegmentKind.LIST_ITEM
    return kind or SegmentKind.PARAGRAPH
