"""A disk that refuses, and a project that goes away under the screen: it is told, and no text is lost."""

from __future__ import annotations

import sys

import pytest

from corpus.errors import BackupError
from corpus.model import State
from workbench.session import Session


def notices(pilot):
    return [f"{note.title} {note.message}" for note in pilot.app._notifications]


def run_sql(pilot, statement):
    return pilot.app._store.submit(lambda session: session._store._db.execute(statement).fetchall()).result()


async def test_a_full_disk_is_told_once_and_the_text_is_saved_when_there_is_room(running, stored, until):
    async with running() as pilot:
        screen = pilot.app.editor_screen
        ((pages,),) = run_sql(pilot, "PRAGMA page_count")
        run_sql(pilot, f"PRAGMA max_page_count = {pages}")
        run_sql(pilot, "PRAGMA wal_checkpoint(TRUNCATE)")
        screen.editor.insert("long " * 3000)  # more than the free room in pages that are there
        await until(pilot, lambda: any("no room left on the disk" in notice for notice in notices(pilot)))
        for _ in range(3):
            await screen._save_by_itself()  # time goes by
        assert sum("no room left" in notice for notice in notices(pilot)) == 1
        assert not screen.bar.status.saved
        assert screen.editor.text.startswith("long long")
        await pilot.press("ctrl+down")  # asked for, it is told again, and the row is not left
        assert screen.rows.current == 0
        assert stored()[0].state is State.DRAFTED
        run_sql(pilot, "PRAGMA max_page_count = 1000000")
        await until(pilot, lambda: screen.bar.status.saved)
        assert stored()[0].target == screen.editor.text


async def test_leaving_with_a_full_disk_gives_the_text_back(running, stored, until):
    async with running() as pilot:
        ((pages,),) = run_sql(pilot, "PRAGMA page_count")
        run_sql(pilot, f"PRAGMA max_page_count = {pages}")
        pilot.app.editor_screen.editor.insert("long " * 3000)
        await until(pilot, lambda: not pilot.app.editor_screen.bar.status.saved)
        await pilot.press("ctrl+q")
        await until(pilot, lambda: any("Leave once more" in notice for notice in notices(pilot)))
        assert pilot.app.is_running
        await pilot.press("ctrl+q")
    assert pilot.app.unsaved_text.startswith("long long")
    assert stored()[0].state is State.DRAFTED


@pytest.mark.skipif(sys.platform == "win32", reason="an open file cannot be deleted there")
async def test_a_deleted_project_is_told_and_the_typed_text_is_in_the_rescued_one(running, project, home, until):
    async with running() as pilot:
        screen = pilot.app.editor_screen
        await pilot.press("ctrl+a", *"First")
        await until(pilot, lambda: screen.bar.status.saved)
        project.unlink()
        await pilot.press(*" second")
        await until(pilot, lambda: any("deleted while it was open" in notice for notice in notices(pilot)))
        assert any("rescued" in notice for notice in notices(pilot))
        await until(pilot, lambda: screen.bar.status.saved)
        assert screen.editor.text.startswith("First second")
        typed = screen.editor.text
        await pilot.press("enter")
    (rescued,) = project.parent.glob("news-rescued-*.tarjama")
    with Session.open(rescued, home=home) as session:
        assert session.segments()[0].target == typed
        assert session.segments()[0].state is State.TRANSLATED
        assert session.problems() == []


@pytest.mark.skipif(sys.platform == "win32", reason="an open file cannot be deleted there")
async def test_a_deleted_project_is_noticed_by_who_only_reads(running, project, until):
    async with running() as pilot:
        await pilot.press("ctrl+a", *"First")
        await until(pilot, lambda: pilot.app.editor_screen.bar.status.saved)
        project.unlink()
        await pilot.app.editor_screen.look_for_file()
        await until(pilot, lambda: any("deleted while it was open" in notice for notice in notices(pilot)))
        assert list(project.parent.glob("news-rescued-*.tarjama"))


@pytest.mark.skipif(sys.platform == "win32", reason="an open file cannot be deleted there")
async def test_a_project_lost_at_the_very_end_is_told_afterwards(running, project, until):
    async with running() as pilot:
        await pilot.press("ctrl+a", *"First")
        await until(pilot, lambda: pilot.app.editor_screen.bar.status.saved)
        project.unlink()
    (rescued,) = project.parent.glob("news-rescued-*.tarjama")
    assert str(rescued) in pilot.app.farewell.hint


async def test_backups_are_made_in_the_background_and_a_refusal_is_told(running, until):
    async with running() as pilot:
        asked = []
        pilot.app.back_up(lambda cancelled: asked.append(cancelled()))
        await until(pilot, lambda: asked == [False])

        def refuse(_):
            raise BackupError("No backup was made: the disk is full.", "Make room.")

        pilot.app.back_up(refuse)
        await until(pilot, lambda: any("No backup was made" in notice for notice in notices(pilot)))
