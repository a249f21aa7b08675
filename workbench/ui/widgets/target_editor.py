"""The editor of the current segment's English."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import cast

from textual import events
from textual.document._document import Document
from textual.geometry import Offset
from textual.message import Message
from textual.widgets import TextArea
from textual.widgets.text_area import Selection

from workbench.ui.bidi.shaping import unshaped
from workbench.ui.typesetter import Typesetter

_WORD = re.compile(r"[^\W_](?:[\w'’-]*\w)?")


@dataclass(frozen=True, slots=True)
class EnglishChoice:
    """What is selected in a text, or the word under the cursor: ``text[start:end]``."""

    text: str
    start: int
    end: int

    @property
    def words(self) -> str:
        """The words chosen; empty when there are none, or more than a line of them."""
        words = self.text[self.start : self.end].strip()
        return "" if "\n" in words else words


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

    @property
    def _plain(self) -> Document:
        return cast("Document", self.document)  # what a text area without a language has

    @property
    def choice(self) -> EnglishChoice:
        """What is selected, or else the word under the cursor or before it."""
        start, end = sorted(self._plain.get_index_from_location(place) for place in self.selection)
        if start == end:
            before = (word.span() for word in _WORD.finditer(self.text) if word.start() <= start)
            start, end = max(before, default=(start, end))
        return EnglishChoice(self.text, start, end)

    def select_part(self, start: int, end: int) -> None:
        """Select ``text[start:end]`` and bring it into view."""
        places = (self._plain.get_location_from_index(index) for index in (start, end))
        self.selection = Selection(*places)

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
