"""The editor screen: the list of segments with the editor over its current row, terms and status below."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path

from textual import getters, on, work
from textual.app import ComposeResult
from textual.containers import Container, Horizontal
from textual.screen import Screen
from textual.widgets import Footer, Static, TextArea

from corpus.errors import TarjamaError
from corpus.model import Segment, State
from corpus.visible import visible
from glossary.errors import TermError
from glossary.model import NewTerm
from workbench.impact import TermImpact
from workbench.jobs import StoreThread
from workbench.overview import Overview
from workbench.session import Session
from workbench.ui.actions import bindings
from workbench.ui.desk import ProjectDesk
from workbench.ui.editing import Saver, SegmentEdit
from workbench.ui.messages import DraftingEnded, DraftProgress, DraftsReady, RowChosen, VisibleRowsChanged
from workbench.ui.remembering import ScreenMemory, filled_in_words
from workbench.ui.screens.export import ExportScreen
from workbench.ui.screens.glossary import GlossaryScreen
from workbench.ui.screens.help import HelpScreen
from workbench.ui.screens.impact import ImpactScreen
from workbench.ui.shown import ShownProject
from workbench.ui.terms import ScreenTerms, impact_in_words
from workbench.ui.typesetter import Typesetter
from workbench.ui.widgets.memory_panel import MemoryPanel
from workbench.ui.widgets.segment_list import SegmentList
from workbench.ui.widgets.status_bar import Status, StatusBar
from workbench.ui.widgets.target_editor import TargetEditor
from workbench.ui.widgets.term_panel import TermPanel

# Typed text is stored after a pause of this length, and while somebody types without one, at least once a second.
SAVE_AFTER_SECONDS = 0.4
SAVE_EVERY_SECONDS = 0.8
# A project that is moved or deleted is noticed so soon also by somebody who only reads.
LOOK_FOR_FILE_EVERY_SECONDS = 5.0
# Who goes quickly over rows does not have the memory asked for each.
LOOK_UP_AFTER_SECONDS = 0.05


class EditorScreen(Screen[None]):
    """Translate: read the Arabic, edit the English, confirm, go on."""

    BINDINGS = bindings()
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (120, "-wide")]  # noqa: RUF012
    VERTICAL_BREAKPOINTS = [(0, "-short"), (20, "-tall")]  # noqa: RUF012

    rows = getters.query_one("#segments", SegmentList)
    editor = getters.query_one("#editor", TargetEditor)
    terms = getters.query_one("#terms", TermPanel)
    memory = getters.query_one("#memory", MemoryPanel)
    bar = getters.query_one("#status", StatusBar)

    def __init__(
        self, store: StoreThread, export_path: Path, install_model: Callable[[], None], typesetter: Typesetter
    ) -> None:
        super().__init__()
        self._typesetter = typesetter
        self._store = store
        self._export_path = export_path
        self._install_model = install_model
        self._saver = Saver(store)
        self._shown = ShownProject()
        self._terms = ScreenTerms(store)
        self._memory = ScreenMemory(store)
        self._edit: SegmentEdit | None = None
        self._engine = ""
        self._drafting = ""
        self._refusal = ""
        self._refused_to_leave = False
        self.drafted = False

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
                yield TermPanel(id="terms")
                yield MemoryPanel(self._typesetter, id="memory")
        yield StatusBar(id="status")
        yield Footer(compact=True, show_command_palette=False)

    def on_mount(self) -> None:
        """Begin without rows; ``show`` brings them."""
        self.editor.display = False
        self.set_interval(SAVE_EVERY_SECONDS, self._save_by_itself)
        self.set_interval(LOOK_FOR_FILE_EVERY_SECONDS, self.look_for_file)

    # What is shown

    def show(self, overview: Overview, segments: list[Segment]) -> None:
        """Show a project's segments, at the first that is not translated."""
        self.title = overview.name
        self._shown = ShownProject.of(overview, segments)
        self.rows.show(segments)
        if segments:
            self._go(self._shown.unfinished_after(-1) or 0)
            self._prepare_propagation()
        else:
            self.advise(f"No documents yet. Leave (Ctrl+Q) and import one: tarjama import {overview.path} FILE")
        self._show_status()

    def set_with(self, typesetter: Typesetter) -> None:
        """Show everything by another typesetter."""
        self._typesetter = typesetter
        self.rows.set_with(typesetter)
        self.editor.typesetter = typesetter
        self.memory.set_with(typesetter)
        self.call_after_refresh(self._place_editor)

    def show_engine(self, name: str) -> None:
        """Say who drafts, or what is being done about it."""
        self._engine = name
        self._show_status()

    def begin_drafting(self, name: str) -> None:
        """Say that ``name`` drafts now; ``drafted`` becomes true when it has ended."""
        self.drafted = False
        self.show_engine(name)

    def advise(self, text: str) -> None:
        """Put a sentence where drafts would be; an empty one takes it away."""
        advice = self.query_one("#advice", Static)
        advice.update(visible(text))
        advice.display = bool(text)

    @property
    def visible_uids(self) -> list[str]:
        """The segments on the screen, which are drafted first."""
        return [self._shown[row].uid for row in self.rows.visible_rows]

    def _go(self, row: int) -> None:
        """Make ``row`` the current one; what was typed before has been saved."""
        self._edit = SegmentEdit.of(self._shown[row])
        self.editor.display = True
        self.editor.begin(self._edit.text)
        self.rows.choose(row, self.editor.lines_needed)
        self.call_after_refresh(self._place_editor)
        self.editor.focus()
        self._show_terms()
        self._find_matches()
        self._show_status()

    def _place_editor(self) -> None:
        region = self.rows.editor_region()
        self.editor.visible = region is not None
        if region is None:
            return
        self.editor.styles.offset = (region.x, region.y + self.rows.virtual_region.y)
        self.editor.styles.width = region.width
        self.editor.styles.height = region.height
        self.editor.set_class(self._edit is not None and not self._edit.touched and self._is_draft, "-draft")
        self.rows.grow_editor(self.editor.lines_needed)

    @property
    def _is_draft(self) -> bool:
        return self._edit is not None and self._edit.segment.state <= State.DRAFTED

    def _show_terms(self) -> None:
        if self._edit is not None:
            self.terms.show(self._terms.of(self._edit.segment))

    def _show_status(self) -> None:
        current = self._edit.segment if self._edit else None
        self.bar.status = Status(
            document=self._shown.document_of(current),
            row=self.rows.current,
            rows=len(self._shown),
            translated=self._shown.translated,
            words_left=self._shown.words_left,
            engine=self._engine,
            drafting=self._drafting,
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
        self._edit.type(self.editor.text)
        self._place_editor()
        self._show_status()
        if self._edit.unsaved:
            self._save_after_pause()

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
        """Show a newer state of a segment everywhere."""
        row = self._shown.replace(segment)
        self.rows.replace(row, segment)
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
        self._propagate(edit.segment)
        self._go(min(self.rows.current + 1, len(self._shown) - 1))

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
        row = self._shown.unfinished_after(self.rows.current)
        if row is not None:
            await self._move_to(row)
        else:
            self.app.notify("Every other segment is translated.", markup=False)

    async def _move_to(self, row: int) -> None:
        if 0 <= row < len(self._shown) and row != self.rows.current and await self.save():
            self._go(row)

    @on(RowChosen)
    async def _row_clicked(self, message: RowChosen) -> None:
        await self._move_to(message.row)

    @on(VisibleRowsChanged)
    def _scrolled(self) -> None:
        self._place_editor()
        self._find_terms()

    def action_new_line(self) -> None:
        """Begin a new line in the translation."""
        if self._edit is not None:
            self.editor.insert("\n")

    def action_clear(self) -> None:
        """Empty the editor; undo brings the text back."""
        if self._edit is not None:
            self.editor.replace("", (0, 0), self.editor.document.end)

    def action_restore_draft(self) -> None:
        """Put the draft back; what was typed can be had again with undo."""
        if self._edit is not None and self._edit.segment.draft is not None:
            self.editor.replace(self._edit.segment.draft.text, (0, 0), self.editor.document.end)

    # The memory

    @work(exclusive=True, group="memory", exit_on_error=False)
    async def _find_matches(self) -> None:
        """Find and show what the memory offers for the current segment."""
        edit = self._edit
        if edit is None:
            return
        await asyncio.sleep(LOOK_UP_AFTER_SECONDS)
        try:
            found = await self._memory.offers_for(edit.segment)
        except TarjamaError as error:
            self.tell(error)
            return
        self.memory.show(found.offers)
        if found.problem is not None:
            self.tell(found.problem)

    @work(group="propagate", exit_on_error=False)
    async def _propagate(self, segment: Segment) -> None:
        """Make what was confirmed the draft of all segments with the same source, and tell so."""
        try:
            filled = await self._memory.propagate(segment)
        except TarjamaError as error:
            self.tell(error)
            return
        self._take(filled)
        if filled:
            self.app.notify(filled_in_words(len(filled)), title="Filled", timeout=4, markup=False)

    @work(group="prepare", exit_on_error=False)
    async def _prepare_propagation(self) -> None:
        with suppress(TarjamaError):  # propagating does what is left
            await self._memory.prepare()

    def action_next_match(self) -> None:
        """Choose the next offer of the memory."""
        self.memory.choose_next()

    def action_use_match(self) -> None:
        """Put the chosen offer of the memory into the editor; undo brings back what was there."""
        offer = self.memory.chosen
        if self._edit is None or offer is None:
            self.app.notify("The memory has nothing for this segment.", timeout=3, markup=False)
            return
        self.editor.replace(offer.match.unit.target, (0, 0), self.editor.document.end)

    # Terms

    @work(exclusive=True, group="terms", exit_on_error=False)
    async def _find_terms(self) -> None:
        """Find and show the terms of the rows on the screen."""
        await self._terms.find([self._shown[row] for row in self.rows.visible_rows])
        self.rows.show_matches(self._terms.matches)
        self._show_terms()

    @work
    async def action_add_term(self) -> None:
        """Ask for a term, beginning with what is chosen in the list and in the editor, and add it to the glossary."""
        edit = self._edit
        if edit is None:
            return
        marked = self.get_selected_text() or ""
        dialog = self._terms.dialog(self._typesetter, edit.segment, marked, self.editor.choice)
        term: NewTerm | None = await self.app.push_screen_wait(dialog)
        if term is None or not await self.save():
            return
        try:
            impact = await self._terms.add(term)
        except TarjamaError as error:
            self.tell(error)
            return
        self.term_changed(impact)

    def term_changed(self, impact: TermImpact) -> None:
        """Show the terms as they are now, and tell how many segments a term that was added or changed affects."""
        self._find_terms()
        self.app.notify(impact_in_words(impact), title="Glossary changed", timeout=8, markup=False)

    @work
    async def action_show_impact(self) -> None:
        """List the segments that the term changed last affects, and go to the one that is chosen there."""
        if not self._terms.changed_uid:
            self.app.notify("No term was added or changed yet. Ctrl+T adds one.", timeout=4, markup=False)
            return
        if not await self.save():
            return
        self.app.clear_notifications()  # they would lie over the list
        uid, at = self._terms.changed_uid, self.rows.current
        screen = ImpactScreen(self._store, self._typesetter, uid, self._shown.row_of, self._take, at)
        chosen = await self.app.push_screen_wait(screen)
        if chosen is not None:
            await self._move_to(self._shown.row_of(chosen.segment.uid))
            if chosen.old_spans and self.editor.text == chosen.segment.text:
                self.editor.select_part(*chosen.old_spans[0])

    @work
    async def action_open_glossary(self) -> None:
        """Show the glossary screen; what was typed is safe before."""
        if not await self.save():
            return
        desk = ProjectDesk(self._store)
        changed = await self.app.push_screen_wait(GlossaryScreen(desk, self._typesetter, can_go_back=True))
        self._terms.forget()
        self._find_terms()
        if changed is not None:
            with suppress(TermError):  # it was taken back there
                self.term_changed(await self._terms.changed(changed))

    # Drafts

    @on(DraftsReady)
    def _drafts_came(self, message: DraftsReady) -> None:
        self.advise("")
        self._take(message.segments)

    @on(DraftProgress)
    def _drafting_goes_on(self, message: DraftProgress) -> None:
        self._drafting = f"drafting {message.done}/{message.total} ({self._engine})"
        self._show_status()

    @on(DraftingEnded)
    def _drafting_is_over(self, message: DraftingEnded) -> None:
        self.drafted = True
        self._drafting = ""
        self._show_status()
        if isinstance(message.error, TarjamaError):
            self.tell(message.error)
        elif message.error is not None:
            self.app.notify(visible(str(message.error)), title="Drafting failed", severity="error", markup=False)

    # Everything else

    @work
    async def action_export(self) -> None:
        """Ask where to, save what was typed, write the file."""
        choice = await self.app.push_screen_wait(ExportScreen(self._export_path))
        if choice is None or not await self.save():
            return
        try:
            report = await self._store.run(
                lambda session: session.export(choice.format_name, choice.path, states=choice.states)
            )
        except TarjamaError as error:
            self.tell(error)
            return
        self.app.notify(visible(f"{report.pairs} pairs in {report.path}"), title="Exported", markup=False)

    def action_install_model(self) -> None:
        """Fetch the full translation model."""
        self._install_model()

    def action_copy_source(self) -> None:
        """Copy the selection in the list, or the current segment's Arabic, as it is stored."""
        if self._edit is not None:
            text = self.get_selected_text() or self._edit.segment.source
            self.app.copy_to_clipboard(text)
            self.app.notify(f"{len(text)} characters copied.", timeout=2, markup=False)

    def action_help(self) -> None:
        """Show all keys and signs."""
        self.app.push_screen(HelpScreen())

    async def action_leave(self) -> None:
        """Save and leave; when saving failed stay once, so that nothing typed is lost without its user knowing."""
        refused_before = self._refused_to_leave
        self._refused_to_leave = not await self.save()
        if not self._refused_to_leave or refused_before:
            self.app.exit()
        else:
            self.app.notify("Leave once more to go without saving; the text is then printed.", timeout=10, markup=False)
