"""What terms have changed in the draft of the current segment, word by word, and which terms it still lacks."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rich.segment import Segment as Strand
from textual.strip import Strip

from corpus.model import Draft, Segment, State
from corpus.visible import visible
from corpus.word_diff import Fate, word_diff
from workbench.ui.typesetter import LAID_OUT, Typesetter, joined
from workbench.ui.widgets.laid_out_panel import LaidOutPanel

_PARTS = {Fate.KEPT: "kept", Fate.DELETED: "deleted", Fate.INSERTED: "inserted"}
# Of what a long draft keeps, so many words are shown on either side of a change.
_CONTEXT = 4

_Part = tuple[str, str]


class DraftChanges(LaidOutPanel[tuple[Strand, ...]]):
    """A panel that is there only where there is something to tell."""

    COMPONENT_CLASSES = {  # noqa: RUF012  (Textual's own form)
        "draft-changes--kept",
        "draft-changes--deleted",
        "draft-changes--inserted",
        "draft-changes--wanted",
    }

    def __init__(self, typesetter: Typesetter, *, id: str | None = None) -> None:  # noqa: A002  (Textual's own name)
        super().__init__("Terms in the draft", typesetter, id=id)
        self._told: tuple[tuple[_Part, ...], ...] = ()

    @property
    def parts(self) -> Sequence[_Part]:
        """What is told, in parts: the text and what it is (kept, deleted, inserted, wanted)."""
        return [part for told in self._told for part in told]

    def show(self, segment: Segment) -> None:
        """Show what became of a draft by the glossary, until its translation is confirmed."""
        draft = segment.draft
        is_told = draft is not None and bool(draft.terms) and segment.state < State.TRANSLATED
        self._told = tuple(_told(segment, draft)) if draft is not None and is_told else ()
        self.border_subtitle = "Ctrl+R: without" if draft is not None and draft.before_terms and is_told else ""
        self.set_class(is_told, "-told")
        self._draw_anew()

    def render_line(self, y: int) -> Strip:
        """Draw one line."""
        width, base = self.size.width, self.rich_style
        self._lay_out(width)
        strands = self._lines[y] if y < len(self._lines) else ()
        return Strip(strands).adjust_cell_length(width, base)

    def _lines_for(self, width: int) -> Iterator[tuple[Strand, ...]]:
        return (strands for told in self._told for strands in self._drawn(told, width))

    def _drawn(self, told: Sequence[_Part], width: int) -> Iterator[tuple[Strand, ...]]:
        styles = [
            self.get_component_rich_style(f"draft-changes--{kind}") + LAID_OUT for text, kind in told for _ in text
        ]
        text = "".join(part for part, _ in told)
        for line in self._typesetter.lines(text, max(width, 1), right_to_left=False):
            yield tuple(joined((cell.text, styles[cell.start]) for cell in line.cells))


def _told(segment: Segment, draft: Draft) -> Iterator[tuple[_Part, ...]]:
    if draft.before_terms:
        yield tuple(_diff(draft))
    for term in draft.terms:
        if not term.applied:
            said = f", said: {visible(term.instead)}" if term.instead else ""
            source = visible(segment.source[term.start : term.end])
            head = "not used: " if term.target else "forbidden: "
            yield (head, "kept"), (visible(term.target), "wanted"), (f" ({source}{said})", "kept")


def _diff(draft: Draft) -> Iterator[_Part]:
    diff = word_diff(draft.before_terms, draft.text)
    last = len(diff.parts) - 1
    for number, part in enumerate(diff.parts):
        text = visible(diff.text[part.start : part.end]).replace("\n", " ")
        is_kept = part.fate is Fate.KEPT
        yield (_shortened(text, is_first=not number, is_last=number == last) if is_kept else text), _PARTS[part.fate]


def _shortened(text: str, *, is_first: bool, is_last: bool) -> str:
    """Leave out what is far from any change."""
    words = text.split(" ")
    before = [] if is_first else words[: _CONTEXT + 1]
    after = [] if is_last else words[-_CONTEXT - 1 :]
    return text if len(before) + len(after) >= len(words) else " ".join([*before, "…", *after])
