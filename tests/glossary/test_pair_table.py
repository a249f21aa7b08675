"""Pairs as rows are the same as pairs as entries, whichever way they are asked for."""

from __future__ import annotations

from pathlib import Path

import pytest

from glossary.model import NewTerm, TermEntry, TermStatus
from glossary.store import GlossaryStore


@pytest.fixture
def store(tmp_path: Path) -> GlossaryStore:
    store = GlossaryStore.open_or_create(tmp_path / "glossary.db")
    store.add_many(
        [
            NewTerm("باغوز", "Baghuz", domain="places", forms=("الباغوز",), case_sensitive=True),
            NewTerm("مخيم", "camp", TermStatus.ADMITTED, target_forms=("camping ground",)),
            NewTerm("مخيم", "encampment", TermStatus.FORBIDDEN, source_status=TermStatus.PROPOSED),
            NewTerm("ناتو", "", do_not_translate=True),
        ],
        "test",
    )
    return store


def test_a_table_gives_the_pairs_that_the_store_gives(store: GlossaryStore) -> None:
    table = store.pairs()
    one_by_one = [store.entry(entry.uid) for entry in store.entries()]
    assert list(table) == table[:] == store.entries() == one_by_one
    assert len(table) == 4
    assert table[-1] == store.entries()[-1]


@pytest.mark.parametrize("name", TermEntry.__dataclass_fields__)
def test_a_column_holds_the_values_of_the_pairs(store: GlossaryStore, name: str) -> None:
    values = store.pairs().column(name)
    assert values == [getattr(entry, name) for entry in store.entries()]
    assert {type(value) for value in values} <= {str, tuple, bool}
