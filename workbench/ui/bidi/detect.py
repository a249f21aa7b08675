"""Tell from the environment whether a terminal orders and joins Arabic by itself.

Ordering twice is as wrong as not at all. Terminals known to reorder are left to it; all others, and every terminal
behind a multiplexer that says nothing of it, get cells in visual order.
"""

from __future__ import annotations

from collections.abc import Mapping

from workbench.ui.bidi.layout import Display

_VTE_WITH_BIDI = 5800  # GNOME Terminal and its kin reorder since VTE 0.58
_PROGRAMS_WITH_BIDI = frozenset({"Apple_Terminal", "iTerm.app", "mintty"})


def detect(environment: Mapping[str, str], setting: str = "auto") -> Display:
    """Return how to print: as ``setting`` says (app, terminal), else by what ``environment`` tells of the terminal."""
    if setting != "auto":
        return Display(setting)
    vte = environment.get("VTE_VERSION", "")
    orders = (
        (vte.isdigit() and int(vte) >= _VTE_WITH_BIDI)
        or "KONSOLE_VERSION" in environment
        or "KITTY_WINDOW_ID" in environment
        or "MLTERM" in environment
        or environment.get("TERM_PROGRAM") in _PROGRAMS_WITH_BIDI
        or environment.get("LC_TERMINAL") == "iTerm2"
        or environment.get("TERM", "").startswith(("mlterm", "xterm-kitty", "putty"))
    )
    return Display.LOGICAL if orders else Display.VISUAL
