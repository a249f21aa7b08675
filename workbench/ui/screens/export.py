"""The export dialog: which format, where, which states."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import Checkbox, Input, Label, RadioButton, RadioSet

from corpus.export import exporters
from corpus.model import State, StateFilter


@dataclass(frozen=True, slots=True)
class ExportChoice:
    """What the user decided."""

    format_name: str
    path: Path
    states: StateFilter


class ExportScreen(ModalScreen[ExportChoice | None]):
    """Ask for format and place; the result is None when the user thinks better of it."""

    BINDINGS = [Binding("escape", "cancel", "Cancel")]  # noqa: RUF012  (Textual's own form)

    def __init__(self, path: Path) -> None:
        super().__init__()
        self._path = path
        self._formats = exporters()

    def compose(self) -> ComposeResult:
        """Show the formats, the path, and what is exported."""
        with Vertical(classes="dialog"):
            yield Label("Export aligned bilingual text", classes="dialog-title")
            with RadioSet(id="formats"):
                for exporter in self._formats:
                    yield RadioButton(exporter.name, value=exporter is self._formats[0])
            yield Checkbox("Only what is confirmed", id="confirmed")
            yield Label("Write to (Enter writes, Esc cancels)")
            yield Input(str(self._path.with_name(self._path.name + self._formats[0].suffix)), id="path")

    def on_mount(self) -> None:
        """Begin with the formats."""
        self.query_one("#formats", RadioSet).focus()

    @on(RadioSet.Changed)
    def _other_format(self, event: RadioSet.Changed) -> None:
        path = self.query_one("#path", Input)
        path.value = str(self._path.with_name(self._path.name + self._formats[event.index].suffix))

    @on(Input.Submitted)
    def _decided(self, event: Input.Submitted) -> None:
        if not event.value.strip():
            return
        index = self.query_one("#formats", RadioSet).pressed_index
        lowest = State.TRANSLATED if self.query_one("#confirmed", Checkbox).value else State.DRAFTED
        self.dismiss(
            ExportChoice(self._formats[index].name, Path(event.value).expanduser(), StateFilter(lowest, and_later=True))
        )

    def action_cancel(self) -> None:
        """Close without exporting."""
        self.dismiss(None)
