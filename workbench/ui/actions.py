"""The one registry of what keys do: bindings, help and command palette are made from it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from textual.binding import Binding, BindingType


@dataclass(frozen=True, slots=True)
class Action:
    """Something a key does on a screen, or only the palette.

    ``shown`` puts it into the footer. That shows one key of several, and not the first: ``key_shown`` is what it shows.
    What is not ``everywhere`` is left to the line that somebody types in.
    """

    name: str
    keys: str
    label: str
    description: str
    shown: bool = False
    key_shown: str | None = None
    everywhere: bool = True


_ON_EVERY_SCREEN = (
    Action("app.toggle_marks", "f6", "Vowel marks", "Show or hide vowel marks"),
    Action("app.toggle_controls", "f7", "Invisibles", "Show or hide invisible characters, such as marks of direction"),
    Action("app.display_test", "", "Display test", "Choose how Arabic is written to this terminal"),
    Action("app.screenshot", "", "Screenshot", "Save a picture of the screen as SVG"),
    Action("app.command_palette", "ctrl+p", "Commands", "Find a command by its name", shown=True),
    Action("help", "f1", "Help", "Show all keys and signs", shown=True),
)

# Every key here arrives in plain xterm and in tmux; keys with Ctrl and Enter or digits together do not.
ACTIONS = (
    Action("confirm", "enter", "Confirm", "Confirm the translation and go to the next segment", shown=True),
    Action("new_line", "ctrl+o", "New line", "Begin a new line in the translation"),
    Action("previous_row", "ctrl+up,pageup", "Previous", "Go to the previous segment"),
    Action("next_row", "ctrl+down,pagedown", "Next", "Go to the next segment", shown=True, key_shown="^↓"),
    Action("next_unfinished", "ctrl+n", "Next open", "Go to the next segment that is not translated", shown=True),
    Action("next_filter", "ctrl+f", "Filter", "Show what is not translated, translated, flagged, or all segments"),
    Action("clear", "ctrl+k", "Clear", "Empty the editor (Ctrl+Z brings the text back)", shown=True),
    Action("restore_draft", "ctrl+r", "Draft", "Put the draft back into the editor; again: without terms"),
    Action(
        "accept_word",
        "tab,ctrl+right",
        "Next word",
        "Take the next word of what is proposed in grey",
        shown=True,
        key_shown="Tab",
    ),
    Action("accept_all", "end", "Accept", "At the end of the text: take all of what is proposed in grey"),
    Action("next_words", "ctrl+l", "Other words", "List other words that may come next"),
    Action("use_match", "f2", "Memory", "Put what the memory offers into the editor", shown=True),
    Action("next_match", "f8", "Next offer", "Choose the next offer of the memory"),
    Action("first_row", "ctrl+home", "First", "Go to the first segment"),
    Action("last_row", "ctrl+end", "Last", "Go to the last segment"),
    Action("add_term", "ctrl+t", "Term", "Add a term to the glossary", shown=True),
    Action("show_impact", "f3", "Affected", "List the segments that the term changed last affects", shown=True),
    Action("open_glossary", "f4", "Glossary", "Search and maintain the glossary", shown=True),
    Action("export", "ctrl+e", "Export", "Write aligned bilingual text", shown=True),
    Action("install_model", "f9", "Full model", "Fetch the full translation model (needs a network)", shown=True),
    Action("copy_source", "f5", "Copy Arabic", "Copy what is selected in the list, or else the Arabic of the segment"),
    *_ON_EVERY_SCREEN,
    Action("leave", "ctrl+q", "Leave", "Save and leave", shown=True),
)

GLOSSARY_ACTIONS = (
    Action("edit", "enter", "Edit", "Look at all fields of the term and change them", shown=True),
    Action("add_term", "ctrl+t", "Add", "Add a term", shown=True),
    Action("mark", "space", "Mark", "Mark the row, or take its mark away", shown=True, everywhere=False),
    Action("mark_all", "ctrl+a", "Mark all", "Mark all terms found, or take all marks away"),
    Action("approve", "f2", "Approve", "Make the marked terms that are proposed preferred", shown=True),
    Action("change_marked", "f3", "Change", "Give all marked terms a status, a domain or a tag", shown=True),
    Action("join", "f8", "Join", "Join the marked concepts with the current one"),
    Action("remove", "delete", "Delete", "Delete the marked terms (Ctrl+Z brings them back)", everywhere=False),
    Action("undo", "ctrl+z", "Undo", "Take back your last change", shown=True),
    Action("redo", "ctrl+y", "Redo", "Do again what was taken back"),
    Action("next_filter", "ctrl+f", "Filter", "Show proposed … conflicting, unused, all terms", shown=True),
    Action("conflicts", "ctrl+r", "Conflicts", "Decide what two people have changed differently"),
    Action("history", "f9", "History", "Show who has changed the concept, and what"),
    Action("previous_row", "up", "Previous", "Go to the row before; from the first, to the search"),
    Action("next_row", "down", "Next", "Go to the next row"),
    Action("page_up", "pageup", "Page up", "Go up a page"),
    Action("page_down", "pagedown", "Page down", "Go down a page"),
    *_ON_EVERY_SCREEN,
    Action("back", "f4,escape", "Back", "Go back", shown=True, key_shown="F4"),
    Action("leave", "ctrl+q", "Leave", "Leave", shown=True),
)


def bindings(actions: Sequence[Action] = ACTIONS) -> list[BindingType]:
    """Return the bindings of ``actions``; they go before those of the line or text that has the focus."""
    return [
        Binding(
            action.keys,
            action.name,
            action.label,
            show=action.shown,
            key_display=action.key_shown,
            priority=action.everywhere,
            tooltip=action.description,
            id=action.name,
        )
        for action in actions
        if action.keys
    ]


def key_name(keys: str) -> str:
    """Return the first of an action's keys as people write it, ``ctrl+up`` as Ctrl+Up; a dash where there is none."""
    if not keys:
        return "–"
    return "+".join(part.capitalize() for part in keys.split(",", maxsplit=1)[0].split("+"))
