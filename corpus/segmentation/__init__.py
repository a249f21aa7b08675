"""Where sentences end: rules as SRX 2.0 has them, ours for Arabic and English, and cuts for what is too long."""

from __future__ import annotations

from functools import lru_cache

from corpus.segmentation.clauses import clauses
from corpus.segmentation.segmenter import Segmenter
from corpus.segmentation.splitter import Span, Splitter

__all__ = ["Segmenter", "Span", "Splitter", "clauses", "sentences"]


def sentences(text: str, language: str = "ar") -> list[Span]:
    """Return the sentences of ``text`` by our own rules; see ``Segmenter.sentences`` for those of a user."""
    return _ours().sentences(text, language)


@lru_cache(1)
def _ours() -> Segmenter:
    return Segmenter()
