"""The commands that back up, put back and repair."""

import os
from pathlib import Path

import pytest

from workbench.backups import Backups
from workbench.cli.screen import only_window
from workbench.errors import WorkbenchError
from workbench.session import Session
from workbench.settings import Settings


@pytest.fixture
def project(tmp_path, home):
    path = tmp_path / "news.tarjama"
    text = "\n".join(f"فقرة رقم {number} وفيها كلمات كثيرة جدا." for number in range(200))
    (tmp_path / "news.txt").write_text(text, encoding="utf-8")
    with Session.create(path, home=home, actor="anna") as session:
        session.import_file(tmp_path / "news.txt")
    return path


def first_target(path, home):
    with Session.open(path, home=home) as session:
        return session.segments()[0].target


def write(path, home, text):
    with Session.open(path, home=home, actor="anna") as session:
        segment = session.segments()[0]
        session.save_target(segment.uid, text, segment.version)


def test_a_backup_is_made_listed_and_put_back(tarjama, project, home):
    assert "no backup yet" in tarjama("backup", project, "--list").out
    write(project, home, "good")
    (made,) = tarjama("backup", project, "--json").json
    assert tarjama("backup", project, "--list", "--json").json == [made]
    write(project, home, "spoiled")
    for name in ("newest", Path(made["path"]).name, made["path"]):
        result = tarjama("restore", project, name)
        assert result.code == 0
        assert first_target(project, home) == "good"
    kept = project.parent.glob("news-before-*.tarjama")
    assert sorted(first_target(file, home) for file in kept) == ["good", "good", "spoiled"]


def test_what_is_no_backup_is_told(tarjama, project):
    result = tarjama("restore", project, "newest")
    assert (result.code, "no backup" in result.err) == (2, True)
    result = tarjama("backup", project.with_name("missing.tarjama"))
    assert (result.code, "No backup" in result.err) == (2, True)


def test_what_is_open_in_a_window_is_neither_put_back_nor_repaired(tarjama, project, home):
    tarjama("backup", project)
    with only_window(project, home):
        for command in (("restore", project, "newest"), ("doctor", project, "--repair")):
            result = tarjama(*command)
            assert (result.code, "open in another window" in result.err) == (2, True)


def test_backups_are_made_by_themselves_when_due_and_before_risks(project, home):
    backups = Backups.of(project, home, Settings())
    assert backups.take_if_due() is not None
    assert backups.take_if_due() is None
    assert backups.take_before_risk() is None  # there is one of these minutes
    assert len(backups.all()) == 1
    off = Backups.of(project, home, Settings(backup_hours=0))
    off.all()[0].path.unlink()
    assert (off.take_if_due(), off.take_before_risk()) == (None, None)
    elsewhere = Backups.of(project, home, Settings(backup_folder=str(project.parent / "kept")))
    assert elsewhere.take().path.is_relative_to(project.parent / "kept")


def test_importing_anew_makes_a_backup_first(project, home, tmp_path):
    (tmp_path / "news.txt").write_text("فقرة واحدة بقيت.", encoding="utf-8")
    with Session.open(project, home=home) as session:
        session.import_file(tmp_path / "news.txt", update=True)
        (backup,) = session.backups.all()
    with Session.open(backup.path, home=home) as before:
        assert len(before.segments()) == 200


def test_projects_of_one_name_have_backups_of_their_own(home, tmp_path):
    folders = {Backups.of(tmp_path / place / "news.tarjama", home, Settings()).folder for place in ("one", "other")}
    assert len(folders) == 2


def test_the_doctor_repairs_the_memory(tarjama, project, home):
    with Session.open(project, home=home) as session:
        for segment in session.segments():
            session.confirm(segment.uid, f"Paragraph {segment.position} has very many words.", segment.version)
    data = bytearray(home.memory.read_bytes())
    page = next(
        n
        for n in range(len(data) // 4096 - 1, 0, -1)
        if data[n * 4096] == 0x0D and b"Paragraph" in data[n * 4096 : (n + 1) * 4096]
    )
    data[page * 4096 : page * 4096 + 100] = bytes(100)
    home.memory.write_bytes(data)
    report = tarjama("doctor", home.memory, "--repair", "--json").json
    assert report["databases"][-1]["what"] == "memory"
    assert report["databases"][-1]["sound"]
    assert "tarjama memory add PROJECT" in report["repairs"][0]["report"][-1]
    assert tarjama("memory", "add", project).code == 0
    found = tarjama("memory", "search", "فقرة رقم 150 وفيها كلمات كثيرة جدا.", "--json").json
    assert found[0]["target"] == "Paragraph 151 has very many words."


def test_the_doctor_repairs_what_is_damaged_and_leaves_what_is_sound(tarjama, project, home):
    result = tarjama("doctor", project, "--repair", "--json").json
    assert result["repairs"] == []
    data = bytearray(project.read_bytes())
    with Session.open(project, home=home) as session:
        before = session.segments()
    for page in (9, 12):
        data[page * 4096 : (page + 1) * 4096] = bytes(4096)
    project.write_bytes(data)
    result = tarjama("doctor", project)
    assert result.code == 1
    assert "--repair" in result.out
    assert project.read_bytes() == data
    report = tarjama("doctor", project, "--repair", "--json").json
    (repaired,) = report["repairs"]
    assert [database["sound"] for database in report["databases"]] == [True]
    assert Path(repaired["damaged"]).read_bytes() == data
    with Session.open(project, home=home) as session:
        assert session.segments() == before


def test_two_windows_on_one_project_are_refused(project, home):
    with only_window(project, home), pytest.raises(WorkbenchError, match="already open"), only_window(project, home):
        pass


def test_leftovers_are_named(tarjama, project):
    old = project.with_name(".news.tarjama-x1y2")
    old.mkdir()
    assert "Left over" not in tarjama("doctor", project).out  # somebody may still be at it
    os.utime(old, (1, 1))
    assert str(old) in tarjama("doctor", project).out
