"""Stable names for rows: UUIDv7 as text, so that names made later sort later."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator

_VERSION = 7 << 12
_VARIANT = 0b10 << 62
_RANDOM_BYTES = 8
_AT_ONCE = 64
_NANOSECONDS_PER_MILLISECOND = 1_000_000


def new_uid() -> str:
    """Return a new UUIDv7 in its usual text form of 36 characters.

    48 bits of Unix milliseconds, then 12 bits of the fraction of that millisecond (RFC 9562, section 6.2, method 3),
    then 62 random bits: unique between people who never met, and sorted by time to about a quarter of a microsecond.
    """
    return _uid(os.urandom(_RANDOM_BYTES))


def new_uids() -> Iterator[str]:
    """Yield new uids, see ``new_uid``: asking the system for chance once for many halves what they cost an import."""
    while True:
        chance = os.urandom(_AT_ONCE * _RANDOM_BYTES)
        for start in range(0, len(chance), _RANDOM_BYTES):
            yield _uid(chance[start : start + _RANDOM_BYTES])


def _uid(random_bytes: bytes) -> str:
    milliseconds, nanoseconds = divmod(time.time_ns(), _NANOSECONDS_PER_MILLISECOND)
    fraction = (nanoseconds << 12) // _NANOSECONDS_PER_MILLISECOND
    time_and_version = milliseconds << 16 | _VERSION | fraction
    chance = int.from_bytes(random_bytes) >> 2
    digits = f"{time_and_version << 64 | _VARIANT | chance:032x}"
    return f"{digits[:8]}-{digits[8:12]}-{digits[12:16]}-{digits[16:20]}-{digits[20:]}"
