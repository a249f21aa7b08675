"""The memory as the editor screen uses it: what is offered for a segment, and what a confirmed one fills."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from corpus.errors import TarjamaError
from corpus.model import Segment
from workbench.jobs import StoreThread
from workbench.remembering import Offer
from workbench.session import Session


@dataclass(frozen=True, slots=True)
class Offers:
    """What the memory offers, and why it cannot be used, which is told once."""

    offers: Sequence[Offer]
    problem: TarjamaError | None


class ScreenMemory:
    """Ask the store thread."""

    def __init__(self, store: StoreThread) -> None:
        self._store = store

    async def offers_for(self, segment: Segment) -> Offers:
        """Return what the memory offers for a segment; raise TarjamaError when the project cannot be read."""
        return await self._store.run(
            lambda session: Offers(session.similar(segment.uid), session.memory.take_problem())
        )

    async def propagate(self, segment: Segment) -> Sequence[Segment]:
        """Make what was confirmed the draft of the same sources; return the segments that have it now."""
        return (await self._store.run(lambda session: session.propagate(segment.uid))).written

    async def prepare(self) -> None:
        """Do what the first confirmation would wait for, a little at a time: others have their turn between."""
        await self._store.run(lambda session: session.memory.prepare())
        while await self._store.run(Session.prepare_propagation):
            pass


def filled_in_words(count: int) -> str:
    """Return a sentence on how many segments a confirmed translation has filled."""
    if count == 1:
        return "One more segment has the same source: it has this translation as its draft."
    return f"{count} more segments have the same source: they have this translation as their draft."
