"""The use cases on how risky drafts are: which to look at first, told by what a project's own drafts became."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from corpus.model import Piece, Segment
from corpus.risk.flags import CUT
from corpus.risk.learning import ENOUGH, learned_model, share_changed
from corpus.risk.model import RiskModel, shipped_model
from corpus.risk.weighing import Weighed, weigh, weigh_draft
from corpus.store import CorpusStore

# Learning from so many takes half a second, and more of them teach nothing.
_MOST_LEARNED_FROM = 1000
_WEIGHED_AT_ONCE = 100


@dataclass(frozen=True, slots=True)
class Risky:
    """A drafted segment in the queue: ``risk`` is the share of its words that is expected to be changed."""

    segment: Segment
    risk: float


class DraftRisks:
    """How risky the drafts of one project are; what its drafts became is learned from once, when first needed."""

    def __init__(self, store: CorpusStore) -> None:
        self._store = store

    @cached_property
    def model(self) -> RiskModel:
        """The shipped model, or what the project's confirmed drafts have made of it when there are enough."""
        confirmed = list(self._store.risks.edited(_MOST_LEARNED_FROM))
        prior = shipped_model()
        if len(confirmed) < ENOUGH:
            return prior
        history = [
            (weigh_draft(segment.source, segment.draft).measured, share_changed(segment.draft.text, segment.target))
            for segment in confirmed
            if segment.draft is not None
        ]
        return learned_model(history, prior)

    @property
    def is_learned(self) -> bool:
        """Tell whether the project's own drafts have taught anything."""
        return self.model is not shipped_model()

    def weigh(self, source: str, text: str, pieces: Sequence[Piece], flags: Sequence[str]) -> Weighed:
        """Weigh a draft, flagged by its engine, before it is stored."""
        return weigh(source, text, pieces, capped=CUT in flags, model=self.model)

    def keep(self, stored: Iterable[Segment], risks: Mapping[str, float]) -> None:
        """Keep the risks, by uid, of segments whose drafts were stored."""
        self._store.risks.put((segment.uid, risks[segment.uid]) for segment in stored if segment.draft is not None)

    def prepare(self) -> bool:
        """Weigh some of the drafts that came without a risk, in few milliseconds; return whether to go on.

        Those are of an older Tarjama, came by merging or filling, or were brought back.
        """
        segments = self._store.risks.unweighed(_WEIGHED_AT_ONCE)
        if segments:
            weighed = ((one.uid, one.source, one.draft) for one in segments)
            self._store.risks.put(
                (uid, weigh_draft(source, draft, self.model).risk) for uid, source, draft in weighed if draft
            )
        return len(segments) == _WEIGHED_AT_ONCE

    def weigh_again(self) -> None:
        """Learn anew from what drafts became, and weigh all drafts by it."""
        self.__dict__.pop("model", None)
        self._store.risks.forget()

    def worst_first(self, limit: int, document: str | None = None, *, without: Iterable[str] = ()) -> list[Risky]:
        """Return the drafts to look at first, the worst first, of all that no human has touched.

        ``document`` is a uid or a name; segments with the uids ``without`` are left out, and locked ones. Drafts whose
        risk is not known are weighed before that.
        """
        while self.prepare():
            pass
        uid = None if document is None else self._store.document(document).uid
        risks = self._store.risks.worst(limit, uid, without=without)
        return [Risky(segment, risks[segment.uid]) for segment in self._store.segments_named(list(risks))]
