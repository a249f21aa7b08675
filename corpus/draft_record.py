"""A draft as JSON text: how it is kept in a project file and in its journal."""

from __future__ import annotations

import json
from typing import Any

from corpus.model import Draft, DraftKind, DraftTerm, Piece


def dump_draft(draft: Draft) -> str:
    """Return ``draft`` as one line of JSON."""
    record: dict[str, Any] = {
        "text": draft.text,
        "kind": draft.kind.value,
        "engine": draft.engine,
        "model": draft.model,
        "model_version": draft.model_version,
        "model_sha256": draft.model_sha256,
        "source_hash": draft.source_hash,
        "pieces": [[piece.start, piece.end, piece.text, piece.score] for piece in draft.pieces],
        "flags": list(draft.flags),
        "glossary_version": draft.glossary_version,
    }
    # Only where they say something: what an older Tarjama wrote is written again as it was.
    record |= {name: value for name in ("settings", "terms_key", "before_terms") if (value := getattr(draft, name))}
    if draft.terms:
        record["terms"] = [[one.start, one.end, one.target, one.instead, one.applied] for one in draft.terms]
    return json.dumps(record, ensure_ascii=False, separators=(",", ":"))


def load_draft(text: str | None) -> Draft | None:
    """Return the draft that ``dump_draft`` wrote; None for None."""
    if text is None:
        return None
    record: dict[str, Any] = json.loads(text)
    return Draft(
        text=record["text"],
        kind=DraftKind(record["kind"]),
        engine=record["engine"],
        model=record["model"],
        model_version=record["model_version"],
        model_sha256=record["model_sha256"],
        source_hash=record["source_hash"],
        pieces=tuple(Piece(*piece) for piece in record["pieces"]),
        flags=tuple(record["flags"]),
        glossary_version=record["glossary_version"],
        before_terms=record.get("before_terms", ""),
        terms=tuple(DraftTerm(*term) for term in record.get("terms", ())),
        settings=record.get("settings", ""),
        terms_key=record.get("terms_key", ""),
    )
