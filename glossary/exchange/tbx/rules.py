"""What a dialect and style of TBX allow to be written, as their RELAX NG and Schematron schemas say."""

from __future__ import annotations

import re
from collections.abc import Collection
from datetime import date
from typing import Any

from glossary.exchange.tbx.vocabulary import CATEGORIES, DIALECTS, Category, Level

_GROUPS = {
    "descripGrp": frozenset({"descrip", "admin", "adminGrp", "note", "ref", "transacGrp", "xref"}),
    "adminGrp": frozenset({"admin", "note", "ref", "xref"}),
    "termNoteGrp": frozenset({"termNote", "admin", "adminGrp", "note", "ref", "transacGrp", "xref"}),
    "transacGrp": frozenset({"transac", "date", "note", "ref", "transacNote", "xref"}),
}
_ADDRESS = re.compile(r"https?://[A-Za-z0-9._~:/?#@!$&'()*+,;=%-]+")
_HIGHLIGHTS = frozenset({"entailedTerm", "hotkey", "italics", "bold", "superscript", "subscript", "math"})
_WITH_MARKUP = frozenset({"admin", "descrip", "termNote", "note", "term", "foreign"})


def date_of(time: str) -> str:
    """Return the date of a time; empty when it does not begin with one.

    The standalone grammar allows times as well, those integrated with a dialect do not.
    """
    try:
        return date.fromisoformat(time[:10]).isoformat() if len(time) >= 10 else ""
    except ValueError:
        return ""


class Rules:
    """Tells which elements, in the DCA style without namespaces, may stand in a file; ``ids`` are those it has."""

    def __init__(self, dialect: str, style: str, ids: Collection[str]) -> None:
        self._modules = DIALECTS[dialect]
        self._is_dct = style == "dct"
        self._ids = ids
        self.knows_transactions = "basic" in self._modules

    def allows(self, element: Any, level: Level) -> bool:
        """Tell whether an element, with all that is in it, may stand at a level."""
        if element.tag in _GROUPS:
            return self._allows_group(element, level)
        if element.tag == "note":
            return self._allows_text(element, {"{http://www.w3.org/XML/1998/namespace}lang"})
        return self._allows_category(element, level)

    def allows_term(self, term: Any) -> bool:
        """Tell whether a term may have the markup it has."""
        return self._allows_text(term, set())

    def _allows_group(self, group: Any, level: Level) -> bool:
        if group.attrib or not len(group) or (group.text or "").strip():
            return False
        tags = [child.tag for child in group]
        if tags[0] != group.tag.removesuffix("Grp") or tags.count(tags[0]) > (2 if tags[0] == "admin" else 1):
            return False
        return all(
            child.tag in _GROUPS[group.tag]
            and not (child.tail or "").strip()
            and (self._allows_date(child) if child.tag == "date" else self.allows(child, level))
            for child in group
        )

    def _allows_date(self, element: Any) -> bool:
        return not element.attrib and not len(element) and date_of(element.text or "") == element.text

    def _allows_category(self, element: Any, level: Level) -> bool:
        kind = element.get("type")
        known = CATEGORIES.get(kind)
        if known is None or known.element != element.tag or known.module not in self._modules:
            return False
        if level not in known.levels or (known.values and element.text not in known.values):
            return False
        if self._is_dct and (kind == "crossReference" or len(element)):
            return False  # its module names relatedConcept and relatedTerm instead; and module elements hold text only
        return self._allows_target(element, kind, known) and self._allows_text(element, {"type", "target"})

    def _allows_target(self, element: Any, kind: str, known: Category) -> bool:
        target = element.get("target")
        if known.element == "xref":
            return target is not None and _ADDRESS.fullmatch(target) is not None
        if target is None:
            return not (self._is_dct and kind == "responsibility")
        return target in self._ids and (not self._is_dct or kind == "responsibility")

    def _allows_text(self, element: Any, attributes: set[str]) -> bool:
        if set(element.attrib) - attributes or (len(element) and element.tag not in _WITH_MARKUP):
            return False
        return all(self._allows_markup(child, in_term=element.tag == "term") for child in element)

    def _allows_markup(self, element: Any, *, in_term: bool) -> bool:
        if element.tag == "foreign" and not in_term:
            return self._allows_text(element, {"{http://www.w3.org/XML/1998/namespace}lang"})
        if element.tag != "hi" or len(element) or self._is_dct:
            return False
        return not set(element.attrib) - {"type"} and element.get("type", "bold") in _HIGHLIGHTS
