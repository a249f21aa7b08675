"""HTML: the text of a page as its reader sees it, or of a book's chapter."""

from __future__ import annotations

import codecs
import re
from typing import TYPE_CHECKING

from corpus.arabic import is_arabic
from corpus.encoding import decode
from corpus.errors import DocumentError
from corpus.importing.content import Content, ImportOptions, Sample
from corpus.importing.kinds import with_kinds
from corpus.model import ImportedSegment

if TYPE_CHECKING:
    from lxml import etree

# Possessive, so that no file can make it try for long.
_START = re.compile(
    r"\s*+(?:<\?xml[^>]*+>\s*+)?(?:<!--(?:(?!-->).)*+-->\s*+)*+<(?:!doctype\s+html|html|head|body)\b",
    re.IGNORECASE | re.DOTALL,
)
# How browsers look for it (HTML standard, 13.2.3.2), in the first kilobytes.
_CHARSET = re.compile(rb"<meta[^>]*?charset\s*=\s*[\"']?\s*([A-Za-z0-9_:.-]+)", re.IGNORECASE)
_XML_ENCODING = re.compile(rb"^\s*<\?xml[^>]*?encoding\s*=\s*[\"']([A-Za-z0-9_.-]+)")
_CHARSET_BYTES = 4096
_WESTERN = frozenset(("iso-8859-1", "latin1", "windows-1252", "us-ascii"))
_MARKS = (codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


class Html:
    """A saved web page; what stands around its article is kept as boilerplate."""

    name = "html"
    suffixes = (".html", ".htm", ".xhtml", ".mhtml", ".mht")

    def claims(self, sample: Sample) -> bool:
        """Claim what begins as HTML or as a saved archive of a page, and what is named so."""
        return _START.match(sample.text) is not None or sample.suffix in self.suffixes or _is_archive(sample.start)

    def read(self, data: bytes, options: ImportOptions) -> Content:
        """Find the article and what is around it."""
        from corpus.importing.article import Page
        from corpus.importing.blocks import blocks

        if _is_archive(data):
            data = _page_in(data)
        text, codec = decode_html(data, options.encoding)
        found = list(blocks(parse_html(text)))
        segments = (ImportedSegment(block.text, kind) for block, kind in zip(found, Page(found).kinds(), strict=True))
        return Content(with_kinds(segments), codec)


def chapter(data: bytes, place: str) -> list[ImportedSegment]:
    """Return the segments of a book's chapter: there is nothing around it."""
    from corpus.importing.blocks import blocks

    text, _ = decode_html(data, None)
    return [ImportedSegment(block.text, block.kind, place) for block in blocks(parse_html(text))]


def decode_html(data: bytes, encoding: str | None) -> tuple[str, str]:
    """Return the text and its codec: what a person says, a byte order mark, what the page says, what it looks like."""
    if encoding is None and not data.startswith(_MARKS):
        start = data[:_CHARSET_BYTES]
        said = _XML_ENCODING.search(start) or _CHARSET.search(start)
        if said and (decoded := _decoded(data, said.group(1).decode("ascii").lower())):
            return decoded
    return decode(data, encoding)


def parse_html(text: str) -> etree._Element:
    """Return the root of the page; raise DocumentError when there is none."""
    from lxml import etree

    # The text is decoded already: whatever encoding it names in itself no longer holds.
    parser = etree.HTMLParser(encoding="utf-8", no_network=True, huge_tree=False, remove_pis=True)
    try:
        root = etree.fromstring(text.replace("\0", "").encode("utf-8", "replace"), parser)
    except etree.XMLSyntaxError as error:
        raise DocumentError("The page cannot be read as HTML.", "Save it again from the browser.") from error
    if root is None:
        raise DocumentError("The page is empty.", "There is nothing to translate; it was not imported.")
    return root


def _is_archive(data: bytes) -> bool:
    """Tell whether the file is MHTML: a page with its pictures, as a mail has attachments (RFC 2557)."""
    head = data[:_CHARSET_BYTES].replace(b"\r\n", b"\n").partition(b"\n\n")[0].lower()
    return b"\nmime-version:" in b"\n" + head and b"multipart/related" in head


def _page_in(data: bytes) -> bytes:
    from email import message_from_bytes

    for part in message_from_bytes(data).walk():
        if part.get_content_type() == "text/html":
            payload = part.get_payload(decode=True)
            return payload if isinstance(payload, bytes) else b""
    raise DocumentError("The archive of a page has no page in it.", "Save the page again as HTML.")


def _decoded(data: bytes, charset: str) -> tuple[str, str] | None:
    """Decode as the page says, when it says something that works; a UTF-16 page cannot have been read so far."""
    if charset.startswith("utf-16"):
        charset = "utf-8"
    try:
        said = decode(data, charset)
        # Old editors write this one into every page; no bytes are wrong in it, so it proves nothing.
        looks = decode(data) if charset in _WESTERN else said
    except DocumentError:
        return None
    return looks if is_arabic(looks[0]) else said
