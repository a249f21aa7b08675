"""Arabic and English in the cells of a terminal: the one way by which Arabic reaches the screen.

``levels`` resolves directions (UAX #9), ``shaping`` joins letters, ``layout`` wraps and orders; ``detect`` tells
whether the terminal does all that by itself. Pure functions on text: no Textual, and nothing here is stored.
"""

from workbench.ui.bidi.layout import Cell, Display, Line, layout, printed

__all__ = ["Cell", "Display", "Line", "layout", "printed"]
