import random
from contextlib import closing

import pytest

from corpus.repair import repair
from glossary.model import NewTerm
from glossary.repair import GLOSSARY
from glossary.store import GlossaryStore

PAGE = 4096


def made(path):
    with GlossaryStore.open_or_create(path) as store:
        store.add_many([NewTerm(f"كلمة رقم {n}", f"word {n}", note="a note " * 20) for n in range(120)], "anna")
        for entry in store.entries()[::4]:
            store.change(entry.uid, {"note": "another"}, "bashir")
        for entry in store.entries()[::7]:
            store.remove(entry.uid, "anna")
        return store.entries()


def test_a_sound_glossary_comes_through_as_it_is(tmp_path):
    before = made(tmp_path / "g.db")
    report = repair(tmp_path / "g.db", GLOSSARY)
    with GlossaryStore.open(tmp_path / "g.db") as store:
        assert store.entries() == before
        assert (store.problems(), store.unexplained()) == ([], [])
    assert report.damaged.exists()
    assert report.sentences == (f"It has {len(before)} pairs of terms now.",)


def repaired_after_damage(path, seeds):
    before = made(path)
    sound = path.read_bytes()
    kept = 0
    for seed in seeds:
        chance, data = random.Random(seed), bytearray(sound)  # noqa: S311
        for _ in range(chance.randint(1, 3)):
            start = chance.randrange(len(data) // PAGE) * PAGE
            data[start : start + PAGE] = chance.choice([bytes(PAGE), chance.randbytes(PAGE)])
        path.write_bytes(data)
        report = repair(path, GLOSSARY)
        assert report.damaged.read_bytes() == data
        with closing(GlossaryStore.open(path)) as store:
            assert store.problems() == []
            kept += len(set(store.entries()) & set(before))
        for file in path.parent.glob("g*"):
            file.unlink()
    return kept / len(before) / len(seeds)


def test_damaged_glossaries_are_repaired(tmp_path):
    assert repaired_after_damage(tmp_path / "g.db", range(10)) > 0.9


@pytest.mark.slow
def test_many_damaged_glossaries_are_repaired(tmp_path):
    assert repaired_after_damage(tmp_path / "g.db", range(100, 300)) > 0.9
