"""XLIFF 1.2 and 2.x: each unit with its translation, state and notes.

A unit is a segment, whatever smaller pieces it was cut into. Text is exact; inline codes (``ph``, ``bpt``, ``x``, …)
are left out, the text they enclose stays. A unit that is not to be translated is boilerplate. Machine translations that
nobody has touched are kept as notes: they must not pass for a human's.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from corpus.errors import DocumentError
from corpus.importing.content import Content, ImportOptions, Sample
from corpus.importing.markup import attribute, descendants, local, parse_xml
from corpus.model import ImportedSegment, SegmentKind, State

if TYPE_CHECKING:
    from lxml import etree

# Possessive, so that no file can make it try for long.
_START = re.compile(
    r"\s*+(?:<\?[^>]*+>\s*+|<!--(?:(?!-->).)*+-->\s*+|<!doctype[^>\[]*+(?:\[[^\]]*+\]\s*+)?>\s*+)*+<(?:\w+:)?xliff\b",
    re.IGNORECASE | re.DOTALL,
)
_CODES_1 = frozenset(("ph", "bpt", "ept", "it", "sub", "x", "bx", "ex"))
_CODES_2 = frozenset(("ph", "sc", "ec", "sm", "em"))
_STATES_1 = {
    "final": State.REVIEWED,
    "signed-off": State.REVIEWED,
    "translated": State.TRANSLATED,
    "needs-review-translation": State.EDITED,
    "needs-review-adaptation": State.EDITED,
    "needs-review-l10n": State.EDITED,
    "needs-translation": State.EDITED,
    "needs-adaptation": State.EDITED,
    "needs-l10n": State.EDITED,
    "new": State.EDITED,
}
_COPIED = frozenset(("new", "needs-translation"))
_STATES_2 = {
    "initial": State.EDITED,
    "translated": State.TRANSLATED,
    "reviewed": State.REVIEWED,
    "final": State.REVIEWED,
}
_XML_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_EDGE = re.compile(r"^[ \t]*\n\s*|[ \t]*\n\s*$")
_MACHINE = re.compile(r"mt-suggestion|leveraged-mt")


class Xliff:
    """Units of other translation tools."""

    name = "xliff"
    suffixes = (".xlf", ".xliff", ".sdlxliff", ".mxliff", ".mqxliff")

    def claims(self, sample: Sample) -> bool:
        """Claim XML whose root says it is XLIFF."""
        return _START.match(sample.text) is not None

    def read(self, data: bytes, options: ImportOptions) -> Content:
        """Read the units of all files in it, in order; raise DocumentError for XML that is not XLIFF."""
        del options  # the file itself says all
        root = parse_xml(data, "The XLIFF file")
        if local(root) != "xliff":
            raise DocumentError("The file is XML, but not XLIFF.", "Name another --format, or leave it out.")
        version = root.get("version", "")
        units = _units_2(root) if version.startswith("2") else _units_1(root)
        encoding = root.getroottree().docinfo.encoding or "utf-8"
        return Content(tuple(unit for unit in units if unit.source.strip()), encoding.lower())


def _units_1(root: etree._Element) -> Iterator[ImportedSegment]:
    for unit in descendants(root, "trans-unit"):
        parts = {local(child): child for child in reversed(unit)}  # the first of each name
        if "source" not in parts:
            continue
        source = _text(parts["source"], _CODES_1)
        target = parts.get("target")
        words = _text(target, _CODES_1) if target is not None else ""
        notes = [child.text.strip() for child in unit if local(child) == "note" and child.text]
        state = State.UNTRANSLATED
        if target is not None and words.strip():
            if _MACHINE.search(target.get("state-qualifier", "")):
                notes.append(f"Machine translation in the file: {words}")
                words = ""
            elif unit.get("approved") == "yes":
                state = State.REVIEWED
            elif words == source and target.get("state", "new") in _COPIED:
                words = ""  # filters put the source into targets, for tools that cannot make them
            else:
                state = _STATES_1.get(target.get("state", "translated"), State.EDITED)
        yield ImportedSegment(
            source,
            _kind(unit),
            place=unit.get("resname", "") or unit.get("id", ""),
            target=words if state else "",
            state=state,
            note="\n".join(notes),
        )


def _units_2(root: etree._Element) -> Iterator[ImportedSegment]:
    for unit in descendants(root, "unit"):
        pieces = list(descendants(unit, "segment", "ignorable"))
        source = "".join(_part(piece, "source") for piece in pieces)
        targets = [(piece, _part(piece, "target")) for piece in pieces]
        states = [
            _STATES_2.get(piece.get("state", "initial"), State.EDITED) if words else State.EDITED
            for piece, words in targets
            if local(piece) == "segment"
        ]
        # What stands between translated pieces need not be translated itself: its source holds.
        target = "".join(
            words or (_part(piece, "source") if local(piece) == "ignorable" else "") for piece, words in targets
        )
        translated = any(words.strip() for _, words in targets)
        if target == source and all(piece.get("state", "initial") == "initial" for piece in pieces):
            translated = False  # a copy of the source, for tools that cannot make targets
        yield ImportedSegment(
            source,
            _kind(unit),
            place=unit.get("name", "") or unit.get("id", ""),
            target=target if translated else "",
            state=min(states, default=State.EDITED) if translated else State.UNTRANSLATED,
            note="\n".join(note.text.strip() for note in descendants(unit, "note") if note.text),
        )


def _kind(unit: etree._Element) -> SegmentKind:
    for element in (unit, *unit.iterancestors()):
        if element.get("translate") in {"yes", "no"}:
            return SegmentKind.BOILERPLATE if element.get("translate") == "no" else SegmentKind.PARAGRAPH
    return SegmentKind.PARAGRAPH


def _part(piece: etree._Element, name: str) -> str:
    return "".join(_text(child, _CODES_2) for child in piece if local(child) == name)


def _text(element: etree._Element, codes: frozenset[str]) -> str:
    """Return the text of ``element``; line ends at its edges are the layout of the file unless it says otherwise."""
    text = "".join(_texts(element, codes))
    around = (part.get(_XML_SPACE) for part in (element, *element.iterancestors()))
    if next(filter(None, around), "default") == "preserve":
        return text
    return _EDGE.sub("", text)


def _texts(element: etree._Element, codes: frozenset[str]) -> Iterator[str]:
    yield element.text or ""
    for child in element:
        if local(child) == "cp":  # a character that XML cannot hold
            yield _character(attribute(child, "hex"))
        elif local(child) and local(child) not in codes:
            yield from _texts(child, codes)
        yield child.tail or ""


def _character(code: str) -> str:
    try:
        character = chr(int(code, 16))
    except (ValueError, OverflowError):
        return "\N{REPLACEMENT CHARACTER}"
    return character if character != "\0" and not "\ud800" <= character <= "\udfff" else "\N{REPLACEMENT CHARACTER}"
