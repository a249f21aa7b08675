"""Terms that a project speaks for: what it says often, forms of known ones, what its translators change often."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import islice

from corpus.model import DraftKind, Origin, State, StateFilter
from corpus.store import CorpusStore
from glossary.candidates import Candidate, find_candidates
from glossary.edits import EditedSegment, EditSuggestion, suggestions_from_edits
from glossary.learning import FoundForm, unstored_forms
from glossary.model import NewTerm, TermEntry, TermStatus
from glossary.suggestions import note_of_edit
from workbench.terminology import Terminology

# A gloss is word for word: what goes with a term in it is no evidence.
_TRANSLATED_BY = frozenset({Origin.HUMAN, Origin.MEMORY, Origin.TRANSLATION})


class Suggestions:
    """What could become terms, by the segments of a project and the terms it has."""

    def __init__(self, store: CorpusStore, terms: Terminology) -> None:
        self._store = store
        self._terms = terms

    def from_sources(self, limit: int) -> list[Candidate]:
        """Return what the project speaks of and its glossary has no term for, the likeliest first."""
        segments = self._store.segments()
        english = {segment.uid: segment.text for segment in segments if segment.origin in _TRANSLATED_BY}
        sources = ((segment.uid, segment.source) for segment in segments)
        return find_candidates(sources, self._terms.is_known, limit, english)

    def forms(self) -> list[FoundForm]:
        """Return the broken plurals of terms that the project has and the glossary does not store."""
        return unstored_forms((segment.source for segment in self._store.segments()), self._terms)

    def from_edits(self, limit: int) -> list[EditSuggestion]:
        """Return the terms that confirmed edits of drafts speak for and the glossary has not, the best first."""
        edited = (
            EditedSegment(segment.uid, segment.source, segment.draft.text, segment.target)
            for segment in self._store.segments(states=StateFilter(State.TRANSLATED, and_later=True))
            if segment.draft is not None and segment.draft.kind is not DraftKind.MEMORY and not segment.rejected
        )
        unknown = (one for one in suggestions_from_edits(edited) if not self._terms.has_pair(one.source, one.target))
        return list(islice(unknown, limit))

    def accept(self, suggestions: Iterable[EditSuggestion]) -> list[TermEntry]:
        """Make what edits speak for preferred terms, and return them: drafts made from now on obey them."""
        return [
            self._terms.add(NewTerm(one.source, one.target, TermStatus.PREFERRED, concept_note=note_of_edit(one)))
            for one in suggestions
        ]
