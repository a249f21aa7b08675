"""Paired brackets (UAX #9, BD14 to BD16) and mirrored characters (L4), from the Unicode data files of version 15."""

from __future__ import annotations

import re
from collections.abc import Sequence

_DEEPEST = 63  # BD16

# BidiBrackets.txt: opening and closing brackets in turn.
_BRACKETS = (
    "()[]{}\u0f3a\u0f3b\u0f3c\u0f3d\u169b\u169c\u2045\u2046\u207d\u207e\u208d\u208e\u2308\u2309\u230a\u230b"
    "\u2329\u232a\u2768\u2769\u276a\u276b\u276c\u276d\u276e\u276f\u2770\u2771\u2772\u2773\u2774\u2775"
    "\u27c5\u27c6\u27e6\u27e7\u27e8\u27e9\u27ea\u27eb\u27ec\u27ed\u27ee\u27ef\u2983\u2984\u2985\u2986"
    "\u2987\u2988\u2989\u298a\u298b\u298c\u298d\u2990\u298f\u298e\u2991\u2992\u2993\u2994\u2995\u2996"
    "\u2997\u2998\u29d8\u29d9\u29da\u29db\u29fc\u29fd\u2e22\u2e23\u2e24\u2e25\u2e26\u2e27\u2e28\u2e29"
    "\u2e55\u2e56\u2e57\u2e58\u2e59\u2e5a\u2e5b\u2e5c\u3008\u3009\u300a\u300b\u300c\u300d\u300e\u300f"
    "\u3010\u3011\u3014\u3015\u3016\u3017\u3018\u3019\u301a\u301b\ufe59\ufe5a\ufe5b\ufe5c\ufe5d\ufe5e"
    "\uff08\uff09\uff3b\uff3d\uff5b\uff5d\uff5f\uff60\uff62\uff63"
)
_CLOSING = dict(zip(_BRACKETS[::2], _BRACKETS[1::2], strict=True))
_CANONICAL = {"\u232a": "\u3009"}  # BD16: canonically equivalent brackets match
_CLOSERS = {closing: _CANONICAL.get(closing, closing) for closing in _CLOSING.values()}

# BidiMirroring.txt, as far as running text has it; “ ” ‘ ’ are not mirrored (Bidi_Mirrored=No).
MIRRORED = {
    **_CLOSING,
    **{closing: opening for opening, closing in _CLOSING.items()},
    "<": ">",
    ">": "<",
    "«": "»",
    "»": "«",
    "‹": "›",
    "›": "‹",
    "≤": "≥",
    "≥": "≤",
}


HAS_BRACKET = re.compile(f"[{re.escape(_BRACKETS)}]").search
"""Tell whether there is a bracket in a text."""


def bracket_pairs(text: str, indices: Sequence[int], codes: str) -> list[tuple[int, int]]:
    """Return the bracket pairs of an isolating run sequence as places in ``indices``, by their opening (BD16).

    ``codes`` has "o" for each neutral character of the sequence: others are no brackets any more.
    """
    pairs: list[tuple[int, int]] = []
    stack: list[tuple[str, int]] = []
    for place, i in enumerate(indices):
        if codes[place] != "o":
            continue
        character = text[i]
        if character in _CLOSING:
            if len(stack) == _DEEPEST:
                break
            closing = _CLOSING[character]
            stack.append((_CANONICAL.get(closing, closing), place))
        elif character in _CLOSERS:
            for depth in range(len(stack) - 1, -1, -1):
                if stack[depth][0] == _CLOSERS[character]:
                    pairs.append((stack[depth][1], place))
                    del stack[depth:]
                    break
    return sorted(pairs)
