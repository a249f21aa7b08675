"""What terms have changed in the draft of the current segment, word by word, and which terms it still lacks."""

from __future__ import annotations

from collections.abc import Iterator

from textual.content import Content
from textual.widgets import Static

from corpus.model import Draft, Segment, State
from corpus.visible import visible
from corpus.word_diff import Fate, WordDiff, word_diff
from workbench.ui.bidi.inplace import isolated

_STYLES = {Fate.KEPT: "", Fate.DELETED: "$text-error strike", Fate.INSERTED: "$text-success bold underline"}
# Of what a long draft keeps, so many words are shown on either side of a change.
_CONTEXT = 4


class DraftChanges(Static):
    """A panel that is there only where there is something to tell."""

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002  (Textual's own name)
        super().__init__("", id=id, markup=False)
        self.border_title = "Terms in the draft"

    def show(self, segment: Segment) -> None:
        """Show what became of a draft by the glossary, until its translation is confirmed."""
        draft = segment.draft
        is_told = draft is not None and bool(draft.terms) and segment.state < State.TRANSLATED
        self.set_class(is_told, "-told")
        if draft is not None and is_told:
            self.border_subtitle = "Ctrl+R: without" if draft.before_terms else ""
            self.update(Content("\n").join(_lines(segment, draft)))


def _lines(segment: Segment, draft: Draft) -> Iterator[Content]:
    if draft.before_terms:
        yield _diff(word_diff(draft.before_terms, draft.text))
    for term in draft.terms:
        if term.applied:
            continue
        wanted = f" {visible(term.target)}" if term.target else ""
        said = f"  said: {isolated(visible(term.instead))}" if term.instead else ""
        source = isolated(visible(segment.source[term.start : term.end]))
        yield Content.assemble(("not used:" if wanted else "forbidden:", "dim"), (wanted, "bold"), f"  {source}{said}")


def _diff(diff: WordDiff) -> Content:
    pieces = []
    for number, part in enumerate(diff.parts):
        text = visible(diff.text[part.start : part.end])
        if part.fate is Fate.KEPT:
            text = _shortened(text, is_first=number == 0, is_last=number == len(diff.parts) - 1)
        pieces.append((isolated(text) if text.strip() else text, _STYLES[part.fate]))
    return Content.assemble(*pieces)


def _shortened(text: str, *, is_first: bool, is_last: bool) -> str:
    """Leave out what is far from any change."""
    words = text.split(" ")
    before = [] if is_first else words[:_CONTEXT]
    after = [] if is_last else words[-_CONTEXT:]
    return text if len(before) + len(after) >= len(words) else " ".join([*before, "…", *after])
