"""The list of segments that a changed term affects: what would change in the English, the term in the Arabic."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from rich.segment import Segment as Strand
from rich.style import Style
from textual import events
from textual.geometry import Region, Size
from textual.message import Message
from textual.scroll_view import ScrollView
from textual.strip import Strip

from corpus.word_diff import Fate, WordDiff, word_diff
from workbench.impact import AffectedSegment, Span
from workbench.ui.bidi.layout import Line
from workbench.ui.rows import RowHeights
from workbench.ui.typesetter import LAID_OUT, Typesetter, joined
from workbench.ui.widgets.row_painter import sign_of

_GUTTER = 12
_GAP = 2
_BELOW = 1  # an empty line under each row
_LINES = 3  # of a row that is not the current one, which is shown whole

_PARTS = ("gutter", "english", "old", "deleted", "inserted", "source", "term", "current")


class ImpactList(ScrollView, can_focus=False):
    """Rows of affected segments, each with a mark when it can be changed; the current one is shown whole."""

    COMPONENT_CLASSES = {f"impact-list--{part}" for part in _PARTS}  # noqa: RUF012  (Textual's own form)

    class Chosen(Message):
        """The user clicked on a row: it is the current one now."""

    def __init__(self, typesetter: Typesetter, *, id: str | None = None) -> None:  # noqa: A002  (Textual's own name)
        super().__init__(id=id)
        self._typesetter = typesetter
        self._rows: Sequence[AffectedSegment] = ()
        self._numbers: Sequence[int] = ()
        self._heights = RowHeights([])
        self._measured: set[int] = set()
        self._english = self._arabic = 0
        self._diff = lru_cache(maxsize=512)(_shown)
        self.marked: set[str] = set()
        self.current = 0

    def show(self, rows: Sequence[AffectedSegment], numbers: Sequence[int], current: int) -> None:
        """Show these segments, which have these numbers in the editor's list; all that can be changed are marked."""
        self._rows, self._numbers = rows, numbers
        self.marked = {row.segment.uid for row in rows if row.can_be_applied}
        self.current = min(current, max(len(rows) - 1, 0))
        self._remeasure()

    def choose(self, row: int) -> None:
        """Make ``row`` the current one, or the nearest there is, and bring it into view."""
        if not self._rows:
            return
        before, self.current = self.current, min(max(row, 0), len(self._rows) - 1)
        self._measured -= {before, self.current}
        self._measure(before)
        self._bring_into_view()

    def toggle(self) -> None:
        """Mark the current row, or take its mark away."""
        row = self.chosen
        if row is not None and row.can_be_applied:
            self.marked ^= {row.segment.uid}
            self.refresh()

    def toggle_all(self) -> None:
        """Mark all rows that can be changed, or none when all are."""
        possible = {row.segment.uid for row in self._rows if row.can_be_applied}
        self.marked = set() if self.marked == possible else possible
        self.refresh()

    @property
    def chosen(self) -> AffectedSegment | None:
        """The current row; None in an empty list."""
        return self._rows[self.current] if self._rows else None

    @property
    def rows_in_view(self) -> int:
        """How many rows one sees at once, about."""
        return max(self.size.height // (_LINES + _BELOW), 1)

    # How it is drawn

    def render_line(self, y: int) -> Strip:
        """Draw one line of the screen."""
        width, top = self.size.width, y + self.scroll_offset.y
        if not self._rows or not width or top >= self._heights.total:
            return Strip.blank(width, self.rich_style)
        index, line = self._heights.at(top)
        if self._measure(index):
            self.call_later(self._resize)
        base = self.rich_style + (self._style("current") if index == self.current else Style())
        strands = [
            Strand(self._gutter_of(index) if line == 0 else " " * _GUTTER, base + self._style("gutter")),
            *self._drawn_english(index, line, base),
            Strand(" " * _GAP, base),
            *self._drawn_arabic(index, line, base),
        ]
        return Strip(strands).adjust_cell_length(width, base)

    def _style(self, part: str) -> Style:
        style = self.get_component_rich_style(f"impact-list--{part}", partial=True)
        return style + LAID_OUT if part not in {"gutter", "current"} else style

    def _gutter_of(self, index: int) -> str:
        row = self._rows[index]
        mark = f"[{'x' if row.segment.uid in self.marked else ' '}]" if row.can_be_applied else " – "
        sign = sign_of(row.segment)
        here = "▶" if index == self.current else " "
        return f"{here}{mark}{self._numbers[index]:>5} {sign} "[:_GUTTER].ljust(_GUTTER)

    def _drawn_english(self, index: int, line: int, base: Style) -> list[Strand]:
        lines = self._english_lines(index)
        if line >= len(lines):
            return [Strand(" " * self._english, base)]
        diff = self._diff(self._rows[index])
        styles = {
            Fate.KEPT: base + self._style("english"),
            Fate.DELETED: base + self._style("deleted"),
            Fate.INSERTED: base + self._style("inserted"),
        }
        row = self._rows[index]
        old, old_style = (() if row.proposed else row.old_spans), base + self._style("old")
        cells = [
            (cell.text, old_style if _covers(old, cell.start) else styles[diff.fate_at(cell.start)])
            for cell in lines[line].cells
        ]
        return [*joined(cells), Strand(" " * (self._english - lines[line].width), base)]

    def _drawn_arabic(self, index: int, line: int, base: Style) -> list[Strand]:
        lines = self._arabic_lines(index)
        if line >= len(lines):
            return [Strand(" " * self._arabic, base)]
        spans = self._rows[index].source_spans
        plain, term = base + self._style("source"), base + self._style("term")
        cells = [(cell.text, term if _covers(spans, cell.start) else plain) for cell in lines[line].cells]
        rest = Strand(" " * (self._arabic - lines[line].width), base)
        return [rest, *joined(cells)] if lines[line].right_to_left else [*joined(cells), rest]

    def _english_lines(self, index: int) -> Sequence[Line]:
        text = self._diff(self._rows[index]).text
        lines = self._typesetter.lines(text, self._english, right_to_left=False)
        return lines if index == self.current else _around(lines, self._place_of_change(index))

    def _place_of_change(self, index: int) -> int:
        row = self._rows[index]
        if row.proposed is None and row.old_spans:
            return row.old_spans[0][0]
        return self._diff(row).first_change

    def _arabic_lines(self, index: int) -> Sequence[Line]:
        row = self._rows[index]
        lines = self._typesetter.lines(row.segment.source, self._arabic)
        return lines if index == self.current else _around(lines, row.source_spans[0][0])

    # How high rows are

    def _remeasure(self) -> None:
        room = max(self.scrollable_content_region.width - _GUTTER - _GAP, 8)
        self._english, self._arabic = room - room // 2, room // 2
        self._measured.clear()
        self._heights = RowHeights([_LINES + _BELOW] * len(self._rows))
        self._bring_into_view()

    def _measure(self, index: int) -> bool:
        if index in self._measured or not self.size.width:
            return False
        self._measured.add(index)
        lines = max(len(self._english_lines(index)), len(self._arabic_lines(index)))
        return self._heights.set(index, lines + _BELOW)

    def _resize(self) -> None:
        self.virtual_size = Size(self.scrollable_content_region.width, self._heights.total)
        self.refresh()

    def _bring_into_view(self) -> None:
        if self._rows:
            self._measure(self.current)
        self._resize()
        if self._rows:
            top, height, room = self._heights.top(self.current), self._heights[self.current], self.size.height
            # Of a row higher than the screen its beginning, unless what changes comes further down.
            below = max(self._line_of_change - room + 2, 0) if height > room else 0
            region = Region(0, top + below, self.size.width, min(height, room))
            self.scroll_to_region(region, animate=False, force=True)

    @property
    def _line_of_change(self) -> int:
        place = self._place_of_change(self.current)
        lines = self._english_lines(self.current)
        return next((number for number, line in enumerate(lines) if line.start <= place < line.end), 0)

    def on_resize(self) -> None:
        """Wrap everything anew."""
        self._remeasure()

    def on_click(self, event: events.Click) -> None:
        """Choose the row under the mouse."""
        if self._rows:
            self.choose(self._heights.at(event.y + self.scroll_offset.y)[0])
            self.post_message(self.Chosen())


def _shown(row: AffectedSegment) -> WordDiff:
    return word_diff(row.segment.text, row.segment.text if row.proposed is None else row.proposed)


def _covers(spans: Sequence[Span], offset: int) -> bool:
    return any(start <= offset < end for start, end in spans)


def _around(lines: Sequence[Line], offset: int) -> Sequence[Line]:
    """Return the few lines that show best what stands at ``offset``."""
    place = next((index for index, line in enumerate(lines) if line.start <= offset < line.end), 0)
    first = min(max(place - 1, 0), max(len(lines) - _LINES, 0))
    return lines[first : first + _LINES]
