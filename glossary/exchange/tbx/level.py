"""What a TBX file says at one level of an entry: fields, notes, who made it, and all the rest as extras."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from glossary.exchange.tbx.notes import extra_of, said_by
from glossary.exchange.tbx.plain import category, fragment, is_simple, text_of
from glossary.exchange.tbx.vocabulary import FIELDS, Level, is_usual_status, status_of
from glossary.model import Stamp, TermStatus

GROUPS = frozenset({"descripGrp", "adminGrp", "termNoteGrp"})
_FLAGS = {"do_not_translate", "case_sensitive"}
_STAMPS = frozenset(Stamp.__dataclass_fields__)
_SAYABLE = {
    Level.CONCEPT: _STAMPS | {"uid", "extras", "domain", "definition", "url", "do_not_translate", "tags"},
    Level.SECTION: frozenset({"extras", "definition"}),
    Level.TERM: _STAMPS | {"uid", "extras", "case_sensitive", "forms", *FIELDS[Level.TERM].values()},
}
_NO_STAMP = Stamp()
_UUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")


class LevelReader:
    """Takes the elements of a level one by one; complete after ``finish``.

    ``names`` are the persons of the back matter by id. ``exact`` keeps white space as it is. ``of_sections`` is what a
    concept's notes say of languages that have no term.
    """

    def __init__(self, level: Level, names: Mapping[str, str], *, exact: bool) -> None:
        self.fields: dict[str, Any] = {}
        self.note = ""
        self.tags: list[str] = []
        self.forms: list[str] = []
        self.extras: list[tuple[str, str]] = []
        self.of_sections: dict[str, LevelReader] = {}
        self._level = level
        self._fields_of = FIELDS[level]
        self._names = names
        self._exact = exact
        self._stamp: dict[str, str] = {}
        self._notes: list[Any] = []
        self._transactions: list[Any] = []

    def take(self, element: Any) -> None:
        """Take one element."""
        name = element.tag
        if name == "note":
            self._notes.append(element)
        elif name == "transacGrp" and self._level is not Level.SECTION:
            self._transactions.append(element)
        elif name == "xref" and self._level is Level.CONCEPT:
            self._take_link(element)
        elif name in GROUPS and len(element):
            self._take_category(element[0], element)
        else:
            self._take_category(element, element)

    def finish(self) -> None:
        """Take what needs to be seen together: the notes, and who made and changed it."""
        if self._transactions:
            self._finish_transactions()
        if self._notes:
            self._finish_notes()
        if "status" in self.fields and not isinstance(self.fields["status"], TermStatus):
            self.fields["status"] = status_of(self.fields["status"])

    def stamp(self, concept: Stamp = _NO_STAMP) -> Stamp:
        """Return who made and changed it.

        Tarjama's own files do not say twice what is the same: what was never changed has no change, and a term without
        a word about it is as old as its ``concept``.
        """
        if not self._stamp:
            return concept if self._exact else _NO_STAMP
        said = self._stamp
        if self._exact and not (said.get("changed_by") or said.get("changed_at")):
            said = {**said, "changed_by": said.get("created_by", ""), "changed_at": said.get("created_at", "")}
        return Stamp(**said)

    def _take_category(self, main: Any, whole: Any) -> None:
        kind = category(main)
        field = self._fields_of.get(kind)
        text = text_of(main, exact=self._exact)
        is_plain = whole is main and is_simple(main)
        if field and text and field not in self.fields:
            self.fields[field] = text
            if not is_plain or (field == "status" and not is_usual_status(text)):
                self.extras.append((field, fragment(whole)))
        elif is_plain and kind in {"admin:customerSubset", "admin:projectSubset"} and self._is_new_tag(text):
            self.tags.append(text)
            if kind == "admin:projectSubset":
                self.extras.append(("project", text))
        elif is_plain:
            self.extras.append((kind, text))
        else:
            self.extras.append(("xml", fragment(whole)))

    def _is_new_tag(self, text: str) -> bool:
        return self._level is Level.CONCEPT and bool(text) and text not in self.tags

    def _take_link(self, link: Any) -> None:
        target = link.get("target", "")
        if not target or "url" in self.fields:
            self.extras.append(("xml", fragment(link)))
            return
        self.fields["url"] = target
        attributes = {"type": "externalCrossReference", "target": target}
        if dict(link.attrib) != attributes or text_of(link, exact=True) not in {"", target}:
            self.extras.append(("url", fragment(link)))

    def _finish_transactions(self) -> None:
        """Take the first origination and the last modification; keep the others."""
        kinds = [_transaction(group) for group in self._transactions]
        made = kinds.index("origination") if "origination" in kinds else None
        changed = len(kinds) - 1 - kinds[::-1].index("modification") if "modification" in kinds else None
        for place, group in enumerate(self._transactions):
            if place in (made, changed):
                self._take_stamp(group, "created" if place == made else "changed")
            else:
                self.extras.append(("xml", fragment(group)))

    def _take_stamp(self, group: Any, name: str) -> None:
        is_plain = not group.keys()
        for element in group:
            kind, text = category(element), text_of(element, exact=self._exact)
            if kind == "date" and f"{name}_at" not in self._stamp:
                self._stamp[f"{name}_at"] = text
                is_plain &= not element.keys()
            elif kind == "transacNote:responsibility" and f"{name}_by" not in self._stamp:
                self._stamp[f"{name}_by"] = text
                target = element.get("target")
                is_plain &= len(element.keys()) == (1 if target is None else 2)
                is_plain &= target is None or self._names.get(target) == text
            else:
                is_plain &= element is group[0] and is_simple(element)
        if not is_plain:
            self.extras.append((name, fragment(group)))

    def _finish_notes(self) -> None:
        """Take the user's notes as one, and what Tarjama itself says in notes as what it is."""
        own = [note for note in self._notes if not self._take_machine_note(note)]
        texts = [self._note_text(note) for note in own]
        self.note = "\n".join(texts)
        if len(own) > 1 or any(note.keys() or len(note) for note in own):
            self.extras.append(("note", f"<notes>{''.join(fragment(note) for note in own)}</notes>"))

    def _note_text(self, note: Any) -> str:
        text = text_of(note, exact=self._exact)
        said = said_by(text)
        return said[2] if said and said[0] == "note" else text

    def _take_machine_note(self, note: Any) -> bool:
        if note.keys() or len(note):
            return False
        said = said_by(text_of(note, exact=self._exact))
        if said is None:
            return False
        field, language, value = said
        if not language:
            return field != "note" and self.say(field, value)
        if self._level is not Level.CONCEPT:
            return False
        of_section = self.of_sections.setdefault(language, LevelReader(Level.SECTION, self._names, exact=True))
        return of_section.say(field, value)

    def say(self, field: str, value: str) -> bool:
        """Take a field that a note says; tell whether it is one of this level."""
        if field == "note":
            self.note = value
            return True
        if field not in _SAYABLE[self._level] or not _is_valid(field, value):
            return False
        if field in _FLAGS:
            self.fields[field] = value == "yes"
        elif field == "extras":
            self.extras.append(extra_of(value))
        elif field in {"tags", "forms"}:
            (self.tags if field == "tags" else self.forms).append(value)
        elif field in _STAMPS:
            self._stamp[field] = value
        else:
            self.fields[field] = TermStatus(value) if field == "status" else value
        return True


def _is_valid(field: str, value: str) -> bool:
    if field == "status":
        return value in set(TermStatus)
    return field != "uid" or _UUID.fullmatch(value) is not None


def _transaction(group: Any) -> str:
    for element in group:
        if category(element) == "transac:transactionType":
            return element.text or ""
    return ""
