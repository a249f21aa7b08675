"""The glossary screen: search while typing, look at concepts, maintain many terms at once."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from textual import getters, on, work
from textual.app import ComposeResult
from textual.containers import Container, Horizontal
from textual.screen import Screen
from textual.widgets import Footer, Input, Label

from corpus.errors import TarjamaError
from corpus.visible import visible
from glossary.model import NewTerm, TermEntry
from glossary.query import TermQuery, next_filter, parse_query, words_of
from workbench.maintaining import BulkChange, Details, Maintenance, SearchResult, proposed_from
from workbench.ui.actions import GLOSSARY_ACTIONS, bindings
from workbench.ui.desk import Desk
from workbench.ui.screens.bulk import BulkScreen
from workbench.ui.screens.concept_history import ConceptHistoryScreen
from workbench.ui.screens.confirm import ConfirmScreen
from workbench.ui.screens.conflicts import ConflictScreen
from workbench.ui.screens.help import HelpScreen, glossary_help_text
from workbench.ui.screens.term import TermScreen
from workbench.ui.typesetter import Typesetter
from workbench.ui.widgets.arabic_input import ArabicInput
from workbench.ui.widgets.concept_panel import ConceptPanel
from workbench.ui.widgets.found_bar import FoundBar
from workbench.ui.widgets.term_table import TermTable

T = TypeVar("T")

# Changes of other people are on the screen after this time.
LOOK_EVERY_SECONDS = 2.0

_EMPTY = "This glossary is empty. Ctrl+T adds a term; `tarjama glossary import FILE` takes a list."
_NO_WORD = "Nothing found. Ctrl+T adds it as a new term."
_NO_SUCH = "No such terms. Ctrl+F goes on to the next filter."


class GlossaryScreen(Screen[str | None]):
    """Search, look, change; ``can_go_back`` tells whether there is a screen beneath.

    The result is the uid of the term that was added or edited last, None for none.
    """

    BINDINGS = bindings(GLOSSARY_ACTIONS)
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (110, "-wide")]  # noqa: RUF012
    VERTICAL_BREAKPOINTS = [(0, "-short"), (20, "-tall")]  # noqa: RUF012

    query_line = getters.query_one("#query", ArabicInput)
    table = getters.query_one("#results", TermTable)
    found = getters.query_one("#found", FoundBar)
    panel = getters.query_one("#concept", ConceptPanel)

    def __init__(self, desk: Desk, typesetter: Typesetter, *, can_go_back: bool) -> None:
        super().__init__()
        self._desk = desk
        self._typesetter = typesetter
        self._can_go_back = can_go_back
        self._result = SearchResult((), 0, 0, -1)
        self._query = TermQuery()
        self._marked: dict[str, TermEntry] = {}
        self._changed_uid: str | None = None
        self._used: frozenset[str] | None = None
        self._details: Details | None = None

    def compose(self) -> ComposeResult:
        """Lay the search over the list, the concept beside or below."""
        with Horizontal(id="search-line"):
            yield Label("Search ")
            query = ArabicInput(self._typesetter, placeholder="Arabic or English, status:proposed …", id="query")
            query.compact = True
            query.select_on_focus = False  # whoever types in the list goes on behind what stands in the search
            yield query
        yield FoundBar(id="found")
        with Container(id="glossary-body"):
            yield TermTable(self._typesetter, id="results")
            yield ConceptPanel(id="concept")
        yield Footer(compact=True, show_command_palette=False)

    def on_mount(self) -> None:
        """Begin with everything there is."""
        self.found.say("reading the glossary …")
        self.query_line.focus()
        self._search()
        self.set_interval(LOOK_EVERY_SECONDS, self.look_for_changes)

    def set_with(self, typesetter: Typesetter) -> None:
        """Show everything by another typesetter."""
        self._typesetter = typesetter
        self.table.set_with(typesetter)
        self.query_line.set_with(typesetter)

    # Searching

    @on(Input.Changed, "#query")
    def _typed(self) -> None:
        self._search()

    @on(TermTable.Typed)
    def _typed_in_the_list(self, message: TermTable.Typed) -> None:
        self.query_line.focus()
        self.query_line.cursor_position = len(self.query_line.value)
        self.query_line.insert_text_at_cursor(message.character)

    @work(exclusive=True, group="search", exit_on_error=False)
    async def _search(self, stay_at: tuple[str, str] | None = None) -> None:
        """Show what the search line asks for, at the first row, or at that of the pair ``stay_at``."""
        text = self.query_line.value
        try:
            query = parse_query(text)
            used = await self._used_concepts() if query.unused else None
            result = await self._desk.run(lambda glossary: glossary.search(query, used=used))
        except TarjamaError as error:
            self.found.say(f"{error.message} {error.hint}")
            return
        if text != self.query_line.value:  # a newer search is on its way
            return
        self._result, self._query = result, query
        pairs = [(entry.uid, entry.source_uid) for entry in result.entries]
        row = self.table.current if stay_at is not None else 0
        hint = (_NO_WORD if query.words else _NO_SUCH) if result.size else _EMPTY
        self.table.show(result.entries, current=pairs.index(stay_at) if stay_at in pairs else row, hint=hint)
        self._show_found()

    async def _used_concepts(self) -> frozenset[str] | None:
        if self._used is None:
            self.found.say("looking for terms in the project …")
            self._used = await self._desk.used()
        return self._used

    def _search_again(self) -> None:
        entry = self.table.entry
        self._search(stay_at=(entry.uid, entry.source_uid) if entry is not None else ("", ""))

    def _show_found(self) -> None:
        self.found.show(self._query, self._result, len(self._marked))

    @work(exclusive=True, group="look", exit_on_error=False)
    async def look_for_changes(self) -> None:
        """Search again when somebody has changed the glossary."""
        if self.is_current and self._result.version >= 0:
            version = await self._desk.run(lambda glossary: glossary.version())
            if version != self._result.version:
                self._search_again()

    # The concept

    @on(TermTable.Moved)
    @work(exclusive=True, group="details", exit_on_error=False)
    async def _show_concept(self) -> None:
        entry = self.table.entry
        self._details = None
        if entry is None:
            self.panel.say("")
            return
        try:
            details = await self._desk.run(lambda glossary: glossary.details(entry))
        except TarjamaError as error:
            self.panel.say(error.message)
            return
        if self.table.entry == entry:
            self._details = details
            self.panel.show(details.concept, entry.uid)

    # Moving and marking

    def action_next_row(self) -> None:
        """Go to the next row."""
        self._move(1)

    def action_previous_row(self) -> None:
        """Go to the row before; from the first to the search line."""
        if self.table.current == 0:
            self.query_line.focus()
        else:
            self._move(-1)

    def action_page_down(self) -> None:
        """Go down a page."""
        self._move(max(self.table.size.height - 1, 1))

    def action_page_up(self) -> None:
        """Go up a page."""
        self._move(-max(self.table.size.height - 1, 1))

    def _move(self, rows: int) -> None:
        self.table.focus()
        self.table.go(self.table.current + rows)

    def action_mark(self) -> None:
        """Mark the current row, or take its mark away, and go to the next."""
        entry = self.table.entry
        if entry is None:
            return
        if self._marked.pop(entry.uid, None) is None:
            self._marked[entry.uid] = entry
        self._show_marks()
        self._move(1)

    @work(exclusive=True, group="mark", exit_on_error=False)
    async def action_mark_all(self) -> None:
        """Mark everything found, also what is not shown; when anything is marked, take all marks away."""
        if self._marked:
            self._marked = {}
        else:
            query, used = self._query, self._used
            found = await self._asked(lambda glossary: glossary.search(query, None, used=used))
            self._marked = {entry.uid: entry for entry in found.entries} if found is not None else {}
        self._show_marks()

    def _show_marks(self) -> None:
        self.table.mark(self._marked.keys())
        self._show_found()

    def _chosen(self) -> list[str]:
        """Return the uids of the marked terms, or of the current one."""
        if self._marked:
            return list(self._marked)
        return [self.table.entry.uid] if self.table.entry is not None else []

    # Changing

    @work
    async def action_add_term(self) -> None:
        """Ask for a term, beginning with what was searched for in vain, and add it."""
        begun = proposed_from("" if self._result.total else words_of(self.query_line.value))
        term = await self.app.push_screen_wait(TermScreen(self._typesetter, begun.source, begun.target))
        if term is None:
            return
        entry = await self._asked(lambda glossary: glossary.add(term))
        if entry is not None:
            self._changed_uid = entry.uid
            self._say(f"Added: {entry.target}")
            self._search(stay_at=(entry.uid, entry.source_uid))

    @work
    async def action_edit(self) -> None:
        """Show all fields of the current term, and keep what is changed in them."""
        entry = self.table.entry
        seen = None if entry is None else await self._asked(lambda glossary: glossary.details(entry))
        if seen is None:
            return
        wanted: NewTerm | None = await self.app.push_screen_wait(TermScreen(self._typesetter, seen=seen.form))
        if wanted is None or wanted == seen.form:
            return
        conflicts = await self._asked(lambda glossary: glossary.edit(seen, wanted))
        if conflicts is None:
            return
        self._changed_uid = seen.entry.uid
        if conflicts:
            fields = ", ".join(conflict.field for conflict in conflicts)
            self.app.notify(
                "Their change stands; Ctrl+R shows both, and you decide.",
                title=f"Somebody has changed the same meanwhile: {visible(fields)}",
                severity="warning",
                timeout=10,
                markup=False,
            )
        self._search_again()

    @work
    async def action_approve(self) -> None:
        """Make proposed terms preferred."""
        uids = self._chosen()
        asked = f"Approve what is proposed of {_counted(len(uids), 'term')}?" if len(uids) > 1 else ""
        await self._change(lambda glossary: glossary.approve(uids), "{} approved", asked)

    @work
    async def action_change_marked(self) -> None:
        """Give several terms a status, a domain or a tag."""
        uids = self._chosen()
        if not uids:
            return
        bulk: BulkChange | None = await self.app.push_screen_wait(BulkScreen(self._typesetter, len(uids)))
        if bulk is not None:
            asked = f"Give {bulk} to {_counted(len(uids), 'term')}?" if len(uids) > 1 else ""
            await self._change(lambda glossary: glossary.change_all(uids, bulk), "{} changed", asked)

    @work
    async def action_remove(self) -> None:
        """Delete terms."""
        uids = self._chosen()
        asked = f"Delete {_counted(len(uids), 'term')}?" if len(uids) > 1 else ""
        await self._change(lambda glossary: glossary.remove(uids), "{} deleted", asked)

    @work
    async def action_join(self) -> None:
        """Make one concept of the current one and the marked ones."""
        entry = self.table.entry
        if entry is None:
            return
        concepts = dict.fromkeys(marked.concept_uid for marked in self._marked.values())
        others = [uid for uid in concepts if uid != entry.concept_uid]
        if not others:
            self._say("Mark the terms to join with this one first: Space marks.")
            return
        asked = f"Join {_counted(len(others), 'concept')} with “{entry.target}”?"
        await self._change(lambda glossary: glossary.join(entry.concept_uid, others), "Joined", asked)

    async def _change(self, use_case: Callable[[Maintenance], int], done: str, asked: str) -> None:
        """Change several things, after asking if there is something to ask, and tell how many were changed."""
        if self.table.entry is None and not self._marked:
            return
        if asked and not await self.app.push_screen_wait(ConfirmScreen(asked)):
            return
        count = await self._asked(use_case)
        if count is None:
            return
        self._marked = {}
        self._say(f"{done.format(_counted(count, 'term'))}. {'Ctrl+Z takes it back.' if count else ''}")
        self._show_marks()
        self._search_again()

    @work
    async def action_undo(self) -> None:
        """Take back one's own last change."""
        if await self._asked(lambda glossary: glossary.undo()) is not None:
            self._say("Taken back. Ctrl+Y does it again.")
            self._search_again()

    @work
    async def action_redo(self) -> None:
        """Do again what was taken back."""
        if await self._asked(lambda glossary: glossary.redo()) is not None:
            self._say("Done again.")
            self._search_again()

    # Conflicts, history, filters

    @work
    async def action_conflicts(self) -> None:
        """Go through the open conflicts until there are none, or somebody has had enough."""
        while conflicts := await self._asked(lambda glossary: glossary.conflicts()):
            decision = await self.app.push_screen_wait(ConflictScreen(conflicts))
            if decision is None:
                break
            uid, takes = decision.conflict_uid, decision.take_offered
            await self._asked(lambda glossary, uid=uid, takes=takes: glossary.settle(uid, take_offered=takes))  # type: ignore[misc]
            self._search_again()
        else:
            self._say("There are no open conflicts.")

    @work
    async def action_history(self) -> None:
        """Show what was done to the concept."""
        entry = self.table.entry
        steps = None if entry is None else await self._asked(lambda glossary: glossary.history(entry.concept_uid))
        if steps:
            await self.app.push_screen_wait(ConceptHistoryScreen(steps))

    def action_next_filter(self) -> None:
        """Put the next filter into the search line."""
        self.query_line.value = next_filter(self.query_line.value, may_ask_unused=self._can_go_back)
        self.query_line.cursor_position = len(self.query_line.value)

    # Everything else

    async def _asked(self, use_case: Callable[[Maintenance], T]) -> T | None:
        """Return what a use case returns; tell its error, and return None."""
        try:
            return await self._desk.run(use_case)
        except TarjamaError as error:
            self.tell(error)
            return None

    def tell(self, error: TarjamaError) -> None:
        """Show what happened and what to do."""
        self.app.notify(visible(error.hint), title=visible(error.message), severity="error", timeout=10, markup=False)

    def _say(self, text: str) -> None:
        self.app.notify(visible(text), timeout=4, markup=False)

    def action_help(self) -> None:
        """Show all keys and signs."""
        self.app.push_screen(HelpScreen(glossary_help_text()))

    def action_back(self) -> None:
        """Go back to the project; leave where there is none."""
        if self._can_go_back:
            self.dismiss(self._changed_uid)
        else:
            self.app.exit()

    def action_leave(self) -> None:
        """Leave the program; everything is stored."""
        self.app.exit()


def _counted(count: int, what: str) -> str:
    return f"{count:,} {what}" if count == 1 else f"{count:,} {what}s"
