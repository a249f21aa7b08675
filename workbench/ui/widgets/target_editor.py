"""The editor of the current segment's English."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import cast

from rich.cells import cell_len
from rich.segment import Segment as Strand
from rich.style import Style
from rich.text import Text
from textual import events
from textual.document._document import Document
from textual.geometry import Offset
from textual.message import Message
from textual.strip import Strip
from textual.widgets import TextArea
from textual.widgets.text_area import Edit, EditResult, Selection

from corpus.segmentation import Span
from corpus.visible import visible
from workbench.ui.bidi.shaping import unshaped
from workbench.ui.typesetter import Typesetter

_MARKED = Style(bold=True, reverse=True)
_WORD = re.compile(r"[^\W_](?:[\w'’-]*\w)?")


@dataclass(frozen=True, slots=True)
class EnglishChoice:
    """What is selected in a text, or the word under the cursor: ``text[start:end]``."""

    text: str
    start: int
    end: int
    is_selected: bool = False

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
        self._proposal = ""
        self._marked: tuple[tuple[int, int, int], ...] = ()  # before, as it is drawn and selected in there
        super().__init__(id=id, soft_wrap=True, compact=True, highlight_cursor_line=False, show_line_numbers=False)
        self.typesetter = typesetter

    @property
    def lines_needed(self) -> int:
        """How many lines the text takes at the present width, with what is proposed after it."""
        return max(self.wrapped_document.height, 1) + len(self._proposed_lines()[1:])

    # What is proposed

    @property
    def is_at_end(self) -> bool:
        """Whether the cursor stands after all of the text, and nothing is selected."""
        return self.selection.is_empty and self.cursor_location == self.document.end

    def propose(self, text: str) -> None:
        """Show ``text`` in grey after the cursor, as long as that is at the end; it is no part of the text."""
        text = text if self.is_at_end else ""
        if text != self._proposal:
            self._proposal = text
            self.refresh()

    @property
    def proposal(self) -> str:
        """What is shown after the cursor and may be accepted."""
        return self._proposal

    def accept(self, text: str) -> None:
        """Put ``text``, some of what is proposed, after what was typed; one undo takes it back."""
        self.history.checkpoint()
        self.insert(text, self.document.end)
        self.history.checkpoint()

    def edit(self, edit: Edit) -> EditResult:
        """Change the text; of what is proposed, what is typed goes and the rest stays, or nothing does."""
        fits = self.is_at_end and edit.from_location == edit.to_location and self._proposal.startswith(edit.text)
        self._proposal = self._proposal[len(edit.text) :] if fits else ""
        return super().edit(edit)

    def watch_selection(self) -> None:
        """Propose nothing when the cursor leaves the end."""
        self.propose(self._proposal)

    def _proposed_lines(self) -> list[str]:
        """Return what is proposed as it is wrapped, its first line behind the text."""
        width = self.wrap_width
        if not self._proposal or width <= 0:
            return []
        last = self.document.line_count - 1
        sections = self.wrapped_document.get_sections(last)
        room = width + 1 - cell_len(sections[-1])  # a text leaves a cell for the cursor
        return wrapped(visible(self._proposal.replace("\n", " ")), room, width)

    def render_line(self, y: int) -> Strip:
        """Draw a line, with what is proposed after the text."""
        strip = super().render_line(y)
        if not self._proposal:
            return strip
        line = y + self.scroll_offset.y - (self.wrapped_document.height - 1)
        lines = self._proposed_lines()
        if not 0 <= line < len(lines):
            return strip
        style = self.get_component_rich_style("text-area--suggestion")
        if line:
            return Strip([Strand(lines[line], style)]).adjust_cell_length(self.size.width, self.rich_style)
        start = cell_len(self.wrapped_document.get_sections(self.document.line_count - 1)[-1])
        under_cursor = next(iter(strip.crop(start, start + 1)), Strand(" ")).style
        first = Strand(lines[0][:1], under_cursor if self._draw_cursor else style)
        drawn = [*strip.crop(0, start), first if lines[0] else Strand(" ", under_cursor), Strand(lines[0][1:], style)]
        return Strip(drawn).adjust_cell_length(self.size.width, self.rich_style)

    # What is marked

    def mark(self, spans: Sequence[Span]) -> None:
        """Mark these words of the text: they are what is selected in the source."""
        marked = []
        for span in spans:
            row, start = self._plain.get_location_from_index(span.start)
            marked.append((row, start, start + span.end - span.start))
        if tuple(marked) != self._marked:
            self._marked = tuple(marked)
            self._line_cache.clear()
            self.refresh()

    def get_line(self, line_index: int) -> Text:
        """Return a line with what is marked in it."""
        line = super().get_line(line_index)
        for row, start, end in self._marked:
            if row == line_index:
                line.stylize(_MARKED, start, end)
        return line

    # What is chosen

    @property
    def _plain(self) -> Document:
        return cast("Document", self.document)  # what a text area without a language has

    @property
    def choice(self) -> EnglishChoice:
        """What is selected, or else the word under the cursor or before it."""
        start, end = sorted(self._plain.get_index_from_location(place) for place in self.selection)
        selected = start != end
        if not selected:
            before = (word.span() for word in _WORD.finditer(self.text) if word.start() <= start)
            start, end = max(before, default=(start, end))
        return EnglishChoice(self.text, start, end, selected)

    def select_part(self, start: int, end: int) -> None:
        """Select ``text[start:end]`` and bring it into view."""
        places = (self._plain.get_location_from_index(index) for index in (start, end))
        self.selection = Selection(*places)

    def begin(self, text: str) -> None:
        """Put another segment's text into the editor, with the cursor at its beginning and nothing to undo."""
        self.propose("")
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


def wrapped(text: str, first: int, width: int) -> list[str]:
    """Return ``text`` in lines: of ``first`` cells, then of ``width``; a line ends between words where it can."""
    lines: list[str] = []
    room = first
    while text:
        end = _fitting(text, room)
        if end < len(text):
            space = text.rfind(" ", 0, end + 1)
            if space > 0 or (space == 0 and not lines):
                end = space
            elif lines:
                end = max(end, 1)
        lines.append(text[:end])
        text = text[end:].lstrip(" ")
        room = width
    return lines


def _fitting(text: str, room: int) -> int:
    """Return how many characters fit into ``room`` cells."""
    cells = 0
    for count, character in enumerate(text):
        cells += cell_len(character)
        if cells > room:
            return count
    return len(text)
