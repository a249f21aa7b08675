"""The blocks of an HTML page: each run of text a reader sees as one paragraph, line or cell.

White space is collapsed as a browser does it (``markup.collapse``). Inline markup is dropped; the characters it marks
stay. What a browser never shows (scripts, styles, comments, templates) is not text.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from corpus.importing.markup import collapse, local
from corpus.model import SegmentKind

if TYPE_CHECKING:
    from lxml import etree

_UNSEEN = frozenset((
    "script", "style", "template", "noscript", "head", "title", "meta", "link", "base", "svg", "math", "canvas",
    "iframe", "object", "embed", "audio", "video", "map", "area", "input", "select", "textarea", "datalist",
    "param", "source", "track",
))  # fmt: skip
_BLOCKS = frozenset((
    "address", "article", "aside", "blockquote", "body", "button", "caption", "center", "dd", "details",
    "dialog", "dir", "div", "dl", "dt", "fieldset", "figcaption", "figure", "footer", "form", "frameset", "h1",
    "h2", "h3", "h4", "h5", "h6", "header", "hgroup", "hr", "html", "legend", "li", "main", "menu", "nav", "ol",
    "p", "pre", "search", "section", "summary", "table", "tbody", "td", "tfoot", "th", "thead", "tr", "ul",
))  # fmt: skip
_KINDS = {
    **dict.fromkeys(("h1", "h2", "h3", "h4", "h5", "h6"), SegmentKind.HEADING),
    **dict.fromkeys(("li", "dt", "dd"), SegmentKind.LIST_ITEM),
    **dict.fromkeys(("td", "th"), SegmentKind.CELL),
    **dict.fromkeys(("caption", "figcaption"), SegmentKind.CAPTION),
    "blockquote": SegmentKind.QUOTE,
    "pre": SegmentKind.PARAGRAPH,
}
_CODE = ("code", "kbd", "samp")
_BREAK = "\u2028"


@dataclass(frozen=True, slots=True)
class Block:
    """The ``text`` of one block; ``inside`` are the elements it stands in, the innermost first.

    ``linked`` is the share of its characters that are links, 0 to 1. ``names`` are the classes and the like that the
    inline elements give to pieces of the text; empty for a piece without.
    """

    text: str
    kind: SegmentKind
    inside: tuple[etree._Element, ...]
    linked: float
    names: frozenset[str]

    @property
    def words(self) -> int:
        """How many words it has that are no links."""
        return round(len(self.text.split()) * (1 - self.linked))


def blocks(root: etree._Element) -> Iterator[Block]:
    """Yield the blocks of ``root`` in the order of the page."""
    for run in _Runs(root):
        yield from run.blocks()


def own_names(element: etree._Element) -> str:
    """Return what the page's author called ``element``: its classes and the like; a ``time`` is a date line."""
    names = (element.get("class"), element.get("itemprop"), element.get("rel"))
    return " ".join(name for name in (*names, "dateline" if local(element) == "time" else "") if name)


class _Run:
    """Text between two boundaries of blocks, as pieces, each in a link or not, and with the names of its markup."""

    def __init__(self, element: etree._Element) -> None:
        self._element = element
        self._pieces: list[tuple[str, bool, str]] = []

    def add(self, text: str | None, *, linked: bool, names: str) -> None:
        if text:
            self._pieces.append((text, linked, names))

    def blocks(self) -> Iterator[Block]:
        """Two line breaks in a row end a paragraph, one does not."""
        whole = collapse("".join(text for text, _, _ in self._pieces))
        if not whole:
            return
        inside = (self._element, *self._element.iterancestors())
        seen = [(len(text.split()), linked, names) for text, linked, names in self._pieces if not text.isspace()]
        share = sum(words for words, linked, _ in seen if linked) / max(1, sum(words for words, _, _ in seen))
        names = frozenset(names for _, _, names in seen)
        kind = _kind(inside)
        for text in whole.split("\n\n"):
            if text.strip("\n"):
                yield Block(text.strip("\n"), kind, inside, share, names)


class _Runs:
    """Cut the text of an element at its blocks."""

    def __init__(self, root: etree._Element) -> None:
        self._root = root
        self._finished: list[_Run] = []
        self._run = _Run(root)

    def __iter__(self) -> Iterator[_Run]:
        self._visit(self._root, linked=False, kept=False, names="")
        self._finished.append(self._run)
        return iter(self._finished)

    def _visit(self, element: etree._Element, *, linked: bool, kept: bool, names: str) -> None:
        """Collect the text in ``element``; ``kept`` means its white space is kept, as in ``pre``."""
        name = local(element).lower()
        is_block = name in _BLOCKS
        if is_block:
            self._cut(element)
        if name == "br":
            self._run.add(_BREAK, linked=linked, names=names)
        names = "" if is_block else f"{names} {own_names(element)}".strip()
        linked = linked or name == "a"
        kept = kept or name == "pre"
        self._run.add(_kept(element.text, kept=kept), linked=linked, names=names)
        for child in element:
            if local(child).lower() not in _UNSEEN and isinstance(child.tag, str):
                self._visit(child, linked=linked, kept=kept, names=names)
            self._run.add(_kept(child.tail, kept=kept), linked=linked, names=names)
        if is_block:
            parent = element.getparent()
            self._cut(element if parent is None else parent)

    def _cut(self, element: etree._Element) -> None:
        self._finished.append(self._run)
        self._run = _Run(element)


def _kept(text: str | None, *, kept: bool) -> str | None:
    return text.replace("\r\n", "\n").replace("\n", _BREAK) if text and kept else text


def _kind(inside: tuple[etree._Element, ...]) -> SegmentKind:
    """Let the innermost element that says something decide, but code is nothing to translate."""
    names = [local(element).lower() for element in inside]
    if "pre" in names and any(True for _ in inside[0].iter(*_CODE)):
        return SegmentKind.BOILERPLATE
    return next((_KINDS[name] for name in names if name in _KINDS), SegmentKind.PARAGRAPH)
