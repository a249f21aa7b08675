"""The use cases on the memory, as one project uses it; other projects and people may be using it at the same time."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from corpus.errors import BusyError, StoreError, TarjamaError
from corpus.model import JournalPlace, State, Touched
from corpus.store import CorpusStore
from corpus.tmx import primary_language
from corpus.word_diff import WordDiff, word_diff

if TYPE_CHECKING:
    from corpus.memory.following import FollowedProject
    from corpus.memory.model import MemoryMatch
    from corpus.memory.search import Concordance, MemorySearch
    from corpus.memory.store import MemoryStore

T = TypeVar("T")

# How much alike a source must be to be offered, in percent, and how many are offered.
WORTH_OFFERING = 60.0
OFFERS = 5
# Milliseconds. Somebody who translates waits for no other writer: what is missed now is followed the next time.
_PATIENCE, _PATIENCE_AT_THE_END, _PATIENCE_ASKED_FOR = 10, 1000, 30_000


@dataclass(frozen=True, slots=True)
class Offer:
    """A translation from the memory; ``diff`` is what makes its source into the present one."""

    match: MemoryMatch
    diff: WordDiff


def offers(matches: Sequence[MemoryMatch], source: str) -> list[Offer]:
    """Return matches with what makes their sources into ``source``."""
    return [Offer(match, word_diff(match.unit.source, source)) for match in matches]


class ProjectMemory:
    """The memory as one project uses it: opened when it is needed, made with the first confirmed segment.

    It belongs to the thread of its session. What goes wrong with it stops nobody: see ``take_problem``.
    """

    def __init__(self, path: Path, project: CorpusStore, name: str, languages: tuple[str, str]) -> None:
        self.path = path
        self._store = project
        self._name = name
        self._languages = (primary_language(languages[0]), primary_language(languages[1]))
        self._began_at = project.journal_place()
        self._seen: JournalPlace | None = None
        self._project: FollowedProject | None = None
        self._opened: MemoryStore | None = None
        self._search: MemorySearch | None = None
        self._is_behind = False
        self._problem: TarjamaError | None = None
        self._is_told = False

    def prepare(self) -> None:
        """Load what the first confirmation would have to wait for, and open the memory where there is one."""
        import corpus.memory.following  # noqa: F401  (loads numpy)

        if self.path.exists():
            self._guarded(self._memory, None)

    def close(self) -> None:
        """Write what could not be written while others did, and close the memory."""
        if self._is_behind:
            self._follow(_PATIENCE_AT_THE_END)
        if self._opened is not None:
            with suppress(BusyError):  # another session will do it
                self._guarded(self._opened.tidy, None)
            self._opened.close()

    def take_problem(self) -> TarjamaError | None:
        """Return why the memory cannot be used, once; None when it can, or when that was told before."""
        problem = None if self._is_told else self._problem
        self._is_told = self._problem is not None
        return problem

    # Following

    def follow(self) -> None:
        """Bring what was confirmed, or taken back, since the last time into the memory.

        A project that the memory does not know is followed from where this session began; ``add_all`` brings the rest.
        """
        self._follow(_PATIENCE)

    def add_all(self) -> int:
        """Bring all that is confirmed in the project into the memory; return how many units it has of it.

        Raise StoreError when it cannot be written.
        """
        from corpus.memory.following import follow

        memory, place = self._memory(), self._store.journal_place()
        memory.wait_at_most(_PATIENCE_ASKED_FOR)
        return follow(self._followed(), memory, self._store.touched(0, place.number), place)

    def _follow(self, patience: int) -> None:
        try:
            self._guarded(lambda: self._follow_or_raise(patience), None)
            self._is_behind = False
        except BusyError:
            self._is_behind = True

    def _follow_or_raise(self, patience: int) -> None:
        from corpus.memory.following import follow

        place = self._store.journal_place()
        touched = self._store.touched(self._followed_up_to().number, place.number)
        if touched and (self.path.exists() or self._is_any_confirmed(touched)):
            memory = self._memory()
            memory.wait_at_most(patience)
            follow(self._followed(), memory, touched, place)
        self._seen = place

    def _followed_up_to(self) -> JournalPlace:
        if self._seen is not None:
            return self._seen
        if not self.path.exists():
            return self._began_at
        from corpus.memory.following import place_to_follow_from

        return place_to_follow_from(self._followed(), self._memory(), self._began_at)

    def _is_any_confirmed(self, touched: Sequence[Touched]) -> bool:
        segments = self._store.segments_named([one.uid for one in touched])
        return any(segment.state >= State.TRANSLATED for segment in segments)

    # Searching

    def similar(
        self, source: str, *, uid: str = "", at_least: float = WORTH_OFFERING, limit: int = OFFERS
    ) -> list[Offer]:
        """Return translations of sources like ``source``, the best first.

        ``uid`` is the segment that asks: what it says itself, as a whole or in a sentence, is not offered to it.
        """
        search = self._searched()
        if search is None:
            return []
        nothing: list[MemoryMatch] = []

        def find() -> list[MemoryMatch]:
            avoid = (self._followed().provenance.uid, uid) if uid else None
            return search.similar(source, self._languages, at_least=at_least, limit=limit, avoid=avoid)

        matches = self._guarded(find, nothing)
        return offers(matches, source)

    def concordance(self, text: str, *, target: bool = False, limit: int = 100) -> Concordance:
        """Return units in which the words of ``text`` follow each other, in sources or with ``target`` in targets."""
        from corpus.memory.search import Concordance

        nothing = Concordance((), complete=True)
        search = self._searched()
        if search is None:
            return nothing
        return self._guarded(lambda: search.concordance(text, self._languages, target=target, limit=limit), nothing)

    def _searched(self) -> MemorySearch | None:
        if self._search is None and self._problem is None and self.path.exists():
            self._search = self._guarded(self._new_search, None)
        return self._search

    def _new_search(self) -> MemorySearch:
        from corpus.memory.search import MemorySearch

        return MemorySearch(self._memory())

    # The file

    def _memory(self) -> MemoryStore:
        if self._opened is None:
            from corpus.memory.store import MemoryStore  # projects without a confirmed segment never load it

            self._opened = MemoryStore.open_or_create(self.path)
        return self._opened

    def _followed(self) -> FollowedProject:
        if self._project is None:
            from corpus.memory.following import FollowedProject
            from corpus.memory.model import Provenance

            self._project = FollowedProject(self._store, Provenance(self._store.uid(), self._name), self._languages)
        return self._project

    def _guarded(self, use_case: Callable[[], T], otherwise: T) -> T:
        """Return what ``use_case`` gives, or ``otherwise`` when the memory cannot be used; BusyError passes."""
        if self._problem is not None:
            return otherwise
        try:
            return use_case()
        except BusyError:
            raise
        except (StoreError, sqlite3.Error) as error:
            hint = error.hint if isinstance(error, StoreError) else str(error)
            self._problem = StoreError(
                f"The memory {self.path} cannot be used now. Your translations are safe in the project.", hint
            )
            return otherwise
