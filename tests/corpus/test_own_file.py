"""Files that are moved, replaced or deleted while they are open."""

import os
import sqlite3
import sys
from contextlib import closing

import pytest

from corpus.errors import StoreError
from corpus.model import ImportedDocument, ImportedSegment, State
from corpus.own_file import MovedError
from corpus.store import CorpusStore
from glossary.model import NewTerm
from glossary.store import GlossaryStore

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="an open file cannot be moved there")

NEWS = ImportedDocument("news.txt", "text", "utf-8", "0" * 64, (ImportedSegment("هدنة"), ImportedSegment("حرب")))


@pytest.fixture
def path(tmp_path):
    return tmp_path / "p.tarjama"


@pytest.fixture
def store(path):
    made = CorpusStore.create(path, {"source_language": "ar"})
    made.add_document(NEWS, "anna")
    yield made
    made.close()


def targets(path):
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        return [target for (target,) in connection.execute("SELECT target FROM segments ORDER BY position")]


def write(store, text, row=0):
    segment = store.segments()[row]
    store.set_target(segment.uid, text, State.EDITED, "anna", segment.version)


def test_a_deleted_file_is_told_once_and_the_work_goes_on_beside_it(store, path):
    write(store, "truce")
    path.unlink()
    with pytest.raises(MovedError, match="deleted while it was open") as told:
        write(store, "war", 1)
    rescued = told.value.now_at
    assert rescued.parent == path.parent
    assert str(rescued) in told.value.hint
    assert targets(rescued) == ["truce", ""]
    write(store, "war", 1)
    assert store.path == rescued
    store.close()
    assert targets(rescued) == ["truce", "war"]
    with closing(CorpusStore.open(rescued)) as reopened:
        assert reopened.problems() == []


def test_a_renamed_file_is_followed(store, path):
    write(store, "truce")
    path.rename(path.with_name("other.tarjama"))
    with pytest.raises(MovedError) as told:
        write(store, "war", 1)
    assert told.value.now_at == path.with_name("other.tarjama")
    write(store, "war", 1)
    store.close()
    assert targets(told.value.now_at) == ["truce", "war"]
    assert not path.exists()


def test_a_file_moved_elsewhere_takes_all_that_was_saved_with_it(store, path, tmp_path):
    write(store, "truce")
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    path.rename(elsewhere / path.name)
    with pytest.raises(MovedError):
        store.require_place()
    assert targets(elsewhere / path.name) == ["truce", ""]  # also what stood in the log only
    assert targets(store.path) == ["truce", ""]


def test_a_file_put_in_the_place_of_an_open_one_is_left_alone(store, path, tmp_path):
    other = tmp_path / "other.tarjama"
    made = CorpusStore.create(other, {"source_language": "ar"})
    made.add_document(NEWS, "bashir")
    write(made, "Bashir's")
    made.close()
    write(store, "truce")
    other.replace(path)
    with pytest.raises(MovedError) as told:
        write(store, "war", 1)
    assert targets(told.value.now_at) == ["truce", ""]
    write(store, "war", 1)
    assert targets(path) == ["Bashir's", ""]


def test_what_was_lost_after_the_last_change_is_saved_when_closing(store, path, tmp_path):
    write(store, "truce")
    path.unlink()
    with pytest.raises(MovedError) as told:
        store.close()
    assert targets(told.value.now_at) == ["truce", ""]


def test_who_has_only_read_brings_nothing_back(store, path, tmp_path):
    with closing(CorpusStore.open(path)) as reader:
        reader.segments()
        store.close()
        path.unlink()
    assert not list(tmp_path.glob("*rescued*"))


@pytest.mark.skipif(not hasattr(os, "geteuid"), reason="needs a file system of Unix")
def test_a_folder_that_is_gone_too_is_no_reason_to_lose_work(tmp_path, monkeypatch):
    monkeypatch.setenv("HOME", str(tmp_path))
    folder = tmp_path / "folder"
    folder.mkdir()
    store = CorpusStore.create(folder / "p.tarjama", {"source_language": "ar"})
    store.add_document(NEWS, "anna")
    for file in folder.iterdir():
        file.unlink()
    folder.rmdir()
    with pytest.raises(MovedError) as told:
        write(store, "truce")
    assert told.value.now_at.parent == tmp_path
    write(store, "truce")
    store.close()
    assert targets(told.value.now_at) == ["truce", ""]


def test_a_glossary_is_kept_in_the_same_way(tmp_path):
    path = tmp_path / "g.db"
    store = GlossaryStore.open_or_create(path)
    store.add(NewTerm("هدنة", "truce"), "anna")
    path.unlink()
    with pytest.raises(StoreError, match=r"The glossary .* deleted"):
        store.add(NewTerm("حرب", "war"), "anna")
    store.add(NewTerm("حرب", "war"), "anna")
    store.close()
    (rescued,) = tmp_path.glob("g-rescued-*.db")
    with GlossaryStore.open(rescued) as reopened:
        assert [entry.target for entry in reopened.entries()] == ["truce", "war"]
        assert reopened.unexplained() == []
