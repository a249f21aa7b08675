"""The list of segments: two columns of text drawn line by line, however many segments there are.

Of most rows only the place is known. Their heights are guessed until they are looked at, and what stands above the view
then moves it along. While rows in view are being fetched the list goes on showing what it showed.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Mapping, Sequence

from rich.style import Style
from textual import events
from textual.geometry import Offset, Region, Size
from textual.scroll_view import ScrollView
from textual.selection import Selection
from textual.strip import Strip

from glossary.model import Match
from workbench.ui.messages import RowChosen, RowsWanted, VisibleRowsChanged
from workbench.ui.rows import RowHeights
from workbench.ui.shown import ShownProject
from workbench.ui.typesetter import Typesetter
from workbench.ui.widgets.row_painter import Columns, Palette, Row, RowPainter
from workbench.ui.widgets.row_selection import Place, RowSelection, Side, place_in_line

_BELOW = 1  # an empty line under each row

_CELLS_OF_A_WORD = 6.2  # of Arabic news, with the space after it; only for heights not yet measured

# So many rows are laid out at once while nobody waits for them, and how long after that others have their turn.
_MEASURED_AT_ONCE = 4
_MEASURE_AGAIN_SECONDS = 0.02


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
        self._painter = RowPainter(typesetter, Columns.of(0, 0))
        self._palettes: tuple[Palette, Palette] | None = None
        self._shown = ShownProject()
        self._heights = RowHeights([])
        self._measured = bytearray()
        self._measures_ahead = False
        self._matches: Mapping[str, Sequence[Match]] = {}
        self._width = 0
        self._visible: range = range(0)
        self._is_whole = True
        self._picture: dict[int, Strip] = {}
        self._selected: RowSelection | None = None
        self.current = 0
        self.editor_lines = 1

    # What is shown

    def set_with(self, typesetter: Typesetter) -> None:
        """Lay everything out by another typesetter."""
        self._typesetter = typesetter
        self._remeasure()
        self.bring_into_view()

    def show(self, shown: ShownProject) -> None:
        """Show these rows from now on."""
        self._shown = shown
        self.current = min(self.current, max(len(shown) - 1, 0))
        self._remeasure()

    def replace(self, row: int) -> None:
        """Show a newer state of one row's segment."""
        self._measured[row] = False
        if row in self._visible:
            self._look()
            self.refresh()

    def rows_came(self) -> None:
        """Show rows that were loaded, if they are in view."""
        was_whole = self._is_whole
        self._look()
        if not was_whole:
            self.refresh()
        self._measure_ahead()

    def show_matches(self, matches: Mapping[str, Sequence[Match]]) -> None:
        """Mark these terms, by segment uid."""
        self._matches = matches
        self.refresh()

    def choose(self, row: int, editor_lines: int = 1) -> None:
        """Make ``row``, which is loaded, the current one and bring it into view."""
        before, self.current, self.editor_lines = self.current, row, editor_lines
        for changed in (before, row):
            if changed < len(self._measured):
                self._measured[changed] = False
        self._measure([before])
        self.bring_into_view()

    def grow_editor(self, lines: int) -> None:
        """Give the current row room for so many lines of English."""
        if lines != self.editor_lines:
            self.editor_lines = lines
            self._measured[self.current] = False
            self.bring_into_view()

    def bring_into_view(self) -> None:
        """Scroll so that the current row is seen, its beginning at least."""
        if not len(self._shown) or not self._width:
            return
        self._measure(self._neighbors(self.current))
        region = Region(0, self._heights.top(self.current), self._width, self._heights[self.current])
        self.scroll_to_region(region, animate=False, force=True)
        self._look()
        self.refresh()

    @property
    def visible_rows(self) -> range:
        """The rows that are on the screen, wholly or in part, loaded or not."""
        if not len(self._shown) or not self._width:
            return range(0)
        first, _ = self._heights.at(self.scroll_offset.y)
        last, _ = self._heights.at(self.scroll_offset.y + max(self.size.height - 1, 0))
        return range(first, last + 1)

    @property
    def rows_in_use(self) -> Sequence[range]:
        """The rows that have to stay loaded wherever they are: the current one, and those selected."""
        return range(self.current, self.current + 1), self._selected.rows if self._selected else range(0)

    @property
    def number_width(self) -> int:
        """How wide the column of row numbers and signs is."""
        return self._painter.columns.gutter

    def editor_region(self) -> Region | None:
        """Return where the editor belongs, relative to this widget; None when the current row is out of sight."""
        if not len(self._shown) or not self._width:
            return None
        top = self._heights.top(self.current) - self.scroll_offset.y
        height = self._heights[self.current] - _BELOW
        if top + height <= 0 or top >= self.size.height:
            return None
        return Region(self.number_width, top, self._painter.columns.english, height)

    # How it is drawn

    def render_lines(self, crop: Region) -> list[Strip]:
        """Draw a part of the screen, with the styles as they are now."""
        self._palettes = None
        return super().render_lines(crop)

    def render_line(self, y: int) -> Strip:
        """Draw one line of the screen; as it was before, while rows in view are being loaded."""
        width = self.size.width
        plain, current = self._palettes or self._find_palettes()
        if not self._is_whole and y in self._picture:
            return self._picture[y].adjust_cell_length(width, plain.background)
        row, line = self._heights.at(y + self.scroll_offset.y) if len(self._shown) else (0, 0)
        if not width or y + self.scroll_offset.y >= self._heights.total or not self._shown.has([row]):
            return Strip.blank(width, plain.background)
        strands = self._painter.draw(self._row(row), line, current if row == self.current else plain)
        strip = Strip(strands).adjust_cell_length(width, plain.background)
        strip = self._picture[y] = strip.apply_offsets(0, y + self.scroll_offset.y)
        return strip

    def _find_palettes(self) -> tuple[Palette, Palette]:
        """Return the styles of rows and of the current row; asking for styles takes longer than drawing."""

        def style_of(name: str) -> Style:
            return self.get_component_rich_style(f"segment-list--{name}")

        backgrounds = (self.rich_style, style_of("current"))
        plain, current = (Palette.of(style_of, background, self.selection_style) for background in backgrounds)
        self._palettes = (plain, current)
        return plain, current

    def _row(self, row: int) -> Row:
        segment = self._shown[row]
        return Row(row + 1, segment, row == self.current, self._matches.get(segment.uid, ()), self._selected)

    # What is selected

    def get_selection(self, selection: Selection) -> tuple[str, str] | None:
        """Return the stored text under the mouse's selection: logical, not joined, of one column only."""
        selected = self._selection_of(selection)
        return None if selected is None else (selected.text(self._shown.loaded(selected.rows)), "\n")

    def selection_updated(self, selection: Selection | None) -> None:
        """Draw another selection."""
        self._selected = None if selection is None else self._selection_of(selection)
        super().selection_updated(selection)

    def text_select_all(self) -> None:
        """Select nothing: all of the documents is not what a double click means."""

    def _selection_of(self, selection: Selection) -> RowSelection | None:
        if selection.start is None or selection.end is None:
            return None
        if not self._shown.has(self._heights.at(end.y)[0] for end in (selection.start, selection.end)):
            return None
        side = self._side_at(selection.start)
        return RowSelection.between(side, self._place_at(selection.start, side), self._place_at(selection.end, side))

    def _side_at(self, offset: Offset) -> Side:
        """Return the column of an offset, which counts printed characters from the left of the list."""
        row, line = self._heights.at(offset.y)
        return Side.ARABIC if offset.x >= self._painter.printed_before_arabic(self._row(row), line) else Side.ENGLISH

    def _place_at(self, offset: Offset, side: Side) -> Place:
        row, line = self._heights.at(offset.y)
        lines = self._painter.lines(self._shown[row], side)
        if line >= len(lines):
            return Place(row, lines[-1].end, lines[-1].end)
        before = self.number_width
        if side is Side.ARABIC:
            before = self._painter.printed_before_arabic(self._row(row), line)
            before += (self._painter.columns.arabic - lines[line].width) * lines[line].right_to_left
        return place_in_line(lines[line], row, offset.x - before)

    # How high rows are

    def _remeasure(self) -> None:
        self._width = self.scrollable_content_region.width
        self._measured = bytearray(len(self._shown))
        columns = Columns.of(self._width, len(self._shown))
        self._painter = RowPainter(self._typesetter, columns)
        self._heights = RowHeights(_guessed_heights(self._shown, columns))
        self.virtual_size = Size(self._width, self._heights.total)
        self._look()
        self.refresh()

    def _measure(self, rows: Iterable[int]) -> None:
        """Find out how high rows really are, each once; where that changes what is above the view, move the view."""
        changed, moved, at = False, 0, self.scroll_offset.y
        for row in rows:
            if self._measured[row] or not self._width or not self._shown.has([row]):
                continue
            self._measured[row] = True
            before, height = self._heights[row], self._height_of(row)
            if height != before:
                changed = True
                above = row != self.current and self._heights.top(row) < at + moved
                moved += (height - before) * above
                self._heights.set(row, height)
        if changed:
            self.virtual_size = Size(self._width, self._heights.total)
        if moved:
            self.scroll_to(y=at + moved, animate=False, force=True)

    def _height_of(self, row: int) -> int:
        segment = self._shown[row]
        arabic = len(self._painter.lines(segment, Side.ARABIC))
        english = self.editor_lines if row == self.current else len(self._painter.lines(segment, Side.ENGLISH))
        return max(arabic, english) + _BELOW

    def _neighbors(self, row: int) -> Iterable[int]:
        """Yield a row and those that may be seen together with it; their heights may change meanwhile."""
        yield row
        for step, end in ((1, len(self._shown)), (-1, -1)):
            lines = 0
            for other in range(row + step, end, step):
                yield other
                lines += self._heights[other]
                if lines >= self.size.height:
                    break

    def _measure_ahead(self) -> None:
        """Measure loaded rows around the view, a few at a time, so that scrolling there finds them ready."""
        if not self._measures_ahead:
            self._measures_ahead = True
            self.set_timer(_MEASURE_AGAIN_SECONDS, self._measure_some)

    def _measure_some(self) -> None:
        self._measures_ahead = False
        seen = self._visible
        more = 2 * len(seen)
        near = range(max(seen.start - more, 0), min(seen.stop + more, len(self._shown)))
        rows = [row for row in near if not self._measured[row] and self._shown.has([row])]
        if rows and self._width:
            self._measure(sorted(rows, key=lambda row: abs(row - seen.start))[:_MEASURED_AT_ONCE])
            self._measure_ahead()

    def _look(self) -> None:
        """See what is in view: measure it, tell of it, or ask for what is not loaded."""
        for _ in range(3):  # a row that is less high than was guessed lets others come into view
            self._measure(self.visible_rows)
            if self._visible == self.visible_rows:
                break
            self._visible = self.visible_rows
        self._is_whole = self._shown.has(self._visible)
        self.post_message(VisibleRowsChanged() if self._is_whole else RowsWanted())

    def on_resize(self) -> None:
        """Wrap everything anew when the width has changed."""
        if self.scrollable_content_region.width != self._width:
            self._remeasure()
        self.bring_into_view()

    def watch_scroll_y(self, old_value: float, new_value: float) -> None:
        """See what is on the screen now."""
        super().watch_scroll_y(old_value, new_value)
        if round(old_value) != round(new_value):
            self._look()

    def on_click(self, event: events.Click) -> None:
        """Tell which row was clicked; the end of a selection is no click."""
        if len(self._shown) and not self._selected:
            row, _ = self._heights.at(event.y + self.scroll_offset.y)
            self.post_message(RowChosen(row))


def _guessed_heights(shown: ShownProject, columns: Columns) -> Sequence[int]:
    """Return heights of rows by the words that the rows of their document have on the average."""
    heights = array("I")
    for stretch in shown.order.stretches:
        words = stretch.words / max(stretch.rows, 1)
        heights.extend(array("I", [int(words * _CELLS_OF_A_WORD / columns.arabic) + 1 + _BELOW]) * stretch.rows)
    missing = len(shown) - len(heights)
    return heights + array("I", [1 + _BELOW]) * missing if missing >= 0 else heights[:missing]
