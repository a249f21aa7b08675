"""The list of segments: two columns of text drawn line by line, however many segments there are.

Of most rows only the place is known. Their heights are guessed until they are looked at, and what stands above the view
then moves it along. While rows in view are being fetched the list goes on showing what it showed.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping, Sequence

from rich.style import Style
from textual import events
from textual.geometry import Offset, Region, Size
from textual.scroll_view import ScrollView
from textual.selection import Selection
from textual.strip import Strip

from corpus.segmentation import Span
from glossary.model import Match
from workbench.ui.messages import RowChosen, RowsWanted, SourceSelected, VisibleRowsChanged
from workbench.ui.shown import ShownProject
from workbench.ui.typesetter import Typesetter
from workbench.ui.widgets.row_layout import BELOW, RowLayout
from workbench.ui.widgets.row_painter import Columns, DrawnRows, Palette, Row, RowPainter
from workbench.ui.widgets.row_selection import Place, RowSelection, Side, place_in_line

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
        self._drawn = DrawnRows()
        self._shown = ShownProject()
        self._row_layout = RowLayout(self._shown, self._painter)
        self._measures_ahead = False
        self._matches: Mapping[str, Sequence[Match]] = {}
        self._width = 0
        self._visible: range = range(0)
        self._is_whole = True
        self._picture: dict[int, Strip] = {}
        self._selected: RowSelection | None = None
        self._linked: tuple[Span, ...] = ()
        self.current = 0

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
        self._row_layout.forget(row)
        if row in self._visible:
            before = self._row_layout.height(row)
            self._look()
            self._refresh_rows(row, others=self._row_layout.height(row) != before)

    def rows_came(self) -> None:
        """Show rows that were loaded, if they are in view."""
        was_whole = self._is_whole
        self._look()
        if not was_whole:
            self.refresh()
        self._measure_ahead()

    def show_matches(self, matches: Mapping[str, Sequence[Match]], found: Container[str]) -> None:
        """Mark these terms, by segment uid; ``found`` are the segments for which they may be others than before."""
        self._matches = matches
        rows = [row for row in self._visible if self._shown.has([row]) and self._shown[row].uid in found]
        self._refresh_rows(*rows, others=False)

    def show_linked(self, spans: Sequence[Span]) -> None:
        """Mark these words in the source of the current row: they are what is at the cursor of the editor."""
        if tuple(spans) != self._linked:
            self._linked = tuple(spans)
            self._refresh_rows(self.current, others=False)

    def choose(self, row: int, editor_lines: int = 1) -> None:
        """Make ``row``, which is loaded, the current one and bring it into view."""
        before, self.current = self.current, row
        self._row_layout.current, self._row_layout.editor_lines = row, editor_lines
        self._row_layout.forget(before)
        self._row_layout.forget(row)
        self.bring_into_view(before)

    def grow_editor(self, lines: int) -> None:
        """Give the current row room for so many lines of English."""
        if lines != self._row_layout.editor_lines:
            self._row_layout.editor_lines = lines
            self._row_layout.forget(self.current)
            self.bring_into_view()

    def bring_into_view(self, *changed: int) -> None:
        """Scroll so that the current row is seen, its beginning at least; ``changed`` are other rows to draw anew."""
        if not len(self._shown) or not self._width:
            return
        row, total, scrolled = self.current, self._row_layout.total, self.scroll_offset
        self._measure((*changed, *self._row_layout.neighbors(row, self.size.height)))
        region = Region(0, self._row_layout.top(row), self._width, self._row_layout.height(row))
        self._fit(region.bottom)
        self.scroll_to_region(region, animate=False, force=True)
        self._look()
        self._refresh_rows(row, *changed, others=(total, scrolled) != (self._row_layout.total, self.scroll_offset))

    @property
    def visible_rows(self) -> range:
        """The rows that are on the screen, wholly or in part, loaded or not."""
        if not len(self._shown) or not self._width:
            return range(0)
        top = self.scroll_offset.y
        return self._row_layout.rows_between(top, top + max(self.size.height - 1, 0))

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
        top = self._row_layout.top(self.current) - self.scroll_offset.y
        height = self._row_layout.height(self.current) - BELOW
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
        width, at = self.size.width, y + self.scroll_offset.y
        plain, current = self._palettes or self._find_palettes()
        if not self._is_whole and y in self._picture:
            return self._picture[y].adjust_cell_length(width, plain.background)
        if not width or at >= self._row_layout.total:
            return Strip.blank(width, plain.background)
        row, line = self._row_layout.at(at)
        if not self._shown.has([row]):
            return Strip.blank(width, plain.background)
        palette, drawable = (current if row == self.current else plain), self._row(row)
        lines = self._drawn.lines(drawable, palette, at - line)
        if line not in lines:
            strip = Strip(self._painter.draw(drawable, line, palette)).adjust_cell_length(width, plain.background)
            lines[line] = strip.apply_offsets(0, at)
        self._picture[y] = lines[line]
        return lines[line]

    def _refresh_rows(self, *rows: int, others: bool) -> None:
        """Have rows drawn anew, or with ``others`` all that is in view."""
        if others:
            self.refresh()
            return
        for row in rows:
            if row in self._visible:
                top = self._row_layout.top(row) - self.scroll_offset.y
                self.refresh(Region(0, top, self.size.width, self._row_layout.height(row)))

    def _find_palettes(self) -> tuple[Palette, Palette]:
        """Return the styles of rows and of the current row; asking for styles takes longer than drawing."""

        def style_of(name: str) -> Style:
            return self.get_component_rich_style(f"segment-list--{name}")

        backgrounds = (self.rich_style, style_of("current"))
        plain, current = (Palette.of(style_of, background, self.selection_style) for background in backgrounds)
        self._palettes = (plain, current)
        return self._palettes

    def _row(self, row: int) -> Row:
        segment = self._shown[row]
        is_current = row == self.current
        selection = self._selected if self._selected and row in self._selected.rows else None
        matches, linked = self._matches.get(segment.uid, ()), self._linked if is_current else ()
        return Row(row + 1, segment, is_current, matches, selection, linked)

    # What is selected

    def get_selection(self, selection: Selection) -> tuple[str, str] | None:
        """Return the stored text under the mouse's selection: logical, not joined, of one column only."""
        selected = self._selection_of(selection)
        return None if selected is None else (selected.text(self._shown.loaded(selected.rows)), "\n")

    def selection_updated(self, selection: Selection | None) -> None:
        """Draw another selection."""
        self._selected = None if selection is None else self._selection_of(selection)
        super().selection_updated(selection)
        self.post_message(SourceSelected())

    @property
    def selected_in_source(self) -> tuple[int, int]:
        """From where to where the mouse has selected something in the source of the current row; (0, 0) for nowhere."""
        selected = self._selected
        if (
            selected is None
            or selected.side is not Side.ARABIC
            or selected.rows != range(self.current, self.current + 1)
        ):
            return 0, 0
        return selected.first.start, selected.last.end

    def text_select_all(self) -> None:
        """Select nothing: all of the documents is not what a double click means."""

    def _selection_of(self, selection: Selection) -> RowSelection | None:
        if selection.start is None or selection.end is None:
            return None
        if not self._shown.has(self._row_layout.at(end.y)[0] for end in (selection.start, selection.end)):
            return None
        side = self._side_at(selection.start)
        return RowSelection.between(side, self._place_at(selection.start, side), self._place_at(selection.end, side))

    def _side_at(self, offset: Offset) -> Side:
        """Return the column of an offset, which counts printed characters from the left of the list."""
        row, line = self._row_layout.at(offset.y)
        return Side.ARABIC if offset.x >= self._painter.printed_before_arabic(self._row(row), line) else Side.ENGLISH

    def _place_at(self, offset: Offset, side: Side) -> Place:
        row, line = self._row_layout.at(offset.y)
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
        self._painter = RowPainter(self._typesetter, Columns.of(self._width, len(self._shown)))
        before, self._row_layout = self._row_layout, RowLayout(self._shown, self._painter)
        self._row_layout.current, self._row_layout.editor_lines = self.current, before.editor_lines
        self._drawn.clear()
        self.virtual_size = Size(self._width, self._row_layout.total)
        self._look()
        self.refresh()

    def _measure(self, rows: Iterable[int]) -> None:
        """Find out how high rows really are, each once; where that changes what is above the view, move the view."""
        top = self.scroll_offset.y
        was_at_end = 0 < self.max_scroll_y <= top
        moved = self._row_layout.measure(rows, top) if self._width else 0
        self._fit(top + moved)
        if was_at_end:
            self.scroll_to(y=self.max_scroll_y, animate=False, force=True)
        elif moved:
            self.scroll_to(y=top + moved, animate=False, force=True)

    def _fit(self, line: int) -> None:
        """Let one scroll as far as there are rows: exactly when ``line``, which is looked at, is near the end.

        Each change has the whole screen arranged anew: elsewhere a few lines among thousands are not worth it.
        """
        total, page = self._row_layout.total, self.size.height
        if abs(total - self.virtual_size.height) > (0 if line > total - 3 * page else page):
            self.virtual_size = Size(self._width, total)

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
        rows = [row for row in near if not self._row_layout.is_measured(row) and self._shown.has([row])]
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
            row, _ = self._row_layout.at(event.y + self.scroll_offset.y)
            self.post_message(RowChosen(row))
