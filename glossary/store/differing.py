"""What the steps of a glossary's journal are about."""

from __future__ import annotations

from corpus.journal_difference import IDENTITY
from glossary.store.checking import Row, checked_step

JOURNAL_COLUMNS = (*IDENTITY.split(", "), "undoes", "concept_uid")


def concepts_of(row: Row) -> set[str]:
    """Return the concepts that a row of the journal is about; two when a term moves."""
    concepts = {str(row["concept_uid"])}
    if row["entity"] != "concept" and row["concept_uid"] not in row["before"] and row["before"] != "{}":
        concepts.add(str(checked_step(row).before.get("concept_uid", "")))
    return concepts - {""}
