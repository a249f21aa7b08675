"""The use cases of whoever maintains a glossary: search, change, approve, join, remove, undo, decide."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from typing import TYPE_CHECKING

from corpus.arabic import is_arabic
from glossary.editing import differing, form_of
from glossary.model import Concept, FieldConflict, NewTerm, TermEntry, TermStatus
from glossary.query import TermQuery
from glossary.search import SHOWN, Found, TermIndex

if TYPE_CHECKING:
    from corpus.model import JournalEntry
    from glossary.store import GlossaryStore


@dataclass(frozen=True, slots=True)
class SearchResult:
    """The first pairs found, how many there are in all, how many the glossary has, and at which of its versions."""

    entries: tuple[TermEntry, ...]
    total: int
    size: int
    version: int


@dataclass(frozen=True, slots=True)
class Details:
    """A pair with its whole concept, as somebody sees it who is about to change it."""

    concept: Concept
    entry: TermEntry
    form: NewTerm


@dataclass(frozen=True, slots=True)
class BulkChange:
    """What shall become of several pairs; None and an empty ``tag`` leave it as it is. ``tag`` is added."""

    status: TermStatus | None = None
    domain: str | None = None
    tag: str = ""

    def __bool__(self) -> bool:
        return self != BulkChange()

    def __str__(self) -> str:
        parts = (("status", self.status), ("domain", self.domain), ("tag", self.tag))
        return ", ".join(f"{name} {value}" for name, value in parts if value)


class Maintenance:
    """What one can do with a glossary as a whole; it belongs to the thread of its store.

    ``store`` makes the glossary when there is none, ``store_if_any`` does not. ``actor`` is whom the journal names,
    and whose changes ``undo`` takes back.
    """

    def __init__(
        self, store: Callable[[], GlossaryStore], store_if_any: Callable[[], GlossaryStore | None], actor: str
    ) -> None:
        self._store = store
        self._store_if_any = store_if_any
        self._actor = actor
        self._index: TermIndex | None = None

    # Looking

    def search(
        self, query: TermQuery, limit: int | None = SHOWN, *, used: AbstractSet[str] | None = None
    ) -> SearchResult:
        """Return what ``query`` finds; see ``TermIndex.search``. A glossary that was not made yet has nothing."""
        store = self._store_if_any()
        if store is None:
            return SearchResult((), 0, 0, 0)
        if self._index is None:
            self._index = TermIndex(store)
        found: Found = self._index.search(query, limit, used=used)
        return SearchResult(found.entries, found.total, len(self._index), store.version())

    def version(self) -> int:
        """Return a number that grows with every change, by whomever."""
        store = self._store_if_any()
        return 0 if store is None else store.version()

    def details(self, entry: TermEntry) -> Details:
        """Return a pair as it stands now; raise TermError when it is gone."""
        store = self._store()
        fresh = store.entry(entry.uid)
        pairs = store.entries_of([fresh.concept_uid])
        same = (pair for pair in pairs if (pair.uid, pair.source_uid) == (entry.uid, entry.source_uid))
        fresh = next(same, fresh)
        concept = store.concept(fresh.concept_uid)
        return Details(concept, fresh, form_of(concept, fresh))

    def history(self, concept_uid: str) -> list[JournalEntry]:
        """Return what was done to a concept, the oldest first."""
        return self._store().history(concept_uid)

    # Changing

    def add(self, term: NewTerm) -> TermEntry:
        """Add a pair, making the glossary when it is the first; raise TermError when a side is empty."""
        return self._store().add(term, self._actor)

    def edit(self, seen: Details, wanted: NewTerm) -> list[FieldConflict]:
        """Change what differs from what was ``seen``; return the conflicts with changes of others since.

        What is in conflict stands as the others have left it.
        """
        store = self._store()
        changes, base = differing(seen.form, wanted)
        before = {conflict.uid for conflict in store.conflicts()}
        store.change(seen.entry.uid, changes, self._actor, base, source_uid=seen.entry.source_uid)
        return [conflict for conflict in store.conflicts() if conflict.uid not in before]

    def approve(self, uids: Iterable[str]) -> int:
        """Make the proposed ones of these terms preferred, with their Arabic; return how many were changed."""
        changes = {}
        for uid in dict.fromkeys(uids):
            entry = self._store().entry(uid)
            names = {"status": entry.status, "source_status": entry.source_status}
            proposed = [name for name, status in names.items() if status is TermStatus.PROPOSED]
            if proposed:
                changes[uid] = dict.fromkeys(proposed, TermStatus.PREFERRED)
        return self._store().change_each(changes, self._actor) if changes else 0

    def change_all(self, uids: Iterable[str], bulk: BulkChange) -> int:
        """Change several pairs at once; return how many were changed."""
        store = self._store()
        common: dict[str, object] = {}
        if bulk.status is not None:
            common["status"] = bulk.status
        if bulk.domain is not None:
            common["domain"] = bulk.domain
        changes = {}
        for uid in dict.fromkeys(uids):
            changes[uid] = dict(common)
            if bulk.tag:
                tags = store.concept(store.entry(uid).concept_uid).tags
                changes[uid]["tags"] = tuple(dict.fromkeys((*tags, bulk.tag)))
        return store.change_each(changes, self._actor)

    def join(self, into: str, others: Sequence[str]) -> int:
        """Make one concept of several, see ``GlossaryStore.join_concepts``; return how many were joined with it."""
        self._store().join_concepts(into, others, self._actor)
        return len(others)

    def remove(self, uids: Iterable[str]) -> int:
        """Remove the English terms of pairs, all or none; return how many."""
        return len(self._store().remove_many(list(dict.fromkeys(uids)), self._actor))

    def undo(self) -> int:
        """Take back the last change of this person; return how many steps it had. Raise TermError when it cannot be."""
        return len(self._store().undo(self._actor))

    def redo(self) -> int:
        """Do again what was taken back last; return how many steps it had. Raise TermError when it cannot be."""
        return len(self._store().redo(self._actor))

    # Conflicts

    def conflicts(self) -> list[FieldConflict]:
        """Return the conflicts nobody has decided yet, the oldest first."""
        store = self._store_if_any()
        return [] if store is None else store.conflicts()

    def settle(self, conflict_uid: str, *, take_offered: bool) -> None:
        """Decide a conflict; raise TermError when somebody else has."""
        self._store().settle_conflict(conflict_uid, self._actor, take_offered=take_offered)


def proposed_from(text: str) -> NewTerm:
    """Return a pair to add that begins with what somebody has searched for in vain."""
    return NewTerm(text, "") if is_arabic(text) else NewTerm("", text)
