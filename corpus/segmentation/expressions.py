"""Regular expressions from outside, made ready: what is none, or would take all memory or time, is refused.

Whoever matches with one gives a timeout as well: whether an expression ends soon depends on the text.
"""

from __future__ import annotations

import re
from functools import lru_cache

import regex

from corpus.errors import SegmentationError

# ``regex`` writes a{1000} out as a thousand steps, and nested ones as their product, before it matches anything.
_LARGEST = 50_000
_TOKEN = re.compile(r"\\.|\[\^?\]?(?:\\.|\[:|[^\]\\])*\]|\{(\d*),?(\d*)\}|[()]|.", re.DOTALL)


@lru_cache(1 << 14)  # rules are checked one by one before they are put together
def check_expression(pattern: str) -> None:
    """Raise SegmentationError when ``pattern`` is not a regular expression that can be used."""
    if _size(pattern) > _LARGEST:
        raise _refused(pattern, "it is too large when its repetitions are written out")
    try:
        regex.compile(pattern, regex.VERSION1)
    except (regex.error, RecursionError, OverflowError, MemoryError, ValueError) as error:
        raise _refused(pattern, str(error) or "it is too large") from error


def _size(pattern: str) -> int:
    """Return about how many steps ``pattern`` has when repetitions are written out."""
    sizes, last = [0], 0
    for token in _TOKEN.finditer(pattern):
        text = token[0]
        if text == "(":
            sizes.append(0)
            last = 0
        elif text == ")" and len(sizes) > 1:
            last = sizes.pop()
            sizes[-1] += last
        elif text.startswith("{") and len(text) > 1:
            more = last * (max(int(token[1] or 0), int(token[2] or 0), 1) - 1)
            sizes[-1] += more
            last += more
        else:
            last = 1
            sizes[-1] += 1
    return sum(sizes)


def _refused(pattern: str, reason: str) -> SegmentationError:
    return SegmentationError(
        f"The segmentation rule “{pattern[:80]}” is not a regular expression we can use: {reason}.",
        "Correct it in the SRX file; the rules in use stay as they are.",
    )
