"""English terms in English texts: one spelling for British and American, inflections, and finding terms by both."""

from __future__ import annotations

from glossary.english.finder import EnglishFinder, Occurrence
from glossary.english.replacing import replacement

__all__ = ["EnglishFinder", "Occurrence", "replacement"]
