"""Where sentences end: rules as SRX 2.0 has them, ours for Arabic and English, and cuts for what is too long."""

from __future__ import annotations

from functools import lru_cache

from corpus.segmentation.clauses import clauses
from corpus.segmentation.default_rules import DEFAULT_RULES
from corpus.segmentation.splitter import Span, Splitter

__all__ = ["Span", "Splitter", "clauses", "sentences"]


def sentences(text: str, language: str = "ar") -> list[Span]:
    """Return the sentences of ``text`` in order, without the white space around them; all else is white space."""
    return _splitter(language).sentences(text)


@lru_cache(8)
def _splitter(language: str) -> Splitter:
    return Splitter(DEFAULT_RULES.for_language(language))
