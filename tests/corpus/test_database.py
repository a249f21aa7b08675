import os
import sqlite3

import pytest

from corpus.database import GLOSSARY_APPLICATION_ID, PROJECT_APPLICATION_ID, open_database
from corpus.errors import StoreError
from corpus.migrations import migrations


def open_project(path, *, create=False):
    return open_database(
        path, application_id=PROJECT_APPLICATION_ID, migrations=migrations, what="project", create=create
    )


@pytest.fixture
def project(tmp_path):
    path = tmp_path / "p.tarjama"
    open_project(path, create=True).close()
    return path


def pragma(path, name):
    connection = sqlite3.connect(path)
    (value,) = connection.execute(f"PRAGMA {name}").fetchone()
    connection.close()
    return value


def test_a_new_file_says_whose_it_is_and_is_durable(project):
    assert pragma(project, "application_id") == PROJECT_APPLICATION_ID
    assert pragma(project, "user_version") == 9
    db = open_project(project)
    assert [row["journal_mode"] for row in db.query("PRAGMA journal_mode")] == ["wal"]
    assert [row["synchronous"] for row in db.query("PRAGMA synchronous")] == [2]
    assert [row["foreign_keys"] for row in db.query("PRAGMA foreign_keys")] == [1]
    assert all(table.strict for table in db.tables if not table.name.startswith(("_", "sqlite")))
    db.close()


def test_references_must_exist(project):
    db = open_project(project)
    with pytest.raises(sqlite3.IntegrityError):
        db.table("segments").insert(
            {"uid": "a", "document_uid": "none", "position": 1, "kind": "paragraph", "source": "x"}
        )
    db.close()


def refused(path, match):
    before = path.read_bytes() if path.is_file() else None
    with pytest.raises(StoreError, match=match) as caught:
        open_project(path)
    assert caught.value.hint
    assert (path.read_bytes() if path.is_file() else None) == before


def test_a_newer_version_is_refused_and_untouched(project):
    connection = sqlite3.connect(project)
    connection.execute("PRAGMA user_version = 99")
    connection.close()
    refused(project, "newer Tarjama")


def test_a_file_of_another_program_is_refused_and_untouched(project, tmp_path):
    connection = sqlite3.connect(project)
    connection.execute(f"PRAGMA application_id = {GLOSSARY_APPLICATION_ID}")
    connection.close()
    refused(project, "another program")
    other = tmp_path / "other.db"
    connection = sqlite3.connect(other)
    connection.execute("CREATE TABLE t (x)")
    connection.close()
    refused(other, "another program")


@pytest.mark.parametrize("content", [b"hello", b"SQLite format 3\0 and then nothing", b"\0" * 4096])
def test_what_is_no_database_is_refused_and_untouched(tmp_path, content):
    path = tmp_path / "p.tarjama"
    path.write_bytes(content)
    refused(path, "not a Tarjama project")


def test_a_damaged_file_is_refused_and_untouched(project):
    data = bytearray(project.read_bytes())
    data[:100] = b"x" * 100
    project.write_bytes(data)
    refused(project, "damaged")


def test_missing_and_folder_are_told(tmp_path):
    refused(tmp_path / "missing.tarjama", "no project")
    refused(tmp_path, "not a file")


def test_a_file_in_the_way_is_kept(project):
    before = project.read_bytes()
    with pytest.raises(StoreError, match="already a file"):
        open_project(project, create=True)
    assert project.read_bytes() == before


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="needs a folder that may not be written")
def test_a_folder_that_may_not_be_written_is_told(tmp_path):
    tmp_path.chmod(0o500)
    try:
        with pytest.raises(StoreError, match="cannot be made"):
            open_project(tmp_path / "p.tarjama", create=True)
        assert list(tmp_path.iterdir()) == []
    finally:
        tmp_path.chmod(0o700)
