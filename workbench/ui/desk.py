"""Where a screen has its glossary from: a project that uses it, or the file alone."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol, TypeVar

from workbench.jobs import OwnerThread, StoreThread
from workbench.maintaining import Maintenance
from workbench.session import Session
from workbench.terminology import Terminology

T = TypeVar("T")

# Looking for the terms of so many segments keeps nobody waiting.
_SEGMENTS_AT_ONCE = 50


class Desk(Protocol):
    """A glossary on the thread that owns it."""

    async def run(self, use_case: Callable[[Maintenance], T]) -> T:
        """Run ``use_case`` on that thread after all earlier ones and await its result."""

    async def used(self) -> frozenset[str] | None:
        """Return the uids of the concepts that the project's sources have; None where there is no project."""


class LoneDesk:
    """A glossary without a project."""

    def __init__(self, thread: OwnerThread[Terminology]) -> None:
        self._thread = thread

    async def run(self, use_case: Callable[[Maintenance], T]) -> T:
        """Run ``use_case`` on the glossary's thread."""
        return await self._thread.run(lambda terms: use_case(terms.maintenance))

    async def used(self) -> frozenset[str] | None:
        """Return None: nobody uses it here."""
        return None


class ProjectDesk:
    """The glossary of a project."""

    def __init__(self, store: StoreThread) -> None:
        self._store = store

    async def run(self, use_case: Callable[[Maintenance], T]) -> T:
        """Run ``use_case`` on the project's thread."""
        return await self._store.run(lambda session: use_case(session.terms.maintenance))

    async def used(self) -> frozenset[str]:
        """Return the uids of the concepts found in any segment, a few segments at a time."""
        order = await self._store.run(lambda session: session.windows.order())
        found: set[str] = set()
        for start in range(0, len(order.places), _SEGMENTS_AT_ONCE):
            some = order.places[start : start + _SEGMENTS_AT_ONCE].tolist()
            found |= await self._store.run(lambda session, some=some: _concepts_in(session, some))  # type: ignore[misc]
        return frozenset(found)


def _concepts_in(session: Session, places: list[int]) -> set[str]:
    segments = session.windows.at(places).values()
    return {match.entry.concept_uid for segment in segments for match in session.terms.find(segment.source)}
