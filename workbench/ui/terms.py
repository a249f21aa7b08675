"""The terms of the segments on the screen, as far as they are known, and the one that was changed last."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from corpus.arabic import is_arabic
from corpus.model import Segment
from corpus.visible import visible
from glossary.model import Match, NewTerm
from workbench.impact import TermImpact
from workbench.jobs import StoreThread
from workbench.term_choice import chosen_by, likeliest, term_choices
from workbench.ui.bidi.inplace import isolated
from workbench.ui.links import NOT_LINKED, Linked
from workbench.ui.screens.term import TermScreen
from workbench.ui.typesetter import Typesetter
from workbench.ui.widgets.target_editor import EnglishChoice

_KEPT = 2000  # segments whose terms are remembered; who scrolls through a million comes back to few


class ScreenTerms:
    """Ask the store thread for terms and remember the answers until a term is changed."""

    def __init__(self, store: StoreThread) -> None:
        self._store = store
        self._matches: dict[str, list[Match]] = {}
        self.changed_uid = ""

    @property
    def matches(self) -> Mapping[str, Sequence[Match]]:
        """The terms found so far, by segment uid."""
        return self._matches

    def of(self, segment: Segment) -> Sequence[Match]:
        """Return the terms of a segment; none when they were not asked for yet."""
        return self._matches.get(segment.uid, ())

    async def find(self, segments: Sequence[Segment]) -> frozenset[str]:
        """Find the terms of those segments that are not known yet; return the uids of these."""
        if len(self._matches) > _KEPT:
            self._matches.clear()
        wanted = [segment for segment in segments if segment.uid not in self._matches]
        if wanted:
            found = await self._store.run(lambda session: [session.terms.find(segment.source) for segment in wanted])
            self._matches.update((segment.uid, matches) for segment, matches in zip(wanted, found, strict=True))
        return frozenset(segment.uid for segment in wanted)

    async def add(self, term: NewTerm) -> TermImpact:
        """Add a term and return which segments it affects; raise TermError or StoreError when it cannot be added."""
        entry = await self._store.run(lambda session: session.terms.add(term))
        return await self.changed(entry.uid)

    def forget(self) -> None:
        """Forget what was found: terms may have been changed."""
        self._matches.clear()

    async def changed(self, term_uid: str) -> TermImpact:
        """Forget what was found before a term was added or changed, and return which segments it affects."""
        self._matches.clear()
        self.changed_uid = term_uid
        return await self._store.run(lambda session: session.term_impact(term_uid))

    def dialog(
        self, typesetter: Typesetter, segment: Segment, marked: str, english: EnglishChoice, linked: Linked = NOT_LINKED
    ) -> TermScreen:
        """Return the dialog for a new term, filled in with what is ``marked`` in the list and chosen in the editor.

        Where only one side is chosen, ``linked`` tells what the words of the other are.
        """
        choices = term_choices(segment.source, self.of(segment))
        source = marked.strip() if is_arabic(marked) and "\n" not in marked else ""
        target = (linked.target or english.words) if source and not english.is_selected else english.words
        chosen = None
        if not source:
            chosen = chosen_by(choices, linked.source)
            if chosen is None:
                chosen = likeliest(choices, segment, english.text, english.start, english.end)
        texts = [choice.text for choice in choices]
        return TermScreen(typesetter, source, target, choices=texts, chosen=chosen)


def impact_in_words(impact: TermImpact) -> str:
    """Return a sentence or two on what a changed term means for the project."""
    term = f"{isolated(visible(impact.term.source))} = {visible(impact.term.target)}."
    count = len(impact.affected)
    if not count:
        return f"{term} Every segment that has it agrees."
    told = (
        f"{count} segments say otherwise: F3 lists them." if count > 1 else "One segment says otherwise: F3 shows it."
    )
    return f"{term} {told}"
