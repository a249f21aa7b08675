"""Plain text: which lines make a paragraph.

News articles come as one line a paragraph, with or without blank lines between. Books and mail come hard-wrapped, a
paragraph being several lines between blank ones. The text itself decides, and nothing in it is changed: a segment's
source is a piece of the text without the white space around it.
"""

from __future__ import annotations

import re

from corpus.model import ImportedSegment, SegmentKind

# Line ends of all systems, and Unicode's own line and paragraph separators (UAX #14, class BK, CR, LF, NL).
_LINE_END = re.compile(r"\r\n|[\n\r\v\f\x85\u2028\u2029]")
_BLANK_LINE = re.compile(r"(?:\r\n|[\n\r\x85])[^\S\n\r]*(?:\r\n|[\n\r\x85])(?:\s*(?:\r\n|[\n\r\x85]))?")
_SENTENCE_END = re.compile(r"[.!?؟…:”»\")\]]\s*$")

_WRAPPED_LINE_LENGTHS = range(40, 101)
_HEADING_WORDS = 20


class PlainText:
    """Text without markup."""

    name = "text"
    suffixes = (".txt", ".text")

    def segments(self, text: str) -> tuple[ImportedSegment, ...]:
        """Cut ``text`` at blank lines when it is hard-wrapped, else at every line end."""
        separator = _BLANK_LINE if _is_hard_wrapped(text) else _LINE_END
        paragraphs = [paragraph.strip() for paragraph in separator.split(text)]
        kept = [paragraph for paragraph in paragraphs if paragraph]
        kinds = [SegmentKind.PARAGRAPH] * len(kept)
        if len(kept) > 1 and _is_heading(text, kept[0]):
            kinds[0] = SegmentKind.HEADING
        return tuple(map(ImportedSegment, kept, kinds))


def _is_hard_wrapped(text: str) -> bool:
    """Tell whether lines end where a margin was, not where a paragraph does: most inner lines end in mid-sentence."""
    blocks = [_LINE_END.split(block.strip()) for block in _BLANK_LINE.split(text.strip())]
    inner = [line for block in blocks for line in block[:-1]]
    if len(blocks) < 2 or len(inner) < 3:
        return False
    wrapped = sum(len(line) in _WRAPPED_LINE_LENGTHS and not _SENTENCE_END.search(line) for line in inner)
    return wrapped > 0.7 * len(inner)


def _is_heading(text: str, first: str) -> bool:
    """Tell whether the first line stands alone, is short and does not end as a sentence does."""
    rest = text[text.index(first) + len(first) :]
    alone = _BLANK_LINE.match(rest) is not None
    return alone and len(first.split()) <= _HEADING_WORDS and not re.search(r"[.!…]$", first)
