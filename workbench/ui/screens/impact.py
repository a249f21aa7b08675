"""The screen of a changed term: the segments it affects, what would be written, and all of it at once or taken back."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence

from textual import getters, on, work
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical
from textual.screen import Screen
from textual.widgets import Footer, Label, Static

from corpus.errors import TarjamaError
from corpus.grouped import ChangeReport
from corpus.model import Segment
from corpus.visible import visible
from workbench.impact import AffectedSegment, TermImpact
from workbench.jobs import StoreThread
from workbench.ui.bidi.inplace import isolated
from workbench.ui.screens.overlay import Overlay
from workbench.ui.typesetter import Typesetter
from workbench.ui.widgets.impact_list import ImpactList


class ImpactScreen(Screen[AffectedSegment | None]):
    """Review what a term changes; the result is the segment to go to, None to go back to where one was.

    ``rows_of`` tells the places of segments in the editor's list. ``on_changed`` is told of segments that were written.
    """

    BINDINGS = [  # noqa: RUF012  (Textual's own form)
        Binding("escape,f3", "close", "Back", key_display="Esc"),
        Binding("up", "move(-1)", "Previous", show=False),
        Binding("down", "move(1)", "Next", show=False),
        Binding("pageup", "page(-1)", "Page up", show=False),
        Binding("pagedown", "page(1)", "Page down", show=False),
        Binding("home", "move(-1000000000)", "First", show=False),
        Binding("end", "move(1000000000)", "Last", show=False),
        Binding("enter", "go", "Go"),
        Binding("space", "mark", "Mark"),
        Binding("ctrl+a", "mark_all", "All"),
        Binding("f2", "apply", "Change"),
        Binding("ctrl+z", "take_back", "Take back"),
    ]

    rows = getters.query_one("#impact", ImpactList)

    def __init__(
        self,
        store: StoreThread,
        typesetter: Typesetter,
        term_uid: str,
        rows_of: Callable[[Sequence[str]], Awaitable[Mapping[str, int]]],
        on_changed: Callable[[Sequence[Segment]], None],
        begin_at: int = 0,
    ) -> None:
        super().__init__()
        self._store = store
        self._typesetter = typesetter
        self._term_uid = term_uid
        self._impact: TermImpact | None = None
        self._rows_of = rows_of
        self._rows: list[int] = []
        self._on_changed = on_changed
        self._begin_at = begin_at

    def compose(self) -> ComposeResult:
        """Show a heading, the list and the keys."""
        yield Static("", id="impact-title", markup=False)
        yield ImpactList(self._typesetter, id="impact")
        yield Footer(compact=True, show_command_palette=False)

    @work
    async def on_mount(self) -> None:
        """Begin at the first affected segment that comes after the one in the editor."""
        self.query_one("#impact-title", Static).update("Looking for segments…")
        await self._load()
        self._show(next((place for place, row in enumerate(self._rows) if row >= self._begin_at), 0))

    async def _load(self) -> None:
        try:
            self._impact = await self._store.run(lambda session: session.term_impact(self._term_uid))
            uids = [one.segment.uid for one in self._affected]
            found = await self._rows_of(uids)
            self._rows = [found.get(uid, -1) for uid in uids]
        except TarjamaError as error:
            self._tell(error)

    @property
    def _affected(self) -> Sequence[AffectedSegment]:
        return self._impact.affected if self._impact else ()

    def _show(self, current: int) -> None:
        self.rows.show(self._affected, [row + 1 for row in self._rows], current)
        self._show_title()

    def _show_title(self) -> None:
        if self._impact is None:
            return
        count, marked = len(self._affected), len(self.rows.marked)
        term = f"{isolated(visible(self._impact.term.source))} = {visible(self._impact.wanted)}"
        place = f"{self.rows.current + 1} of {count} affected, {marked} marked" if count else "no segment is affected"
        self.query_one("#impact-title", Static).update(f"{term}  │  {place}")

    def _tell(self, error: TarjamaError) -> None:
        self.app.notify(visible(error.hint), title=visible(error.message), severity="error", markup=False)

    # Moving and marking

    def action_move(self, step: int) -> None:
        """Go to another affected segment."""
        self.rows.choose(self.rows.current + step)
        self._show_title()

    def action_page(self, step: int) -> None:
        """Go as many rows further as there are on the screen."""
        self.action_move(step * self.rows.rows_in_view)

    @on(ImpactList.Chosen)
    def _clicked(self) -> None:
        self._show_title()

    def action_mark(self) -> None:
        """Mark the current segment to be changed, or not to be."""
        if self.rows.chosen is not None and not self.rows.chosen.can_be_applied:
            self.app.notify("Nothing certain can be written here: Enter goes there.", timeout=4, markup=False)
        self.rows.toggle()
        self._show_title()

    def action_mark_all(self) -> None:
        """Mark all that can be changed, or none."""
        self.rows.toggle_all()
        self._show_title()

    def action_go(self) -> None:
        """Leave for the current segment."""
        self.dismiss(self.rows.chosen)

    def action_close(self) -> None:
        """Leave for where one was."""
        self.dismiss(None)

    # Changing

    @work
    async def action_apply(self) -> None:
        """Change all marked segments as one, once the user has seen how many they are."""
        marked = [one for one in self._affected if one.segment.uid in self.rows.marked]
        if not marked:
            self.app.notify("No segment is marked.", timeout=4, markup=False)
            return
        question = f"Change {_segments(len(marked))}?"
        note = "They then count as edited and want confirming. Ctrl+Z in the list takes all of it back."
        if await self.app.push_screen_wait(QuestionScreen(question, note)):
            await self._change("Changed", lambda: self._store.run(lambda session: session.apply_term(marked)))

    @work
    async def action_take_back(self) -> None:
        """Take back the last change of many segments, as one."""
        uid = await self._store.run(lambda session: session.changes.newest_of_many())
        if not uid:
            self.app.notify("There is nothing to take back.", timeout=4, markup=False)
            return
        await self._change("Taken back", lambda: self._store.run(lambda session: session.changes.undo(uid)))

    async def _change(self, what: str, change: Callable[[], Awaitable[ChangeReport]]) -> None:
        try:
            report = await change()
        except TarjamaError as error:
            self._tell(error)
            return
        self._on_changed(report.written)
        await self._load()
        self._show(self.rows.current)
        self.app.notify(_told(report), title=what, markup=False)


class QuestionScreen(Overlay[bool]):
    """Ask before something is done to many segments."""

    BINDINGS = [  # noqa: RUF012  (Textual's own form)
        Binding("enter", "answer(True)", "Yes"),
        Binding("escape", "answer(False)", "No"),
    ]

    def __init__(self, question: str, note: str) -> None:
        super().__init__()
        self._question = question
        self._note = note

    def compose(self) -> ComposeResult:
        """Show the question and what comes of it."""
        with Vertical(classes="dialog"):
            yield Label(self._question, classes="dialog-title", markup=False)
            yield Static(self._note, markup=False)
            yield Label("Enter: yes   Esc: no", id="answers")

    def action_answer(self, answer: bool) -> None:
        """Close with the answer."""
        self.dismiss(answer)


def _told(report: ChangeReport) -> str:
    lines = [_segments(len(report.written))]
    reasons = [left.obstacle.value for left in report.left]
    lines += [f"{reasons.count(reason)} left as they are: {reason}" for reason in dict.fromkeys(reasons)]
    return "\n".join(lines)


def _segments(count: int) -> str:
    return f"{count} segment" if count == 1 else f"{count} segments"
