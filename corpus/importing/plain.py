"""Plain text: which lines make a paragraph, and which of them are headings.

News articles come as one line a paragraph, with or without blank lines between. Books and mail come hard-wrapped, a
paragraph being several lines between blank ones. Some come as one giant line, which stays one segment. The text itself
decides, and nothing in it is changed: a segment's source is a piece of the text without the white space around it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from corpus.encoding import decode
from corpus.importing.content import Content, ImportOptions, Sample
from corpus.importing.kinds import with_kinds
from corpus.model import ImportedSegment, SegmentKind

_BLANK_LINE = re.compile(r"(?:\r\n|[\n\r\x85])[^\S\n\r]*(?:\r\n|[\n\r\x85])(?:\s*(?:\r\n|[\n\r\x85]))?")
_SENTENCE_END = re.compile(r"[.!?؟…:”»\")\]،؛,;]\s*$")
_STATEMENT_END = re.compile(r"[.!…]$")

_END_CHARACTERS = 8
_WRAPPED_LINE_LENGTHS = range(40, 101)
_TITLE_WORDS = 20
_SUBHEADING_WORDS = 12
_PARAGRAPH_WORDS = 12


class PlainText:
    """Text without markup."""

    name = "text"
    suffixes = (".txt", ".text")

    def claims(self, sample: Sample) -> bool:
        """Claim by the name alone: any text is plain text."""
        return sample.suffix in self.suffixes

    def read(self, data: bytes, options: ImportOptions) -> Content:
        """Decode and cut."""
        text, codec = decode(data, options.encoding)
        return Content(self.segments(text), codec)

    def segments(self, text: str) -> tuple[ImportedSegment, ...]:
        """Cut ``text`` at blank lines when it is hard-wrapped, else at every line end."""
        lines = text.splitlines()  # at the line ends of all systems, and Unicode's own
        paragraphs = _BLANK_LINE.split(text) if _is_hard_wrapped(lines) else lines
        kept = [stripped for paragraph in paragraphs if (stripped := paragraph.strip())]
        return _with_headings(with_kinds(map(ImportedSegment, kept)), text)


def _is_hard_wrapped(lines: Sequence[str]) -> bool:
    """Tell whether lines end where a margin was, not where a paragraph does: most inner lines end in mid-sentence."""
    blank = [not line or line.isspace() for line in lines]
    inner = [line for n, line in enumerate(lines[:-1]) if not blank[n] and not blank[n + 1]]
    paragraphs = sum(not this and before for before, this in zip([True, *blank], blank, strict=False))
    if paragraphs < 2 or len(inner) < 3:
        return False
    wrapped = sum(len(line) in _WRAPPED_LINE_LENGTHS and not _SENTENCE_END.search(line) for line in inner)
    return wrapped > 0.7 * len(inner)


def _with_headings(segments: tuple[ImportedSegment, ...], text: str) -> tuple[ImportedSegment, ...]:
    """Find the title, and where paragraphs end as sentences do, the short lines between them that do not."""
    title = next((n for n, segment in enumerate(segments) if segment.kind is SegmentKind.PARAGRAPH), None)
    if title is None:
        return segments
    is_prose = 2 * sum(_is_paragraph(segment.source) for segment in segments) > len(segments)
    return tuple(
        ImportedSegment(segment.source, SegmentKind.HEADING)
        if segment.kind is SegmentKind.PARAGRAPH
        and (
            (n == title and n + 1 < len(segments) and _is_title(text, segment.source))
            or (is_prose and _is_subheading(segments, n))
        )
        else segment
        for n, segment in enumerate(segments)
    )


def _is_paragraph(source: str) -> bool:
    return _SENTENCE_END.search(source, max(0, len(source) - _END_CHARACTERS)) is not None


def _is_title(text: str, first: str) -> bool:
    """Tell whether the first line stands alone, is short and does not end as a statement does."""
    rest = text[text.index(first) + len(first) :]
    alone = _BLANK_LINE.match(rest) is not None
    return alone and len(first.split()) <= _TITLE_WORDS and not _STATEMENT_END.search(first)


def _is_subheading(segments: Sequence[ImportedSegment], n: int) -> bool:
    line = segments[n].source
    if len(line) > 160 or n + 1 == len(segments) or _is_paragraph(line) or len(line.split()) > _SUBHEADING_WORDS:
        return False
    following = segments[n + 1].source
    return _is_paragraph(following) and len(following.split()) >= _PARAGRAPH_WORDS
