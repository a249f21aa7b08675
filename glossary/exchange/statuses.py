"""The words that files have for a term's status."""

from __future__ import annotations

import re

from glossary.model import TermStatus

# In this order: “not preferred” and “non-standard” are admitted before “preferred” and “standard” are seen in them.
_WORDS = (
    (
        re.compile(r"supersed|deprecat|forbid|prohibit|obsolete|reject|not[- ]?recommend|do[- ]?not[- ]?use|ممنوع"),
        "forbidden",
    ),
    (re.compile(r"admit|non[- ]?standard|not[- ]?prefer|accept|مقبول"), "admitted"),
    (re.compile(r"propos|provision|suggest|draft|pending|\bnew\b|مقترح"), "proposed"),
    (re.compile(r"prefer|approv|standard|legal|regulat|مفضل|معتمد"), "preferred"),
)


def status_of_word(text: str) -> TermStatus | None:
    """Return the status that a file's word for it means; None for a word that is not known."""
    word = text.strip().lower()
    if word in set(TermStatus):
        return TermStatus(word)
    return next((TermStatus(name) for pattern, name in _WORDS if pattern.search(word)), None)
