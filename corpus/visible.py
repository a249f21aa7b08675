"""Untrusted text made safe to print: what would act on a terminal is shown instead."""

from __future__ import annotations

_REPLACEMENT = "\N{REPLACEMENT CHARACTER}"

# C0 controls have pictures of their own (U+2400 and on); DEL has U+2421. C1 controls and lone surrogates have none.
_PICTURES = {
    **{code: chr(0x2400 + code) for code in range(0x20)},
    0x7F: "\N{SYMBOL FOR DELETE}",
    **dict.fromkeys(range(0x80, 0xA0), _REPLACEMENT),
    **dict.fromkeys(range(0xD800, 0xE000), _REPLACEMENT),
}


def visible(text: str) -> str:
    """Return ``text`` with each control character replaced by one visible character; the length stays the same."""
    return text.translate(_PICTURES)
