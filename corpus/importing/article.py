"""Which blocks of a saved page are its article, and which are what a site puts around every article.

Nothing is thrown away: what surrounds the article becomes boilerplate. Told, in this order, by elements that mean it
(``nav``, ``footer``, …), by names of classes and ids, by being mostly links, and by where on the page the prose is.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING

from corpus.importing.blocks import Block, own_names
from corpus.importing.kinds import is_image_agency, kind_by_words
from corpus.importing.markup import local
from corpus.model import SegmentKind

if TYPE_CHECKING:
    from lxml import etree

_PROSE_WORDS = 10
_MOST = 0.8
_LINKED = 0.6
_LINE_CHARACTERS = 250

_AROUND = frozenset(("nav", "footer", "aside", "form", "button", "menu", "dialog", "search"))
_AROUND_ROLES = frozenset(("navigation", "contentinfo", "banner", "complementary", "search", "menu", "dialog", "alert"))
_AROUND_CLASSES = re.compile(
    r"(?:^|[\s_-])(?:nav|navbar|navigation|menu|footer|sidebar|breadcrumbs?|share|sharing|social|cookies?|consent|ads?|"
    r"advert\w*|sponsor\w*|promo\w*|newsletter|subscri\w+|comments?|popular|trending|mostread|widget|popup|modal|login|"
    r"toolbar|skip|pagination|tags)(?:$|[\s_-])",
    re.IGNORECASE,
)
_KIND_CLASSES = (
    (SegmentKind.RELATED, re.compile(r"related|read-?(?:also|more)|see-?also|recommend", re.IGNORECASE)),
    (SegmentKind.CREDIT, re.compile(r"credit|copyright|photographer|image-?source", re.IGNORECASE)),
    (SegmentKind.CAPTION, re.compile(r"caption", re.IGNORECASE)),
    (SegmentKind.BYLINE, re.compile(r"byline|author|dateline|pub-?date|published|timestamp", re.IGNORECASE)),
)
_NEVER_AROUND = frozenset(("html", "body", "main", "article"))


class Page:
    """The blocks of one page, and where on it the article is."""

    def __init__(self, blocks: Sequence[Block]) -> None:
        self._blocks = blocks
        self._prose: Counter[etree._Element] = Counter()
        for block in blocks:
            if block.words >= _PROSE_WORDS:
                self._prose.update(dict.fromkeys(block.inside, block.words))
        self._total = max(self._prose.values(), default=0)
        self._surroundings = {element for block in blocks for element in block.inside if self._is_around(element)}
        self._first, self._last = self._extent()

    def kinds(self) -> list[SegmentKind]:
        """Return the kind of each block."""
        return [self._kind(n, block) for n, block in enumerate(self._blocks)]

    def _kind(self, n: int, block: Block) -> SegmentKind:
        told = _kind_by_class(block) or kind_by_words(block.text)
        if block.kind is SegmentKind.BOILERPLATE or not self._first <= n <= self._last or self._stands_around(block):
            return SegmentKind.BOILERPLATE
        if block.kind is SegmentKind.CAPTION and is_image_agency(block.text):
            return SegmentKind.CREDIT
        if block.kind in {SegmentKind.CELL, SegmentKind.QUOTE}:
            return block.kind
        if told is not None and block.kind is not SegmentKind.HEADING:
            return told
        if told is SegmentKind.RELATED:
            return told
        # In the middle of an article a paragraph or a list that is nothing but links leads to other texts.
        return SegmentKind.RELATED if block.linked > _LINKED and block.kind in _LINKABLE else block.kind

    def _is_around(self, element: etree._Element) -> bool:
        name = local(element).lower()
        if name in _NEVER_AROUND or self._prose[element] > self._total / 2:
            return False
        names = f"{element.get('class', '')} {element.get('id', '')}"
        return (
            name in _AROUND
            or element.get("role", "") in _AROUND_ROLES
            or element.get("hidden") is not None
            or "display:none" in element.get("style", "").replace(" ", "").lower()
            or _AROUND_CLASSES.search(names) is not None
        )

    def _stands_around(self, block: Block) -> bool:
        return any(element in self._surroundings for element in block.inside)

    def _extent(self) -> tuple[int, int]:
        """Return the first and last block of the article: from the headline to the end of what holds the prose."""
        if not self._total:
            return 0, len(self._blocks) - 1
        container = self._container()
        within = [n for n, block in enumerate(self._blocks) if container in block.inside]
        first, last = within[0], within[-1]
        headlines = (
            n
            for n, block in enumerate(self._blocks)
            if n < first and local(block.inside[0]).lower() == "h1" and not self._stands_around(block)
        )
        return max(headlines, default=first), last

    def _container(self) -> etree._Element:
        """Go down from the page to the smallest element that still holds most of the prose."""
        prose: Counter[etree._Element] = Counter()
        for block in self._blocks:
            if block.words >= _PROSE_WORDS and not self._stands_around(block):
                prose.update(dict.fromkeys(block.inside, block.words))
        if not prose:
            prose = self._prose
        most = _MOST * max(prose.values())
        paragraphs = {block.inside[0] for block in self._blocks}
        candidates = [element for element in prose if prose[element] >= most and element not in paragraphs]
        # Ancestors of one another, so the deepest has the most of them.
        return max(
            candidates or [max(prose, key=prose.__getitem__)], key=lambda element: len(list(element.iterancestors()))
        )


_LINKABLE = {SegmentKind.PARAGRAPH, SegmentKind.LIST_ITEM, SegmentKind.HEADING}


def _kind_by_class(block: Block) -> SegmentKind | None:
    """Look at the names of inline elements when all of the text is in such, and of the two innermost others."""
    if len(block.text) > _LINE_CHARACTERS:
        return None
    told = {_named(names) for names in block.names}
    if len(told) == 1 and None not in told:
        return told.pop()
    outer = (element for element in block.inside[:2] if local(element).lower() not in _NEVER_AROUND)
    return _named(" ".join(map(own_names, outer)))


def _named(names: str) -> SegmentKind | None:
    return next((kind for kind, pattern in _KIND_CLASSES if pattern.search(names)), None)
