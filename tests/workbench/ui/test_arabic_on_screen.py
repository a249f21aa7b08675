"""Arabic on the running screen: what is drawn, copied, pasted, and chosen."""

from __future__ import annotations

import re
import unicodedata

import pytest
from textual import events
from textual.geometry import Offset
from textual.selection import Selection

from workbench.settings import load_settings
from workbench.ui.bidi.emit import Emitter
from workbench.ui.picture import in_given_order
from workbench.ui.screens.display import DisplayScreen, DisplayTest
from workbench.ui.widgets.segment_list import SegmentList


def screen_text(app):
    """Return what is written to the terminal, line by line, letters instead of joined forms."""
    strips = app.screen._compositor.render_strips()
    return [unicodedata.normalize("NFKC", "".join(segment.text for segment in strip)) for strip in strips]


async def test_no_letter_is_left_unjoined_anywhere_on_the_screen(running, until):
    async with running(emitter=Emitter.VISUAL) as pilot:
        await pilot.press("ctrl+down", *"say ", "م", "ن", ",", "space")
        pilot.app.notify("قال المتحدث", title="عنوان", markup=False)
        await until(pilot, lambda: any("ثدحتملا لاق" in line for line in screen_text(pilot.app)))
        lines = screen_text(pilot.app)
        drawn = "\n".join("".join(s.text for s in strip) for strip in pilot.app.screen._compositor.render_strips())
        assert not re.search("[\u0621-\u064a]", drawn)
        assert any("ناونع" in line for line in lines)
        assert any("say 6 ,نم words" in line for line in lines)
        assert any("ةيبرعلا" in line for line in lines)


@pytest.mark.parametrize("key", ["f1", "ctrl+t", "ctrl+e", "ctrl+p"])
@pytest.mark.parametrize("emitter", [Emitter.VISUAL, Emitter.KITTY, Emitter.KONSOLE])
async def test_what_lies_beneath_a_dialog_stays_as_it_was_written(running, until, key, emitter):
    async with running(size=(200, 60), emitter=emitter) as pilot:
        before = screen_text(pilot.app)
        await pilot.press(key)
        await until(pilot, lambda: pilot.app.screen is not pilot.app.editor_screen)
        beneath = screen_text(pilot.app)
        assert beneath[1][-100:] == before[1][-100:]


@pytest.mark.parametrize("emitter", [Emitter.ARMOR, Emitter.KARMOR])
async def test_every_arabic_cell_on_the_screen_is_armored(running, emitter):
    async with running(emitter=emitter) as pilot:
        await pilot.press("f1")
        for strip in pilot.app.screen._compositor.render_strips():
            text = "".join(segment.text for segment in strip)
            letters = re.findall("[\ufe70-\ufefc][\u064b-\u065f]*\u200d?(.?)", text)
            assert set(letters) <= {"\u200e"}


async def test_the_segment_s_arabic_is_copied_as_it_is_stored(running, stored):
    async with running(emitter=Emitter.VISUAL) as pilot:
        await pilot.press("ctrl+down", "f5")
        assert pilot.app.clipboard == stored()[1].source


async def test_what_the_mouse_selects_is_copied_as_it_is_stored(running, stored):
    async with running(emitter=Emitter.VISUAL) as pilot:
        rows = pilot.app.editor_screen.query_one(SegmentList)
        line = rows.render_line(0).text
        right = len(line.rstrip())  # the first letter of an Arabic line stands at its right end
        await pilot.mouse_down(rows, offset=(right - 1, 0))
        await pilot.hover(rows, offset=(right - 4, 0))
        await pilot.mouse_up(rows, offset=(right - 4, 0))
        await pilot.pause()
        assert pilot.app.screen.get_selected_text() == stored()[0].source[:4]
        await pilot.press("f5")
        assert pilot.app.clipboard == stored()[0].source[:4]
        assert rows.current == 0


async def test_a_selection_over_rows_takes_one_column(running, stored):
    async with running(size=(200, 40), emitter=Emitter.VISUAL) as pilot:
        rows = pilot.app.editor_screen.rows
        first = rows.render_line(0).text.rstrip()
        lines = [rows.render_line(y).text for y in range(4)]
        left = re.search("[^ ]", lines[2][len(lines[2]) // 2 :]).start() + len(lines[2]) // 2
        selection = Selection.from_offsets(Offset(len(first) - 1, 0), Offset(left, 2))
        assert rows.get_selection(selection) == ("\n".join(s.source for s in stored()[:2]), "\n")
        english = Selection.from_offsets(Offset(7, 2), Offset(9, 4))
        assert rows.get_selection(english) == (f"{stored()[1].text}\n{stored()[2].text[:3]}", "\n")


async def test_pasted_presentation_forms_are_folded_back(running):
    async with running(emitter=Emitter.VISUAL) as pilot:
        editor = pilot.app.editor_screen.editor
        await pilot.press("ctrl+k")
        pilot.app.post_message(events.Paste("\ufeb3\ufefc\ufee1 1\u2044½"))
        await pilot.pause()
        assert editor.text == "سلام 1\u2044½"


async def test_a_click_into_arabic_in_the_editor_goes_to_the_letter_under_it(running):
    async with running(emitter=Emitter.VISUAL) as pilot:
        editor = pilot.app.editor_screen.editor
        editor.load_text("say قال now")
        await pilot.pause()
        for column, expected in ((4, 6), (6, 4), (8, 8), (0, 0)):
            await pilot.click(editor, offset=(column, 0))
            assert editor.cursor_location == (0, expected)


async def test_marks_and_invisible_characters_are_shown_or_not(running, project, home, text_of):
    from workbench.session import Session

    marked = project.parent / "marked.txt"
    marked.write_text("كَتَبَ\u200fالناسُ", encoding="utf-8")
    with Session.open(project, home=home) as session:
        session.import_file(marked)
    async with running(emitter=Emitter.VISUAL) as pilot:
        await pilot.press("ctrl+end")
        rows = pilot.app.editor_screen.rows
        assert "\u064e" in "\n".join(text_of(rows))
        await pilot.press("f6", "f7")
        drawn = "\n".join(text_of(rows))
        assert "\u064e" not in drawn
        assert "‹RLM›" in drawn
        await pilot.press("f6", "f7")
        assert "\u064e" in "\n".join(text_of(rows))
        assert "‹RLM›" not in "\n".join(text_of(rows))


async def test_the_row_that_reads_right_is_taken_and_kept(running, until, home):
    async with running(emitter=Emitter.VISUAL) as pilot:
        await pilot.app.run_action("display_test")
        await until(pilot, lambda: isinstance(pilot.app.screen, DisplayScreen))
        await pilot.press("9", "x", "2")
        await until(pilot, lambda: pilot.app.screen is pilot.app.editor_screen)
        assert pilot.app.typesetter.profile.emitter is Emitter.ARMOR
        assert load_settings(home.settings).bidi == "armor"


async def test_the_display_test_writes_each_row_its_own_way(running, until):
    async with running(emitter=Emitter.VISUAL) as pilot:
        await pilot.app.run_action("display_test")
        await until(pilot, lambda: isinstance(pilot.app.screen, DisplayScreen))
        await pilot.pause()
        lines = ["".join(s.text for s in strip) for strip in pilot.app.screen._compositor.render_strips()]
        rows = {name: next(line for line in lines if f"  {name} " in line) for name in ("app", "armor", "terminal")}
        assert "\u200e" in rows["armor"]
        assert "\u200e" not in rows["app"]
        assert "قال" in rows["terminal"]


async def test_the_display_test_alone_gives_the_choice():
    from workbench.ui.bidi.detect import Profile

    app = DisplayTest(Profile(Emitter.VISUAL, "a test"))
    async with app.run_test() as pilot:
        await pilot.press("6")
    assert app.return_value == "terminal"
    app = DisplayTest(Profile(Emitter.VISUAL, "a test"))
    async with app.run_test() as pilot:
        await pilot.press("escape")
    assert app.return_value is None


@pytest.mark.parametrize("emitter", [Emitter.VISUAL, Emitter.ARMOR, Emitter.KITTY, Emitter.SPLIT])
async def test_a_picture_shows_what_is_meant_whatever_the_terminal_is(running, emitter):
    async with running(emitter=emitter) as pilot:
        svg = pilot.app.export_screenshot()
        assert "unicode-bidi: bidi-override" in svg
        assert "\u200e" not in svg
        letters = unicodedata.normalize("NFKC", svg)
        assert "ناونع" in letters
        assert pilot.app.typesetter.profile.emitter is emitter


async def test_the_palette_runs_every_action(running, until):
    async with running() as pilot:
        await pilot.press("ctrl+p", *"invisibles")
        await pilot.pause(0.2)
        await until(pilot, lambda: "Invisibles" in "\n".join(screen_text(pilot.app)))
        await pilot.press("enter")
        await until(pilot, lambda: pilot.app.typesetter.controls)


def test_texts_in_a_picture_are_as_wide_as_their_cells():
    svg = '<style></style><text x="1" textLength="60" y="2">&#160;كَتَ</text><text textLength="24">ab</text>'
    assert in_given_order(svg).endswith(
        '<text x="1" textLength="36.0" y="2">&#160;كَتَ</text><text textLength="24">ab</text>'
    )


async def test_a_term_begins_with_what_is_selected_on_both_sides(running, until, stored):
    async with running(emitter=Emitter.VISUAL) as pilot:
        screen = pilot.app.editor_screen
        right = len(screen.rows.render_line(0).text.rstrip())
        await pilot.press("shift+right", "shift+right")
        await pilot.mouse_down(screen.rows, offset=(right - 1, 0))
        await pilot.hover(screen.rows, offset=(right - 5, 0))
        await pilot.mouse_up(screen.rows, offset=(right - 5, 0))
        await pilot.press("ctrl+t")
        await until(pilot, lambda: pilot.app.screen is not screen)
        assert pilot.app.screen.query_one("#source").value == stored()[0].source[:5]
        assert pilot.app.screen.query_one("#target").value == "2"
