"""The fields of a term as options, for the commands that add and change terms."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, TypeVar

import click

from glossary.model import TermStatus

CommandT = TypeVar("CommandT", bound=Callable[..., None])

_STATUSES = click.Choice([status.value for status in TermStatus])

# Option, field of NewTerm, help. An option that may be repeated holds several values, a flag yes or no.
_TEXTS = (
    ("--pos", "pos", "Part of speech."),
    ("--domain", "domain", "Subject field of the concept."),
    ("--definition", "definition", "What the concept is."),
    ("--note", "note", "Anything else a colleague should know."),
    ("--gender", "gender", "Grammatical gender of the Arabic."),
    ("--number", "number", "Grammatical number of the Arabic."),
    ("--register", "register", "Register of the English: formal, slang …"),
    ("--type", "term_type", "Full form, abbreviation, acronym …"),
    ("--geography", "geography", "Where the English is used."),
    ("--example", "example", "A sentence that uses it."),
    ("--reference", "reference", "Where it was found."),
    ("--url", "url", "A page or picture of the concept."),
    ("--concept-note", "concept_note", "A note on the concept."),
)
_LISTS = (
    ("--form", "forms", "A further form of the Arabic: a broken plural, variant, abbreviation; may be repeated."),
    ("--english-form", "target_forms", "A further form of the English; may be repeated."),
    ("--tag", "tags", "A customer or project; may be repeated."),
)
_FLAGS = (
    ("--do-not-translate/--translate", "do_not_translate", "The Arabic stands in the translation as it is."),
    ("--case-sensitive/--any-case", "case_sensitive", "The English counts only in this case."),
)


def term_fields(command: CommandT) -> CommandT:
    """Give a command an option for each field of a term but its two texts; see ``given``."""
    options = [
        click.option("--status", type=_STATUSES, help="Of the English; a new term is preferred."),
        click.option("--arabic-status", "source_status", type=_STATUSES, help="Of the Arabic."),
        *(click.option(option, name, help=text) for option, name, text in _TEXTS),
        *(click.option(option, name, multiple=True, help=text) for option, name, text in _LISTS),
        *(click.option(option, name, default=None, help=text) for option, name, text in _FLAGS),
    ]
    for option in reversed(options):
        command = option(command)
    return command


def given(values: Mapping[str, Any]) -> dict[str, Any]:
    """Return the fields that were given, as ``NewTerm`` has them; one empty value empties a list."""
    fields: dict[str, Any] = {}
    for name, value in values.items():
        if value is None or value == ():
            continue
        if isinstance(value, tuple):
            fields[name] = tuple(filter(None, value))
        else:
            fields[name] = TermStatus(value) if name in {"status", "source_status"} else value
    return fields
