"""A screen of segments: the list with the editor over its current row; what is typed there is saved."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from contextlib import suppress

from textual import getters, on, work
from textual.app import ComposeResult
from textual.containers import Container, Horizontal
from textual.widgets import Footer, Static, TextArea

from corpus.errors import TarjamaError
from corpus.model import Segment, State
from corpus.store.windows import ALL_ROWS, OPEN_ROWS, RowFilter
from corpus.visible import visible
from workbench.jobs import StoreThread
from workbench.overview import Overview
from workbench.session import Session
from workbench.ui.editing import Saver, SegmentEdit
from workbench.ui.messages import RowChosen, VisibleRowsChanged
from workbench.ui.screens.rows import RowsScreen
from workbench.ui.typesetter import Typesetter
from workbench.ui.widgets.segment_list import SegmentList
from workbench.ui.widgets.status_bar import Status, StatusBar
from workbench.ui.widgets.target_editor import TargetEditor

# Typed text is stored after a pause of this length, and while somebody types without one, at least once a second.
SAVE_AFTER_SECONDS = 0.4
SAVE_EVERY_SECONDS = 0.8
# A project that is moved or deleted is noticed so soon also by somebody who only reads.
LOOK_FOR_FILE_EVERY_SECONDS = 5.0
# What others change in the project is shown so soon.
FOLLOW_EVERY_SECONDS = 5.0
COUNT_AFTER_SECONDS = 0.1

FILTERS = {
    ALL_ROWS: "",
    OPEN_ROWS: "only what is not translated",
    RowFilter(first=State.TRANSLATED): "only what is translated",
    RowFilter(flagged=True): "only what is flagged",
}
"""Which rows a key shows one after the other, and how the status bar calls them."""


class SegmentsScreen(RowsScreen):
    """Go through segments, type, save, confirm; what a screen does with rows besides, in ``went_to_row`` and such."""

    bar = getters.query_one("#status", StatusBar)

    def __init__(self, store: StoreThread, typesetter: Typesetter) -> None:
        super().__init__(store, typesetter)
        self._saver = Saver(store)
        self._engine = ""
        self._drafting = ""
        self._refused_to_leave = False

    def compose(self) -> ComposeResult:
        """Lay the editor over the list."""
        with Container(id="body"):
            with Container(id="work"):
                with Horizontal(id="heads"):
                    yield Static("English", id="head-english", markup=False)
                    yield Static("العربية", id="head-arabic", markup=False)
                yield SegmentList(self._typesetter, id="segments")
                yield TargetEditor(self._typesetter, id="editor")
                yield Static("", id="advice", markup=False)
            with Container(id="side"):
                yield from self.panels()
        yield StatusBar(id="status")
        yield Footer(compact=True, show_command_palette=False)

    def on_mount(self) -> None:
        """Begin without rows; ``show`` brings them."""
        self.editor.display = False
        self.set_interval(SAVE_EVERY_SECONDS, self._save_by_itself)
        self.set_interval(LOOK_FOR_FILE_EVERY_SECONDS, self.look_for_file)
        self.set_interval(FOLLOW_EVERY_SECONDS, self.follow)

    def panels(self) -> ComposeResult:
        """Yield what stands beside the rows."""
        yield from ()

    # What is shown

    async def show(self, overview: Overview) -> None:
        """Show a project's segments, at the first that is not translated."""
        self.title = overview.name
        self._shown = await self._loader.shown()
        self._show_rows()
        if len(self._shown):
            await self._reach(await self._loader.next_row(self._shown, OPEN_ROWS) or 0)
        else:
            self.advise(f"No documents yet. Leave (Ctrl+Q) and import one: tarjama import {overview.path} FILE")
        self._show_status()

    def set_with(self, typesetter: Typesetter) -> None:
        """Show everything by another typesetter."""
        self._typesetter = typesetter
        self.rows.set_with(typesetter)
        self.editor.typesetter = typesetter
        self.call_after_refresh(self._place_editor)

    def advise(self, text: str) -> None:
        """Put a sentence where drafts would be; an empty one takes it away."""
        advice = self.query_one("#advice", Static)
        advice.update(visible(text))
        advice.display = bool(text)

    def _go(self, row: int) -> None:
        """Make ``row``, which is loaded, the current one."""
        self._edit = SegmentEdit.of(self._shown[row])
        self.editor.display = True
        self.editor.begin(self._edit.text)
        self.rows.choose(row, self.editor.lines_needed)
        self._place_editor()
        self.call_after_refresh(self._place_editor)  # the first time it has no width yet
        self.editor.focus()
        self.went_to_row()
        self._show_status()

    def went_to_row(self) -> None:
        """Do what follows when there is another current row."""

    def _place_editor(self) -> None:
        region = self.rows.editor_region()
        self.editor.visible = region is not None
        if region is None:
            return
        if self.focused is None:  # it was out of sight, where nothing can be typed
            self.editor.focus()
        self.editor.styles.offset = (region.x, region.y + self.rows.virtual_region.y)
        self.editor.styles.width = region.width
        self.editor.styles.height = region.height
        self.editor.set_class(self._edit is not None and not self._edit.touched and self._is_draft, "-draft")
        self.rows.grow_editor(self.editor.lines_needed)

    @property
    def _is_draft(self) -> bool:
        return self._edit is not None and self._edit.segment.state <= State.DRAFTED

    def _show_status(self) -> None:
        current = self._edit.segment if self._edit else None
        self.bar.status = Status(
            document=self._shown.document_of(current),
            row=self.rows.current,
            rows=len(self._shown),
            segments=self._shown.totals.segments,
            translated=self._shown.totals.translated,
            words_left=self._shown.totals.words_left,
            engine=self._engine,
            drafting=self._drafting,
            filter=FILTERS.get(self._shown.order.filter, "some segments"),
            saved=self._edit is None or not self._edit.unsaved,
        )

    @on(TargetEditor.Rewrapped)
    def _rewrapped(self) -> None:
        self._place_editor()

    # Typing and saving

    @on(TextArea.Changed, "#editor")
    def _typed(self) -> None:
        if self._edit is None:
            return
        self._refused_to_leave = False
        if self._edit.text != self.editor.text:
            self._edit.type(self.editor.text)
            self.was_typed()
        self._place_editor()
        self._show_status()
        if self._edit.unsaved:
            self._save_after_pause()

    def was_typed(self) -> None:
        """Do what follows when there is another text in the editor."""

    @work(exclusive=True, group="save", exit_on_error=False)
    async def _save_after_pause(self) -> None:
        await asyncio.sleep(SAVE_AFTER_SECONDS)
        await self._save_by_itself()

    async def _save_by_itself(self) -> None:
        await self.save(by_itself=True)

    async def save(self, *, by_itself: bool = False) -> bool:
        """Store what was typed; return whether it is safe.

        A conflict or a refusal of the disk is told, and leaves the text in the editor. Saving ``by_itself`` goes on
        trying, and tells the same only once.
        """
        edit = self._edit
        if edit is None or not edit.unsaved:
            return True
        try:
            stored = await self._saver.save(edit, by_itself=by_itself)
        except TarjamaError as error:
            if not by_itself or error.message != self._refusal:
                self.tell(error)
            self._refusal = error.message
            return False
        self._refusal = ""
        if stored:
            self._took(edit.segment)
        return stored or not edit.unsaved

    async def look_for_file(self) -> None:
        """Tell when the project is no longer where it was opened; what was saved is then kept elsewhere."""
        try:
            await self._store.run(Session.require_place)
        except TarjamaError as error:
            if error.message != self._refusal:
                self.tell(error)
            self._refusal = error.message

    async def save_at_the_end(self) -> str:
        """Store what was typed when the screen is already gone; return the text when that fails."""
        return "" if self._edit is None else await self._saver.save_or_give_back(self._edit)

    def _took(self, segment: Segment) -> None:
        """Show a newer state of a segment wherever it is seen."""
        row = self._shown.replace(segment)
        if row is not None:
            self.rows.replace(row)
        self._count()
        self._show_status()

    def _take(self, segments: Sequence[Segment]) -> None:
        """Show newer states of segments, in the editor too unless something is typed there."""
        for segment in segments:
            self._took(segment)
            edit = self._edit
            if edit is not None and edit.segment.uid == segment.uid and not edit.unsaved:
                self._edit = SegmentEdit.of(segment)
                self.editor.begin(segment.text)
        self.call_after_refresh(self._place_editor)

    @work(exclusive=True, group="count", exit_on_error=False)
    async def _count(self) -> None:
        await asyncio.sleep(COUNT_AFTER_SECONDS)
        await self._count_now()

    async def _count_now(self) -> None:
        with suppress(TarjamaError):  # it is told when something is saved
            self._shown.totals = await self._loader.totals()
        self._show_status()

    def tell(self, error: TarjamaError) -> None:
        """Show what happened and what to do."""
        self.app.notify(visible(error.hint), title=visible(error.message), severity="error", timeout=10, markup=False)

    # Moving and confirming

    async def action_confirm(self) -> None:
        """Confirm the current segment and go to the next."""
        edit = self._edit
        if edit is None or not edit.text.strip():
            self.app.notify("There is no translation to confirm yet.", markup=False)
            return
        try:
            await self._saver.confirm(edit)
        except TarjamaError as error:
            self.tell(error)
            return
        self._took(edit.segment)
        await self._count_now()
        self.confirmed(edit.segment)
        await self._reach(min(self.rows.current + 1, len(self._shown) - 1))

    def confirmed(self, segment: Segment) -> None:
        """Do what follows when a segment was confirmed."""

    async def action_previous_row(self) -> None:
        """Go to the segment before."""
        await self._move_to(self.rows.current - 1)

    async def action_next_row(self) -> None:
        """Go to the segment after."""
        await self._move_to(self.rows.current + 1)

    async def action_first_row(self) -> None:
        """Go to the first segment."""
        await self._move_to(0)

    async def action_last_row(self) -> None:
        """Go to the last segment."""
        await self._move_to(len(self._shown) - 1)

    async def action_next_unfinished(self) -> None:
        """Go to the next segment that is not translated, from the top again after the last."""
        after = self._edit.segment if self._edit else None
        try:
            row = await self._loader.next_row(self._shown, OPEN_ROWS, after)
        except TarjamaError as error:
            self.tell(error)
            return
        if row is not None:
            await self._move_to(row)
        else:
            self.app.notify("Every other segment is translated.", markup=False)

    async def action_next_filter(self) -> None:
        """Show other rows: the next of the filters that has any."""
        names = list(FILTERS)
        at = names.index(self._shown.order.filter) if self._shown.order.filter in FILTERS else 0
        for rows in (*names[at + 1 :], *names[: at + 1]):
            if await self.show_only(rows):
                return

    async def _move_to(self, row: int) -> None:
        if 0 <= row < len(self._shown) and row != self.rows.current and await self.save():
            await self._reach(row)

    @on(RowChosen)
    async def _row_clicked(self, message: RowChosen) -> None:
        await self._move_to(message.row)

    @on(VisibleRowsChanged)
    def _scrolled(self) -> None:
        self._place_editor()
        self.rows_came_into_view()
        self._load_ahead()

    def rows_came_into_view(self) -> None:
        """Do what follows when other rows are on the screen."""

    def action_new_line(self) -> None:
        """Begin a new line in the translation."""
        if self._edit is not None:
            self.editor.insert("\n")

    def action_clear(self) -> None:
        """Empty the editor; undo brings the text back."""
        if self._edit is not None:
            self.editor.replace("", (0, 0), self.editor.document.end)

    def action_restore_draft(self) -> None:
        """Put the draft back, or where it stands already, as it was before terms; undo brings back what was typed."""
        draft = self._edit.segment.draft if self._edit is not None else None
        if draft is not None:
            is_there = self.editor.text == draft.text
            text = draft.before_terms if is_there and draft.before_terms else draft.text
            self.editor.replace(text, (0, 0), self.editor.document.end)
