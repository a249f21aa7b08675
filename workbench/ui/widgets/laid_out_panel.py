"""A panel whose lines are laid out for its width, and again only when that or what it shows has changed."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Generic, TypeVar

from textual.geometry import Size
from textual.widget import Widget

from workbench.ui.typesetter import Typesetter

DrawnLine = TypeVar("DrawnLine")


class LaidOutPanel(Widget, Generic[DrawnLine], can_focus=False):
    """Keep the lines that a subclass gives by ``_lines_for``; it takes them from ``_lines`` after ``_lay_out``."""

    def __init__(self, title: str, typesetter: Typesetter, *, id: str | None = None) -> None:  # noqa: A002  (Textual's)
        super().__init__(id=id)
        self.border_title = title
        self._typesetter = typesetter
        self._lines: list[DrawnLine] = []
        self._width = 0

    def set_with(self, typesetter: Typesetter) -> None:
        """Show everything by another typesetter."""
        self._typesetter = typesetter
        self._draw_anew()

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:  # noqa: ARG002  (Textual's)
        """Return how many lines all of it needs."""
        self._lay_out(width)
        return max(len(self._lines), 1)

    def _draw_anew(self) -> None:
        self._width = 0
        self.refresh(layout=True)

    def _lay_out(self, width: int) -> None:
        if width != self._width:
            self._width = width
            self._lines = list(self._lines_for(width))

    def _lines_for(self, width: int) -> Iterable[DrawnLine]:
        """Return all lines for ``width`` cells."""
        raise NotImplementedError
