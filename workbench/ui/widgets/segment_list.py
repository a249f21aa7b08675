"""The list of segments: two columns of text drawn line by line, however many segments there are."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from rich.segment import Segment as Strand
from rich.style import Style
from textual import events
from textual.geometry import Offset, Region, Size
from textual.scroll_view import ScrollView
from textual.selection import Selection
from textual.strip import Strip

from corpus.model import Origin, Segment, State
from glossary.model import Match
from workbench.ui.bidi.layout import Cell, Line
from workbench.ui.messages import RowChosen, VisibleRowsChanged
from workbench.ui.rows import RowHeights
from workbench.ui.typesetter import LAID_OUT, Typesetter
from workbench.ui.widgets.row_selection import Place, RowSelection, Side, place_in_line

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

    def __init__(self, typesetter: Typesetter, *, id: str | None = None) -> None:  # noqa: A002  (Textual's own name)
        super().__init__(id=id)
        self._typesetter = typesetter
        self._segments: list[Segment] = []
        self._heights = RowHeights([])
        self._measured: set[int] = set()
        self._matches: Mapping[str, Sequence[Match]] = {}
        self._width = 0
        self._visible: range = range(0)
        self._selected: RowSelection | None = None
        self.current = 0
        self.editor_lines = 1

    # What is shown

    def set_with(self, typesetter: Typesetter) -> None:
        """Lay everything out by another typesetter."""
        self._typesetter = typesetter
        self._remeasure()
        self.bring_into_view()

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
        strip = self._row_line(row, line).adjust_cell_length(width, self.rich_style)
        return strip.apply_offsets(0, y + self.scroll_offset.y)

    def _row_line(self, row: int, line: int) -> Strip:
        segment = self._segments[row]
        columns = Columns.of(self._width)
        background = self.get_component_rich_style("segment-list--current") if row == self.current else self.rich_style
        strands = [Strand(self._gutter(row, segment, line), background + self._style("gutter"))]
        strands += self._english(row, segment, line, columns, background)
        strands.append(Strand(" " * _GAP, background))
        strands += self._arabic(row, segment, line, columns, background)
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
        if line >= len(lines):
            return [Strand(" " * columns.english, background)]
        style = background + self._style(name) + LAID_OUT
        cells = [(cell.text, self._selection_over(Side.ENGLISH, row, cell, style)) for cell in lines[line].cells]
        return [*_runs(cells), Strand(" " * (columns.english - lines[line].width), background)]

    def _arabic(self, row: int, segment: Segment, line: int, columns: Columns, background: Style) -> list[Strand]:
        lines = self._typesetter.lines(segment.source, columns.arabic)
        if line >= len(lines):
            return [Strand(" " * columns.arabic, background)]
        plain = background + self._style("source") + LAID_OUT
        term = background + self._style("term") + LAID_OUT
        matches = self._matches.get(segment.uid, ())
        starts = [match.start for match in matches]
        cells = []
        for cell in lines[line].cells:
            index = bisect_right(starts, cell.start) - 1
            style = term if index >= 0 and cell.start < matches[index].end else plain
            cells.append((cell.text, self._selection_over(Side.ARABIC, row, cell, style)))
        rest = Strand(" " * (columns.arabic - lines[line].width), background)
        return [rest, *_runs(cells)] if lines[line].right_to_left else [*_runs(cells), rest]

    def _selection_over(self, side: Side, row: int, cell: Cell, style: Style) -> Style:
        if self._selected is not None and self._selected.covers(side, row, cell):
            return style + self.selection_style
        return style

    def _english_lines(self, segment: Segment, columns: Columns) -> list[Line]:
        return self._typesetter.lines(segment.text, columns.english, right_to_left=False)

    def _style(self, name: str) -> Style:
        """Return a component's style without its background, which is the row's."""
        style = self.get_component_rich_style(f"segment-list--{name}")
        return Style(color=style.color, bold=style.bold, italic=style.italic, underline=style.underline, dim=style.dim)

    # What is selected

    def get_selection(self, selection: Selection) -> tuple[str, str] | None:
        """Return the stored text under the mouse's selection: logical, not joined, of one column only."""
        selected = self._selection_of(selection)
        return None if selected is None else (selected.text(self._segments), "\n")

    def selection_updated(self, selection: Selection | None) -> None:
        """Draw another selection."""
        self._selected = None if selection is None else self._selection_of(selection)
        super().selection_updated(selection)

    def text_select_all(self) -> None:
        """Select nothing: all of the documents is not what a double click means."""

    def _selection_of(self, selection: Selection) -> RowSelection | None:
        if selection.start is None or selection.end is None or not self._segments:
            return None
        side = self._side_at(selection.start)
        return RowSelection.between(side, self._place_at(selection.start, side), self._place_at(selection.end, side))

    def _side_at(self, offset: Offset) -> Side:
        """Return the column of an offset, which counts printed characters from the left of the list."""
        row, line = self._heights.at(offset.y)
        return Side.ARABIC if offset.x >= self._printed_before_arabic(row, line) else Side.ENGLISH

    def _place_at(self, offset: Offset, side: Side) -> Place:
        row, line = self._heights.at(offset.y)
        lines = self._lines(row, side)
        before = GUTTER if side is Side.ENGLISH else self._printed_before_arabic(row, line)
        if line >= len(lines):
            return Place(row, lines[-1].end, lines[-1].end)
        if side is Side.ARABIC and lines[line].right_to_left:
            before += Columns.of(self._width).arabic - lines[line].width
        return place_in_line(lines[line], row, offset.x - before)

    def _printed_before_arabic(self, row: int, line: int) -> int:
        strands = self._english(row, self._segments[row], line, Columns.of(self._width), Style.null())
        return GUTTER + sum(len(strand.text) for strand in strands) + _GAP

    def _lines(self, row: int, side: Side) -> list[Line]:
        segment, columns = self._segments[row], Columns.of(self._width)
        if side is Side.ENGLISH:
            return self._english_lines(segment, columns)
        return self._typesetter.lines(segment.source, columns.arabic)

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
        arabic = len(self._typesetter.lines(segment.source, columns.arabic))
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
        """Tell which row was clicked; the end of a selection is no click."""
        if self._segments and not self._selected:
            row, _ = self._heights.at(event.y + self.scroll_offset.y)
            self.post_message(RowChosen(row))


def _estimated_height(segment: Segment, columns: Columns) -> int:
    arabic = len(segment.source) * _CHARACTERS_IN_A_CELL / columns.arabic
    return int(max(arabic, len(segment.text) / columns.english)) + 1 + _BELOW


def _runs(cells: Sequence[tuple[str, Style]]) -> list[Strand]:
    """Put neighboring cells of one style together."""
    runs = groupby(cells, key=lambda cell: cell[1])
    return [Strand("".join(text for text, _ in run), style) for style, run in runs]
