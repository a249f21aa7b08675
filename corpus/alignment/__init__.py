"""Alignment: which sentences of a text and of its translation say the same."""

from __future__ import annotations

from corpus.alignment.aligning import align
from corpus.alignment.beads import Bead
from corpus.alignment.documents import AlignedPair, AlignedTexts, align_texts
from corpus.alignment.items import Anchors
from corpus.alignment.paragraph import align_paragraph

__all__ = ["AlignedPair", "AlignedTexts", "Anchors", "Bead", "align", "align_paragraph", "align_texts"]
