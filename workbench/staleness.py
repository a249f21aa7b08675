"""Which drafts are out of date: those of another source, model or setting, or made when the glossary said otherwise."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from corpus.keys import source_hash
from corpus.model import Draft, DraftKind
from workbench.engines.protocol import ModelIdentity

_RANKS = {DraftKind.PIVOT: 1, DraftKind.TRANSLATION: 2}


@dataclass(frozen=True, slots=True)
class TermKeys:
    """What the glossary says of a text, put into a key that changes when that does; empty for a text without terms.

    ``version`` is the glossary's: a draft made at this very version need not be asked about, and none is read twice.
    """

    version: int
    key: Callable[[str], str]


def is_stale(draft: Draft | None, source: str, identity: ModelIdentity | None, terms: TermKeys | None = None) -> bool:
    """Tell whether ``source`` wants a new draft from the model ``identity``; a missing draft is stale.

    Without ``identity`` no model counts, without ``terms`` no glossary. A gloss never takes the place of a translation,
    nor does what went through a third language take that of a direct one. Settings that a draft does not tell (those of
    older files) are taken to be the same.
    """
    if draft is None or draft.source_hash != source_hash(source):
        return True
    if identity is not None:
        if _RANKS.get(identity.kind, 0) < _RANKS.get(draft.kind, 0):
            return False
        if _model_of(draft) != (identity.engine, identity.name, identity.version, identity.sha256):
            return True
        if draft.settings not in {"", identity.settings}:
            return True
    return terms is not None and draft.glossary_version != terms.version and draft.terms_key != terms.key(source)


def _model_of(draft: Draft) -> tuple[str, str, str, str]:
    return draft.engine, draft.model, draft.model_version, draft.model_sha256
