"""A term changes: what the editor tells, what the list shows, and what is written and taken back from it."""

from __future__ import annotations

import pytest

from corpus.model import State
from glossary.model import NewTerm, TermStatus
from workbench.session import Session
from workbench.ui.screens.impact import ImpactScreen, QuestionScreen
from workbench.ui.screens.term import TermScreen


@pytest.fixture
def project(tmp_path, home):
    """Return a project that calls مدينة city, which is forbidden now."""
    path = tmp_path / "news.tarjama"
    (tmp_path / "news.txt").write_text(
        "وصل الناس إلى المدينة.\nقال المتحدث نعم.\nالمدن كبيرة.\nوبمدينتهم سوق.", encoding="utf-8"
    )
    with Session.create(path, home=home, actor="anna") as session:
        session.import_file(tmp_path / "news.txt")
        session.terms.add(NewTerm("مدينة", "city", TermStatus.FORBIDDEN))
        texts = ["People reached the city.", "He said yes.", "Cities are big.", "A market there."]
        for segment, text in zip(session.segments(), texts, strict=True):
            session.confirm(segment.uid, text, segment.version)
    return path


@pytest.fixture
def add_term(until):
    """Return a function that adds مدينة = town with the keyboard."""

    async def add(pilot):
        await pilot.press("ctrl+t")
        await until(pilot, lambda: isinstance(pilot.app.screen, TermScreen))
        pilot.app.screen.query_one("#source").value = "مدينة"
        pilot.app.screen.query_one("#target").value = "town"
        await pilot.press("enter")
        await until(pilot, lambda: told(pilot, "Glossary changed"))

    return add


@pytest.fixture
def listed(add_term, until):
    """Return a function that adds the term and opens the list of what it affects."""

    async def open_list(pilot):
        await add_term(pilot)
        await pilot.press("f3")
        await until(pilot, lambda: isinstance(pilot.app.screen, ImpactScreen) and pilot.app.screen.rows.chosen)
        return pilot.app.screen

    return open_list


def told(pilot, title):
    return [note.message for note in pilot.app._notifications if note.title == title]


async def test_ctrl_t_and_enter_add_the_word_under_the_cursor(running, until):
    async with running(drafted=False) as pilot:
        screen = pilot.app.editor_screen
        await until(pilot, lambda: screen.editor.has_focus and screen.terms.content != "")
        await pilot.press("end", "ctrl+t")
        await until(pilot, lambda: isinstance(pilot.app.screen, TermScreen))
        dialog = pilot.app.screen
        assert (dialog.query_one("#source").value, dialog.query_one("#target").value) == ("مدينة", "city")
        await pilot.press("escape", "home", "ctrl+t")
        await until(pilot, lambda: isinstance(pilot.app.screen, TermScreen) and pilot.app.screen is not dialog)
        assert pilot.app.screen.query_one("#target").value == "People"
        await pilot.press("enter")
        await until(pilot, lambda: "People" in str(screen.terms.content))
        assert told(pilot, "Glossary changed")


async def test_what_is_selected_goes_before_the_word_under_the_cursor(running, until):
    async with running(drafted=False) as pilot:
        await until(pilot, lambda: pilot.app.editor_screen.editor.has_focus)
        await pilot.press(*["shift+right"] * len("People reached"), "ctrl+t")
        await until(pilot, lambda: isinstance(pilot.app.screen, TermScreen))
        assert pilot.app.screen.query_one("#target").value == "People reached"


async def test_arrows_choose_another_word_of_the_segment(running, until):
    async with running(drafted=False) as pilot:
        await until(pilot, lambda: pilot.app.editor_screen.editor.has_focus)
        await pilot.press("ctrl+t")
        await until(pilot, lambda: isinstance(pilot.app.screen, TermScreen))
        source = pilot.app.screen.query_one("#source")
        await pilot.press(*["up"] * 9)
        assert source.value == "وصل"
        await pilot.press("down", "down")
        assert source.value == "ناس"
        await pilot.press(*["down"] * 9)
        assert source.value == "مدينة"


async def test_adding_a_term_tells_how_many_segments_say_otherwise(running, add_term):
    async with running(drafted=False) as pilot:
        await add_term(pilot)
        (message,) = told(pilot, "Glossary changed")
        assert "3 segments say otherwise: F3" in message


async def test_the_list_shows_what_goes_and_what_comes(running, listed, text_of):
    async with running(drafted=False) as pilot:
        screen = await listed(pilot)
        drawn = "\n".join(text_of(screen.rows))
        assert "▶[x]    1 ✓ People reached the city town." in drawn
        assert "[x]    3 ✓ Cities Towns are big." in drawn
        assert " –     4 ✓ A market there." in drawn
        styles = {strand.text: strand.style for y in range(3) for strand in screen.rows.render_line(y) if strand.style}
        assert styles["city"].strike
        assert styles["town"].underline
        assert styles["المدينة"].underline


async def test_marked_segments_are_changed_as_one_and_taken_back_as_one(running, listed, stored, until):
    async with running(drafted=False) as pilot:
        screen = await listed(pilot)
        before = [(segment.target, segment.state) for segment in stored()]
        await pilot.press("f2")
        await until(pilot, lambda: isinstance(pilot.app.screen, QuestionScreen))
        await pilot.press("enter")
        await until(pilot, lambda: told(pilot, "Changed"))
        assert [segment.target for segment in stored()] == [
            "People reached the town.",
            "He said yes.",
            "Towns are big.",
            "A market there.",
        ]
        assert stored()[0].state is State.EDITED
        assert [one.segment.position for one in screen._affected] == [4]
        assert pilot.app.editor_screen.editor.text == "People reached the town."
        assert pilot.app.editor_screen.bar.status.translated == 2
        await pilot.press("ctrl+z")
        await until(pilot, lambda: told(pilot, "Taken back"))
        assert [(segment.target, segment.state) for segment in stored()] == before
        assert pilot.app.editor_screen.editor.text == "People reached the city."


async def test_only_what_is_marked_is_changed_and_no_means_no(running, listed, stored, until):
    async with running(drafted=False) as pilot:
        await listed(pilot)
        await pilot.press("f2")
        await until(pilot, lambda: isinstance(pilot.app.screen, QuestionScreen))
        await pilot.press("escape")
        await until(pilot, lambda: isinstance(pilot.app.screen, ImpactScreen))
        assert "city" in stored()[0].target
        await pilot.press("space", "f2")
        await until(pilot, lambda: isinstance(pilot.app.screen, QuestionScreen))
        await pilot.press("enter")
        await until(pilot, lambda: told(pilot, "Changed"))
        assert [segment.target for segment in stored()][::2] == ["People reached the city.", "Towns are big."]


async def test_all_or_none_are_marked(running, listed):
    async with running(drafted=False) as pilot:
        screen = await listed(pilot)
        assert len(screen.rows.marked) == 2
        await pilot.press("ctrl+a")
        assert screen.rows.marked == set()
        await pilot.press("end", "space", "ctrl+a")
        assert len(screen.rows.marked) == 2


async def test_what_a_colleague_changes_meanwhile_is_left_and_told(running, listed, project, home, stored, until):
    async with running(drafted=False) as pilot:
        await listed(pilot)
        with Session.open(project, home=home, actor="bashir") as other:
            other.set_target(other.segments()[2].uid, "Bashir's cities", State.EDITED)
        await pilot.press("f2")
        await until(pilot, lambda: isinstance(pilot.app.screen, QuestionScreen))
        await pilot.press("enter")
        await until(pilot, lambda: told(pilot, "Changed"))
        assert told(pilot, "Changed") == ["1 segment\n1 left as they are: changed since"]
        assert stored()[2].target == "Bashir's cities"


async def test_enter_goes_to_the_segment_and_selects_what_is_old(running, listed, until):
    async with running(drafted=False) as pilot:
        await listed(pilot)
        await pilot.press("down", "enter")
        screen = pilot.app.editor_screen
        await until(pilot, lambda: pilot.app.screen is screen and screen.rows.current == 2)
        await until(pilot, lambda: screen.editor.selected_text == "Cities")


async def test_typed_text_is_saved_before_the_list_opens(running, listed, stored):
    async with running(drafted=False) as pilot:
        await pilot.pause()
        await pilot.press("X")
        screen = await listed(pilot)
        assert stored()[0].target == "XPeople reached the city."
        assert screen._affected[0].proposed == "XPeople reached the town."


async def test_without_a_changed_term_there_is_nothing_to_list(running, until):
    async with running(drafted=False) as pilot:
        screen = pilot.app.editor_screen
        await until(pilot, lambda: screen.editor.has_focus)
        await pilot.press("f3")
        await until(pilot, lambda: any("No term was added" in note.message for note in pilot.app._notifications))
        assert pilot.app.screen is screen


@pytest.mark.parametrize("size", [(20, 6), (60, 15), (240, 70)])
async def test_the_list_serves_every_size(running, listed, size):
    async with running(size=size, drafted=False) as pilot:
        screen = await listed(pilot)
        await pilot.press("down", "pagedown", "pageup", "home", "end")
        assert screen.rows.current == 2
        await pilot.resize_terminal(size[0] + 7, size[1] + 3)
        await pilot.press("home")
        assert screen.rows.current == 0
