"""Keys made from texts, so that two texts can be compared without keeping both."""

from __future__ import annotations

import hashlib


def source_hash(text: str) -> str:
    """Return the SHA-256 of the exact text, in hex; nothing is normalized."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
