"""Which words of a segment's source and of its translation, as it stands now, belong together."""

from __future__ import annotations

from collections.abc import Callable

from corpus.alignment import align_paragraph
from corpus.alignment.words import WordLink, WordLinker, link_words, placed
from workbench.engines.protocol import Aligns


def linker_of(engine: object) -> WordLinker:
    """Return what links words: an engine that can, else what is known of words alone."""
    return engine.link_words if isinstance(engine, Aligns) else link_words


def links_between(
    source: str, target: str, link: WordLinker = link_words, cancelled: Callable[[], bool] = lambda: False
) -> list[WordLink]:
    """Return the word links of a paragraph and its translation, with places in both, in the order of the translation.

    Sentences are put together first: a model knows no more than one. Stop between two when ``cancelled()`` is true.
    """
    links: list[WordLink] = []
    for here, there in align_paragraph(source, target):
        if cancelled():
            break
        found = link(source[here.start : here.end], target[there.start : there.end])
        links += placed(found, here.start, there.start)
    return links
