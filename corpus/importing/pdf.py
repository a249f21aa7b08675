"""PDF: the text of the pages, best effort, because a PDF knows characters and places but no paragraphs.

pdfium reads the characters; pypdf gives the words of an Arabic line in the wrong order. Lines become paragraphs by
where they end and how far apart they stand. Presentation forms become letters again. Page numbers and running heads are
boilerplate. A segment's place is its page.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median
from typing import TYPE_CHECKING

from corpus.errors import DocumentError
from corpus.importing.content import Content, ImportOptions, Sample
from corpus.importing.kinds import with_kinds
from corpus.importing.pdf_line import Glyph, logical_text
from corpus.model import ImportedSegment, SegmentKind

if TYPE_CHECKING:
    import pypdfium2

MAX_PAGES = 5_000

_HEADER_BYTES = 1024  # the signature may stand after other bytes (ISO 32000-1, annex H.3.4.1)
_PAGE_NUMBER = re.compile(r"\W*(?:(?:page|صفحة|ص)\W*)?[\d٠-٩]{1,4}(?:\s*(?:/|of|من)\s*[\d٠-٩]{1,4})?\W*", re.IGNORECASE)
_DIGITS = re.compile(r"[\d٠-٩]+")
_EDGE_LINES = 2
_REPEATED_PAGES = 3
_HEADING_WORDS = 20
_SENTENCE_END = re.compile(r"[.!?؟…:][”»\")\]]*$")


@dataclass(frozen=True, slots=True)
class _Line:
    """A line of a page, in points from the lower left corner; ``rtl`` tells that it reads from right to left."""

    page: int
    text: str
    left: float
    right: float
    bottom: float
    top: float
    size: float
    rtl: bool


class Pdf:
    """Pages."""

    name = "pdf"
    suffixes = (".pdf",)

    def claims(self, sample: Sample) -> bool:
        """Claim by the signature."""
        return b"%PDF-" in sample.start[:_HEADER_BYTES]

    def read(self, data: bytes, options: ImportOptions) -> Content:
        """Read all pages; raise DocumentError when they hold pictures only."""
        del options  # the file itself says all
        pages = list(_pages(data))
        furniture = _furniture(pages)
        lines = [line for page in pages for line in page if line not in furniture]
        segments = list(with_kinds(_paragraphs(lines)))
        segments += (
            ImportedSegment(line.text, SegmentKind.BOILERPLATE, _place(line))
            for page in pages
            for line in page
            if line in furniture
        )
        if not segments:
            raise DocumentError(
                "The PDF has no text in it: its pages are pictures.",
                "Recognize the text first (OCR), for example with `ocrmypdf -l ara`; nothing was imported.",
            )
        return Content(tuple(segments))


def _pages(data: bytes) -> Iterator[list[_Line]]:
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        if "password" in str(error).lower():
            raise DocumentError(
                "The PDF is protected by a password.", "Save it without a password and import that."
            ) from error
        raise DocumentError("The PDF is damaged and cannot be read.", "Get it again; nothing was imported.") from error
    try:
        if len(document) > MAX_PAGES:
            raise DocumentError(f"The PDF has more than {MAX_PAGES} pages.", "Split it into parts.")
        for number in range(len(document)):
            yield _lines(document, number)
    except pypdfium2.PdfiumError as error:
        raise DocumentError("The PDF is damaged and cannot be read whole.", "Get it again.") from error
    finally:
        document.close()


def _lines(document: pypdfium2.PdfDocument, number: int) -> list[_Line]:
    from pypdfium2 import raw

    page = document[number]
    text_page = page.get_textpage()
    lines: list[list[Glyph]] = [[]]
    for n in range(text_page.count_chars()):
        character = _character(raw.FPDFText_GetUnicode(text_page.raw, n))
        if character in "\r\n":
            lines.append([])
        elif character:
            lines[-1].append(Glyph(character, *text_page.get_charbox(n, loose=True)))
    text_page.close()
    page.close()
    return [line for glyphs in lines if (line := _line(number + 1, glyphs)) is not None]


def _character(code: int) -> str:
    """Return the character of a code; nothing for what is none (pdfium marks a hyphen at a line end as U+0002)."""
    if code == 2:
        return "-"
    return "" if (code < 0x20 and code not in (0x0A, 0x0D, 0x09)) or 0xD800 <= code < 0xE000 else chr(code)


def _line(page: int, glyphs: Sequence[Glyph]) -> _Line | None:
    text, rtl = logical_text(glyphs)
    drawn = [glyph for glyph in glyphs if not glyph.character.isspace() and glyph.top > glyph.bottom]
    if not text or not drawn:
        return None
    return _Line(
        page,
        text,
        min(glyph.left for glyph in drawn),
        max(glyph.right for glyph in drawn),
        min(glyph.bottom for glyph in drawn),
        max(glyph.top for glyph in drawn),
        median(glyph.top - glyph.bottom for glyph in drawn),
        rtl,
    )


def _furniture(pages: Sequence[Sequence[_Line]]) -> set[_Line]:
    """Return page numbers, and the first and last lines that pages have in common."""
    edges = [(*page[:_EDGE_LINES], *page[_EDGE_LINES:][-_EDGE_LINES:]) for page in pages]
    often = Counter(text for lines in edges for text in {_DIGITS.sub("0", line.text) for line in lines})
    enough = max(_REPEATED_PAGES, len(pages) / 3)
    return {
        line
        for lines in edges
        for line in lines
        if _PAGE_NUMBER.fullmatch(line.text) or often[_DIGITS.sub("0", line.text)] >= enough
    }


def _paragraphs(lines: Sequence[_Line]) -> Iterator[ImportedSegment]:
    if not lines:
        return
    body_size = median(line.size for line in lines for _ in line.text.split())
    left, right = min(line.left for line in lines), max(line.right for line in lines)
    gaps = [a.bottom - b.top for a, b in pairwise(lines) if a.page == b.page and a.bottom > b.bottom]
    usual_gap = median(gaps) if gaps else 0.0
    paragraph = [lines[0]]
    for line in lines[1:]:
        if _is_break(paragraph[-1], line, usual_gap, 0.15 * (right - left), left, right):
            yield _segment(paragraph, body_size)
            paragraph = []
        paragraph.append(line)
    yield _segment(paragraph, body_size)


def _is_break(above: _Line, below: _Line, usual_gap: float, short: float, left: float, right: float) -> bool:
    """Tell whether a paragraph ends between two lines: the type changes, there is more space, or the line is short."""
    if abs(above.size - below.size) > 0.15 * max(above.size, below.size):
        return True
    if above.page == below.page:
        gap = above.bottom - below.top
        if gap > usual_gap + 0.4 * above.size or gap < -2 * above.size:  # the next column begins higher up
            return True
    elif _SENTENCE_END.search(above.text):
        return True
    return above.left > left + short if above.rtl else above.right < right - short


def _segment(lines: Sequence[_Line], body_size: float) -> ImportedSegment:
    text = " ".join(line.text for line in lines)
    is_heading = lines[0].size > 1.15 * body_size and len(text.split()) <= _HEADING_WORDS
    return ImportedSegment(text, SegmentKind.HEADING if is_heading else SegmentKind.PARAGRAPH, _place(lines[0]))


def _place(line: _Line) -> str:
    return f"page {line.page}"
