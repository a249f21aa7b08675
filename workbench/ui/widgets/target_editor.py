"""The editor of the current segment's English."""

from __future__ import annotations

from textual.message import Message
from textual.widgets import TextArea


class TargetEditor(TextArea):
    """A text area that lies over the list; it holds the human's text, or the draft until it is touched."""

    class Rewrapped(Message):
        """The text was wrapped anew and may need another number of lines."""

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002  (Textual's own name)
        super().__init__(id=id, soft_wrap=True, compact=True, highlight_cursor_line=False, show_line_numbers=False)

    @property
    def lines_needed(self) -> int:
        """How many lines the text takes at the present width."""
        return max(self.wrapped_document.height, 1)

    def begin(self, text: str) -> None:
        """Put another segment's text into the editor, with the cursor at its beginning and nothing to undo."""
        self.load_text(text)

    def on_resize(self) -> None:
        """Tell that the wrapping has changed, once it has."""
        self.call_after_refresh(self.post_message, self.Rewrapped())
