"""Damaged files: what can be read is saved, what is lost is told, and the damaged file is kept."""

import random
import sqlite3
from contextlib import closing

import pytest

from corpus.database import PROJECT_APPLICATION_ID
from corpus.errors import StoreError
from corpus.keys import source_hash
from corpus.model import Draft, DraftKind, ImportedDocument, ImportedSegment, State
from corpus.repair import application_id, repair
from corpus.repair.pages import Pages
from corpus.repair.project import PROJECT
from corpus.store import CorpusStore

PAGE = 4096


def document(name, count, words=20):
    return ImportedDocument(
        name, "text", "utf-8", "0" * 64, tuple(ImportedSegment(f"{name} {n} " + "كلمة " * words) for n in range(count))
    )


def made(path, *, long=0):
    """Make a project with a history: imports, an update, edits, drafts; return its segments by uid."""
    with closing(CorpusStore.create(path, {"source_language": "ar", "target_language": "en"})) as store:
        for number in range(4):
            store.import_document(document(f"news-{number}.txt", 30, 20 + long), "anna")
        changed = document("news-1.txt", 30, 20 + long)
        store.import_document(
            ImportedDocument("news-1.txt", "text", "utf-8", "1" * 64, changed.segments[3:]), "anna", update=True
        )
        for segment in store.segments()[::3]:
            store.set_target(segment.uid, f"text of {segment.position} " * 5, State.TRANSLATED, "anna", segment.version)
        for segment in store.segments()[1::3]:
            source = source_hash(segment.source)
            draft = Draft("a draft", DraftKind.TRANSLATION, "argos", "m", "1", "0" * 64, source)
            store.add_drafts([(segment.uid, draft)], "engine")
        return {segment.uid: segment for segment in store.segments()}


def read(path):
    """Return the segments of a project that must be sound."""
    with closing(CorpusStore.open(path)) as store:
        assert store.problems() == []
        assert list(store.unexplained()) == []
        assert store.properties() == {"source_language": "ar", "target_language": "en"}
        segments = store.segments()
        assert sum(tally.segments for tally in store.tallies()) == len(segments)
        return {segment.uid: segment for segment in segments}


def roots(path):
    with closing(sqlite3.connect(path)) as connection:
        return dict(connection.execute("SELECT name, rootpage FROM sqlite_master WHERE rootpage > 0"))


def kinds_of_pages(path):
    """Return what each page belongs to, as SQLite tells, to damage those of one table."""
    pages = Pages(path)
    found = {}
    for name, root in roots(path).items():
        for leaf in pages.leaves(root):
            found.setdefault(name, []).append(leaf)
    pages.close()
    return found


def spoil(path, number, data=b"\xa5" * PAGE, at=0):
    with path.open("r+b") as file:
        file.seek((number - 1) * PAGE + at)
        file.write(data)


def test_pages_give_the_rows_that_sqlite_gives(tmp_path):
    path = tmp_path / "p.tarjama"
    made(path, long=2000)  # rows that are larger than a page
    pages = Pages(path)
    with closing(sqlite3.connect(path)) as connection:
        for table in ("segments", "documents", "journal"):
            expected = connection.execute(f"SELECT rowid, * FROM {table} ORDER BY rowid").fetchall()  # noqa: S608
            rows = [row for leaf in pages.leaves(roots(path)[table]) for row in pages.rows(leaf)]
            rows.sort(key=lambda row: row.rowid)
            if table == "journal":  # its first column is the rowid
                assert [(row.rowid, row.rowid, *row.values[1:]) for row in rows] == expected
            else:
                assert [(row.rowid, *row.values) for row in rows] == expected
    pages.close()


def test_a_sound_file_comes_through_as_it_is(tmp_path):
    path = tmp_path / "p.tarjama"
    before = made(path)
    data = path.read_bytes()
    report = repair(path, PROJECT)
    assert read(path) == before
    assert report.damaged.read_bytes() == data
    assert report.sentences == ("It has 4 documents and 117 segments now.",)


def test_what_stands_in_the_log_only_is_saved_too(tmp_path):
    path = tmp_path / "p.tarjama"
    made(path)
    store = CorpusStore.open(path)
    segment = store.segments()[5]
    store.set_target(segment.uid, "only in the log", State.REVIEWED, "anna", segment.version)
    copy = tmp_path / "copy.tarjama"
    for end in ("", "-wal"):  # as after a crash
        copy.with_name(copy.name + end).write_bytes(path.with_name(path.name + end).read_bytes())
    store.close()
    assert copy.with_name("copy.tarjama-wal").stat().st_size
    report = repair(copy, PROJECT)
    assert read(copy)[segment.uid].target == "only in the log"
    assert report.damaged.with_name(report.damaged.name + "-wal").exists()


@pytest.mark.parametrize("table", ["segments", "documents", "sqlite_autoindex_segments_1", "journal_by_entity"])
def test_what_the_journal_tells_is_all_there_again(tmp_path, table):
    path = tmp_path / "p.tarjama"
    before = made(path)
    found = kinds_of_pages(path)
    for number in found.get(table, [roots(path)[table]]):
        spoil(path, number)
    repair(path, PROJECT)
    assert read(path) == before


@pytest.mark.parametrize("table", ["segments", "journal"])
def test_a_table_whose_beginning_is_lost_is_found_page_by_page(tmp_path, table):
    path = tmp_path / "p.tarjama"
    before = made(path)
    root = roots(path)[table]
    assert kinds_of_pages(path)[table] != [root]
    spoil(path, root)
    repair(path, PROJECT)
    assert read(path) == before


def test_without_a_journal_the_segments_stand_and_a_new_one_begins(tmp_path):
    path = tmp_path / "p.tarjama"
    before = made(path)
    for number in kinds_of_pages(path)["journal"]:
        spoil(path, number)
    report = repair(path, PROJECT)
    assert read(path) == before
    assert any("journal" in sentence for sentence in report.sentences)


def test_the_first_page_may_be_lost(tmp_path):
    path = tmp_path / "p.tarjama"
    before = made(path)
    spoil(path, 1)
    with pytest.raises(StoreError):
        CorpusStore.open(path)
    repair(path, PROJECT)
    with closing(CorpusStore.open(path)) as store:
        assert store.problems() == []
        assert {segment.uid: segment for segment in store.segments()} == before


def test_a_row_that_nothing_tells_of_any_more_is_named(tmp_path):
    path = tmp_path / "p.tarjama"
    before = made(path)
    found = kinds_of_pages(path)
    with closing(Pages(path)) as pages:
        early = [leaf for leaf in found["journal"] if min(row.rowid for row in pages.rows(leaf)) < 60]
    for number in [*found["segments"], *early]:
        spoil(path, number)
    report = repair(path, PROJECT)
    after = read(path)
    lost = before.keys() - after.keys()
    assert lost
    assert {uid: before[uid] for uid in after} == after
    with closing(CorpusStore.open(path)) as store:
        told = {entry.entity_uid for entry in store.journal()}
    assert lost & told
    for uid in lost & told:
        assert any(uid in said for said in report.sentences)
    assert any("entries of the journal are lost: 1-" in sentence for sentence in report.sentences)


def test_what_another_program_has_written_is_kept_beside_what_the_journal_told(tmp_path):
    path = tmp_path / "p.tarjama"
    before = made(path)
    uid = next(uid for uid, segment in before.items() if segment.target)
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("UPDATE segments SET target = 'by another program' WHERE uid = ?", [uid])
    repair(path, PROJECT)
    assert read(path)[uid].target == "by another program"
    with closing(CorpusStore.open(path)) as store:
        *_, last = store.journal(uid)
    assert last.before == {"target": before[uid].target}
    assert last.after == {"target": "by another program"}


def test_a_header_that_tells_another_size_of_pages_is_not_believed(tmp_path):
    path = tmp_path / "p.tarjama"
    before = made(path)
    spoil(path, 1, (512).to_bytes(2, "big"), at=16)
    repair(path, PROJECT)
    assert read(path) == before


def test_nothing_is_made_of_nothing(tmp_path):
    path = tmp_path / "p.tarjama"
    for data in (b"", b"\0" * 10 * PAGE, b"no database " * 10_000):
        path.write_bytes(data)
        with pytest.raises(StoreError):
            repair(path, PROJECT)
        assert path.read_bytes() == data
        assert [file.name for file in tmp_path.iterdir()] == ["p.tarjama"]


def damage(data, chance):
    """Do to a file what disks and people do."""
    kind = chance.choice(["bytes", "page", "cut", "zeros", "swap"])
    pages = len(data) // PAGE
    if kind == "bytes":
        for _ in range(chance.randint(1, 200)):
            data[chance.randrange(len(data))] = chance.randrange(256)
    elif kind == "cut":
        del data[chance.randrange(20 * PAGE, len(data)) :]
    elif kind == "swap":
        one, other = (chance.randrange(pages) * PAGE for _ in range(2))
        data[one : one + PAGE], data[other : other + PAGE] = data[other : other + PAGE], data[one : one + PAGE]
    else:
        for _ in range(chance.randint(1, 4)):
            start = chance.randrange(pages) * PAGE
            data[start : start + PAGE] = bytes(PAGE) if kind == "zeros" else chance.randbytes(PAGE)


def repaired_after_damage(tmp_path, seeds):
    """Damage a project again and again; return what part of its segments came through unaltered."""
    path = tmp_path / "p.tarjama"
    before = made(path, long=30)
    sound = path.read_bytes()
    kept = total = 0
    for seed in seeds:
        data = bytearray(sound)
        damage(data, random.Random(seed))  # noqa: S311
        path.write_bytes(data)
        report = repair(path, PROJECT)
        assert report.damaged.read_bytes() == data
        with closing(CorpusStore.open(path)) as store:
            assert (store.problems(), list(store.unexplained())) == ([], [])
            after = {segment.uid: segment for segment in store.segments()}
            assert [document.position for document in store.documents()]
        kept += sum(after.get(uid) == segment for uid, segment in before.items())
        total += len(before)
        for file in tmp_path.glob("p*"):
            file.unlink()
    return kept / total


def test_damaged_files_are_repaired(tmp_path):
    assert repaired_after_damage(tmp_path, range(12)) > 0.9


@pytest.mark.slow
def test_many_damaged_files_are_repaired(tmp_path):
    assert repaired_after_damage(tmp_path, range(100, 400)) > 0.9


def test_the_first_bytes_tell_whose_a_file_is(tmp_path):
    made(tmp_path / "p.tarjama")
    assert application_id(tmp_path / "p.tarjama") == PROJECT_APPLICATION_ID
    (tmp_path / "empty").write_bytes(b"")
    assert application_id(tmp_path / "empty") == 0
