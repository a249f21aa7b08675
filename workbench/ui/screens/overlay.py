"""Screens that lie over another one."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar

from textual.command import CommandPalette
from textual.filter import LineFilter
from textual.screen import ModalScreen

from workbench.ui.typesetter import Typesetter

ResultT = TypeVar("ResultT")


def without_typesetter(filters: Sequence[LineFilter]) -> list[LineFilter]:
    """Return the filters for the lines that such a screen draws itself.

    They are the screen beneath, dimmed, and every line of it has been ordered and written already.
    """
    return [line_filter for line_filter in filters if not isinstance(line_filter, Typesetter)]


class Overlay(ModalScreen[ResultT]):
    """A dialog over the editor."""

    def get_line_filters(self) -> Sequence[LineFilter]:
        """Leave the screen beneath as it is."""
        return without_typesetter(super().get_line_filters())


class Palette(CommandPalette):
    """The command palette over the editor."""

    def get_line_filters(self) -> Sequence[LineFilter]:
        """Leave the screen beneath as it is."""
        return without_typesetter(super().get_line_filters())
