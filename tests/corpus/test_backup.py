import sqlite3
import sys
from contextlib import closing
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.backup import Backup, Keeping, back_up, backups_of, is_due, restore, superseded
from corpus.errors import BackupError
from corpus.model import ImportedDocument, ImportedSegment, State
from corpus.own_file import MovedError
from corpus.store import CorpusStore
from glossary.model import NewTerm
from glossary.store import GlossaryStore

NEWS = ImportedDocument("news.txt", "text", "utf-8", "0" * 64, (ImportedSegment("هدنة"), ImportedSegment("حرب")))
NOW = datetime(2026, 3, 4, 5, 6, 7, tzinfo=UTC)


@pytest.fixture
def path(tmp_path):
    return tmp_path / "news of today.tarjama"


@pytest.fixture
def store(path):
    made = CorpusStore.create(path, {"source_language": "ar"})
    made.add_document(NEWS, "anna")
    yield made
    made.close()


def write(store, text):
    segment = store.segments()[0]
    store.set_target(segment.uid, text, State.EDITED, "anna", segment.version)


def targets(path):
    with closing(CorpusStore.open(path)) as store:
        assert store.problems() == []
        return [segment.target for segment in store.segments()]


def test_a_backup_of_an_open_project_has_all_that_was_acknowledged(store, path, tmp_path):
    write(store, "truce")
    backup = back_up(path, tmp_path / "backups", now=lambda: NOW)
    assert backup == Backup(NOW, tmp_path / "backups" / "news of today-20260304-050607.tarjama")
    write(store, "later")
    assert targets(backup.path) == ["truce", ""]
    assert backups_of(path, tmp_path / "backups") == [backup]
    assert [file.name for file in (tmp_path / "backups").iterdir()] == [backup.path.name]


def test_writing_goes_on_while_a_backup_is_made_and_it_does_not_begin_again(store, path, tmp_path):
    rows = 40_000  # more pages than are copied at once
    store.add_document(ImportedDocument("large", "text", "", "", (ImportedSegment("كلمة " * 60),) * rows), "anna")
    looks = []

    def write_meanwhile():
        looks.append(len(looks))
        write(store, f"text {len(looks)}")
        return False

    before = store.segments()[0].target
    backup = back_up(path, tmp_path / "backups", cancelled=write_meanwhile)
    assert 1 < len(looks) < 50
    with closing(CorpusStore.open(backup.path)) as copy:
        assert copy.segments()[0].target == before
    assert store.segments()[0].target == f"text {len(looks)}"


def test_a_backup_nobody_waits_for_leaves_nothing(store, path, tmp_path):
    assert back_up(path, tmp_path / "backups", cancelled=lambda: True) is None
    assert list((tmp_path / "backups").iterdir()) == []


def test_a_backup_that_nobody_waits_for_is_not_proved_either(store, path, tmp_path, monkeypatch):
    monkeypatch.setattr("corpus.backup._INSTRUCTIONS_AT_ONCE", 10)
    looks = iter([False])  # copied at once, then somebody leaves
    assert back_up(path, tmp_path / "backups", cancelled=lambda: next(looks, True)) is None
    assert list((tmp_path / "backups").iterdir()) == []


def test_a_glossary_is_backed_up_in_the_same_way(tmp_path):
    with GlossaryStore.open_or_create(tmp_path / "g.db") as store:
        store.add(NewTerm("هدنة", "truce"), "anna")
        backup = back_up(tmp_path / "g.db", tmp_path / "backups")
    with GlossaryStore.open(backup.path) as copy:
        assert [entry.target for entry in copy.entries()] == ["truce"]


def test_what_is_damaged_is_no_backup(store, path, tmp_path):
    store.add_document(ImportedDocument("large", "text", "", "", (ImportedSegment("كلمة " * 60),) * 500), "anna")
    store.close()
    data = bytearray(path.read_bytes())
    data[20 * 4096 : 21 * 4096] = b"\xff" * 4096
    path.write_bytes(data)
    with pytest.raises(BackupError) as told:
        back_up(path, tmp_path / "backups")
    assert "doctor" in told.value.hint
    assert list((tmp_path / "backups").iterdir()) == []


def test_files_of_other_programs_are_refused(tmp_path):
    with closing(sqlite3.connect(tmp_path / "other.db")) as other:
        other.execute("CREATE TABLE t (x)")
    (tmp_path / "text.tarjama").write_text("no database at all", encoding="utf-8")
    for name in ("other.db", "text.tarjama", "missing.tarjama"):
        with pytest.raises(BackupError):
            back_up(tmp_path / name, tmp_path / "backups")
        with pytest.raises(BackupError):
            restore(tmp_path / name, tmp_path / "p.tarjama")
    assert not (tmp_path / "p.tarjama").exists()


def test_a_backup_is_due_when_the_last_is_old_and_something_was_written(store, path, tmp_path):
    folder, hour = tmp_path / "backups", timedelta(hours=1)
    now = datetime.now(UTC)
    assert is_due(path, folder, hour, now)
    back_up(path, folder, now=lambda: now + timedelta(seconds=2))
    assert not is_due(path, folder, hour, now + 2 * hour)  # nothing was written since
    for old in backups_of(path, folder):
        old.path.unlink()
    back_up(path, folder, now=lambda: now - 2 * hour)
    assert is_due(path, folder, hour, now)
    assert not is_due(path, folder, 3 * hour, now)


def test_putting_back_keeps_what_is_there(store, path, tmp_path):
    write(store, "truce")
    backup = back_up(path, tmp_path / "backups")
    write(store, "spoiled")
    store.close()
    kept = restore(backup.path, path, now=lambda: NOW)
    assert kept.name == "news of today-before-20260304-050607.tarjama"
    assert targets(path) == ["truce", ""]
    assert targets(kept) == ["spoiled", ""]
    assert targets(backup.path) == ["truce", ""]
    path.unlink()
    assert restore(backup.path, path) is None
    assert targets(path) == ["truce", ""]


@pytest.mark.skipif(sys.platform == "win32", reason="an open file cannot be moved there")
def test_the_log_of_a_project_goes_aside_with_it(store, path, tmp_path):
    backup = back_up(path, tmp_path / "backups")
    write(store, "only in the log yet")
    kept = restore(backup.path, path)  # as after a crash: nobody has closed the project
    assert targets(path) == ["", ""]
    assert targets(kept) == ["only in the log yet", ""]
    with pytest.raises(MovedError):
        store.close()


def taken(*days_ago):
    return [Backup(NOW - timedelta(days=ago), None) for ago in days_ago]


def test_the_newest_and_one_a_day_and_one_a_week_are_kept():
    keeping = Keeping(newest=2, days=3, weeks=2)
    backups = taken(0, 0.01, 0.02, 1, 1.1, 2, 3, 6, 7, 9, 14, 30)
    gone = superseded(backups, keeping)
    assert [backup for backup in backups if backup not in gone] == taken(0, 0.01, 1, 2, 3)


@given(st.lists(st.floats(0, 400), max_size=60), st.integers(1, 12), st.integers(0, 8), st.integers(0, 8))
def test_thinning_keeps_what_it_promises(days_ago, newest, days, weeks):
    backups = sorted(set(taken(*days_ago)), reverse=True)
    gone = set(superseded(backups, Keeping(newest, days, weeks)))
    kept = [backup for backup in backups if backup not in gone]
    assert kept[:newest] == backups[:newest]
    assert len(kept) <= newest + days + weeks
    for count, period in ((days, lambda b: b.taken_at.date()), (weeks, lambda b: b.taken_at.isocalendar()[:2])):
        wanted = sorted({period(backup) for backup in backups}, reverse=True)[:count]
        assert set(wanted) <= {period(backup) for backup in kept}
    assert not set(superseded(kept, Keeping(newest, days, weeks)))  # thinning again changes nothing


def test_two_backups_within_a_second_are_two(store, path, tmp_path):
    first, second = (back_up(path, tmp_path / "backups", now=lambda: NOW) for _ in range(2))
    assert second.taken_at - first.taken_at == timedelta(seconds=1)
    assert backups_of(path, tmp_path / "backups") == [second, first]
