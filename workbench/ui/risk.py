"""The queue of drafts from the worst on, as the editor screen goes through it."""

from __future__ import annotations

from workbench.jobs import StoreThread
from workbench.risk import Risky


class ScreenRisks:
    """Ask the store thread; what was gone to is not offered again before all others were."""

    def __init__(self, store: StoreThread) -> None:
        self._store = store
        self._seen: set[str] = set()

    async def next(self) -> Risky | None:
        """Return the riskiest draft nobody was led to yet, from the worst again after the last; None without drafts.

        Raise TarjamaError when the project cannot be read.
        """
        while await self._store.run(lambda session: session.drafts.risks.prepare()):
            pass  # other work of the thread comes in between
        found = await self._worst()
        if not found and self._seen:
            self._seen.clear()
            found = await self._worst()
        for one in found:
            self._seen.add(one.segment.uid)
            return one
        return None

    async def _worst(self) -> list[Risky]:
        seen = frozenset(self._seen)
        return await self._store.run(lambda session: session.drafts.risks.worst_first(1, without=seen))


def risk_in_words(one: Risky) -> str:
    """Return what is told when somebody was led to a draft."""
    flags = "; ".join(one.segment.flags)
    return f"About {100 * one.risk:.0f} % of its words will change" + (f": {flags}." if flags else ".")
