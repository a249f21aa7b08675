"""The line for Arabic entry, used as a person does: keys, mouse, clipboard."""

from __future__ import annotations

import unicodedata

import pytest
from textual import events
from textual.app import App
from textual.widgets.input import Selection

from workbench.ui.bidi.detect import Profile
from workbench.ui.bidi.emit import Emitter
from workbench.ui.typesetter import Typesetter
from workbench.ui.widgets.arabic_input import ArabicInput

WIDTH = 20


class InputApp(App[None]):
    CSS = f"ArabicInput {{ width: {WIDTH}; border: none; padding: 0; height: 1; }}"

    def __init__(self, value: str, emitter: Emitter = Emitter.VISUAL) -> None:
        super().__init__()
        self._value, self._emitter = value, emitter

    def compose(self):
        field = ArabicInput(Typesetter(Profile(self._emitter, "a test")), self._value, id="field")
        field.cursor_blink = False
        yield field

    @property
    def field(self):
        return self.query_one(ArabicInput)


def drawn(field):
    return unicodedata.normalize("NFKC", field.render_line(0).text[:WIDTH])


def cursor_column(field):
    return field.cursor_screen_offset.x


async def test_what_is_typed_stands_from_right_to_left_and_is_stored_as_typed():
    app = InputApp("")
    async with app.run_test() as pilot:
        await pilot.press(*"سلام")
        assert app.field.value == "سلام"
        assert drawn(app.field).rstrip(" ").endswith("\u0645" + unicodedata.normalize("NFKC", "\ufefc") + "س")
        assert cursor_column(app.field) == WIDTH - 4  # three cells: the lam-alef is one


async def test_a_space_at_the_end_is_seen_while_one_types():
    app = InputApp("قال")
    async with app.run_test() as pilot:
        await pilot.press("end")
        before = cursor_column(app.field)
        await pilot.press("space")
        assert cursor_column(app.field) == before - 1


async def test_arrows_go_where_they_point():
    app = InputApp("قال")
    async with app.run_test() as pilot:
        field = app.field
        await pilot.press("home")
        assert (field.cursor_position, cursor_column(field)) == (0, WIDTH - 1)
        await pilot.press("left")
        assert (field.cursor_position, cursor_column(field)) == (1, WIDTH - 2)
        await pilot.press("right")
        assert field.cursor_position == 0
        await pilot.press("end", "backspace")
        assert field.value == "قا"
        field.value = "قال نعم"
        await pilot.press("home", "ctrl+left")
        assert field.cursor_position == 4


async def test_latin_in_the_same_line_goes_the_other_way():
    app = InputApp("NATO")
    async with app.run_test() as pilot:
        await pilot.press("home", "right")
        assert app.field.cursor_position == 1
        assert drawn(app.field).startswith("NATO")


async def test_a_selection_covers_what_is_selected():
    app = InputApp("قال نعم")
    async with app.run_test() as pilot:
        app.field.selection = Selection(0, 3)
        await pilot.pause()
        selected = app.field.get_component_rich_style("input--selection").bgcolor
        marked = [segment.text for segment in app.field.render_line(0) if segment.style.bgcolor == selected]
        assert unicodedata.normalize("NFKC", "".join(marked)) == "لاق"
        assert app.field.selected_text == "قال"


@pytest.mark.parametrize(("column", "position"), [(WIDTH - 1, 0), (WIDTH - 3, 2), (WIDTH - 7, 6), (0, 7)])
async def test_a_click_goes_to_the_letter_under_it(column, position):
    app = InputApp("قال نعم")
    async with app.run_test() as pilot:
        await pilot.click(app.field, offset=(column, 0))
        assert app.field.cursor_position == position


async def test_long_text_is_shown_where_the_cursor_is():
    app = InputApp("كلمات كثيرة لا تدخل كلها في هذا السطر القصير")
    async with app.run_test() as pilot:
        field = app.field
        for key in ("home", *["left"] * len(field.value)):
            await pilot.press(key)
            assert 0 <= cursor_column(field) < WIDTH
            assert len(field.render_line(0).text.rstrip("\n")) >= WIDTH
        await pilot.press("home")
        assert drawn(field).endswith("تاملك")


async def test_pasted_presentation_forms_become_letters():
    app = InputApp("")
    async with app.run_test() as pilot:
        app.field.post_message(events.Paste("\ufeb3\ufefc\ufee1"))
        await pilot.pause()
        assert app.field.value == "سلام"


async def test_a_terminal_that_orders_gets_a_plain_input():
    app = InputApp("قال", Emitter.LOGICAL)
    async with app.run_test():
        assert app.field.render_line(0).text.startswith("قال")
