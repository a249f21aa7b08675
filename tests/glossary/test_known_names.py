"""A long import knows what is there already, whether it was there before, is written, or still waits."""

from __future__ import annotations

from pathlib import Path

import pytest

from glossary.model import Concept, NewTerm, OnDuplicate, Term
from glossary.store import GlossaryStore
from glossary.store.known_names import _QUESTIONS

MANY = _QUESTIONS + 500


def pair(number: int) -> NewTerm:
    return NewTerm(f"كلمة {number}", f"word {number}")


def concept(number: int, uid: str = "") -> Concept:
    return Concept(uid=uid, terms=(Term("", "ar", f"كلمة {number}"), Term("", "en", f"word {number}")))


def test_a_pair_is_known_when_it_was_there_before_is_written_or_waits(tmp_path: Path) -> None:
    with GlossaryStore.open_or_create(tmp_path / "glossary.db") as store:
        store.add(NewTerm("كلمة قديمة", "an old word"), "before")
        numbers = [*range(MANY), MANY - 1, 0, MANY - 2]
        counts = store.add_many([*map(pair, numbers), NewTerm("كلمة قديمة", "An old word")], "import")
        assert (counts.added, counts.unchanged) == (MANY, 4)
        assert [number for number, _ in counts.duplicates] == [MANY, MANY + 1, MANY + 2, MANY + 3]
        assert len(store.entries()) == MANY + 1


def test_another_translation_joins_a_concept_that_was_made_long_before(tmp_path: Path) -> None:
    with GlossaryStore.open_or_create(tmp_path / "glossary.db") as store:
        counts = store.add_many([*map(pair, range(MANY)), NewTerm("كلمة 0", "the first word")], "import")
        assert counts.added == MANY + 1
        assert len(store.concepts()) == MANY


@pytest.mark.parametrize("on_duplicate", OnDuplicate)
def test_a_concept_is_known_by_its_uid_and_by_its_terms(tmp_path: Path, on_duplicate: OnDuplicate) -> None:
    with GlossaryStore.open_or_create(tmp_path / "glossary.db") as store:
        offered = [concept(number, f"00000000-0000-7000-8000-{number:012x}") for number in range(MANY)]
        again = [offered[0], concept(MANY - 1), offered[-1]]
        counts = store.add_concepts([*offered, *again], "import", on_duplicate)
        is_new = on_duplicate is OnDuplicate.NEW
        assert (counts.added, counts.unchanged) == (MANY + 3 * is_new, 3 * (not is_new))
        assert [uid for _, uid in counts.duplicates] == [offered[0].uid, offered[-1].uid, offered[-1].uid]
        assert len({one.uid for one in store.concepts()}) == MANY + 3 * is_new
