"""A project of more rows than are ever loaded: scrolling, editing, filtering, and what others do out of sight."""

from __future__ import annotations

import asyncio

import pytest

from corpus.grouped import TargetChange
from corpus.model import State
from workbench.session import Session
from workbench.ui.shown import AHEAD

ROWS = 1500


@pytest.fixture
def project(tmp_path, home):
    """Return a project of two documents; some of their rows take several lines."""
    path = tmp_path / "news.tarjama"
    with Session.create(path, home=home, actor="anna") as session:
        for name, numbers in (("a.txt", range(ROWS // 2)), ("b.txt", range(ROWS // 2, ROWS))):
            lines = (f"فقرة رقم {number} " + "وفيها كلام كثير " * (number % 23) for number in numbers)
            (tmp_path / name).write_text("\n".join(lines), encoding="utf-8")
            session.import_file(tmp_path / name)
    return path


@pytest.fixture
def opened(running):
    """Return a context manager's opener that needs no drafts."""

    def open_screen(**options):
        return running(make_engine=lambda: None, drafted=False, **options)

    return open_screen


async def shown(pilot, until):
    screen = pilot.app.editor_screen
    await until(pilot, lambda: bool(screen.editor.display) and bool(len(screen.rows.visible_rows)))
    return screen


def is_whole(screen):
    return screen._shown.has(screen.rows.visible_rows)


def loaded(screen):
    return len(screen._shown.versions)


def drawn_numbers(screen, text_of):
    """Return the numbers of the rows whose first lines are drawn."""
    found = [line[1:5].strip() for line in text_of(screen.rows)]
    return [int(number) for number in found if number]


async def test_only_rows_near_what_is_seen_are_loaded(opened, until, text_of):
    async with opened() as pilot:
        screen = await shown(pilot, until)
        assert len(screen._shown) == ROWS
        assert loaded(screen) <= 3 * AHEAD
        for _ in range(40):
            screen.rows.scroll_page_down(animate=False)
            await until(pilot, lambda: is_whole(screen))
        assert screen.rows.visible_rows.start > 100
        assert loaded(screen) <= 12 * AHEAD
        numbers = drawn_numbers(screen, text_of)
        assert numbers == list(range(numbers[0], numbers[0] + len(numbers)))


async def test_what_is_far_away_is_edited_and_stored(opened, until, stored):
    async with opened() as pilot:
        screen = await shown(pilot, until)
        await pilot.press("ctrl+end")
        assert screen.rows.current == ROWS - 1
        assert screen.rows.visible_rows.stop == ROWS
        await pilot.press(*"Last", "ctrl+home")
        assert screen.rows.current == 0
        screen.rows.scroll_to(y=screen.rows.max_scroll_y // 2, animate=False)
        await until(pilot, lambda: is_whole(screen) and screen.rows.visible_rows.start > 100)
        await pilot.click("#segments", offset=(60, 12))
        await until(pilot, lambda: screen.rows.current > 100)
        row = screen.rows.current
        await pilot.press(*"Middle", "enter")
        assert screen.rows.current == row + 1
    segments = stored()
    assert segments[-1].target == "Last"
    assert (segments[row].target, segments[row].state) == ("Middle", State.TRANSLATED)


async def test_the_screen_is_never_blank_while_the_store_is_busy(opened, until, text_of):
    async with opened() as pilot:
        screen = await shown(pilot, until)
        before = text_of(screen.rows)
        go_on = asyncio.Event()
        loop = asyncio.get_running_loop()
        pilot.app._store.submit(lambda _: asyncio.run_coroutine_threadsafe(go_on.wait(), loop).result())
        screen.rows.scroll_to(y=screen.rows.max_scroll_y, animate=False)
        await pilot.pause()
        assert not is_whole(screen)
        assert text_of(screen.rows) == before
        go_on.set()
        await until(pilot, lambda: is_whole(screen))
        assert drawn_numbers(screen, text_of)[-1] == ROWS


async def test_scrolling_up_over_rows_of_unknown_height_moves_nothing_else(opened, until, text_of):
    async with opened() as pilot:
        screen = await shown(pilot, until)
        screen.rows.scroll_to(y=screen.rows.max_scroll_y // 2, animate=False)
        await until(pilot, lambda: is_whole(screen) and screen.rows.visible_rows.start > 100)
        for _ in range(30):
            await until(pilot, lambda: is_whole(screen))
            before = text_of(screen.rows)
            screen.rows.scroll_to(y=screen.rows.scroll_offset.y - 3, animate=False)
            await until(pilot, lambda: is_whole(screen))
            assert text_of(screen.rows)[3:] == before[:-3]


async def test_resizing_keeps_the_current_row_in_view(opened, until):
    async with opened() as pilot:
        screen = await shown(pilot, until)
        await pilot.press("ctrl+end")
        for size in ((80, 24), (20, 5), (20, 6), (240, 70), (130, 40)):
            await pilot.resize_terminal(*size)
            await until(pilot, lambda: is_whole(screen) and screen.rows.current in screen.rows.visible_rows)
        await pilot.press(*"Still here")
        assert screen.editor.text == "Still here"


@pytest.mark.parametrize("size", [(20, 5), (30, 8)])
async def test_a_tiny_terminal_is_served(opened, until, stored, size):
    async with opened(size=size) as pilot:
        screen = await shown(pilot, until)
        await pilot.press("ctrl+end", *"End", "ctrl+home", *"Begin", "ctrl+down", "ctrl+n")
        await until(pilot, lambda: screen.rows.current == 2)
    assert (stored()[0].target, stored()[-1].target) == ("Begin", "End")


async def test_filters_show_rows_out_of_all(opened, until, project, home, stored, text_of):
    with Session.open(project, home=home, actor="omar") as session:
        for segment in session.segments()[10::100]:
            session.confirm(segment.uid, "Done", segment.version)
    async with opened() as pilot:
        screen = await shown(pilot, until)
        await pilot.press("T", "ctrl+f")
        assert "only what is not translated" in screen.bar.status.text()
        assert (screen.bar.status.rows, screen.bar.status.segments) == (ROWS - 15, ROWS)
        assert screen.rows.current == 0
        assert screen.editor.text == "T"
        await pilot.press("ctrl+f")
        assert screen.bar.status.rows == 15
        assert screen._edit.segment.uid == stored()[10].uid  # the next that is translated
        assert any("Done" in line for line in text_of(screen.rows))
        await pilot.press("ctrl+end", "ctrl+n")
        assert any("Every other" in note.message for note in pilot.app._notifications)
        await pilot.press("ctrl+f")  # nothing is flagged: all
        assert screen.bar.status.rows == ROWS
        assert screen._edit.segment.uid == stored()[1410].uid
        assert screen.rows.current == 1410
    assert stored()[0].target == "T"


async def test_a_segment_that_the_filter_leaves_out_can_be_gone_to(opened, until, project, home, stored):
    with Session.open(project, home=home, actor="omar") as session:
        segment = session.segments()[700]
        session.confirm(segment.uid, "Done", segment.version)
    async with opened() as pilot:
        screen = await shown(pilot, until)
        await pilot.press("ctrl+f")
        assert await screen.go_to(segment.uid)
        assert screen.rows.current == 700
        assert len(screen._shown) == ROWS
        assert not await screen.go_to("nobody")


async def test_the_next_open_row_is_found_beyond_what_is_loaded(opened, until, project, home):
    with Session.open(project, home=home, actor="omar") as session:
        done = [one for one in session.segments()[: ROWS - 3] if one.position != 5]
        session._store.set_targets(
            [TargetChange(one.uid, "Done", State.TRANSLATED, one.version) for one in done], "omar"
        )
    async with opened() as pilot:
        screen = await shown(pilot, until)
        assert screen.rows.current == 4
        await pilot.press("ctrl+n")
        assert screen.rows.current == ROWS // 2 + 4
        await pilot.press("ctrl+n")
        assert screen.rows.current == ROWS - 3


class TestOthers:
    """Another process works in the same project."""

    async def test_what_they_change_out_of_sight_is_seen_when_one_comes_there(self, opened, until, project, home):
        async with opened() as pilot:
            screen = await shown(pilot, until)
            with Session.open(project, home=home, actor="omar") as other:
                segment = other.segments()[-1]
                other.confirm(segment.uid, "Omar's", segment.version)
            await pilot.press("ctrl+end")
            assert screen.editor.text == "Omar's"
            await pilot.press("!", "ctrl+up")
            assert not pilot.app._notifications  # no conflict: the newest was shown

    async def test_what_they_change_in_sight_is_shown_and_counted(self, opened, until, project, home, text_of):
        async with opened() as pilot:
            screen = await shown(pilot, until)
            with Session.open(project, home=home, actor="omar") as other:
                for segment in other.segments()[:3]:
                    other.confirm(segment.uid, "Omar's", segment.version)
            await pilot.press(*"Mine")
            await screen.follow().wait()
            assert sum("Omar's" in line for line in text_of(screen.rows)) == 2
            assert screen.editor.text == "Mine"  # what is typed stays, and is a conflict when it is saved
            await until(pilot, lambda: screen.bar.status.translated == 3)

    async def test_rows_that_come_before_move_the_current_one_along(self, opened, until, project, home):
        async with opened() as pilot:
            screen = await shown(pilot, until)
            await pilot.press(*["ctrl+down"] * 3, *"Mine")
            with Session.open(project, home=home, actor="omar") as other:
                other._store.split_segment(other.segments()[0].uid, [5], "omar")
                other._store.join_segments([one.uid for one in other.segments()[1400:1402]], "omar")
            await screen.follow().wait()
            assert (len(screen._shown), screen.rows.current) == (ROWS, 4)
            assert screen.editor.text.startswith("Mine")
            await pilot.press("ctrl+down")
            assert not pilot.app._notifications

    async def test_a_current_row_that_goes_is_left_for_the_next(self, opened, until, project, home, stored):
        async with opened() as pilot:
            screen = await shown(pilot, until)
            await pilot.press(*["ctrl+down"] * 3)
            with Session.open(project, home=home, actor="omar") as other:
                other._store.join_segments([one.uid for one in other.segments()[2:4]], "omar")
            await screen.follow().wait()
            assert screen._edit.segment.uid in {segment.uid for segment in stored()}
            assert screen.rows.current == 3
