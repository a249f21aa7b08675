"""The screen as its user works with it: keys in, the project file and the drawn text out."""

from __future__ import annotations

import threading
import unicodedata

import pytest

from corpus.errors import TarjamaError
from corpus.model import Origin, State
from workbench.errors import PackageError
from workbench.session import Session
from workbench.ui.bidi.emit import Emitter
from workbench.ui.editing import Dispute


async def test_drafts_appear_by_themselves_and_are_called_gloss(running, stored, text_of):
    async with running() as pilot:
        screen = pilot.app.editor_screen
        assert {segment.state for segment in stored()} == {State.DRAFTED}
        lines = text_of(screen.rows)
        assert any("≈ 6 words" in line for line in lines)
        assert "gloss by counter" in screen.bar.status.text()
        assert screen.editor.text == "2 words"


async def test_typing_is_saved_without_a_key(running, stored, until):
    async with running() as pilot:
        store_may_go_on = threading.Event()
        pilot.app._store.submit(lambda _: store_may_go_on.wait())
        await pilot.press("ctrl+a", *"Short")
        screen = pilot.app.editor_screen
        assert not screen.bar.status.saved
        store_may_go_on.set()
        await until(pilot, lambda: screen.bar.status.saved)
        segment = stored()[0]
        assert segment.target.startswith("Short")
        assert segment.state is State.EDITED


async def test_typing_without_a_pause_is_saved_too(running, stored, until):
    async with running() as pilot:
        for letter in "abcdefghijklmnopqrstuvwxyz" * 40:
            await pilot.press(letter)
            if stored()[0].target:
                break
        else:
            pytest.fail("nothing was saved while typing")


async def test_confirming_takes_the_text_and_goes_on(running, stored):
    async with running() as pilot:
        await pilot.press("delete", "3", "enter")
        screen = pilot.app.editor_screen
        assert screen.rows.current == 1
        segment = stored()[0]
        assert (segment.target, segment.state) == ("3 words", State.TRANSLATED)
        assert screen.bar.status.translated == 1
        await pilot.press("enter")
        assert stored()[1].origin is Origin.HUMAN


async def test_moving_over_an_untouched_draft_changes_nothing(running, stored):
    async with running() as pilot:
        before = stored()
        await pilot.press("ctrl+down", "ctrl+down", "pagedown", "ctrl+end", "ctrl+home", "ctrl+n", "ctrl+up")
        assert stored() == before
        assert pilot.app.editor_screen.rows.current == 0


async def test_moving_saves_at_once(running, stored):
    async with running() as pilot:
        await pilot.press("X", "ctrl+down")
        assert stored()[0].target == "X2 words"
        await pilot.press("Y", "ctrl+q")
    assert stored()[1].target == "Y6 words"


async def test_the_editor_is_emptied_and_everything_comes_back(running):
    async with running() as pilot:
        editor = pilot.app.editor_screen.editor
        await pilot.press("ctrl+k")
        assert editor.text == ""
        await pilot.press("ctrl+z")
        assert editor.text == "2 words"
        await pilot.press("ctrl+k", "N", "ctrl+r")
        assert editor.text == "2 words"


async def test_an_emptied_editor_confirms_nothing(running, stored):
    async with running() as pilot:
        await pilot.press("ctrl+k", "enter")
        assert pilot.app.editor_screen.rows.current == 0
        assert stored()[0].state < State.TRANSLATED


async def test_text_typed_just_before_the_program_is_ended_is_saved(running, stored):
    async with running() as pilot:
        await pilot.press("W")
        pilot.app.exit()
    assert stored()[0].target == "W2 words"


async def test_text_that_looks_like_markup_or_a_command_is_drawn_as_it_is(running, text_of):
    async with running() as pilot:
        drawn = "\n".join(text_of(pilot.app.editor_screen.rows))
        assert "[bold]" in drawn
        assert "␛[31m" in drawn
        assert "\x1b" not in drawn


async def test_arabic_is_joined_and_ordered_where_the_terminal_does_not(running, text_of):
    async with running(emitter=Emitter.VISUAL) as pilot:
        first = text_of(pilot.app.editor_screen.rows)[0]
        assert unicodedata.normalize("NFKC", first).rstrip().endswith("ريصق ناونع")
        assert "عنوان" not in first


async def test_terms_are_listed_with_how_they_are_built(running, until):
    async with running() as pilot:
        await pilot.press("ctrl+down")
        screen = pilot.app.editor_screen
        await until(pilot, lambda: "city" in str(screen.terms.content))
        assert "ال + مدينة" in str(screen.terms.content)


async def test_a_term_added_on_the_screen_is_found_at_once(running, until):
    async with running() as pilot:
        await pilot.press("ctrl+t")
        await until(pilot, lambda: pilot.app.screen is not pilot.app.editor_screen)
        pilot.app.screen.query_one("#source").value = "عنوان"
        pilot.app.screen.query_one("#target").value = "headline"
        await pilot.press("enter")
        screen = pilot.app.editor_screen
        await until(pilot, lambda: "headline" in str(screen.terms.content))


async def test_a_conflict_is_told_and_the_typed_text_stays(running, project, home, stored, until):
    async with running() as pilot:
        screen = pilot.app.editor_screen
        with Session.open(project, home=home, actor="bashir") as other:
            segment = other.segments()[0]
            other.confirm(segment.uid, "Bashir's", segment.version)
        await pilot.press("A", "ctrl+down")
        await until(pilot, lambda: any("changed elsewhere" in str(note.title) for note in pilot.app._notifications))
        await until(pilot, lambda: screen._edit.disputed is Dispute.TOLD)
        await screen._save_by_itself()  # time goes by
        assert screen.rows.current == 0
        assert screen.editor.text == "A2 words"
        assert stored()[0].target == "Bashir's"
        await pilot.press("ctrl+down")  # asked for once more
        await until(pilot, lambda: screen.rows.current == 1)
        assert stored()[0].target == "A2 words"


async def test_a_conflict_found_while_saving_by_itself_waits_for_the_user(running, project, home, stored, until):
    async with running() as pilot:
        screen = pilot.app.editor_screen
        with Session.open(project, home=home, actor="bashir") as other:
            segment = other.segments()[0]
            other.confirm(segment.uid, "Bashir's", segment.version)
        await pilot.press("A")
        await until(pilot, lambda: screen._edit.disputed is Dispute.FOUND)
        await pilot.press("ctrl+down")
        assert screen.rows.current == 0
        assert stored()[0].target == "Bashir's"
    assert pilot.app.unsaved_text == "A2 words"


async def test_export_writes_what_was_typed_a_moment_ago(running, project, until):
    async with running() as pilot:
        await pilot.press("Z", "ctrl+e")
        await until(pilot, lambda: pilot.app.screen is not pilot.app.editor_screen)
        await pilot.press("down", "enter")
        tsv = project.with_suffix(".tsv")
        await until(pilot, tsv.exists)
        assert "Z2 words\tedited\thuman" in tsv.read_text(encoding="utf-8")


async def test_an_export_that_fails_is_told(running, until, tmp_path):
    async with running() as pilot:
        await pilot.press("ctrl+e")
        await until(pilot, lambda: pilot.app.screen is not pilot.app.editor_screen)
        pilot.app.screen.query_one("#path").value = str(tmp_path / "no" / "folder" / "x.tmx")
        await pilot.press("enter")
        await until(pilot, lambda: any("cannot be written" in str(note.title) for note in pilot.app._notifications))


async def test_help_lists_every_action(running, until):
    from workbench.ui.actions import ACTIONS
    from workbench.ui.screens.help import help_text

    assert all(action.description in help_text().plain for action in ACTIONS)
    async with running() as pilot:
        await pilot.press("f1")
        await until(pilot, lambda: pilot.app.screen is not pilot.app.editor_screen)
        await pilot.press("escape")
        assert pilot.app.screen is pilot.app.editor_screen


async def test_without_a_model_the_screen_opens_and_says_how_to_get_one(running, until):
    async with running(make_engine=lambda: None, drafted=False) as pilot:
        advice = pilot.app.editor_screen.query_one("#advice")
        await until(pilot, lambda: bool(advice.display))
        assert "F9" in str(advice.content)
        await pilot.press(*"Mine", "enter")
        assert pilot.app.editor_screen.rows.current == 1


async def test_fetching_a_model_drafts_anew_and_failing_is_told(running, engine, until):
    engines = [None, engine]
    answers = [PackageError("No network.", "Take a file."), "Installed full 1.0"]

    def install(progress):
        progress(1, 2)
        answer = answers.pop(0)
        if isinstance(answer, TarjamaError):
            raise answer
        return answer

    async with running(make_engine=lambda: engines.pop(0), install_model=install, drafted=False) as pilot:
        screen = pilot.app.editor_screen
        await until(pilot, lambda: bool(screen.query_one("#advice").display))
        await pilot.press("f9")
        await until(pilot, lambda: any("No network" in str(note.title) for note in pilot.app._notifications))
        await pilot.press("f9")
        await until(pilot, lambda: screen.drafted)
        assert screen.editor.text == "2 words"


async def test_drafts_that_come_late_leave_a_touched_row_alone(running, engine, stored, until):
    engine.gate.clear()
    async with running(drafted=False) as pilot:
        screen = pilot.app.editor_screen
        await until(pilot, lambda: bool(screen.editor.display))
        await pilot.press(*"Mine", "ctrl+down")
        engine.gate.set()
        await until(pilot, lambda: screen.drafted)
        assert stored()[0].text == "Mine"
        assert stored()[1].origin is Origin.GLOSS


@pytest.mark.parametrize("size", [(20, 6), (40, 12), (80, 24), (240, 70)])
async def test_every_size_of_terminal_is_served(running, size, stored):
    async with running(size=size) as pilot:
        await pilot.press("Q", "enter", "ctrl+end", "ctrl+home")
        await pilot.resize_terminal(size[0] + 7, size[1] + 3)
        await pilot.press("ctrl+down")
        assert stored()[0].target == "Q2 words"


async def test_a_click_chooses_a_row(running):
    async with running() as pilot:
        await pilot.click("#segments", offset=(60, 7))
        assert pilot.app.editor_screen.rows.current > 0


async def test_a_draft_that_comes_while_one_types_is_no_conflict(running, engine, stored, until):
    engine.gate.clear()
    async with running(drafted=False) as pilot:
        screen = pilot.app.editor_screen
        await until(pilot, lambda: screen.rows.visible_rows and screen.editor.has_focus)
        await pilot.press("W")
        engine.gate.set()
        await until(pilot, lambda: screen.drafted)
        await pilot.press("x", "ctrl+down")
        assert not pilot.app._notifications
    assert stored()[0].target == "Wx"


async def test_the_riskiest_draft_is_gone_to_and_then_the_next(running, stored, until, project, home):
    async with running() as pilot:
        screen = pilot.app.editor_screen
        with Session.open(project, home=home) as session:
            queue = [one.segment.uid for one in session.drafts.risks.worst_first(100)]
        order = [segment.uid for segment in stored()]
        for uid in queue[:2]:
            await pilot.press("ctrl+g")
            await until(pilot, lambda uid=uid: screen.rows.current == order.index(uid))
        screen._risks._seen.update(queue)
        await pilot.press("ctrl+g")  # from the worst again after the last
        await until(pilot, lambda: screen.rows.current == order.index(queue[0]))
