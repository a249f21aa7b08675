"""Stable names for rows: UUIDv7 as text, so that names made later sort later."""

from __future__ import annotations

import os
import time

_VERSION = 7 << 12
_VARIANT = 0b10 << 62
_NANOSECONDS_PER_MILLISECOND = 1_000_000


def new_uid() -> str:
    """Return a new UUIDv7 in its usual text form of 36 characters.

    48 bits of Unix milliseconds, then 12 bits of the fraction of that millisecond (RFC 9562, section 6.2, method 3),
    then 62 random bits: unique between people who never met, and sorted by time to about a quarter of a microsecond.
    """
    milliseconds, nanoseconds = divmod(time.time_ns(), _NANOSECONDS_PER_MILLISECOND)
    fraction = (nanoseconds << 12) // _NANOSECONDS_PER_MILLISECOND
    time_and_version = milliseconds << 16 | _VERSION | fraction
    chance = int.from_bytes(os.urandom(8)) >> 2
    digits = f"{time_and_version << 64 | _VARIANT | chance:032x}"
    return f"{digits[:8]}-{digits[8:12]}-{digits[12:16]}-{digits[16:20]}-{digits[20:]}"
