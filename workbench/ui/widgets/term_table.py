"""The list of terms found: a line each, of which only those on the screen are drawn."""

from __future__ import annotations

from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from textwrap import wrap

from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.geometry import Region, Size
from textual.message import Message
from textual.scroll_view import ScrollView
from textual.strip import Strip

from glossary.model import TermEntry, TermStatus
from workbench.ui.typesetter import LAID_OUT, Typesetter
from workbench.ui.widgets.term_panel import STATUS_SIGNS

MARK = "●"

_GUTTER = 4
_GAP = 2
_DOMAIN = 14
_WIDTH_FOR_DOMAIN = 72


@dataclass(frozen=True, slots=True)
class _Columns:
    """How the width is shared: mark and sign, English, Arabic at its right edge, the domain if there is room."""

    english: int
    arabic: int
    domain: int

    @classmethod
    def of(cls, width: int) -> _Columns:
        domain = _DOMAIN if width >= _WIDTH_FOR_DOMAIN else 0
        room = max(width - _GUTTER - _GAP - (domain + _GAP if domain else 0), 8)
        return cls(room - room // 2, room // 2, domain)


class TermTable(ScrollView, can_focus=True):
    """Pairs of terms; ``current`` is the row that keys work on, ``marked`` the uids of the English terms marked."""

    COMPONENT_CLASSES = {  # noqa: RUF012  (Textual's own form)
        "term-table--row",
        "term-table--current",
        "term-table--current-focused",
        "term-table--less",
    }

    class Moved(Message):
        """Another row is the current one."""

    class Typed(Message):
        """Somebody types although the list has the focus."""

        def __init__(self, character: str) -> None:
            super().__init__()
            self.character = character

    def __init__(self, typesetter: Typesetter, *, id: str | None = None) -> None:  # noqa: A002  (Textual's own name)
        super().__init__(id=id)
        self._typesetter = typesetter
        self._columns = _Columns.of(0)
        self.entries: Sequence[TermEntry] = ()
        self.marked: AbstractSet[str] = frozenset()
        self.current = 0
        self.hint = ""

    @property
    def entry(self) -> TermEntry | None:
        """The pair of the current row; None where there are no rows."""
        return self.entries[self.current] if self.entries else None

    def show(self, entries: Sequence[TermEntry], *, current: int = 0, hint: str = "") -> None:
        """Show these pairs from now on; where there are none, ``hint``, which says what to do."""
        self.entries, self.hint = entries, hint
        self.virtual_size = Size(self.scrollable_content_region.width, len(entries))
        self.go(current)

    def mark(self, uids: AbstractSet[str]) -> None:
        """Mark these, and no others."""
        self.marked = uids
        self.refresh()

    def go(self, row: int) -> None:
        """Make ``row``, or the nearest there is, the current one."""
        self.current = max(0, min(row, len(self.entries) - 1))
        region = Region(0, self.current, self.scrollable_content_region.width, 1)
        self.scroll_to_region(region, animate=False, force=True)
        self.refresh()
        self.post_message(self.Moved())

    def set_with(self, typesetter: Typesetter) -> None:
        """Lay everything out by another typesetter."""
        self._typesetter = typesetter
        self.refresh()

    def render_line(self, y: int) -> Strip:
        """Draw a line of the screen."""
        row = y + self.scroll_offset.y
        width = self.scrollable_content_region.width
        if not self.entries:
            lines = wrap(self.hint, max(width - 2, 1))
            less = self.rich_style + Style(color=self.get_component_rich_style("term-table--less").color)
            text = f" {lines[y - 1]}" if 0 < y <= len(lines) else ""
            return Strip([Segment(text, less)]).adjust_cell_length(width, self.rich_style)
        if row >= len(self.entries):
            return Strip.blank(width, self.rich_style)
        name = "row"
        if row == self.current:
            name = "current-focused" if self.has_focus else "current"
        style = self.get_component_rich_style(f"term-table--{name}")
        less = style + Style(color=self.get_component_rich_style("term-table--less").color)
        return Strip(self._drawn(self.entries[row], style, less)).adjust_cell_length(width, style)

    def _drawn(self, entry: TermEntry, style: Style, less: Style) -> list[Segment]:
        columns = self._columns
        mark = MARK if entry.uid in self.marked else " "
        english = style + Style(strike=entry.status is TermStatus.FORBIDDEN, bold=entry.status is TermStatus.PREFERRED)
        gap = Segment(" " * _GAP, style)
        drawn = [Segment(f"{mark} {STATUS_SIGNS[entry.status]} ", style)]
        drawn += self._cell(entry.target, columns.english, english, style)
        drawn += [gap, *self._cell(entry.source, columns.arabic, style, style, to_the_right=True)]
        return [*drawn, gap, *self._cell(entry.domain, columns.domain, less, style)] if columns.domain else drawn

    def _cell(self, text: str, width: int, style: Style, blank: Style, *, to_the_right: bool = False) -> list[Segment]:
        lines = self._typesetter.lines(text, width)
        cut = len(lines) > 1
        line = self._typesetter.lines(text, width - 1)[0] if cut else lines[0]
        dots = [Segment("…", style)] if cut else []
        words = (
            [*dots, Segment(line.text, style + LAID_OUT)]
            if line.right_to_left
            else [
                Segment(line.text, style + LAID_OUT),
                *dots,
            ]
        )
        rest = Segment(" " * (width - line.width - cut), blank)
        return [rest, *words] if to_the_right else [*words, rest]

    def on_resize(self) -> None:
        """Share the width anew."""
        self._columns = _Columns.of(self.scrollable_content_region.width)
        self.virtual_size = Size(self.scrollable_content_region.width, len(self.entries))
        self.refresh()

    def on_key(self, event: events.Key) -> None:
        """Hand on what somebody types."""
        if event.is_printable and event.character and event.key != "space":
            event.stop()
            self.post_message(self.Typed(event.character))

    def on_click(self, event: events.Click) -> None:
        """Go to the row under the mouse."""
        row = event.y + self.scroll_offset.y
        if row < len(self.entries):
            self.go(row)
