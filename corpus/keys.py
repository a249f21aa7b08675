"""Keys made from texts, so that two texts can be compared without keeping both."""

from __future__ import annotations

import hashlib

from corpus.arabic import fold


def source_hash(text: str) -> str:
    """Return the SHA-256 of the exact text, in hex; nothing is normalized."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def source_key(text: str) -> int:
    """Return a number of 64 bits that is equal for texts which differ only in marks, alefs, case and the like.

    Others have the same number by chance only, once in very many millions: what is found by it need not be compared.
    """
    digest = hashlib.blake2b(fold(text).encode("utf-8", "surrogatepass"), digest_size=8).digest()
    return int.from_bytes(digest, "big", signed=True)
