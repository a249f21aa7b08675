"""The editor screen: segments with what helps to translate them: drafts, terms, the memory."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from pathlib import Path

from textual import getters, on, work
from textual.app import ComposeResult

from corpus.errors import TarjamaError
from corpus.model import Segment
from corpus.visible import visible
from glossary.errors import TermError
from glossary.model import NewTerm
from workbench.impact import TermImpact
from workbench.jobs import StoreThread
from workbench.overview import Overview
from workbench.ui.actions import bindings
from workbench.ui.desk import ProjectDesk
from workbench.ui.elsewhere import ScreenDuplicates
from workbench.ui.messages import DraftingEnded, DraftProgress, DraftsReady
from workbench.ui.remembering import ScreenMemory, filled_in_words
from workbench.ui.screens.assisted import AssistedScreen
from workbench.ui.screens.export import ExportScreen
from workbench.ui.screens.glossary import GlossaryScreen
from workbench.ui.screens.help import HelpScreen
from workbench.ui.screens.impact import ImpactScreen
from workbench.ui.terms import ScreenTerms, impact_in_words
from workbench.ui.typesetter import Typesetter
from workbench.ui.widgets.draft_changes import DraftChanges
from workbench.ui.widgets.memory_panel import MemoryPanel
from workbench.ui.widgets.term_panel import TermPanel

# Who goes quickly over rows does not have the memory asked for each.
LOOK_UP_AFTER_SECONDS = 0.05
# So many rows above and below the screen have their terms found before they come into view.
TERMS_AHEAD = 10


class EditorScreen(AssistedScreen):
    """Translate: read the Arabic, edit the English, confirm, go on."""

    BINDINGS = bindings()
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (120, "-wide")]  # noqa: RUF012
    VERTICAL_BREAKPOINTS = [(0, "-short"), (20, "-tall")]  # noqa: RUF012

    terms = getters.query_one("#terms", TermPanel)
    changes = getters.query_one("#changes", DraftChanges)
    memory = getters.query_one("#memory", MemoryPanel)

    def __init__(
        self, store: StoreThread, export_path: Path, install_model: Callable[[], None], typesetter: Typesetter
    ) -> None:
        super().__init__(store, typesetter)
        self._export_path = export_path
        self._install_model = install_model
        self._terms = ScreenTerms(store)
        self._memory = ScreenMemory(store)
        self._duplicates = ScreenDuplicates(store)
        self.drafted = False

    def panels(self) -> ComposeResult:
        """Yield the terms, what they have changed in the draft, and the memory."""
        yield TermPanel(id="terms")
        yield DraftChanges(self._typesetter, id="changes")
        yield MemoryPanel(self._typesetter, id="memory")

    async def show(self, overview: Overview) -> None:
        """Show a project's segments, at the first that is not translated."""
        await super().show(overview)
        if len(self._shown):
            self._prepare_propagation()
            self._prepare_duplicates(overview.path, len(self._shown))

    def set_with(self, typesetter: Typesetter) -> None:
        """Show everything by another typesetter."""
        super().set_with(typesetter)
        self.memory.set_with(typesetter)
        self.changes.set_with(typesetter)

    def went_to_row(self) -> None:
        """Show the terms of the row, and look for it in the memory."""
        super().went_to_row()
        self._show_terms()
        self._find_matches()

    def rows_came_into_view(self) -> None:
        """Find the terms of the rows."""
        self._find_terms()

    def confirmed(self, segment: Segment) -> None:
        """Let others with the same source have the translation."""
        self._propagate(segment)

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
        with suppress(TarjamaError):  # told already
            self.memory.show_elsewhere(await self._duplicates.documents_with(edit.segment))

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

    @work(group="duplicates", exit_on_error=False)
    async def _prepare_duplicates(self, project: Path, segments: int) -> None:
        with suppress(TarjamaError):  # it is told when something is saved
            await self._duplicates.prepare(project, segments)
            self._find_matches()

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

    def _show_terms(self) -> None:
        if self._edit is not None:
            self.terms.show(self._terms.of(self._edit.segment))
            self.changes.show(self._edit.segment)

    @work(exclusive=True, group="terms", exit_on_error=False)
    async def _find_terms(self) -> None:
        """Find and show the terms of the rows on the screen, and of those that come next."""
        seen = self.rows.visible_rows
        near = range(max(seen.start - TERMS_AHEAD, 0), seen.stop + TERMS_AHEAD)
        if found := await self._terms.find(self._shown.loaded(near)):
            self.rows.show_matches(self._terms.matches, found)
            self._show_terms()

    @work
    async def action_add_term(self) -> None:
        """Ask for a term, beginning with what is chosen in the list and in the editor, and add it to the glossary."""
        edit = self._edit
        if edit is None:
            return
        marked = self.get_selected_text() or ""
        dialog = self._terms.dialog(self._typesetter, edit.segment, marked, self.editor.choice, self.linked_words)
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
        screen = ImpactScreen(self._store, self._typesetter, uid, self._rows_of, self._take, at)
        chosen = await self.app.push_screen_wait(screen)
        if chosen is not None:
            await self.go_to(chosen.segment.uid)
            if chosen.old_spans and self.editor.text == chosen.segment.text:
                self.editor.select_part(*chosen.old_spans[0])

    async def _rows_of(self, uids: Sequence[str]) -> Mapping[str, int]:
        return await self._loader.rows_of(self._shown, uids)

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

    def show_engine(self, name: str) -> None:
        """Say who drafts, or what is being done about it."""
        self._engine = name
        self._show_status()

    def begin_drafting(self, name: str) -> None:
        """Say that ``name`` drafts now; ``drafted`` becomes true when it has ended."""
        self.drafted = False
        self.show_engine(name)

    @property
    def visible_uids(self) -> list[str]:
        """The segments on the screen, which are drafted first."""
        return [segment.uid for segment in self._shown.loaded(self.rows.visible_rows)]

    @on(DraftsReady)
    def _drafts_came(self, message: DraftsReady) -> None:
        self.advise("")
        self._take(message.segments)
        self._show_terms()

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
