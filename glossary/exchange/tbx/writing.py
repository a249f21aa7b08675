"""Write TBX version 3: what the dialect has a category for as that, all else as notes that Tarjama takes back."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, BinaryIO

from corpus.visible import xml_text
from glossary.errors import ExchangeError
from glossary.exchange.markup import XML_LANG
from glossary.exchange.tbx.identity import Identities, Persons, language_code
from glossary.exchange.tbx.notes import extra_text, machine_note, user_note
from glossary.exchange.tbx.plain import category, parsed
from glossary.exchange.tbx.rules import Rules, date_of
from glossary.exchange.tbx.styling import styled
from glossary.exchange.tbx.vocabulary import (
    CATEGORIES,
    DIALECTS,
    FIELDS,
    MODULES,
    NAMESPACE,
    STYLES,
    Level,
    pos_text,
    status_of,
    status_text,
)
from glossary.exchange.termbase import WriteOptions, Written
from glossary.model import Concept, Extras, LanguageSection, Stamp, Term, TermStatus

_CATEGORY_OF = {level: {field: kind for kind, field in fields.items()} for level, fields in FIELDS.items()}


def write_tbx(concepts: Iterable[Concept], stream: BinaryIO, options: WriteOptions) -> Written:
    """Write a termbase; concepts without a term cannot stand in one and are counted as left out."""
    from lxml import etree

    if options.dialect not in DIALECTS or options.style not in STYLES:
        raise ExchangeError(
            f"There is no TBX dialect “{options.dialect}” in the style “{options.style}”.",
            f"The dialects: {', '.join(DIALECTS)}; the styles: {', '.join(STYLES)}.",
        )
    concepts = list(concepts)
    whole = [concept for concept in concepts if concept.terms]
    style = "dca" if options.dialect == "core" else options.style  # without categories the two are the same
    modules = DIALECTS[options.dialect] if style == "dct" else ()
    namespaces = "".join(f' xmlns:{name}="{uri}"' for name, uri in MODULES.items() if name in modules)
    root = f'<tbx type="TBX-{options.dialect.title()}" style="{style}" xml:lang="en" xmlns="{NAMESPACE}"{namespaces}>'
    stream.write(b'<?xml version="1.0" encoding="UTF-8"?>\n' + root.encode() + b"\n")
    stream.write(b"<tbxHeader><fileDesc><sourceDesc><p>Written by Tarjama</p></sourceDesc></fileDesc></tbxHeader>\n")
    stream.write(b"<text>\n<body>\n")
    persons = Persons(whole)
    identities = Identities(whole, persons.ids)
    writer = _EntryWriter(Rules(options.dialect, style, identities.known), identities, persons)
    stream.writelines(styled(writer.entry(concept), style) + b"\n" for concept in whole)
    stream.write(b"</body>\n")
    if back := persons.back():
        stream.write(b"<back>\n" + b"\n".join(etree.tostring(one, encoding="utf-8") for one in back) + b"\n</back>\n")
    stream.write(b"</text>\n</tbx>\n")
    return Written(len(whole), len(concepts) - len(whole))


@dataclass(slots=True)
class _EntryWriter:
    """Writes entries in the DCA style without namespaces."""

    rules: Rules
    identities: Identities
    persons: Persons

    def entry(self, concept: Concept) -> Any:
        """Return a concept as an element."""
        from lxml import etree

        uid = self.identities.of_concept(concept)
        entry = etree.Element(Level.CONCEPT.value, {"id": uid})
        level = _LevelWriter(self, entry, Level.CONCEPT, concept.extras)
        level.skip("back")
        level.skip("id", uid)
        if concept.uid and uid != f"c{concept.uid}":
            level.say("uid", concept.uid)
        level.put_fields({"domain": concept.domain, "definition": concept.definition})
        level.put_link(concept.url)
        if concept.do_not_translate:
            level.say("do_not_translate", "yes")
        level.put_tags(concept.tags)
        level.put_stamp(concept.stamp)
        level.put_note(concept.note)
        for section in concept.sections:
            if language_code(section) not in {language_code(term) for term in concept.terms}:
                level.say_section(section)
        level.finish()
        for code, terms in _by_language(concept.terms).items():
            sections = [one for one in concept.sections if language_code(one) == code]
            self._section(entry, code, sections, terms, concept.stamp)
        return entry

    def _section(self, entry: Any, code: str, sections: list[LanguageSection], terms: list[Term], stamp: Stamp) -> None:
        from lxml import etree

        element = etree.SubElement(entry, Level.SECTION.value, {XML_LANG: code})
        for section in sections:
            level = _LevelWriter(self, element, Level.SECTION, section.extras)
            level.skip("language", code)
            level.put_fields({"definition": section.definition})
            level.put_note(section.note)
            level.finish()
        for term in terms:
            self._term(element, code, term, stamp)

    def _term(self, parent: Any, code: str, term: Term, concept_stamp: Stamp) -> None:
        from lxml import etree

        uid = self.identities.of_term(term)
        element = etree.SubElement(parent, Level.TERM.value, {"id": uid} if uid else {})
        level = _LevelWriter(self, element, Level.TERM, term.extras)
        level.put_term(term.text)
        level.skip("id", uid)
        level.skip("language", code)
        if term.uid and uid != f"t{term.uid}":
            level.say("uid", term.uid)
        level.put_fields({name: getattr(term, name) for name in _CATEGORY_OF[Level.TERM]})
        if term.case_sensitive:
            level.say("case_sensitive", "yes")
        for form in term.forms:
            level.say("forms", form)
        if term.stamp != concept_stamp:
            level.put_stamp(term.stamp)
        level.put_note(term.note)
        level.finish()


class _LevelWriter:
    """Fills one level of an entry; what the rules do not allow is said in notes."""

    def __init__(self, writer: _EntryWriter, parent: Any, level: Level, extras: Extras) -> None:
        self._rules = writer.rules
        self._persons = writer.persons
        self._parent = parent
        self._level = level
        self._extras = list(extras)
        self._elements: list[Any] = []
        self._notes: list[str] = []

    def skip(self, category: str, value: str | None = None) -> None:
        """Leave out extras that stand elsewhere in the file."""
        self._extras = [one for one in self._extras if one[0] != category or value not in {None, one[1]}]

    def say(self, field: str, value: str, language: str = "") -> None:
        """Say a field in a note."""
        self._notes.append(machine_note(field, value, language))

    def put_term(self, text: str) -> None:
        """Put the term itself, with its markup where that is still about this text."""
        dressing = self._dressing("text", "term")
        if dressing is not None and _text(dressing) == text and self._rules.allows_term(dressing):
            self._use("text")
            self._parent.append(dressing)
        else:
            self._parent.append(_element("term", "", text))

    def put_fields(self, fields: Mapping[str, str]) -> None:
        """Put the fields that say something, each as its category or as a note."""
        for name, value in fields.items():
            if value:
                self._put_field(name, value)

    def _put_field(self, name: str, value: str) -> None:
        kind = _CATEGORY_OF[self._level][name]
        text, is_all = _category_text(name, value)
        dressing = self._dressing(name, kind)
        plain = _element(kind.partition(":")[0], kind.partition(":")[2], text)
        if dressing is not None and self._rules.allows(fitted := _fitted(dressing, name, value, text), self._level):
            self._use(name)
            self._elements.append(fitted)
        elif self._rules.allows(plain, self._level):
            self._elements.append(plain)
        else:
            is_all = False
        if not is_all:
            self.say(name, value)

    def put_link(self, url: str) -> None:
        """Put the concept's page or picture."""
        if not url:
            return
        dressing = self._dressing("url", "xref")
        if dressing is not None:
            dressing.set("target", xml_text(url))
        plain = _element("xref", "externalCrossReference", url)
        plain.set("target", xml_text(url))
        if dressing is not None and self._rules.allows(dressing, self._level):
            self._use("url")
            self._elements.append(dressing)
        elif self._rules.allows(plain, self._level):
            self._elements.append(plain)
        else:
            self.say("url", url)

    def put_tags(self, tags: Iterable[str]) -> None:
        """Put customers, and projects where an extra says that a tag is one."""
        for tag in tags:
            is_project = ("project", tag) in self._extras
            element = _element("admin", "projectSubset" if is_project else "customerSubset", tag)
            if tag and self._rules.allows(element, self._level):
                self._elements.append(element)
                if is_project:
                    self._extras.remove(("project", tag))
            else:
                self.say("tags", tag)

    def put_stamp(self, stamp: Stamp) -> None:
        """Put who made and changed it, and when."""
        made, changed = (stamp.created_by, stamp.created_at), (stamp.changed_by, stamp.changed_at)
        if any(made):
            self._put_transaction("created", "origination", *made)
        if any(changed) and (changed != made or self._dressing("changed", "transacGrp") is not None):
            self._put_transaction("changed", "modification", *changed)

    def _put_transaction(self, name: str, action: str, by: str, at: str) -> None:
        dressing = self._dressing(name, "transacGrp")
        if dressing is not None and _stamped(dressing) == (by, at) and self._rules.allows(dressing, self._level):
            self._use(name)
            self._elements.append(dressing)
            return
        date = date_of(at)
        is_known = self._rules.knows_transactions and bool(by or date)
        if is_known:
            self._elements.append(self._transaction(action, by, date))
        if by and not is_known:
            self.say(f"{name}_by", by)
        if at and not (is_known and at == date):
            self.say(f"{name}_at", at)

    def _transaction(self, action: str, by: str, date: str) -> Any:
        from lxml import etree

        group = etree.Element("transacGrp")
        group.append(_element("transac", "transactionType", action))
        if date:
            group.append(_element("date", "", date))
        if by:
            note = _element("transacNote", "responsibility", by)
            note.set("target", self._persons.uid_of(by))
            group.append(note)
        return group

    def put_note(self, note: str) -> None:
        """Put the user's note, as the several notes it came as where it still is."""
        if not note:
            return
        dressing = self._dressing("note", "notes")
        if dressing is not None and self._is_note(dressing, note):
            self._use("note")
            self._elements += list(dressing)
        else:
            self._elements.append(_element("note", "", user_note(note)))

    def _is_note(self, dressing: Any, note: str) -> bool:
        joined = "\n".join(_text(one) for one in dressing)
        return _squeezed(joined) == _squeezed(note) and all(self._rules.allows(one, self._level) for one in dressing)

    def say_section(self, section: LanguageSection) -> None:
        """Say in notes what a section says for a language that has no term."""
        code = language_code(section)
        if section.definition:
            self.say("definition", section.definition, code)
        if section.note:
            self.say("note", section.note, code)
        for kind, value in section.extras:
            if (kind, value) != ("language", code):
                self.say("extras", extra_text(kind, value), code)

    def finish(self) -> None:
        """Put what is left of the extras, and then everything in the order the format wants."""
        for kind, value in self._extras:
            element = parsed(value) if kind == "xml" else _of_category(kind, value)
            if element is not None and self._rules.allows(element, self._level):
                self._elements.append(element)
            else:
                self.say("extras", extra_text(kind, value))
        self._elements.sort(key=lambda element: not element.tag.startswith("termNote"))
        for element in self._elements:
            self._parent.append(element)
        for note in self._notes:
            self._parent.append(_element("note", "", note))

    def _dressing(self, name: str, kind: str) -> Any | None:
        """Return the element a field came from, when the extras have it."""
        value = next((value for category, value in self._extras if category == name), None)
        element = None if value is None else parsed(value)
        if element is None or kind not in {element.tag, category(_main(element))}:
            return None
        return element

    def _use(self, name: str) -> None:
        place = next(index for index, (category, _) in enumerate(self._extras) if category == name)
        del self._extras[place]


def _by_language(terms: Iterable[Term]) -> dict[str, list[Term]]:
    found: dict[str, list[Term]] = {}
    for term in terms:
        found.setdefault(language_code(term), []).append(term)
    return found


def _category_text(name: str, value: str) -> tuple[str, bool]:
    """Return what a category says for a field, and whether that is all of it."""
    if name == "status":
        return status_text(TermStatus(value)), value != TermStatus.PROPOSED.value
    if name == "pos":
        return pos_text(value), pos_text(value) == value
    return value, True


def _element(tag: str, kind: str, text: str) -> Any:
    from lxml import etree

    element = etree.Element(tag, {"type": kind} if kind else {})
    element.text = xml_text(text)
    return element


def _of_category(category: str, text: str) -> Any | None:
    """Return an extra that is a data category of TBX as an element; None for other extras."""
    tag, _, kind = category.partition(":")
    return _element(tag, kind, text) if kind in CATEGORIES and CATEGORIES[kind].element == tag else None


def _main(element: Any) -> Any:
    return element[0] if element.tag in {"descripGrp", "adminGrp", "termNoteGrp"} and len(element) else element


def _text(element: Any) -> str:
    return "".join(element.itertext())


def _squeezed(text: str) -> str:
    return re.sub(r"\s+", " ", text).strip()


def _fitted(dressing: Any, name: str, value: str, text: str) -> Any:
    """Return the element a field came from, changed where the field says something else by now."""
    main = _main(dressing)
    said = _text(main)
    if (name == "status" and status_of(said) is value) or _squeezed(said) == _squeezed(xml_text(text)):
        return dressing
    for child in list(main):
        main.remove(child)
    main.text = xml_text(text)
    return dressing


def _stamped(group: Any) -> tuple[str, str]:
    def first(kind: str) -> str:
        return next((_squeezed(_text(element)) for element in group if category(element) == kind), "")

    return first("transacNote:responsibility"), first("date")
