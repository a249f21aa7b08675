"""The use cases on copies of a project that several people have worked on."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from corpus.store import CorpusStore
    from corpus.store.merging import MergeReport
    from corpus.store.settling import Conflict
    from workbench.backups import Backups
    from workbench.remembering import ProjectMemory


class Copies:
    """What ``actor`` can do to make one project of several copies; the memory follows."""

    def __init__(self, store: CorpusStore, actor: str, memory: ProjectMemory, backups: Backups) -> None:
        self._store = store
        self._actor = actor
        self._memory = memory
        self._backups = backups

    def merge(self, other: Path, *, takes_strangers: bool = False, dry_run: bool = False) -> MergeReport:
        """Take in another copy of the project, which is only read, after a backup; see ``CorpusStore.merge``."""
        if not dry_run:
            self._backups.take_before_risk()
        report = self._store.merge(other, self._actor, takes_strangers=takes_strangers, dry_run=dry_run)
        self._memory.follow()
        return report

    def conflicts(self) -> list[Conflict]:
        """Return what two people have translated differently and nobody has decided yet."""
        return self._store.conflicts()

    def settle(self, uid: str, *, takes_offered: bool) -> None:
        """Decide a conflict: leave what stands, or take what was offered; raise NotFoundError when there is none."""
        self._store.settle_conflict(uid, self._actor, takes_offered=takes_offered)
        self._memory.follow()

    def takes_offered(self, conflict: Conflict, *, mine: bool) -> bool | None:
        """Tell whether this person's text of a conflict, or with ``mine`` False the other's, is the one offered.

        None when one cannot tell: both are of one person, or neither is this one's.
        """
        is_kept, is_offered = conflict.kept_by == self._actor, conflict.offered_by == self._actor
        return None if is_kept == is_offered else is_offered == mine
