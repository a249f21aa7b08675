"""The list of segments: two columns of text drawn line by line, however many segments there are."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache, partial

from rich.segment import Segment as Strand
from rich.style import Style
from textual import events
from textual.geometry import Region, Size
from textual.scroll_view import ScrollView
from textual.strip import Strip

from corpus.model import Origin, Segment, State
from glossary.model import Match
from workbench.ui.bidi import Display, Line, layout
from workbench.ui.messages import RowChosen, VisibleRowsChanged
from workbench.ui.rows import RowHeights

SIGNS = {
    State.UNTRANSLATED: "·",
    State.DRAFTED: "○",
    State.EDITED: "✎",
    State.TRANSLATED: "✓",
    State.REVIEWED: "✔",
}
GLOSS_SIGN = "≈"

GUTTER = 7
_GAP = 3
_BELOW = 1  # an empty line under each row

_CHARACTERS_IN_A_CELL = 0.95  # Arabic has marks that take no cell; only for heights not yet measured


@dataclass(frozen=True, slots=True)
class Columns:
    """How the width is shared: the English column begins after the gutter, the Arabic after a gap."""

    english: int
    arabic: int

    @classmethod
    def of(cls, width: int) -> Columns:
        """Share ``width`` cells."""
        room = max(width - GUTTER - _GAP, 8)
        return cls(room - room // 2, room // 2)


class SegmentList(ScrollView, can_focus=False):
    """Rows of segments; the current row's English side is left free for the editor that lies over it."""

    COMPONENT_CLASSES = {  # noqa: RUF012  (Textual's own form)
        "segment-list--gutter",
        "segment-list--draft",
        "segment-list--target",
        "segment-list--source",
        "segment-list--term",
        "segment-list--current",
    }

    def __init__(self, display: Display, *, id: str | None = None) -> None:  # noqa: A002  (Textual's own name)
        super().__init__(id=id)
        # A row is drawn line by line, and each line asks for the whole row's layout.
        self._layout = lru_cache(maxsize=1024)(partial(layout, display=display))
        self._segments: list[Segment] = []
        self._heights = RowHeights([])
        self._measured: set[int] = set()
        self._matches: Mapping[str, Sequence[Match]] = {}
        self._width = 0
        self._visible: range = range(0)
        self.current = 0
        self.editor_lines = 1

    # What is shown

    def show(self, segments: Sequence[Segment]) -> None:
        """Show these segments from now on."""
        self._segments = list(segments)
        self._remeasure()

    def replace(self, row: int, segment: Segment) -> None:
        """Show a newer state of one row's segment."""
        self._segments[row] = segment
        self._measured.discard(row)
        self.refresh()

    def show_matches(self, matches: Mapping[str, Sequence[Match]]) -> None:
        """Mark these terms, by segment uid."""
        self._matches = matches
        self.refresh()

    def choose(self, row: int, editor_lines: int = 1) -> None:
        """Make ``row`` the current one and bring it into view."""
        before, self.current, self.editor_lines = self.current, row, editor_lines
        self._measured -= {before, row}
        self._measure(before)
        self.bring_into_view()

    def grow_editor(self, lines: int) -> None:
        """Give the current row room for so many lines of English."""
        if lines != self.editor_lines:
            self.editor_lines = lines
            self._measured.discard(self.current)
            self.bring_into_view()

    def bring_into_view(self) -> None:
        """Scroll so that the current row is seen, its beginning at least."""
        if not self._segments:
            return
        self._measure(self.current)
        self._resize()
        region = Region(0, self._heights.top(self.current), self._width, self._heights[self.current])
        self.scroll_to_region(region, animate=False, force=True)
        self.refresh()

    @property
    def visible_rows(self) -> range:
        """The rows that are on the screen, wholly or in part."""
        if not self._segments or not self._width:
            return range(0)
        first, _ = self._heights.at(self.scroll_offset.y)
        last, _ = self._heights.at(self.scroll_offset.y + max(self.size.height - 1, 0))
        return range(first, last + 1)

    def editor_region(self) -> Region | None:
        """Return where the editor belongs, relative to this widget; None when the current row is out of sight."""
        if not self._segments or not self._width:
            return None
        top = self._heights.top(self.current) - self.scroll_offset.y
        height = self._heights[self.current] - _BELOW
        if top + height <= 0 or top >= self.size.height:
            return None
        return Region(GUTTER, top, Columns.of(self._width).english, height)

    # How it is drawn

    def render_line(self, y: int) -> Strip:
        """Draw one line of the screen."""
        width = self.size.width
        if not self._segments or not width:
            return Strip.blank(width, self.rich_style)
        row, line = self._heights.at(y + self.scroll_offset.y)
        if y + self.scroll_offset.y >= self._heights.total:
            return Strip.blank(width, self.rich_style)
        if self._measure(row):
            self.call_later(self._resize)
        return self._row_line(row, line).adjust_cell_length(width, self.rich_style)

    def _row_line(self, row: int, line: int) -> Strip:
        segment = self._segments[row]
        columns = Columns.of(self._width)
        background = self.get_component_rich_style("segment-list--current") if row == self.current else self.rich_style
        strands = [Strand(self._gutter(row, segment, line), background + self._style("gutter"))]
        strands += self._english(row, segment, line, columns, background)
        strands.append(Strand(" " * _GAP, background))
        strands += self._arabic(segment, line, columns, background)
        return Strip(strands)

    def _gutter(self, row: int, segment: Segment, line: int) -> str:
        if line:
            return " " * GUTTER
        sign = GLOSS_SIGN if segment.origin is Origin.GLOSS else SIGNS[segment.state]
        mark = "▶" if row == self.current else " "
        return f"{mark}{row + 1:>3} {sign} "[-GUTTER:].ljust(GUTTER)

    def _english(self, row: int, segment: Segment, line: int, columns: Columns, background: Style) -> list[Strand]:
        lines = [] if row == self.current else self._english_lines(segment, columns)
        name = "target" if segment.origin is Origin.HUMAN else "draft"
        text = "".join(cell.text for cell in lines[line].cells) if line < len(lines) else ""
        used = lines[line].width if line < len(lines) else 0
        return [Strand(text, background + self._style(name)), Strand(" " * (columns.english - used), background)]

    def _arabic(self, segment: Segment, line: int, columns: Columns, background: Style) -> list[Strand]:
        lines = self._layout(segment.source, columns.arabic)
        if line >= len(lines):
            return [Strand(" " * columns.arabic, background)]
        plain, term = background + self._style("source"), background + self._style("term")
        strands = [Strand(" " * (columns.arabic - lines[line].width), background)]
        for text, marked in _runs(lines[line], self._matches.get(segment.uid, ())):
            strands.append(Strand(text, term if marked else plain))
        return strands

    def _english_lines(self, segment: Segment, columns: Columns) -> list[Line]:
        return self._layout(segment.text, columns.english, right_to_left=False)

    def _style(self, name: str) -> Style:
        """Return a component's style without its background, which is the row's."""
        style = self.get_component_rich_style(f"segment-list--{name}")
        return Style(color=style.color, bold=style.bold, italic=style.italic, underline=style.underline, dim=style.dim)

    # How high rows are

    def _remeasure(self) -> None:
        self._width = self.scrollable_content_region.width
        self._measured.clear()
        columns = Columns.of(self._width)
        self._heights = RowHeights([_estimated_height(segment, columns) for segment in self._segments])
        self._resize()

    def _measure(self, row: int) -> bool:
        """Find out how high a row really is, once; return whether that changed anything."""
        if row in self._measured or not self._width:
            return False
        self._measured.add(row)
        segment, columns = self._segments[row], Columns.of(self._width)
        arabic = len(self._layout(segment.source, columns.arabic))
        english = self.editor_lines if row == self.current else len(self._english_lines(segment, columns))
        return self._heights.set(row, max(arabic, english) + _BELOW)

    def _resize(self) -> None:
        self.virtual_size = Size(self._width, self._heights.total)
        self.refresh()
        self._tell_visible()

    def _tell_visible(self) -> None:
        self._visible = self.visible_rows
        self.post_message(VisibleRowsChanged())

    def on_resize(self) -> None:
        """Wrap everything anew."""
        self._remeasure()
        self.bring_into_view()

    def watch_scroll_y(self, old_value: float, new_value: float) -> None:
        """Tell that other rows are on the screen."""
        super().watch_scroll_y(old_value, new_value)
        if self.visible_rows != self._visible or round(old_value) != round(new_value):
            self._tell_visible()

    def on_click(self, event: events.Click) -> None:
        """Tell which row was clicked."""
        if self._segments:
            row, _ = self._heights.at(event.y + self.scroll_offset.y)
            self.post_message(RowChosen(row))


def _estimated_height(segment: Segment, columns: Columns) -> int:
    arabic = len(segment.source) * _CHARACTERS_IN_A_CELL / columns.arabic
    return int(max(arabic, len(segment.text) / columns.english)) + 1 + _BELOW


def _runs(line: Line, matches: Sequence[Match]) -> list[tuple[str, bool]]:
    """Return a line's text in runs of (text, is a term)."""
    starts = [match.start for match in matches]
    runs: list[tuple[str, bool]] = []
    for cell in line.cells:
        index = bisect_right(starts, cell.start) - 1
        marked = index >= 0 and cell.start < matches[index].end
        if runs and runs[-1][1] == marked:
            runs[-1] = (runs[-1][0] + cell.text, marked)
        else:
            runs.append((cell.text, marked))
    return runs
