"""Rows of a glossary file and the values they hold: what is stored as text, number or JSON."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from enum import StrEnum
from operator import attrgetter
from typing import Any

from corpus.arabic import fold
from glossary.model import Concept, Extras, FieldConflict, LanguageSection, NewTerm, Stamp, Term, TermEntry, TermStatus
from glossary.spelling import matching_keys

SOURCE_LANGUAGE, TARGET_LANGUAGE = "ar", "en"

_STATUSES = {status.value: status for status in TermStatus}

Fields = dict[str, object]

_encode = json.JSONEncoder(ensure_ascii=False).encode  # json.dumps would make an encoder for every value

CONCEPT_FIELDS = ("domain", "definition", "note", "url", "do_not_translate", "tags", "extras")
SECTION_FIELDS = ("definition", "note", "extras")
TERM_FIELDS = (
    *("text", "status", "pos", "gender", "number", "register", "term_type", "geography"),
    *("example", "reference", "note", "case_sensitive", "forms", "extras"),
)
STAMP_FIELDS = tuple(Stamp.__dataclass_fields__)
STAMPED = frozenset({"concept", "term"})
"""The entities whose rows have stamps and a version."""

_NUMBERS = frozenset({"do_not_translate", "case_sensitive"})
_LISTS = frozenset({"tags", "forms", "extras"})


def _blank(*names: str) -> Fields:
    return {name: 0 if name in _NUMBERS else "[]" if name in _LISTS else "" for name in names}


BLANK: dict[str, Fields] = {
    "concept": _blank(*CONCEPT_FIELDS),
    "section": _blank("concept_uid", "language", *SECTION_FIELDS),
    "term": _blank("concept_uid", "language", *TERM_FIELDS),
    "conflict": _blank(
        *("concept_uid", "entity", "entity_uid", "field", "base", "kept", "offered", "actor", "at"),
    ),
}
"""What the columns of a row hold that say nothing, by entity: all that people write, without uids and what follows."""


class Level(StrEnum):
    """Which row of a pair of terms holds a field."""

    CONCEPT = "concept"
    SOURCE = "source"
    TARGET = "target"


# The fields of NewTerm by the row and the column that hold them.
PAIR_FIELDS: dict[str, tuple[Level, str]] = {
    **{name: (Level.CONCEPT, name) for name in ("domain", "definition", "url", "do_not_translate", "tags", "extras")},
    "concept_note": (Level.CONCEPT, "note"),
    "source": (Level.SOURCE, "text"),
    "source_status": (Level.SOURCE, "status"),
    **{name: (Level.SOURCE, name) for name in ("gender", "number", "forms")},
    "target": (Level.TARGET, "text"),
    "target_forms": (Level.TARGET, "forms"),
    **{name: (Level.TARGET, name) for name in ("status", "pos", "note", "register", "term_type", "geography")},
    **{name: (Level.TARGET, name) for name in ("example", "reference", "case_sensitive")},
}


_LEVEL_FIELDS = {
    level: [(name, column) for name, (its_level, column) in PAIR_FIELDS.items() if its_level is level]
    for level in Level
}
_LEVEL_VALUES = {level: attrgetter(*(name for name, _ in fields)) for level, fields in _LEVEL_FIELDS.items()}
_LEVEL_COLUMNS = {level: tuple(column for _, column in fields) for level, fields in _LEVEL_FIELDS.items()}
_VALUES: dict[tuple[str, ...], attrgetter[tuple[Any, ...]]] = {
    names: attrgetter(*names) for names in (CONCEPT_FIELDS, SECTION_FIELDS, TERM_FIELDS)
}
_SAYS_NOTHING = frozenset({None, "", 0, "[]"})


def stored(value: object) -> object:
    """Return a value as its column holds it: stripped text, 0 or 1, or JSON."""
    if isinstance(value, str):
        return value.value if isinstance(value, StrEnum) else value.strip()
    if isinstance(value, bool):
        return int(value)
    if isinstance(value, tuple):
        return _encode(value) if value else "[]"
    return value


def fields_of(item: Concept | LanguageSection | Term, names: Iterable[str]) -> Fields:
    """Return the columns ``names`` of a row for ``item``."""
    return {name: stored(getattr(item, name)) for name in names}


def said_of(item: Concept | LanguageSection | Term, names: tuple[str, ...]) -> Fields:
    """Return those of the columns ``names``, all of its table, of a row for ``item`` that say something."""
    return _said(names, _VALUES[names](item))


def pair_fields(term: NewTerm, level: Level) -> Fields:
    """Return the columns that a pair of terms says something of in one of its rows."""
    return _said(_LEVEL_COLUMNS[level], _LEVEL_VALUES[level](term))


def _said(columns: Iterable[str], values: Iterable[object]) -> Fields:
    fields: Fields = {}
    for column, value in zip(columns, values, strict=True):
        if value and (kept := stored(value)) not in _SAYS_NOTHING:
            fields[column] = kept
    return fields


def said(fields: Mapping[str, object]) -> Fields:
    """Return the columns that say something."""
    return {name: value for name, value in fields.items() if value not in _SAYS_NOTHING}


def derived(row: Mapping[str, Any], fields: Mapping[str, object]) -> Fields:
    """Return the columns of a term that follow from others, when ``fields`` change ``row``; empty when none do."""
    if "text" not in fields and "forms" not in fields:
        return {}
    text = str(fields.get("text", row.get("text", "")))
    forms = strings(str(fields.get("forms", row.get("forms", "[]"))))
    language = fields.get("language", row.get("language"))
    keys = matching_keys(text, forms) if language == SOURCE_LANGUAGE else ""
    return {"folded": fold(text), "keys": keys}


def concept_of(row: Mapping[str, Any], sections: Iterable[Mapping[str, Any]], terms: Iterable[Term]) -> Concept:
    """Return a concept from its rows."""
    return Concept(
        uid=row["uid"],
        domain=row["domain"],
        definition=row["definition"],
        note=row["note"],
        url=row["url"],
        do_not_translate=bool(row["do_not_translate"]),
        tags=strings(row["tags"]),
        extras=_extras(row["extras"]),
        sections=tuple(
            LanguageSection(s["language"], s["definition"], s["note"], _extras(s["extras"])) for s in sections
        ),
        terms=tuple(terms),
        stamp=_stamp(row),
    )


def term_of(row: Mapping[str, Any]) -> Term:
    """Return a term from its row."""
    plain = {name: row[name] for name in TERM_FIELDS}
    term = Term(uid=row["uid"], language=row["language"], **plain)
    return replace(
        term,
        status=TermStatus(row["status"]),
        case_sensitive=bool(row["case_sensitive"]),
        forms=strings(row["forms"]),
        extras=_extras(row["extras"]),
        stamp=_stamp(row),
    )


def entry_of(row: Mapping[str, Any]) -> TermEntry:
    """Return a pair of terms from a row of their join."""
    return TermEntry(
        **{
            **row,
            "status": TermStatus(row["status"]),
            "source_status": TermStatus(row["source_status"]),
            "forms": strings(row["forms"]),
            "target_forms": strings(row["target_forms"]),
            "do_not_translate": bool(row["do_not_translate"]),
            "case_sensitive": bool(row["case_sensitive"]),
        }
    )


def entry_from(values: Sequence[Any]) -> TermEntry:
    """Return a pair of terms from its values in the order of the fields; in half the time of ``entry_of``."""
    uid, concept_uid, source, target, status, pos, domain, definition, note, source_uid, *others = values
    source_status, forms, target_forms, do_not_translate, case_sensitive, author = others
    return TermEntry(
        *(uid, concept_uid, source, target, _STATUSES[status], pos, domain, definition, note),
        *(source_uid, _STATUSES[source_status], strings(forms), strings(target_forms)),
        *(bool(do_not_translate), bool(case_sensitive), author),
    )


def conflict_of(row: Mapping[str, Any]) -> FieldConflict:
    """Return a conflict from its row."""
    return FieldConflict(**{name: row[name] for name in FieldConflict.__dataclass_fields__})


def strings(value: str) -> tuple[str, ...]:
    """Return the texts that a column of several holds."""
    return () if value == "[]" else tuple(json.loads(value))


def _extras(value: str) -> Extras:
    return () if value == "[]" else tuple((category, text) for category, text in json.loads(value))


def _stamp(row: Mapping[str, Any]) -> Stamp:
    return Stamp(*(row[name] for name in STAMP_FIELDS))
