"""The editor of the current segment's English."""

from __future__ import annotations

from textual import events
from textual.geometry import Offset
from textual.message import Message
from textual.widgets import TextArea

from workbench.ui.bidi.shaping import unshaped
from workbench.ui.typesetter import Typesetter


class TargetEditor(TextArea):
    """A text area that lies over the list; it holds the human's text, or the draft until it is touched.

    Arabic words in its lines are ordered as the lines leave it, like all lines; the mouse is followed back through
    that.
    """

    class Rewrapped(Message):
        """The text was wrapped anew and may need another number of lines."""

    def __init__(self, typesetter: Typesetter, *, id: str | None = None) -> None:  # noqa: A002  (Textual's own name)
        super().__init__(id=id, soft_wrap=True, compact=True, highlight_cursor_line=False, show_line_numbers=False)
        self.typesetter = typesetter

    @property
    def lines_needed(self) -> int:
        """How many lines the text takes at the present width."""
        return max(self.wrapped_document.height, 1)

    def begin(self, text: str) -> None:
        """Put another segment's text into the editor, with the cursor at its beginning and nothing to undo."""
        self.load_text(text)

    def get_target_document_location(self, event: events.MouseEvent) -> tuple[int, int]:
        """Return the place of the letter that is seen under the mouse."""
        row, column = super().get_target_document_location(event)
        x = event.x - self.gutter.left + self.scroll_offset.x
        y = event.y - self.gutter.top + self.scroll_offset.y
        if not 0 <= y < self.wrapped_document.height:
            return row, column
        row, start = self.wrapped_document.offset_to_location(Offset(0, y))
        next_row, end = self.wrapped_document.offset_to_location(Offset(0, y + 1))
        line = self.document.get_line(row)
        section = line[start : end if next_row == row and end > start else len(line)]
        return self.wrapped_document.offset_to_location(Offset(self.typesetter.column_in_line(section, x), y))

    def on_paste(self, event: events.Paste) -> None:
        """Fold presentation forms, which copying from a terminal gives, back to letters."""
        event.text = unshaped(event.text)

    def on_resize(self) -> None:
        """Tell that the wrapping has changed, once it has."""
        self.call_after_refresh(self.post_message, self.Rewrapped())
