"""What a dialect has no category for, as notes that people can read and Tarjama takes back.

``Tarjama case-sensitive: yes`` is such a note. A note of the user's own that begins like one is written behind
``Tarjama note:``.
"""

from __future__ import annotations

import re

_NOTE = re.compile(r"Tarjama ([a-z][a-z -]*?)(?: \(([A-Za-z0-9-]+)\))?: (.*)", re.DOTALL)

NAMES = {
    "domain": "domain",
    "definition": "definition",
    "url": "url",
    "do_not_translate": "do-not-translate",
    "tags": "tag",
    "status": "status",
    "pos": "part of speech",
    "gender": "gender",
    "number": "number",
    "register": "register",
    "term_type": "term type",
    "geography": "geography",
    "example": "example",
    "reference": "reference",
    "case_sensitive": "case-sensitive",
    "forms": "form",
    "uid": "uid",
    "created_by": "created by",
    "created_at": "created at",
    "changed_by": "changed by",
    "changed_at": "changed at",
    "extras": "extra",
    "note": "note",
}
_FIELDS = {name: field for field, name in NAMES.items()}


def machine_note(field: str, value: str, language: str = "") -> str:
    """Return the note that says the value of a field, of a section with ``language`` when that has no term."""
    return f"Tarjama {NAMES[field]}{f' ({language})' if language else ''}: {value}"


def user_note(text: str) -> str:
    """Return a note of the user's as it is written."""
    return machine_note("note", text) if _NOTE.match(text) else text


def said_by(note: str) -> tuple[str, str, str] | None:
    """Return the field, the language and the value that a note of ours says; None for a note of the user's."""
    match = _NOTE.fullmatch(note)
    if match is None or match[1] not in _FIELDS:
        return None
    return _FIELDS[match[1]], match[2] or "", match[3]


def extra_text(category: str, value: str) -> str:
    """Return an extra as the value of a note."""
    return category.replace("%", "%25").replace("=", "%3D") + " = " + value


def extra_of(text: str) -> tuple[str, str]:
    """Return the extra that the value of a note says."""
    category, _, value = text.partition(" = ")
    return category.replace("%3D", "=").replace("%25", "%"), value
