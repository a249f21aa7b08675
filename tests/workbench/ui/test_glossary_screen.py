"""The glossary screen as its user works with it: keys in, the glossary file and the drawn text out."""

from __future__ import annotations

from contextlib import asynccontextmanager

import pytest

from glossary.model import NewTerm, TermStatus
from glossary.store import GlossaryStore
from workbench.terminology import Terminology
from workbench.ui.bidi.detect import Profile
from workbench.ui.bidi.emit import Emitter
from workbench.ui.glossary_app import GlossaryApp
from workbench.ui.screens.glossary import GlossaryScreen

TERMS = [
    NewTerm("الباغوز", "Baghouz", TermStatus.PROPOSED, domain="places"),
    NewTerm("مخيم", "camp", domain="humanitarian"),
    NewTerm("مخيم اللاجئين", "refugee camp", TermStatus.PROPOSED, domain="humanitarian"),
    NewTerm("حرب", "war", definition="Armed [bold]conflict[/bold]"),
]


@pytest.fixture
def path(tmp_path):
    with GlossaryStore.open_or_create(tmp_path / "team.db") as store:
        store.add_many(TERMS, "bashir")
    return tmp_path / "team.db"


@pytest.fixture
def stored(path):
    """Return a function that reads the glossary as another program would: English terms with their statuses."""

    def read():
        with GlossaryStore.open(path) as store:
            return {entry.target: entry.status for entry in store.entries()}

    return read


@pytest.fixture
def opened(path, until):
    """Return a context manager that runs the screen on the glossary."""

    @asynccontextmanager
    async def run(size=(120, 30), *, emitter=Emitter.LOGICAL, file=path):
        app = GlossaryApp(
            lambda: Terminology(file, "anna"),
            keep_setting=lambda _key, _value: None,
            profile=Profile(emitter, "a test"),
        )
        screen = app.glossary_screen
        async with app.run_test(size=size) as pilot:
            await until(pilot, lambda: app.screen is screen and "terms" in screen.found.told)
            yield pilot

    return run


def shown(pilot):
    return [entry.target for entry in pilot.app.glossary_screen.table.entries]


def told(pilot):
    return " ".join(f"{note.title} {note.message}" for note in pilot.app._notifications)


def dialog(pilot):
    return pilot.app.screen if pilot.app.screen is not pilot.app.glossary_screen else None


async def search_for(pilot, until, text, expected):
    pilot.app.glossary_screen.query_line.value = text
    await until(pilot, lambda: shown(pilot) == expected)


async def test_results_come_while_typing_in_both_languages(opened, until):
    async with opened() as pilot:
        assert len(shown(pilot)) == 4
        await pilot.press(*"camp")
        await until(pilot, lambda: shown(pilot) == ["camp", "refugee camp"])
        assert pilot.app.glossary_screen.found.told.startswith("2 of 4 terms")
        await search_for(pilot, until, "لاجئين", ["refugee camp"])
        await search_for(pilot, until, "bagohuz", ["Baghouz"])


async def test_the_concept_of_the_current_row_is_shown_as_it_stands(opened, until):
    async with opened() as pilot:
        await pilot.press("down", "down", "down")
        text = pilot.app.glossary_screen.query_one("#concept-text")
        await until(pilot, lambda: "[bold]conflict[/bold]" in str(text.content))
        assert "★ \u2068war\u2069 (preferred)" in str(text.content)
        assert "by bashir" in str(text.content)


async def test_rows_are_drawn_with_signs_and_arabic_in_order(opened, until, text_of):
    async with opened(emitter=Emitter.VISUAL) as pilot:
        lines = text_of(pilot.app.glossary_screen.table)
        assert lines[0].startswith("  ? Baghouz")
        assert lines[1].startswith("  ★ camp")
        assert "مخيم" not in "".join(lines)


async def test_the_filter_key_writes_filters_into_the_search(opened, until):
    async with opened() as pilot:
        await pilot.press("ctrl+f")
        await until(pilot, lambda: shown(pilot) == ["Baghouz", "refugee camp"])
        screen = pilot.app.glossary_screen
        assert screen.query_line.value == "status:proposed"
        assert "status:proposed" in screen.found.told
        await search_for(pilot, until, "status:proposed domain:hum", ["refugee camp"])
        screen.query_line.value = "status:nonsense"
        await until(pilot, lambda: "There is no status" in screen.found.told)


async def test_typing_in_the_list_goes_to_the_search_but_space_marks(opened, until):
    async with opened() as pilot:
        await pilot.press("down", "space", "w")
        screen = pilot.app.glossary_screen
        assert screen.query_line.value == "w"
        assert len(screen.table.marked) == 1
        await pilot.press("a", "r", "space")
        assert screen.query_line.value == "war "


async def test_a_term_not_found_is_added_with_what_was_searched(opened, until, stored):
    async with opened() as pilot:
        await search_for(pilot, until, "ceasefire", [])
        await pilot.press("ctrl+t")
        await until(pilot, lambda: dialog(pilot) is not None)
        assert dialog(pilot).query_one("#target").value == "ceasefire"
        dialog(pilot).query_one("#source").value = "وقف إطلاق النار"
        await pilot.press("enter")
        await until(pilot, lambda: shown(pilot) == ["ceasefire"])
    assert stored()["ceasefire"] is TermStatus.PREFERRED


async def test_a_term_is_edited_and_taken_back(opened, until, stored, path):
    async with opened() as pilot:
        await search_for(pilot, until, "war", ["war"])
        await pilot.press("enter")
        await until(pilot, lambda: dialog(pilot) is not None)
        fields = dialog(pilot)
        fields.query_one("#target").value = "warfare"
        fields.query_one("#field-gender").focus()
        await pilot.press("f", "left")
        fields.query_one("#field-tags").value = "acme; un"
        fields.query_one("#field-do_not_translate").value = "yes"
        await pilot.press("enter")
        await until(pilot, lambda: "warfare" in stored())
        with GlossaryStore.open(path) as store:
            concept = store.concept(store.search("warfare")[0].concept_uid)
        assert (concept.tags, concept.do_not_translate) == (("acme", "un"), True)
        assert concept.terms_in("ar")[0].gender == "masculine"
        await until(pilot, lambda: dialog(pilot) is None)
        await pilot.press("ctrl+z")
        await until(pilot, lambda: "war" in stored())
        await pilot.press("ctrl+y")
        await until(pilot, lambda: "warfare" in stored())


async def test_a_plural_that_the_arabic_may_have_is_offered_and_becomes_a_form(opened, until, path):
    async with opened() as pilot:
        await search_for(pilot, until, "war", ["war"])
        await pilot.press("enter")
        await until(pilot, lambda: dialog(pilot) is not None)
        plurals = dialog(pilot).query_one("#field-plural")
        plurals.focus()
        await pilot.press("ح")
        assert plurals.value == "حروب"
        dialog(pilot).query_one("#source").value = "جبل"
        await until(pilot, lambda: plurals.value == "")
        await pilot.press("ج")
        assert plurals.value == "جبال"
        dialog(pilot).query_one("#field-register").value = "formal"
        dialog(pilot).query_one("#field-url").value = "https://example.org/term"
        await pilot.press("enter")
        await until(pilot, lambda: dialog(pilot) is None)
    with GlossaryStore.open(path) as store:
        concept = store.concept(store.search("war")[0].concept_uid)
    assert concept.terms_in("ar")[0].forms == ("جبال",)
    assert (concept.terms_in("en")[0].register, concept.url) == ("formal", "https://example.org/term")


async def test_a_change_of_somebody_else_meanwhile_is_told_and_decided(opened, until, path):
    async with opened() as pilot:
        await search_for(pilot, until, "war", ["war"])
        await pilot.press("enter")
        await until(pilot, lambda: dialog(pilot) is not None)
        with GlossaryStore.open(path) as store:
            store.change(store.search("war")[0].uid, {"definition": "Theirs", "domain": "military"}, "bashir")
        dialog(pilot).query_one("#field-definition").value = "Mine"
        dialog(pilot).query_one("#field-note").value = "A note"
        await pilot.press("enter")
        await until(pilot, lambda: "definition" in told(pilot))
        with GlossaryStore.open(path) as store:
            entry = store.search("war")[0]
        assert (entry.definition, entry.note, entry.domain) == ("Theirs", "A note", "military")
        await pilot.press("ctrl+r")
        await until(pilot, lambda: dialog(pilot) is not None)
        await pilot.press("2")
        await until(pilot, lambda: "no open conflicts" in told(pilot))
        with GlossaryStore.open(path) as store:
            assert store.search("war")[0].definition == "Mine"
            assert store.conflicts() == []


async def test_several_proposed_terms_are_approved_at_once_after_asking(opened, until, stored):
    async with opened() as pilot:
        await pilot.press("ctrl+a", "f2")
        await until(pilot, lambda: dialog(pilot) is not None)
        assert "4 terms" in str(dialog(pilot).query_one(".dialog-title").content)
        await pilot.press("escape")
        await until(pilot, lambda: dialog(pilot) is None)
        assert stored()["Baghouz"] is TermStatus.PROPOSED
        await pilot.press("f2")
        await until(pilot, lambda: dialog(pilot) is not None)
        await pilot.press("enter")
        await until(pilot, lambda: set(stored().values()) == {TermStatus.PREFERRED})
        await until(pilot, lambda: "2 terms approved" in told(pilot))


async def test_marked_terms_are_changed_together_and_taken_back_as_one(opened, until, path):
    def tags_and_domains():
        with GlossaryStore.open(path) as store:
            return {(concept.domain, concept.tags) for concept in store.concepts()}

    async with opened() as pilot:
        before = tags_and_domains()
        await pilot.press("ctrl+a", "f3")
        await until(pilot, lambda: dialog(pilot) is not None)
        dialog(pilot).query_one("#bulk-domain").value = "news"
        dialog(pilot).query_one("#bulk-tag").value = "acme"
        bulk = dialog(pilot)
        await pilot.press("enter")
        await until(pilot, lambda: dialog(pilot) not in {None, bulk})
        await pilot.press("enter")
        await until(pilot, lambda: tags_and_domains() == {("news", ("acme",))})
        await until(pilot, lambda: dialog(pilot) is None)
        await pilot.press("ctrl+z")
        await until(pilot, lambda: tags_and_domains() == before)


async def test_marked_concepts_are_joined_with_the_current_one(opened, until, path):
    async with opened() as pilot:
        await search_for(pilot, until, "camp", ["camp", "refugee camp"])
        await pilot.press("down", "space", "up", "f8")
        await until(pilot, lambda: dialog(pilot) is not None)
        assert "Join 1 concept with “camp”?" in str(dialog(pilot).query_one(".dialog-title").content)
        await pilot.press("enter")
        await until(pilot, lambda: "Joined" in told(pilot))
    with GlossaryStore.open(path) as store:
        concept = store.concept(store.search("refugee camp")[0].concept_uid)
    assert {term.text for term in concept.terms} == {"مخيم", "مخيم اللاجئين", "camp", "refugee camp"}


async def test_joining_needs_marks(opened, until):
    async with opened() as pilot:
        await pilot.press("f8")
        await until(pilot, lambda: "Space marks" in told(pilot))


async def test_what_is_deleted_comes_back(opened, until, stored):
    async with opened() as pilot:
        await pilot.press("down", "delete")
        await until(pilot, lambda: "camp" not in stored())
        await until(pilot, lambda: "camp" not in shown(pilot))
        await pilot.press("ctrl+z")
        await until(pilot, lambda: "camp" in stored())
        await until(pilot, lambda: "camp" in shown(pilot))
        await pilot.press("ctrl+z")
        await until(pilot, lambda: "nothing of yours to undo" in told(pilot))


async def test_a_colleagues_change_is_seen(opened, until, path):
    async with opened() as pilot:
        with GlossaryStore.open(path) as store:
            store.add(NewTerm("نهر", "river"), "bashir")
        pilot.app.glossary_screen.look_for_changes()
        await until(pilot, lambda: "river" in shown(pilot))


async def test_history_tells_what_became_of_a_field(opened, until, path):
    with GlossaryStore.open(path) as store:
        store.change(store.search("war")[0].uid, {"status": TermStatus.FORBIDDEN}, "bashir")
    async with opened() as pilot:
        await search_for(pilot, until, "war", ["war"])
        await pilot.press("f9")
        await until(pilot, lambda: dialog(pilot) is not None)
        text = str(dialog(pilot).query_one("Static").content)
        assert "status: \u2068preferred\u2069 → \u2068forbidden\u2069" in text
        await pilot.press("escape")
        await until(pilot, lambda: dialog(pilot) is None)


async def test_an_empty_glossary_says_what_to_do_and_is_made_with_the_first_term(opened, until, tmp_path, text_of):
    file = tmp_path / "none.db"
    async with opened(file=file) as pilot:
        await until(pilot, lambda: "Ctrl+T adds a term" in "".join(text_of(pilot.app.glossary_screen.table)))
        await pilot.press("enter", "delete", "f2", "f9", "ctrl+r", "down", "space", "ctrl+a")
        assert not file.exists()
        await pilot.press("ctrl+t")
        await until(pilot, lambda: dialog(pilot) is not None)
        dialog(pilot).query_one("#source").value = "أول"
        dialog(pilot).query_one("#target").value = "first"
        await pilot.press("enter")
        await until(pilot, lambda: shown(pilot) == ["first"])


@pytest.mark.parametrize("size", [(20, 6), (40, 12), (60, 15), (200, 60)])
async def test_every_size_of_terminal_is_served(opened, until, size):
    async with opened(size=size) as pilot:
        await pilot.press(*"camp")
        await until(pilot, lambda: shown(pilot) == ["camp", "refugee camp"])
        await pilot.resize_terminal(size[0] + 5, size[1] + 2)
        await pilot.press("enter")
        await until(pilot, lambda: dialog(pilot) is not None)
        await pilot.press("tab", "tab", "escape")
        await until(pilot, lambda: dialog(pilot) is None)


async def test_help_and_palette_are_those_of_this_screen(opened, until):
    from workbench.ui.actions import GLOSSARY_ACTIONS
    from workbench.ui.screens.help import glossary_help_text

    assert all(action.description in glossary_help_text().plain for action in GLOSSARY_ACTIONS)
    async with opened() as pilot:
        await pilot.press("f6", "f7", "f1")
        await until(pilot, lambda: dialog(pilot) is not None)
        await pilot.press("escape")
        await until(pilot, lambda: dialog(pilot) is None)


async def test_the_editor_opens_the_glossary_of_its_project_and_unused_terms_are_known(running, until):
    async with running() as pilot:
        await pilot.press("f4")
        await until(pilot, lambda: isinstance(pilot.app.screen, GlossaryScreen))
        screen = pilot.app.screen
        await until(pilot, lambda: len(screen.table.entries) == 2)
        screen.query_line.value = "is:unused"
        await until(pilot, lambda: screen.found.told.startswith("0 of 2 terms"))
        await pilot.press("f4")
        await until(pilot, lambda: pilot.app.screen is pilot.app.editor_screen)
        assert pilot.app.editor_screen.editor.has_focus
