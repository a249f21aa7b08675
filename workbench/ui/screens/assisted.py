"""The screen of segments where an engine helps: it goes on with what is typed, and links words of both sides."""

from __future__ import annotations

from collections.abc import Sequence

from textual import on, work
from textual.actions import SkipAction
from textual.widgets import TextArea

from corpus.model import Segment
from workbench.completing import first_word
from workbench.jobs import StoreThread
from workbench.ui.completion import ScreenCompletion
from workbench.ui.links import NOT_LINKED, Linked, ScreenLinks, sources_of, targets_of
from workbench.ui.messages import CompletionCame, EngineFailed, LinksCame, SourceSelected
from workbench.ui.screens.next_words import NextWordsScreen
from workbench.ui.screens.segments import SegmentsScreen
from workbench.ui.typesetter import Typesetter


class AssistedScreen(SegmentsScreen):
    """Propose in grey how the translation goes on, and mark the words of the source that are meant at the cursor."""

    def __init__(self, store: StoreThread, typesetter: Typesetter) -> None:
        super().__init__(store, typesetter)
        self._completion = ScreenCompletion(self.post_message)
        self._links = ScreenLinks(self.post_message)
        self._told_failure = ""
        self.completes = True

    def assist_with(self, engine: object) -> None:
        """Have this engine help from now on, as far as it can."""
        self._completion.is_on = self.completes
        self._completion.use(engine)
        self._links.use(engine)

    def end_assistance(self) -> None:
        """End the threads; what they are at is wanted no more."""
        self._completion.close()
        self._links.close()

    def went_to_row(self) -> None:
        """Propose nothing for another segment before something is typed, and link its words."""
        self._completion.forget()
        self._ask_for_links()

    def _take(self, segments: Sequence[Segment]) -> None:
        super()._take(segments)
        self._ask_for_links()

    def was_typed(self) -> None:
        """Propose how it goes on where somebody types at the end."""
        edit = self._edit
        if edit is None:
            return
        if self.editor.is_at_end:
            self.editor.propose(self._completion.typed(edit.segment, edit.text))
        else:
            self._completion.forget()
        self._ask_for_links()

    # Completion

    @on(CompletionCame)
    def _completion_came(self, message: CompletionCame) -> None:
        edit = self._edit
        rest = None if edit is None else self._completion.came(message, edit.segment, self.editor.text)
        if rest is not None:
            self.editor.propose(rest)
            self._place_editor()

    @on(EngineFailed)
    def _engine_failed(self, message: EngineFailed) -> None:
        if message.error.message != self._told_failure:  # it would fail at every key
            self._told_failure = message.error.message
            self.tell(message.error)

    def action_accept_word(self) -> None:
        """Take the next word of what is proposed; without a proposal the key does what it does else."""
        self._accept(first_word(self.editor.proposal))

    def action_accept_all(self) -> None:
        """Take all that is proposed; without a proposal the key does what it does else."""
        self._accept(self.editor.proposal)

    def _accept(self, text: str) -> None:
        if not text:
            raise SkipAction
        self.editor.accept(text)

    @work
    async def action_next_words(self) -> None:
        """List words that may come next, and put in the one that is chosen."""
        words = self._completion.others(self.editor.text) if self.editor.is_at_end else []
        if not words:
            self.app.notify("No words are proposed here: type at the end of the text.", timeout=3, markup=False)
            return
        text = self.editor.text
        word = await self.app.push_screen_wait(NextWordsScreen(words, self.editor.cursor_screen_offset))
        if word is not None and self.editor.text == text and self.editor.is_at_end:
            self.editor.accept(word)

    # Word links

    def _ask_for_links(self) -> None:
        if self._edit is not None and self._edit.text.strip():
            self._links.ask(self._edit.segment, self._edit.text)
        self._show_links()

    @on(LinksCame)
    def _links_came(self, message: LinksCame) -> None:
        self._links.came(message)
        self._show_links()

    @on(SourceSelected)
    @on(TextArea.SelectionChanged, "#editor")
    def _cursor_moved(self) -> None:
        self._show_links()

    def _show_links(self) -> None:
        """Mark the source words of what is at the cursor, and the English of what is selected in the Arabic."""
        edit = self._edit
        if edit is None:
            return
        links = self._links.of(edit.segment, self.editor.text)
        choice = self.editor.choice
        self.rows.show_linked(sources_of(links, choice.start, choice.end) if links else ())
        start, end = self.rows.selected_in_source
        self.editor.mark(targets_of(links, start, end) if start < end else ())

    @property
    def linked_words(self) -> Linked:
        """What is linked with what is selected in the source, and with what is chosen in the editor."""
        edit = self._edit
        if edit is None:
            return NOT_LINKED
        links, text = self._links.of(edit.segment, self.editor.text), self.editor.text
        start, end = self.rows.selected_in_source
        found = targets_of(links, start, end) if start < end else ()
        target = text[found[0].start : found[-1].end] if found else ""
        choice = self.editor.choice
        return Linked(tuple(sources_of(links, choice.start, choice.end)), "" if "\n" in target else target)
