"""Read TMX, the exchange format of translation memories, of any version, unit by unit.

A DOCTYPE that names a DTD is passed over; nothing is fetched for it. Inline elements that hold codes of another format
are left out, with what is in them; those that hold text leave their text.
"""

from __future__ import annotations

import html
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from corpus.xml_stream import XML_LANG, local_name, xml_entries

# TMX 1.4b, section 4: the content of these is native code; a ``sub`` in it is a text of its own, such as a footnote,
# which would not be a part of the sentence. ``ut`` is of versions before 1.4.
_CODES = frozenset({"bpt", "ept", "it", "ph", "ut"})


@dataclass(frozen=True, slots=True)
class TmxText:
    """A unit in one language, as the file writes its code; ``changed_at`` is ISO 8601, UTC, or empty."""

    language: str
    text: str
    author: str = ""
    changed_at: str = ""


@dataclass(frozen=True, slots=True)
class TmxUnit:
    """A unit: ``place`` tells its line, ``done`` how many bytes were read with it; ``properties`` are (type, text)."""

    place: str
    done: int
    texts: tuple[TmxText, ...]
    properties: tuple[tuple[str, str], ...] = ()
    notes: tuple[str, ...] = ()

    def in_language(self, language: str) -> list[TmxText]:
        """Return the texts in ``language``, whatever their region: ``ar`` has ``ar-SA`` and ``AR_eg``."""
        wanted = primary_language(language)
        return [text for text in self.texts if primary_language(text.language) == wanted]


def primary_language(code: str) -> str:
    """Return a language code without its region or script."""
    return code.replace("_", "-").partition("-")[0].strip().lower()


def tmx_units(path: Path) -> Iterator[TmxUnit]:
    """Yield the units of a TMX file; raise MarkupError, with line and column, for one that cannot be read."""
    for unit, done in xml_entries(path, roots=("tmx",), tags=("tu",)):
        yield TmxUnit(
            place=f"line {unit.sourceline}",
            done=done,
            texts=tuple(_texts(unit)),
            properties=tuple((prop.get("type", ""), prop.text or "") for prop in unit.findall("{*}prop")),
            notes=tuple(inline_text(note) for note in unit.findall("{*}note")),
        )


def _texts(unit: Any) -> Iterator[TmxText]:
    for variant in unit.findall("{*}tuv"):
        segment = variant.find("{*}seg")
        if segment is not None:
            yield TmxText(
                language=variant.get(XML_LANG) or variant.get("lang") or "",
                text=inline_text(segment).strip(),
                author=_said(variant, unit, "changeid", "creationid"),
                changed_at=_time(_said(variant, unit, "changedate", "creationdate")),
            )


def inline_text(element: Any) -> str:
    """Return the text of an element without codes; a placeholder between two letters leaves a space."""
    parts = [element.text or ""]
    for child in element:
        name = local_name(child)
        if not name:  # an entity: its declaration stands in a DTD that is not read, but HTML's are known
            parts.append(html.unescape(child.text or ""))
        elif name not in _CODES:
            parts.append(inline_text(child))
        elif name == "ph" and parts[-1][-1:].isalnum() and (child.tail or "")[:1].isalnum():
            parts.append(" ")
        parts.append(child.tail or "")
    return "".join(parts)


def _said(variant: Any, unit: Any, *names: str) -> str:
    return next((value for element in (variant, unit) for name in names if (value := element.get(name))), "")


def _time(stamp: str) -> str:
    """Return TMX's YYYYMMDDThhmmssZ as ISO 8601; nothing for what is no such time."""
    digits = stamp.replace("T", "").replace("Z", "")
    if len(digits) != 14 or not digits.isdecimal():
        return ""
    year, month, day, hour, minute, second = digits[:4], *(digits[place : place + 2] for place in range(4, 14, 2))
    return f"{year}-{month}-{day}T{hour}:{minute}:{second}Z"
