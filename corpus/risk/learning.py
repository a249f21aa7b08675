"""A model of the risk that fits what one's own drafts became, when there are enough of them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from corpus.arabic import word_texts
from corpus.risk.features import Measured
from corpus.risk.model import RiskModel

ENOUGH = 40
"""So many drafts that were edited into something are asked for; fewer tell less than what is known already."""

_FOLDS = 5

History = Sequence[tuple[Measured, float]]
"""Drafts, and the share of each that was changed."""


def share_changed(draft: str, final: str) -> float:
    """Return how many words were changed to make ``final`` of ``draft``, as a share of the words of ``final``, 0 to 1.

    Like HTER without its moves, and a thousand times faster; the two rank drafts alike.
    """
    from rapidfuzz.distance import Levenshtein

    before, after = word_texts(draft), word_texts(final)
    return min(1.0, Levenshtein.distance(before, after) / (len(after) or 1))


def learned_model(history: History, prior: RiskModel) -> RiskModel:
    """Return ``prior`` fitted to ``history``; itself where that is too short, or does not do better by it.

    Whether it does is asked of drafts that it was not fitted on: a fifth at a time.
    """
    if len(history) < ENOUGH:
        return prior
    folds = [history[fold::_FOLDS] for fold in range(_FOLDS)]
    own = other = 0.0
    for place, held_out in enumerate(folds):
        rest = [one for number, fold in enumerate(folds) if number != place for one in fold]
        own += prior.fitted(*_columns(rest)).loss(*_columns(held_out)) * len(held_out)
        other += prior.loss(*_columns(held_out)) * len(held_out)
    return prior.fitted(*_columns(history)) if own < other else prior


def _columns(history: Iterable[tuple[Measured, float]]) -> tuple[list[Measured], list[float]]:
    drafts, shares = zip(*history, strict=True)
    return list(drafts), list(shares)
