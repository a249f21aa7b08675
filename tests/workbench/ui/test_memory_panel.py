"""The memory on the screen: what was confirmed is offered for what is like it, and fills what is the same."""

from __future__ import annotations

import unicodedata

import pytest
from textual.content import Content

from corpus.model import Origin, State
from workbench.session import Session
from workbench.ui.bidi.emit import Emitter

LINES = [
    "وصل الناس إلى المدينة اليوم",
    "وصل الناس إلى القرية اليوم",
    "كلام لا يشبه غيره",
    "وصل الناس إلى المدينة اليوم",
]


@pytest.fixture
def project(tmp_path, home):
    path = tmp_path / "news.tarjama"
    (tmp_path / "news.txt").write_text("\n\n".join(LINES), encoding="utf-8")
    with Session.create(path, home=home, actor="anna") as session:
        session.import_file(tmp_path / "news.txt")
    return path


async def test_what_was_confirmed_is_offered_with_the_words_that_differ(running, until, text_of):
    async with running() as pilot:
        screen = pilot.app.editor_screen
        assert "Nothing like this" in text_of(screen.memory)[0]
        await pilot.press("ctrl+k", *"Arrived", "enter")
        await until(pilot, lambda: screen.memory.chosen is not None)
        drawn = text_of(screen.memory)
        assert "%" in drawn[0]
        assert "news.tarjama" in drawn[0]
        assert any("المدينة القرية" in line for line in drawn)
        assert any("Arrived" in line for line in drawn)
        await pilot.press("f2")
        assert screen.editor.text == "Arrived"
        await pilot.press("ctrl+z")
        assert screen.editor.text == "5 words"


async def test_the_same_source_is_filled_and_told(running, stored, until, text_of):
    async with running() as pilot:
        screen = pilot.app.editor_screen
        await pilot.press("ctrl+k", *"Arrived", "enter")
        await until(pilot, lambda: stored()[3].origin is Origin.MEMORY)
        assert (stored()[3].text, stored()[3].state) == ("Arrived", State.DRAFTED)
        await until(pilot, lambda: any("same source" in note.message for note in pilot.app._notifications))
        await until(pilot, lambda: any("= Arrived" in line for line in text_of(screen.rows)))
        await pilot.press("ctrl+end")
        assert screen.editor.text == "Arrived"


async def test_another_offer_can_be_chosen(running, project, home, until, text_of):
    with Session.open(project, home=home, actor="omar") as session:
        for place, text in ((0, "one"), (3, "two")):
            session.confirm(session.segments()[place].uid, text, session.segments()[place].version)
    async with running() as pilot:
        screen = pilot.app.editor_screen
        await until(pilot, lambda: screen.memory.chosen is not None)
        assert screen.rows.current == 1
        await pilot.press("f8", "f2")
        assert screen.editor.text == "one"
        assert [line[0] for line in text_of(screen.memory) if "%" in line] == [" ", "▸"]
        await pilot.press("f8", "f2")
        assert screen.editor.text == "two"


async def test_nothing_offered_is_told(running, stored):
    async with running() as pilot:
        await pilot.press("f8", "f2")
        assert pilot.app.editor_screen.editor.text == "5 words"
        assert any("nothing for this" in note.message for note in pilot.app._notifications)


async def test_offers_are_ordered_and_joined_where_the_terminal_does_not(running, until, text_of):
    async with running(emitter=Emitter.VISUAL) as pilot:
        screen = pilot.app.editor_screen
        await pilot.press("ctrl+k", *"Arrived", "enter")
        await until(pilot, lambda: screen.memory.chosen is not None)
        drawn = unicodedata.normalize("NFKC", "\n".join(text_of(screen.memory)))
        assert "ةيرقلا ةنيدملا" in drawn


async def test_a_memory_that_cannot_be_used_is_told_once_and_work_goes_on(running, home, stored, until):
    home.root.mkdir(exist_ok=True)
    home.memory.write_text("x" * 5000)
    async with running() as pilot:
        await until(pilot, lambda: any("memory" in str(note.title) for note in pilot.app._notifications))
        await pilot.press("ctrl+k", *"Arrived", "enter", "enter")
        await until(pilot, lambda: stored()[1].state is State.TRANSLATED)
        assert sum("memory" in str(note.title) for note in pilot.app._notifications) == 1
    assert stored()[0].target == "Arrived"


@pytest.mark.parametrize("size", [(80, 24), (80, 15), (200, 50)])
async def test_it_fits_on_screens_of_any_size(running, until, size):
    async with running(size=size) as pilot:
        screen = pilot.app.editor_screen
        await pilot.press("ctrl+k", *"Arrived", "enter")
        await until(pilot, lambda: screen.memory.chosen is not None)
        assert screen.rows.size.height >= 6
        assert (screen.memory.region.height > 2) == (size[1] > 15)


async def test_the_chosen_offer_is_always_seen(running, project, home, until, text_of):
    with Session.open(project, home=home, actor="omar") as session:
        for place, text in ((0, "one"), (2, "unlike"), (3, "two")):
            session.confirm(session.segments()[place].uid, text, session.segments()[place].version)
    async with running(size=(80, 24)) as pilot:
        memory = pilot.app.editor_screen.memory
        await until(pilot, lambda: memory.chosen is not None)
        assert [line[0] for line in text_of(memory) if "%" in line] == ["▸", " "]
        memory.styles.max_height = 5
        await pilot.press("f8")
        assert [line[0] for line in text_of(memory) if "%" in line] == ["▸"]
        assert any("one" in line for line in text_of(memory))


async def test_it_is_told_in_which_other_documents_a_segment_stands(running, project, tmp_path, home, until):
    statement = "قال المتحدث باسم المجلس إن القافلة وصلت صباح الثلاثاء إلى المدينة ومعها أطباء ودواء وطعام كثير"
    for name, text in (("first.txt", f"{statement}\n\nكلام آخر"), ("[bold]second.txt", f"غير ذلك\n\n{statement}")):
        (tmp_path / name).write_text(text, encoding="utf-8")
        with Session.open(project, home=home, actor="anna") as session:
            session.import_file(tmp_path / name)
    async with running() as pilot:
        screen = pilot.app.editor_screen
        await pilot.press(*["ctrl+down"] * len(LINES))
        await until(pilot, lambda: "another document" in plain(screen.memory.border_subtitle))
        assert "[bold]second.txt" in plain(screen.memory.border_subtitle)
        await pilot.press("ctrl+down")
        await until(pilot, lambda: not plain(screen.memory.border_subtitle))


def plain(title):
    """Return a title without its markup."""
    return Content.from_markup(title or "").plain
