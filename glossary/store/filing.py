"""File the conflicts that a merge has found, the same ones on both sides."""

from __future__ import annotations

import json
import uuid
from dataclasses import asdict

from sqlite_utils import Database

from glossary.store.changing import Change
from glossary.store.deciding import Clash
from glossary.store.settling import REMOVED

_CLASHES = uuid.UUID("6c1f5f0e-8a52-4a7e-9d0b-1d8a4b1c7f3e")  # of no meaning: names made from it are equal everywhere
_SAME = "SELECT 1 FROM conflicts WHERE uid = ? OR (entity_uid = ? AND field = ? AND offered = ?)"


def file_clash(db: Database, merging: Change, clash: Clash) -> bool:
    """File a conflict; tell whether it is a new one, about a row that is there and has another value."""
    try:
        row = merging.row(clash.entity, clash.entity_uid)
    except LookupError:
        return False
    uid = _uid_of(clash)
    kept = "no" if clash.field == REMOVED else str(row[clash.field])
    is_known = db.execute(_SAME, [uid, clash.entity_uid, clash.field, clash.offered]).fetchone()
    if is_known or kept == clash.offered:
        return False
    concept_uid = row.get("concept_uid", clash.entity_uid)
    merging.insert("conflict", {**asdict(clash), "concept_uid": concept_uid, "kept": kept}, uid)
    return True


def keep_conflicts_true(db: Database, merging: Change) -> None:
    """Let all conflicts tell what stands now; those about rows that are gone go with them."""
    for conflict in list(db.query("SELECT * FROM conflicts ORDER BY uid")):
        try:
            merging.keep_conflicts_true(conflict["entity"], conflict["entity_uid"])
        except LookupError:
            merging.delete("conflict", conflict["uid"])


def _uid_of(clash: Clash) -> str:
    """Return the same uid on both sides for the same conflict."""
    told = [clash.entity_uid, clash.field, clash.base, clash.offered]
    return str(uuid.uuid5(_CLASHES, json.dumps(told)))
