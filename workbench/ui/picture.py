"""Pictures of the screen (SVG) in which Arabic stays as the terminal showed it."""

from __future__ import annotations

# A browser orders each <text> by itself (SVG 2, section 11.5); what Rich writes stands in visual order already.
_KEEP_ORDER = "text { direction: ltr; unicode-bidi: bidi-override; }"


def in_given_order(svg: str) -> str:
    """Return a picture made by Rich with its text kept in the order in which it is written."""
    return svg.replace("<style>", f"<style>\n    {_KEEP_ORDER}", 1)
