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

# XML 1.0 (section 2.2, Char) can hold tab and line ends, but no other control, no surrogate, no U+FFFE and U+FFFF.
_XML_PICTURES = {
    **{code: picture for code, picture in _PICTURES.items() if code not in {0x09, 0x0A, 0x0D}},
    0xFFFE: _REPLACEMENT,
    0xFFFF: _REPLACEMENT,
}


def visible(text: str) -> str:
    """Return ``text`` with each control character replaced by one visible character; the length stays the same."""
    return text.translate(_PICTURES)


def xml_text(text: str) -> str:
    """Return ``text`` with what XML 1.0 cannot hold, or a reader cannot see, replaced; the length stays the same."""
    return text.translate(_XML_PICTURES)
