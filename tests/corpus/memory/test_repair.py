import pytest

from corpus.errors import StoreError
from corpus.memory.model import Provenance, Unit
from corpus.memory.search import MemorySearch
from corpus.memory.store import MemoryStore
from corpus.model import JournalPlace
from corpus.repair import repair
from corpus.repair.memory import MEMORY
from corpus.repair.pages import Pages

PAGE = 4096
LANGUAGES = ("ar", "en")
PROJECT, FILE = Provenance("p1", "news.tarjama"), Provenance("f1", "old.tmx")
WORDS = "قال المتحدث إن القافلة وصلت إلى المدينة صباح الثلاثاء بعد ثلاث سنوات من الحصار"


def unit(number, provenance):
    words = WORDS.split()
    words = [words[number * place % len(words)] for place in range(1, 12)]
    source = " ".join([*words, str(number)])
    return Unit(source, f"translation {number}", *LANGUAGES, provenance, str(number), "anna", "2026-01-01T00:00:00Z")


@pytest.fixture
def path(tmp_path):
    with MemoryStore.open_or_create(tmp_path / "memory.db") as store:
        store.add_many(unit(number, FILE) for number in range(1500))
        for number in range(1500, 1510):
            store.add(unit(number, PROJECT))
        store.replace_segments(PROJECT, [], JournalPlace(7, "seven"))
    return tmp_path / "memory.db"


def leaves(path, table):
    pages = Pages(path)
    roots = {row.values[1]: row.values[3] for leaf in pages.leaves(1) for row in pages.rows(leaf)}
    found = list(pages.leaves(roots[table]))
    pages.close()
    return found


def spoil(path, number):
    with path.open("r+b") as file:
        file.seek((number - 1) * PAGE)
        file.write(b"\xa5" * PAGE)


def best(store, number):
    return [match.unit.target for match in MemorySearch(store).similar(unit(number, FILE).source, LANGUAGES)][:1]


def test_units_that_can_be_read_are_found_again_and_those_lost_are_not(path):
    spoiled = leaves(path, "units")[3]
    pages = Pages(path)
    lost = [int(row.values[2]) for row in pages.rows(spoiled)]
    pages.close()
    spoil(path, spoiled)
    report = repair(path, MEMORY)
    assert report.damaged.exists()
    with MemoryStore.open(path) as store:
        assert not store.problems()
        assert len(store) == 1510 - len(lost)
        assert report.sentences[0] == f"It has {len(store)} translations now."
        assert [best(store, number) for number in (0, 1499, 1505)] == [[f"translation {n}"] for n in (0, 1499, 1505)]
        assert f"translation {lost[0]}" not in best(store, lost[0])
        assert store.followed("p1") == JournalPlace(7, "seven")
        store.add(unit(9000, PROJECT))
        assert best(store, 9000) == ["translation 9000"]


def test_what_units_are_found_by_is_made_anew(path):
    for number in leaves(path, "blocks"):
        spoil(path, number)
    repair(path, MEMORY)
    with MemoryStore.open(path) as store:
        assert len(store) == 1510
        assert best(store, 42) == ["translation 42"]


def test_units_whose_provenance_is_lost_get_a_new_one(path):
    for number in leaves(path, "provenances"):
        spoil(path, number)
    report = repair(path, MEMORY)
    with MemoryStore.open(path) as store:
        assert [(one.name, count) for one, count in store.provenances()] == [("recovered-1", 1500), ("recovered-2", 10)]
        assert "they are of “recovered-1” now." in report.sentences[1]


def test_a_number_beyond_all_others_is_not_believed(path):
    with MemoryStore.open(path) as store:
        store._db.execute("UPDATE units SET id = 1 << 50 WHERE uid = '1509'")
        store._db.conn.commit()
    repair(path, MEMORY)
    with MemoryStore.open(path) as store:
        assert len(store.index.lengths()) <= 1511
        assert best(store, 1509) == ["translation 1509"]


def test_of_a_memory_without_anything_it_is_said_how_to_begin_again(path):
    path.write_bytes(b"\xa5" * 10 * PAGE)
    with pytest.raises(StoreError, match="Nothing can be read") as raised:
        repair(path, MEMORY)
    assert "tarjama memory add PROJECT" in raised.value.hint
    assert path.exists()
