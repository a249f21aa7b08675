"""Pictures of the screen (SVG) in which Arabic stays as the terminal showed it."""

from __future__ import annotations

import re
from html import unescape

from rich.cells import cell_len

# A browser orders each <text> by itself (SVG 2, section 11.5); what Rich writes stands in visual order already.
_KEEP_ORDER = "text { direction: ltr; unicode-bidi: bidi-override; }"
_TEXT = re.compile(r'textLength="([\d.]+)"([^>]*)>([^<]*)</text>')


def in_given_order(svg: str) -> str:
    """Return a picture made by Rich with its text kept in the order in which it is written, and to its width.

    Rich stretches texts to the number of their characters; vowel marks are characters and take no room.
    """
    return _TEXT.sub(_to_width, svg.replace("<style>", f"<style>\n    {_KEEP_ORDER}", 1))


def _to_width(text: re.Match[str]) -> str:
    length, attributes, escaped = text.groups()
    content = unescape(escaped)
    if cell_len(content) == len(content):
        return text[0]
    width = float(length) * cell_len(content) / len(content)
    return f'textLength="{width:.1f}"{attributes}>{escaped}</text>'
