"""A draft weighed: its risk, what is doubtful in it, and what that was told by."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from corpus.model import Draft, DraftKind, Piece
from corpus.risk.features import Measured, measure_pieces, together
from corpus.risk.flags import CUT, Flag, flags_of
from corpus.risk.model import RiskModel, shipped_model


@dataclass(frozen=True, slots=True)
class Weighed:
    """What is expected of a draft: ``risk`` is the share of its words that will be changed, 0 to 1."""

    risk: float
    flags: tuple[Flag, ...]
    measured: Measured


def weigh(
    source: str,
    text: str,
    pieces: Sequence[Piece] = (),
    *,
    capped: bool = False,
    attention: Sequence[float | None] = (),
    model: RiskModel | None = None,
) -> Weighed:
    """Weigh the draft ``text`` of ``source``, sentence by sentence where there are pieces.

    ``attention`` has, for each piece, the share of the source's tokens that the decoder attended to, where the engine
    tells. ``model`` is what was learned from a user's own history; by default the one that comes with Tarjama.
    """
    sentences = measure_pieces(source, text, pieces, capped=capped, attention=attention)
    weights = [piece.end - piece.start for piece in pieces] if pieces else [1]
    whole = together(list(zip(sentences, weights, strict=True)))
    return Weighed((model or shipped_model()).risk(whole), flags_of(sentences), whole)


def weigh_draft(source: str, draft: Draft, model: RiskModel | None = None) -> Weighed:
    """Weigh a stored draft; what a human has confirmed for the same source elsewhere has no risk."""
    weighed = weigh(source, draft.text, draft.pieces, capped=CUT in draft.flags, model=model)
    return Weighed(0.0, (), weighed.measured) if draft.kind is DraftKind.MEMORY else weighed
