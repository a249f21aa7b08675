"""A screen with a long list of rows: those that are seen are loaded, and what others change is followed."""

from __future__ import annotations

from collections.abc import Sequence

from textual import getters, on, work
from textual.screen import Screen

from corpus.errors import TarjamaError
from corpus.model import Segment
from corpus.store.windows import ALL_ROWS, RowFilter
from workbench.jobs import StoreThread
from workbench.ui.editing import SegmentEdit
from workbench.ui.loading import RowLoader
from workbench.ui.messages import RowsWanted
from workbench.ui.shown import ShownProject
from workbench.ui.typesetter import Typesetter
from workbench.ui.widgets.segment_list import SegmentList
from workbench.ui.widgets.target_editor import TargetEditor


class RowsScreen(Screen[None]):
    """Which rows there are, and the segments of those near what is seen; what is done with them is for who inherits.

    ``_edit`` is the current segment, ``_refusal`` what was told last of the project not being readable or writable.
    """

    rows = getters.query_one("#segments", SegmentList)
    editor = getters.query_one("#editor", TargetEditor)

    def __init__(self, store: StoreThread, typesetter: Typesetter) -> None:
        super().__init__()
        self._typesetter = typesetter
        self._store = store
        self._loader = RowLoader(store)
        self._shown = ShownProject()
        self._edit: SegmentEdit | None = None
        self._refusal = ""

    def _show_rows(self) -> None:
        self.rows.show(self._shown)
        self.query_one("#heads").styles.padding = (0, 1, 0, self.rows.number_width)

    # Loading

    async def _reach(self, row: int) -> None:
        """Make ``row`` the current one, once it and those around it are loaded; what was typed before is saved."""
        if await self._load_around(range(row, row + 1)):
            self._go(row)

    @on(RowsWanted)
    def _load_ahead(self) -> None:
        if not self._loader.is_loading and self._shown.missing(self.rows.visible_rows):
            self._load_seen()

    @work(group="rows", exit_on_error=False)
    async def _load_seen(self) -> None:
        """Load what is in view and around it, until the view stands still."""
        while self._shown.missing(self.rows.visible_rows):
            if not await self._load_around(self.rows.visible_rows):
                return

    async def _load_around(self, seen: range) -> bool:
        """Load these rows and some around them; return whether they are there."""
        shown = self._shown
        try:
            complete = await self._loader.load(shown, seen)
        except TarjamaError as error:
            if error.message != self._refusal:
                self.tell(error)
            self._refusal = error.message
            return False
        if not complete:  # somebody else has taken some out
            await self.rearrange()
        elif shown is self._shown:
            shown.forget_far_from(self.rows.visible_rows, (seen, *self.rows.rows_in_use))
            self.rows.rows_came()
        return self._shown.has(seen)

    # Rows come and go

    @work(exclusive=True, group="follow", exit_on_error=False)
    async def follow(self) -> None:
        """Show what others have changed since: new texts of rows that are loaded, rows that came, went or moved."""
        shown = self._shown
        try:
            news = await self._loader.news(shown)
            if news.rearranged:
                await self.rearrange()
        except TarjamaError:  # it is told when something is saved, or the file is looked for
            return
        known = [(shown.row_of(segment.uid), segment) for segment in news.segments.values()]
        self._take([new for row, new in known if row is not None and shown[row].version < new.version])

    async def rearrange(self) -> None:
        """Take the rows as they stand in the project now; what is typed in the current one stays in the editor.

        Raise TarjamaError when the project cannot be read.
        """
        await self._show_again(await self._loader.shown(self._shown.order.filter))

    async def show_only(self, rows: RowFilter) -> bool:
        """Show these rows alone, once what was typed is saved; return whether there are any.

        The current row stays the current one or, where it is not among them, the next that is.
        """
        if not await self.save():
            return False
        try:
            shown = await self._loader.shown(rows)
            if len(shown):
                await self._show_again(shown)
        except TarjamaError as error:
            self.tell(error)
            return False
        return bool(len(shown))

    async def go_to(self, uid: str) -> bool:
        """Go to a segment wherever it is, showing all rows where the filter leaves it out; return whether one is there.

        What was typed before is saved first; where that is refused nobody goes anywhere.
        """
        try:
            row = await self._row_of(self._shown, uid)
            if row is None and await self.show_only(ALL_ROWS):
                row = await self._row_of(self._shown, uid)
        except TarjamaError as error:
            self.tell(error)
            return False
        if row is not None:
            await self._move_to(row)
        return row is not None and self.rows.current == row

    async def _show_again(self, shown: ShownProject) -> None:
        edit = self._edit
        row = None if edit is None else await self._row_of(shown, edit.segment.uid)
        self._shown = shown
        self._show_rows()
        if edit is None or (row is None and not edit.unsaved):
            after = edit.segment if edit else None
            await self._reach(await self._loader.next_row(shown, shown.order.filter, after) or 0)
        elif row is not None and await self._load_around(range(row, row + 1)):
            self.rows.choose(row, self.editor.lines_needed)
            self.call_after_refresh(self._place_editor)
        self._show_status()

    async def _row_of(self, shown: ShownProject, uid: str) -> int | None:
        return (await self._loader.rows_of(shown, [uid])).get(uid)

    # What who inherits does

    async def save(self, *, by_itself: bool = False) -> bool:
        """Store what was typed; return whether it is safe."""
        raise NotImplementedError

    async def _move_to(self, row: int) -> None:
        raise NotImplementedError

    def _go(self, row: int) -> None:
        raise NotImplementedError

    def _take(self, segments: Sequence[Segment]) -> None:
        raise NotImplementedError

    def _place_editor(self) -> None:
        raise NotImplementedError

    def _show_status(self) -> None:
        raise NotImplementedError

    def tell(self, error: TarjamaError) -> None:
        """Show what happened and what to do."""
        raise NotImplementedError
