"""From features to a risk between 0 and 1: the share of its words that a human is expected to change in a draft.

A logistic model whose label is that share (HTER, at most 1) instead of a yes or no: it is calibrated to the share, and
learns from every draft how bad it was. Fitting is iteratively reweighted least squares with a normal prior (a ridge)
around the weights it begins with, so that a feature which never occurred keeps the weight that it had.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from math import exp, log

from corpus.risk.features import FEATURES, Measured

_STEPS = 25
_FARTHEST = 4.0
"""No feature counts for more than this many of its units: a single odd value must not decide alone."""


@dataclass(frozen=True, slots=True)
class RiskModel:
    """A weight for each of ``FEATURES``, whose values are first put in units: minus the center, over the scale.

    What is not known counts as the center.
    """

    bias: float
    weights: tuple[float, ...]
    centers: tuple[float, ...]
    scales: tuple[float, ...]

    def risk(self, measured: Measured) -> float:
        """Return the share of a draft's words that is expected to be changed, between 0 and 1."""
        score = self.bias + sum(
            weight * unit for weight, unit in zip(self.weights, self.units(measured), strict=True) if unit
        )
        return 1 / (1 + exp(-score))

    def units(self, measured: Measured) -> tuple[float, ...]:
        """Return the features as the model weighs them."""
        return tuple(
            0.0 if value is None else max(-_FARTHEST, min(_FARTHEST, (value - center) / scale))
            for value, center, scale in zip(measured.values, self.centers, self.scales, strict=True)
        )

    def fitted(self, drafts: Sequence[Measured], changed: Sequence[float], *, firmness: float = 60.0) -> RiskModel:
        """Return the model that drafts, and the share that was changed in each, make of this one.

        ``firmness`` is the precision of the prior: with as many drafts that say otherwise, a weight moves half the way.
        """
        import numpy as np  # only where something is learned

        rows = np.array([(1.0, *self.units(one)) for one in drafts])
        labels = np.clip(np.array(changed), 0.0, 1.0)
        prior = np.array((self.bias, *self.weights))
        # The share that a human changes is a matter of taste: the bias follows what was done almost freely.
        ridge = np.diag([1.0, *[firmness] * len(self.weights)])
        weights = prior.copy()
        for _ in range(_STEPS):
            expected = 1 / (1 + np.exp(-rows @ weights))
            slope = rows.T @ (labels - expected) - ridge @ (weights - prior)
            step = np.linalg.solve((rows.T * (expected * (1 - expected))) @ rows + ridge, slope)
            weights = weights + step
            if float(abs(step).max()) < 1e-9:
                break
        bias, *others = (float(weight) for weight in weights)
        return RiskModel(bias, tuple(others), self.centers, self.scales)

    def loss(self, drafts: Sequence[Measured], changed: Sequence[float]) -> float:
        """Return the mean cross-entropy of what is expected and what was changed: less is better."""
        total = 0.0
        for one, share in zip(drafts, changed, strict=True):
            risk, label = self.risk(one), min(1.0, max(0.0, share))
            total -= label * log(risk) + (1 - label) * log(1 - risk)
        return total / (len(drafts) or 1)

    def dump(self) -> str:
        """Return the model as JSON text, a line for each feature."""
        rows = zip(FEATURES, self.weights, self.centers, self.scales, strict=True)
        lines = [f'  "{name}": [{weight:.4f}, {center:.4f}, {scale:.4f}]' for name, weight, center, scale in rows]
        return "{\n" + ",\n".join([f'  "bias": {self.bias:.4f}', *lines]) + "\n}\n"

    @classmethod
    def load(cls, text: str) -> RiskModel:
        """Read what ``dump`` wrote."""
        record = json.loads(text)
        weights, centers, scales = zip(*(record[name] for name in FEATURES), strict=True)
        return cls(record["bias"], weights, centers, scales)


@lru_cache(1)
def shipped_model() -> RiskModel:
    """Return the model that comes with Tarjama, ``corpus/data/risk.json``; docs/risk.md tells what it was fitted on."""
    return RiskModel.load(files("corpus").joinpath("data", "risk.json").read_text(encoding="utf-8"))
