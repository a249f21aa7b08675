"""One line that says where the user is, how far the work has come, and whether it is safe."""

from __future__ import annotations

from dataclasses import dataclass

from textual.reactive import reactive
from textual.widgets import Static

from corpus.visible import visible
from workbench.ui.bidi.inplace import isolated


@dataclass(frozen=True, slots=True)
class Status:
    """What the bar shows: ``rows`` are those on the screen's list, ``segments`` all that the project has."""

    document: str = ""
    row: int = 0
    rows: int = 0
    segments: int = 0
    translated: int = 0
    words_left: int = 0
    engine: str = ""
    drafting: str = ""
    filter: str = ""
    saved: bool = True

    def text(self) -> str:
        """Return the bar's text; an empty part is left out."""
        share = 100 * self.translated // self.segments if self.segments else 0
        parts = (
            "saved" if self.saved else "typing…",
            f"{self.row + 1}/{self.rows}" if self.rows else "",
            self.filter,
            f"{share} % translated",
            f"{self.words_left} words left",
            self.drafting or self.engine,
            isolated(visible(self.document)) if self.document else "",
        )
        return "  │  ".join(part for part in parts if part)


class StatusBar(Static):
    """The bar; give it a new ``Status`` to change it."""

    status: reactive[Status] = reactive(Status())

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002  (Textual's own name)
        super().__init__("", id=id, markup=False)

    def watch_status(self, status: Status) -> None:
        """Show the new status."""
        self.update(status.text(), layout=False)  # it always has one line
