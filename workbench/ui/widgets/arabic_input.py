"""A line for Arabic entry: right to left, joined, with the cursor where the letter is. The value stays as typed."""

from __future__ import annotations

from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.strip import Strip
from textual.widgets import Input

from workbench.ui.bidi.layout import Line
from workbench.ui.bidi.shaping import unshaped
from workbench.ui.typesetter import LAID_OUT, Typesetter, joined


class ArabicInput(Input):
    """An ``Input`` whose text is laid out by ``typesetter``; arrows move to where they point.

    Where the terminal orders by itself, and as long as there is no right-to-left letter, it is a plain ``Input``.
    """

    def __init__(self, typesetter: Typesetter, value: str = "", *, placeholder: str = "", id: str) -> None:  # noqa: A002  (Textual's own name)
        self._typesetter = typesetter
        super().__init__(value, placeholder=placeholder, id=id)

    def set_with(self, typesetter: Typesetter) -> None:
        """Lay the value out by another typesetter."""
        self._typesetter = typesetter
        self.refresh()

    def _laid_out(self) -> Line | None:
        """Return the value as a line; None where a plain ``Input`` draws it as well."""
        if not self.value or not self._typesetter.orders:
            return None
        line = self._typesetter.line(self.value)
        return line if line.right_to_left or any(cell.level for cell in line.cells) else None

    def _left(self, line: Line) -> int:
        """Return the column of the line's first cell, negative when text is out of sight; the cursor never is."""
        width = self.scrollable_content_region.width
        middle = width // 2 - line.column_of(self.cursor_position)
        if line.right_to_left:
            return max(width - line.width, min(middle, 1))
        return 0 if line.width < width else min(0, max(middle, width - line.width - 1))

    @property
    def _cursor_offset(self) -> int:
        line = self._laid_out()
        if line is None:
            return super()._cursor_offset
        return self._left(line) + line.column_of(self.cursor_position) + self.scroll_offset.x

    def _cell_offset_to_index(self, offset: int) -> int:
        line = self._laid_out()
        return super()._cell_offset_to_index(offset) if line is None else line.offset_at(offset - self._left(line))

    def _points_back(self) -> bool:
        line = self._laid_out()
        return line is not None and line.right_to_left

    def action_cursor_left(self, select: bool = False) -> None:
        """Move to the left, which in Arabic is forward."""
        (super().action_cursor_right if self._points_back() else super().action_cursor_left)(select)

    def action_cursor_right(self, select: bool = False) -> None:
        """Move to the right, which in Arabic is back."""
        (super().action_cursor_left if self._points_back() else super().action_cursor_right)(select)

    def action_cursor_left_word(self, select: bool = False) -> None:
        """Move a word to the left."""
        (super().action_cursor_right_word if self._points_back() else super().action_cursor_left_word)(select)

    def action_cursor_right_word(self, select: bool = False) -> None:
        """Move a word to the right."""
        (super().action_cursor_left_word if self._points_back() else super().action_cursor_right_word)(select)

    def on_paste(self, event: events.Paste) -> None:
        """Fold presentation forms, which copying from a terminal gives, back to letters."""
        event.text = unshaped(event.text)

    def render_line(self, y: int) -> Strip:
        """Draw the line."""
        line = self._laid_out()
        if y or line is None:
            return super().render_line(y)
        width = self.scrollable_content_region.width
        cells = self._styled(line)
        left = self._left(line) - line.right_to_left  # the place behind the text, where the cursor may stand
        base = self.rich_style
        blank = [Segment(" " * max(left, 0), base)]
        strip = Strip(blank + joined(cells)).crop(max(-left, 0), max(-left, 0) + width + 1)
        return strip.adjust_cell_length(width + 1, base)

    def _styled(self, line: Line) -> list[tuple[str, Style]]:
        """Return each cell with its style, and the place behind the last character."""
        base = self.rich_style + LAID_OUT
        selected = base + self.get_component_rich_style("input--selection")
        under_cursor = base + self.get_component_rich_style("input--cursor")
        first, last = sorted(self.selection) if self.has_focus else (0, 0)
        cursor = self.cursor_position if self.has_focus and self._cursor_visible else -1
        cells = []
        for cell in line.cells:
            style = selected if first < cell.end and last > cell.start else base
            cells.append((cell.text, under_cursor if cell.start <= cursor < cell.end else style))
        behind = (" ", under_cursor if cursor >= len(self.value) else base)
        return [behind, *cells] if line.right_to_left else [*cells, behind]
