"""Stable names for rows: UUIDv7 as text, so that names made later sort later."""

from __future__ import annotations

import os
import time

_VERSION = 7 << 12
_VARIANT = 0b10 << 14
_NANOSECONDS_PER_MILLISECOND = 1_000_000


def new_uid() -> str:
    """Return a new UUIDv7 in its usual text form of 36 characters.

    48 bits of Unix milliseconds, then 12 bits of the fraction of that millisecond (RFC 9562, section 6.2, method 3),
    then 62 random bits: unique between people who never met, and sorted by time to about a quarter of a microsecond.
    """
    milliseconds, nanoseconds = divmod(time.time_ns(), _NANOSECONDS_PER_MILLISECOND)
    fraction = (nanoseconds << 12) // _NANOSECONDS_PER_MILLISECOND
    chance = int.from_bytes(os.urandom(8)) >> 2
    return (
        f"{milliseconds >> 16:08x}-{milliseconds & 0xFFFF:04x}-{_VERSION | fraction:04x}"
        f"-{_VARIANT | chance >> 48:04x}-{chance & 0xFFFF_FFFF_FFFF:012x}"
    )
