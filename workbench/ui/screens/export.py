"""The export dialog: which format, where, which states."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical
from textual.widgets import Checkbox, Input, Label, OptionList
from textual.widgets.option_list import Option

from corpus.export import exporters
from corpus.model import State, StateFilter
from workbench.ui.screens.overlay import Overlay


@dataclass(frozen=True, slots=True)
class ExportChoice:
    """What the user decided."""

    format_name: str
    path: Path
    states: StateFilter


class ExportScreen(Overlay[ExportChoice | None]):
    """Ask for format and place; the result is None when the user thinks better of it."""

    BINDINGS = [Binding("escape", "cancel", "Cancel")]  # noqa: RUF012  (Textual's own form)

    def __init__(self, path: Path) -> None:
        super().__init__()
        self._path = path
        self._formats = exporters()

    def compose(self) -> ComposeResult:
        """Show the formats, what is exported, and where to."""
        with Vertical(classes="dialog"):
            yield Label("Export aligned bilingual text", classes="dialog-title")
            yield OptionList(
                *(Option(f"{exporter.name:<6} {exporter.purpose}") for exporter in self._formats), id="formats"
            )
            yield Checkbox("Only what is confirmed", id="confirmed")
            yield Label("Write to (Enter writes, Tab goes on, Esc cancels)")
            yield Input(str(self._path_for(0)), id="path")

    def on_mount(self) -> None:
        """Begin with the formats."""
        self.query_one("#formats", OptionList).focus()

    @on(OptionList.OptionHighlighted)
    def _other_format(self, event: OptionList.OptionHighlighted) -> None:
        self.query_one("#path", Input).value = str(self._path_for(event.option_index))

    @on(OptionList.OptionSelected)
    @on(Input.Submitted)
    def _decided(self) -> None:
        path = self.query_one("#path", Input).value.strip()
        if not path:
            return
        index = self.query_one("#formats", OptionList).highlighted or 0
        lowest = State.TRANSLATED if self.query_one("#confirmed", Checkbox).value else State.DRAFTED
        states = StateFilter(lowest, and_later=True)
        self.dismiss(ExportChoice(self._formats[index].name, Path(path).expanduser(), states))

    def _path_for(self, index: int) -> Path:
        return self._path.with_name(self._path.name + self._formats[index].suffix)

    def action_cancel(self) -> None:
        """Close without exporting."""
        self.dismiss(None)
