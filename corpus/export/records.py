"""A pair as flat fields, the same in every format made of records."""

from __future__ import annotations

from corpus.pairs import Pair

COLUMNS = ("source", "target", "state", "origin", "document", "order", "uid")


def record(pair: Pair) -> dict[str, str | int]:
    """Return the fields of ``pair`` in the order of ``COLUMNS``; texts are exact."""
    return {
        "source": pair.source,
        "target": pair.target,
        "state": pair.state.label,
        "origin": pair.origin.value,
        "document": pair.document,
        "order": pair.order,
        "uid": pair.uid,
    }
