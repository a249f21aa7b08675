"""The use cases on what was done to segments: look back, go back, and cut segments otherwise."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, TypeVar

from corpus.store.propagating import PROPAGATE

if TYPE_CHECKING:
    from corpus.grouped import ChangeReport
    from corpus.model import Segment
    from corpus.store import CorpusStore
    from corpus.store.history import Moment
    from workbench.paths import Home
    from workbench.remembering import ProjectMemory

DoneT = TypeVar("DoneT")


class Changes:
    """What ``actor`` can do with the changes of a project with sources in ``language``; the memory follows each."""

    def __init__(self, store: CorpusStore, actor: str, memory: ProjectMemory, home: Home, language: str) -> None:
        self._store = store
        self._actor = actor
        self._memory = memory
        self._home = home
        self._language = language

    def history(self, uid: str) -> list[Moment]:
        """Return how a segment stood after each step; raise NotFoundError when there never was one."""
        return self._store.history(uid)

    def restore(self, uid: str, number: int) -> Segment:
        """Bring back the translation that a segment had at ``number`` of its history."""
        return self._followed(self._store.restore(uid, number, self._actor))

    def undo(self, change_uid: str = "") -> ChangeReport:
        """Take back a change, by default this person's last one, also of an earlier day.

        Raise NotFoundError when there is none.
        """
        if change_uid:
            return self._followed(self._store.undo_change(change_uid, self._actor))
        return self._followed(self._store.undo(self._actor))

    def redo(self) -> ChangeReport:
        """Do again what this person has taken back last; raise NotFoundError when there is nothing."""
        return self._followed(self._store.redo(self._actor))

    def newest_of_many(self) -> str:
        """Return the uid of the last change of many segments that this person could take back; empty for none."""
        from workbench.impact import APPLY_TERM

        # Uids made later are greater.
        return max(self._store.newest_change(self._actor, action) for action in (APPLY_TERM, PROPAGATE))

    def split(
        self,
        uid: str,
        cuts: Sequence[int] | None = None,
        target_cuts: Sequence[int] | None = None,
        version: int | None = None,
    ) -> ChangeReport:
        """Cut a segment at offsets in its source, by default wherever a sentence ends, as one change.

        Its translation is cut at as many ``target_cuts``, by default at the sentence ends that fit best. Raise
        CorpusError where it cannot be cut, ConflictError when ``version`` is given and not the newest.
        """
        if cuts is None:
            from workbench.segmentation import SegmentationRules

            segmenter = SegmentationRules(self._home).segmenter()
            sentences = segmenter.sentences(self._store.segment(uid).source, self._language)
            cuts = [span.start for span in sentences[1:]]
        return self._followed(
            self._store.split_segment(uid, cuts, self._actor, target_cuts=target_cuts, expected_version=version)
        )

    def join(self, uids: Sequence[str]) -> ChangeReport:
        """Make one segment of neighbors in a document, as one change; raise CorpusError for others."""
        return self._followed(self._store.join_segments(uids, self._actor))

    def _followed(self, done: DoneT) -> DoneT:
        self._memory.follow()
        return done
