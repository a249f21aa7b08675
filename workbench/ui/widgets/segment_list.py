"""The list of segments: two columns of text drawn line by line, however many segments there are."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from rich.style import Style
from textual import events
from textual.geometry import Offset, Region, Size
from textual.scroll_view import ScrollView
from textual.selection import Selection
from textual.strip import Strip

from corpus.model import Segment
from glossary.model import Match
from workbench.ui.messages import RowChosen, VisibleRowsChanged
from workbench.ui.rows import RowHeights
from workbench.ui.typesetter import Typesetter
from workbench.ui.widgets.row_painter import GUTTER, Columns, Palette, Row, RowPainter
from workbench.ui.widgets.row_selection import Place, RowSelection, Side, place_in_line

_BELOW = 1  # an empty line under each row

_CHARACTERS_IN_A_CELL = 0.95  # Arabic has marks that take no cell; only for heights not yet measured


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
        self._painter = RowPainter(typesetter, Columns.of(0))
        self._palettes: tuple[Palette, Palette] | None = None
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
        return Region(GUTTER, top, self._painter.columns.english, height)

    # How it is drawn

    def render_lines(self, crop: Region) -> list[Strip]:
        """Draw a part of the screen, with the styles as they are now."""
        self._palettes = None
        return super().render_lines(crop)

    def render_line(self, y: int) -> Strip:
        """Draw one line of the screen."""
        width = self.size.width
        plain, current = self._palettes or self._find_palettes()
        if not self._segments or not width or y + self.scroll_offset.y >= self._heights.total:
            return Strip.blank(width, plain.background)
        row, line = self._heights.at(y + self.scroll_offset.y)
        if self._measure(row):
            self.call_later(self._resize)
        strands = self._painter.draw(self._row(row), line, current if row == self.current else plain)
        strip = Strip(strands).adjust_cell_length(width, plain.background)
        return strip.apply_offsets(0, y + self.scroll_offset.y)

    def _find_palettes(self) -> tuple[Palette, Palette]:
        """Return the styles of rows and of the current row; asking for styles takes longer than drawing."""

        def style_of(name: str) -> Style:
            return self.get_component_rich_style(f"segment-list--{name}")

        backgrounds = (self.rich_style, style_of("current"))
        plain, current = (Palette.of(style_of, background, self.selection_style) for background in backgrounds)
        self._palettes = (plain, current)
        return plain, current

    def _row(self, row: int) -> Row:
        segment = self._segments[row]
        return Row(row + 1, segment, row == self.current, self._matches.get(segment.uid, ()), self._selected)

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
        return Side.ARABIC if offset.x >= self._painter.printed_before_arabic(self._row(row), line) else Side.ENGLISH

    def _place_at(self, offset: Offset, side: Side) -> Place:
        row, line = self._heights.at(offset.y)
        lines = self._painter.lines(self._segments[row], side)
        if line >= len(lines):
            return Place(row, lines[-1].end, lines[-1].end)
        before = GUTTER
        if side is Side.ARABIC:
            before = self._painter.printed_before_arabic(self._row(row), line)
            before += (self._painter.columns.arabic - lines[line].width) * lines[line].right_to_left
        return place_in_line(lines[line], row, offset.x - before)

    # How high rows are

    def _remeasure(self) -> None:
        self._width = self.scrollable_content_region.width
        self._measured.clear()
        columns = Columns.of(self._width)
        self._painter = RowPainter(self._typesetter, columns)
        self._heights = RowHeights([_estimated_height(segment, columns) for segment in self._segments])
        self._resize()

    def _measure(self, row: int) -> bool:
        """Find out how high a row really is, once; return whether that changed anything."""
        if row in self._measured or not self._width:
            return False
        self._measured.add(row)
        segment = self._segments[row]
        arabic = len(self._painter.lines(segment, Side.ARABIC))
        english = self.editor_lines if row == self.current else len(self._painter.lines(segment, Side.ENGLISH))
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
