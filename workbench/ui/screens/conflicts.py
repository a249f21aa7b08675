"""The dialog in which somebody decides what two people have changed differently."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Label, OptionList
from textual.widgets.option_list import Option

from corpus.visible import visible
from glossary.model import FieldConflict
from workbench.ui.bidi.inplace import isolated
from workbench.ui.screens.overlay import Overlay


@dataclass(frozen=True, slots=True)
class Decision:
    """What becomes of a conflict."""

    conflict_uid: str
    take_offered: bool


class ConflictScreen(Overlay[Decision | None]):
    """List the open conflicts; the result is the decision of one, or None for later."""

    BINDINGS = [  # noqa: RUF012  (Textual's own form)
        Binding("1", "decide(False)", "Keep what stands", priority=True),
        Binding("2", "decide(True)", "Take what was offered", priority=True),
        Binding("escape", "cancel", "Later"),
    ]

    def __init__(self, conflicts: Sequence[FieldConflict]) -> None:
        super().__init__()
        self._conflicts = conflicts

    def compose(self) -> ComposeResult:
        """Show a few lines for each conflict."""
        with Vertical(classes="dialog"):
            yield Label(f"Open conflicts: {len(self._conflicts)}", classes="dialog-title")
            yield Label("1: keep what stands    2: take what was offered    Esc: later")
            yield OptionList(*(Option(_told(conflict)) for conflict in self._conflicts), id="conflicts", markup=False)

    def action_decide(self, take_offered: bool) -> None:
        """Close with a decision."""
        row = self.query_one("#conflicts", OptionList).highlighted or 0
        self.dismiss(Decision(self._conflicts[row].uid, take_offered))

    def action_cancel(self) -> None:
        """Decide nothing now."""
        self.dismiss(None)


def _told(conflict: FieldConflict) -> Content:
    base, kept, offered = (
        isolated(visible(text)) if text else "–" for text in (conflict.base, conflict.kept, conflict.offered)
    )
    at = conflict.at[:16].replace("T", " ")
    return Content.assemble(
        (f"{visible(conflict.field)} of a {conflict.entity}", "bold"),
        (f", was {base}", "dim"),
        f"\n  1 stands:  {kept}\n  2 offered: {offered}",
        (f"  by {visible(conflict.actor)}, {at}", "dim"),
    )
