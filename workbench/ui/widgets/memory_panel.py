"""What the memory offers for the current segment: how alike, where from, which words differ, the translation."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rich.cells import set_cell_size
from rich.segment import Segment as Strand
from rich.style import Style
from textual.content import Content
from textual.strip import Strip

from corpus.visible import visible
from corpus.word_diff import Fate, WordDiff
from workbench.remembering import Offer
from workbench.ui.bidi.inplace import isolated
from workbench.ui.bidi.layout import Line
from workbench.ui.typesetter import LAID_OUT, Typesetter, joined
from workbench.ui.widgets.laid_out_panel import LaidOutPanel

_CHOSEN, _OTHER = "▸ ", "  "
_INDENT = 2
_PARTS = {Fate.KEPT: "source", Fate.DELETED: "deleted", Fate.INSERTED: "inserted"}


@dataclass(frozen=True, slots=True)
class _DrawnLine:
    """A line of the panel: the number of its offer, and what is printed."""

    offer: int
    strands: tuple[Strand, ...]


class MemoryPanel(LaidOutPanel[_DrawnLine]):
    """A list of offers, the best first; one of them is chosen."""

    COMPONENT_CLASSES = {  # noqa: RUF012  (Textual's own form)
        "memory-panel--head",
        "memory-panel--chosen",
        "memory-panel--source",
        "memory-panel--deleted",
        "memory-panel--inserted",
        "memory-panel--target",
        "memory-panel--nothing",
    }

    def __init__(self, typesetter: Typesetter, *, id: str | None = None) -> None:  # noqa: A002  (Textual's own name)
        super().__init__("Memory", typesetter, id=id)
        self._offers: tuple[Offer, ...] = ()
        self._chosen = 0

    def show(self, offers: Sequence[Offer]) -> None:
        """Show offers, and choose the first."""
        self._offers, self._chosen = tuple(offers), 0
        self.set_class(bool(offers), "-offers")
        self._draw_anew()

    def show_elsewhere(self, documents: Sequence[str]) -> None:
        """Tell in which other documents the segment stands, too."""
        count = "another document" if len(documents) == 1 else f"{len(documents)} documents"
        names = ", ".join(isolated(visible(name)) for name in documents)
        self.border_subtitle = Content(f"also in {count}: {names}") if documents else ""

    def choose_next(self) -> None:
        """Choose the next offer, after the last the first."""
        if self._offers:
            self._chosen = (self._chosen + 1) % len(self._offers)
            self._draw_anew()

    @property
    def chosen(self) -> Offer | None:
        """The chosen offer; None when there is none."""
        return self._offers[self._chosen] if self._offers else None

    # How it is drawn

    def render_line(self, y: int) -> Strip:
        """Draw one line of the screen; when not all have room, those from the chosen offer on."""
        width, base = self.size.width, self.rich_style
        self._lay_out(width)
        if not self._offers:
            words = "Nothing like this yet." if y == 0 else ""
            return Strip([Strand(words, self._style("nothing"))]).adjust_cell_length(width, base)
        line = y + self._first_line()
        if line >= len(self._lines):
            return Strip.blank(width, base)
        return Strip(self._lines[line].strands).adjust_cell_length(width, base)

    def _first_line(self) -> int:
        """Return which line stands at the top: the first, unless the chosen offer would not be seen whole then."""
        numbers = [number for number, line in enumerate(self._lines) if line.offer == self._chosen]
        return 0 if numbers[-1] < self.size.height else numbers[0]

    def _lines_for(self, width: int) -> Iterator[_DrawnLine]:
        return (
            _DrawnLine(number, strands)
            for number, offer in enumerate(self._offers)
            for strands in self._drawn(offer, width, chosen=number == self._chosen)
        )

    def _drawn(self, offer: Offer, width: int, *, chosen: bool) -> list[tuple[Strand, ...]]:
        base = self.rich_style
        unit, score = offer.match.unit, offer.match.score
        where = ", ".join(isolated(visible(name)) for name in (unit.provenance.name, unit.document) if name)
        head = f"{_CHOSEN if chosen else _OTHER}{score:.0f} %  {where}"
        style = self._style("chosen" if chosen else "head")
        lines: list[tuple[Strand, ...]] = [(Strand(set_cell_size(head, width), style),)]
        room = max(width - _INDENT, 1)
        if any(part.fate is not Fate.KEPT for part in offer.diff.parts):
            text = visible(offer.diff.text)
            lines += [self._source(line, offer.diff, room) for line in self._typesetter.lines(text, room)]
        target = self._style("target") + LAID_OUT
        lines += [
            (Strand(" " * _INDENT, base), Strand(line.text, target))
            for line in self._typesetter.lines(visible(unit.target), room, right_to_left=False)
        ]
        return lines

    def _source(self, line: Line, diff: WordDiff, room: int) -> tuple[Strand, ...]:
        base = self.rich_style
        styles = {fate: self._style(name) + LAID_OUT for fate, name in _PARTS.items()}
        cells = joined((cell.text, styles[diff.fate_at(cell.start)]) for cell in line.cells)
        rest = Strand(" " * (room - line.width), base)
        indent = Strand(" " * _INDENT, base)
        return (indent, rest, *cells) if line.right_to_left else (indent, *cells, rest)

    def _style(self, part: str) -> Style:
        return self.get_component_rich_style(f"memory-panel--{part}")
