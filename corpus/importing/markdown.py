"""Markdown (CommonMark with tables), parsed with markdown-it-py.

A block is a segment. Its text is what stands in the file without the marks of the block (``#``, ``-``, ``>``), inline
marks such as ``**`` and links included: a translator writes them again. Code and raw HTML are boilerplate.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from corpus.encoding import decode
from corpus.importing.content import Content, ImportOptions, Sample
from corpus.importing.kinds import with_kinds
from corpus.model import ImportedSegment, SegmentKind

if TYPE_CHECKING:
    from markdown_it.token import Token

_FRONT_MATTER = re.compile(r"---\r?\n(.*?)\r?\n(?:---|\.\.\.)[ \t]*(?:\r?\n|$)", re.DOTALL)
_CODE = frozenset(("fence", "code_block", "html_block"))
_KINDS = {
    "heading_open": SegmentKind.HEADING,
    "list_item_open": SegmentKind.LIST_ITEM,
    "blockquote_open": SegmentKind.QUOTE,
    "th_open": SegmentKind.CELL,
    "td_open": SegmentKind.CELL,
}


class Markdown:
    """Text marked up for reading."""

    name = "markdown"
    suffixes = (".md", ".markdown", ".mdown")

    def claims(self, sample: Sample) -> bool:
        """Claim by the name alone: marks such as ``-`` and ``#`` stand in plain text too."""
        return sample.suffix in self.suffixes

    def read(self, data: bytes, options: ImportOptions) -> Content:
        """Read the blocks in order; front matter is boilerplate."""
        from markdown_it import MarkdownIt

        text, codec = decode(data, options.encoding)
        front = _FRONT_MATTER.match(text)
        before = [ImportedSegment(front.group(1), SegmentKind.BOILERPLATE)] if front and front.group(1).strip() else []
        body = text[front.end() :] if front else text
        tokens = MarkdownIt("commonmark").enable("table").parse(body)
        return Content(with_kinds((*before, *_segments(tokens))), codec)


def _segments(tokens: list[Token]) -> Iterator[ImportedSegment]:
    around: list[SegmentKind | None] = []
    for token in tokens:
        if token.nesting == 1:
            around.append(_KINDS.get(token.type))
        elif token.nesting == -1:
            around.pop()
        elif token.content.strip() and (token.type == "inline" or token.type in _CODE):
            told = next((kind for kind in reversed(around) if kind is not None), SegmentKind.PARAGRAPH)
            kind = SegmentKind.BOILERPLATE if token.type in _CODE else told
            yield ImportedSegment(token.content.strip("\n"), kind)
