"""What can be said of a term besides its two sides, a line for each."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from textual.app import ComposeResult
from textual.containers import Horizontal, VerticalScroll
from textual.widgets import Input, Label

from glossary.model import NewTerm, TermStatus
from workbench.ui.typesetter import Typesetter
from workbench.ui.widgets.arabic_input import ArabicInput
from workbench.ui.widgets.choice import Choice

# Fields of NewTerm with what stands before their line, and what may be chosen.
_CHOICES: dict[str, tuple[str, Sequence[str]]] = {
    "status": ("Status", tuple(TermStatus)),
    "source_status": ("Arabic status", tuple(TermStatus)),
    "gender": ("Gender", ("", "masculine", "feminine", "neuter", "other")),
    "number": ("Number", ("", "singular", "dual", "plural", "collective", "mass")),
}
_FLAGS = {"do_not_translate": "Untranslated", "case_sensitive": "This case only"}
_TEXTS = {
    "pos": "Part of speech",
    "domain": "Domain",
    "definition": "Definition",
    "note": "Note",
    "register": "Register",
    "term_type": "Kind of term",
    "geography": "Used in",
    "example": "Example",
    "reference": "Source",
    "url": "Web address",
    "concept_note": "Concept note",
}
_LISTS = {"forms": "Arabic forms", "target_forms": "English forms", "tags": "Tags"}
# The most wanted first; a pair's plural is no field of its own but a form that is offered.
_PLURAL = "plural"
_ORDER = (
    *("status", "domain", "pos", "gender", "number", "forms", _PLURAL, "target_forms"),
    *("definition", "note", "tags", "do_not_translate", "case_sensitive"),
    *("source_status", "register", "term_type", "geography", "example", "reference", "url", "concept_note"),
)
_SEPARATOR = re.compile(r"\s*[;؛|]\s*")


class TermFields(VerticalScroll, can_focus=False):
    """A form for a term; broken plurals that its Arabic may have are offered, and become forms when chosen."""

    def __init__(self, typesetter: Typesetter, term: NewTerm, *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self._typesetter = typesetter
        self._term = term

    def compose(self) -> ComposeResult:
        """Show a line for each field."""
        for name in _ORDER:
            with Horizontal(classes="field"):
                yield from self._line(name)

    def _line(self, name: str) -> ComposeResult:
        value = getattr(self._term, name, "")
        if name == _PLURAL:
            yield Label("Its plural")
            yield Choice(("", *self._plurals(self._term.source)), "", id="field-plural")
        elif name in _CHOICES:
            label, values = _CHOICES[name]
            yield Label(label)
            yield Choice(values, value or values[0], id=f"field-{name}")
        elif name in _FLAGS:
            yield Label(_FLAGS[name])
            yield Choice(("no", "yes"), "yes" if value else "no", id=f"field-{name}")
        elif name in _LISTS:
            yield Label(_LISTS[name])
            placeholder = "several with ; between"
            yield ArabicInput(self._typesetter, _joined(value), placeholder=placeholder, id=f"field-{name}")
        else:
            yield Label(_TEXTS[name])
            yield ArabicInput(self._typesetter, value, id=f"field-{name}")

    def offer_plurals(self, source: str) -> None:
        """Offer the plurals that another Arabic term may have."""
        self.query_one("#field-plural", Choice).offer(("", *self._plurals(source)))

    def _plurals(self, source: str) -> Sequence[str]:
        from glossary.pluralizing import plural_candidates  # with its list of plurals

        return [plural for plural in plural_candidates(source) if plural not in self._term.forms]

    def filled(self) -> NewTerm:
        """Return the term as the form says it is, its two sides as they were."""
        fields = {name: self._value(name) for name in _ORDER if name != _PLURAL}
        plural = self.query_one("#field-plural", Choice).value
        if plural and plural not in fields["forms"]:
            fields["forms"] = (*fields["forms"], plural)
        return replace(self._term, **fields)

    def _value(self, name: str) -> Any:
        before = getattr(self._term, name)
        widget = self.query_one(f"#field-{name}")
        if isinstance(widget, Choice):
            if name in _FLAGS:
                return widget.value == "yes"
            return TermStatus(widget.value) if name.endswith("status") else widget.value
        text = self.query_one(f"#field-{name}", Input).value.strip()
        if name not in _LISTS:
            return text
        return before if text == _joined(before) else tuple(filter(None, _SEPARATOR.split(text)))


def _joined(values: Sequence[str]) -> str:
    return "; ".join(values)
