"""Read TBX: each entry becomes a concept, and what has no field is kept in the extras of its level.

An extra named like a field holds that field's own element as XML, where it said more than its text: a source beside
the definition, an address behind a name. ``xml`` holds other elements that are more than a text, ``back`` persons and
sources of the file's end that the entry refers to, ``language`` a code such as ar-EG that became ar.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from glossary.errors import ExchangeError
from glossary.exchange.markup import XML_LANG, local_name, xml_entries
from glossary.exchange.tbx.level import LevelReader
from glossary.exchange.tbx.plain import fragment, is_simple, make_plain, text_of
from glossary.exchange.tbx.vocabulary import Level
from glossary.exchange.termbase import Found, ReadOptions, Termbase, size_of
from glossary.model import Concept, Extras, LanguageSection, Stamp, Term

_ROOTS = ("tbx", "martif")
_ENTRIES = ("conceptEntry", "termEntry")
_OUR_ID = re.compile(r"[ct]?([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})")
_STRUCTURE = frozenset({"langSec", "termSec", "term"})
_NUMBERED = re.compile(r"n\d+")
_TARGET = re.compile(r'target="([^"]*)"')
_SAID_BY_TARJAMA = "Written by Tarjama"


@dataclass(slots=True)
class BackMatter:
    """What stands at a file's end: each object by its id, as XML, and the names of those that are only a name."""

    objects: dict[str, str] = field(default_factory=dict)
    names: dict[str, str] = field(default_factory=dict)
    unused: set[str] = field(default_factory=set)
    is_ours: bool = False

    def take(self, section: Any) -> None:
        """Keep the objects of a refObjectSec (version 2: refObjectList)."""
        from lxml import etree

        make_plain(section)
        for thing in section.findall("refObject"):
            uid = thing.get("id", "")
            if [item.get("type") for item in thing] == ["fn"] and is_simple(thing[0]):
                self.names[uid] = thing[0].text or ""
            whole = etree.Element("refObjectSec", {"type": section.get("type", "")})
            whole.append(thing)
            self.objects[uid] = fragment(whole)
            self.unused.add(uid)


def open_tbx(path: Path, name: str, _options: ReadOptions) -> Termbase:
    """Look through a whole file, and return it opened; raise ExchangeError with the line of what is wrong."""
    from lxml import etree

    back = BackMatter()
    lines: dict[str, int] = {}
    used: set[str] = set()
    tags = (*_ENTRIES, "refObjectSec", "refObjectList", "sourceDesc")
    for element, _ in xml_entries(path, roots=_ROOTS, tags=tags):
        if local_name(element) == "sourceDesc":
            back.is_ours |= "".join(element.itertext()).strip().startswith(_SAID_BY_TARJAMA)
            continue
        if local_name(element) not in _ENTRIES:
            back.take(element)
            continue
        used |= set(_TARGET.findall(etree.tostring(element, encoding="unicode")))
        if uid := element.get("id"):
            if uid in lines:
                raise ExchangeError(
                    f"Line {element.sourceline} of {path} has the id “{uid}” of the entry in line {lines[uid]} again.",
                    "Ids must be unique in a termbase; export it again. Nothing was imported.",
                )
            lines[uid] = element.sourceline
    back.unused -= used
    return Termbase(path, name, True, size_of(path), lambda: _entries(path, back))


def _entries(path: Path, back: BackMatter) -> Iterator[Found]:
    orphans = sorted(back.unused)
    for entry, done in xml_entries(path, roots=_ROOTS, tags=_ENTRIES):
        place = f"line {entry.sourceline}"
        if not any(text.strip() for text in entry.itertext()):
            yield Found(place, None, done, "The entry is empty.")
            continue
        try:
            concept = _EntryReader(entry, back, orphans).concept()
        except ExchangeError as error:
            raise ExchangeError(f"{error.message.rstrip('.')}, in {path}.", error.hint) from error
        orphans = []
        yield Found(place, concept, done)


class _EntryReader:
    """Reads one entry."""

    def __init__(self, entry: Any, back: BackMatter, orphans: list[str]) -> None:
        self._entry = entry
        self._elements = make_plain(entry, exact=back.is_ours)  # lxml makes objects anew that nobody holds
        self._back = back
        self._orphans = orphans

    def concept(self) -> Concept:
        """Return the entry as a concept."""
        entry = self._level(self._entry, Level.CONCEPT)
        uid, id_extras = _identity(self._entry.get("id"), numbered=self._back.is_ours)
        sections: list[LanguageSection] = []
        terms: list[Term] = []
        stamp = entry.stamp()
        for section in self._entry.iterchildren("langSec"):
            self._read_section(section, sections, terms, stamp)
        for code, said in entry.of_sections.items():
            language, extras = our_language(code)
            sections.append(
                LanguageSection(language, said.fields.get("definition", ""), said.note, (*said.extras, *extras))
            )
        if not terms:
            raise ExchangeError(f"Line {self._entry.sourceline} has an entry without a term.", "Nothing was imported.")
        concept = Concept(
            uid=entry.fields.pop("uid", "") or uid,
            sections=tuple(sections),
            terms=tuple(terms),
            note=entry.note,
            tags=tuple(entry.tags),
            extras=(*id_extras, *entry.extras),
            stamp=stamp,
            **entry.fields,
        )
        return self._with_back(concept) if self._back.objects else concept

    def _read_section(self, section: Any, sections: list[LanguageSection], terms: list[Term], stamp: Stamp) -> None:
        code = section.get(XML_LANG, "").strip()
        if not code:
            raise ExchangeError(
                f"Line {section.sourceline} has a language section that does not name its language",
                "It needs an xml:lang. Nothing was imported.",
            )
        language, extras = our_language(code)
        said = self._level(section, Level.SECTION)
        if said.fields or said.note or said.extras:
            definition = said.fields.get("definition", "")
            sections.append(LanguageSection(language, definition, said.note, (*said.extras, *extras)))
        terms += [self._term(term, language, extras, stamp) for term in section.iterchildren("termSec")]

    def _term(self, section: Any, language: str, extras: Extras, stamp: Stamp) -> Term:
        term = next(section.iterchildren("term"), None)
        text = "" if term is None else text_of(term, exact=self._back.is_ours)
        if not text.strip():
            raise ExchangeError(
                f"Line {section.sourceline} has an empty term", "Fill or delete it. Nothing was imported."
            )
        said = self._level(section, Level.TERM)
        uid, id_extras = _identity(section.get("id"), numbered=False)
        own = () if term is None or (is_simple(term) and not term.attrib) else (("text", fragment(term)),)
        return Term(
            uid=said.fields.pop("uid", "") or uid,
            language=language,
            text=text,
            note=said.note,
            forms=tuple(said.forms),
            extras=(*id_extras, *own, *extras, *said.extras),
            stamp=said.stamp(stamp),
            **said.fields,
        )

    def _level(self, parent: Any, level: Level) -> LevelReader:
        reader = LevelReader(level, self._back.names, exact=self._back.is_ours)
        for element in parent:
            if element.tag not in _STRUCTURE:
                reader.take(element)
        reader.finish()
        return reader

    def _with_back(self, concept: Concept) -> Concept:
        """Return the concept with the back matter that what is kept of its entry refers to."""
        of_sections = [extra for section in concept.sections for extra in section.extras]
        of_terms = [extra for term in concept.terms for extra in term.extras]
        said = [*concept.extras, *of_sections, *of_terms]
        targets = {target for _, value in said for target in _TARGET.findall(value)} & self._back.objects.keys()
        back = [("back", self._back.objects[uid]) for uid in sorted(targets | set(self._orphans))]
        return replace(concept, extras=(*concept.extras, *back)) if back else concept


def our_language(code: str) -> tuple[str, Extras]:
    """Return the language of a code, and the code as an extra when that is more than the language.

    Arabic and English of any country are ar and en, so that they pair; other codes stay as they are.
    """
    primary = re.split("[-_]", code)[0].lower()
    if primary not in {"ar", "en"}:
        return code, ()
    return primary, () if code.lower() == primary else (("language", code),)


def _identity(uid: str | None, *, numbered: bool) -> tuple[str, Extras]:
    """Return the uid that an id is, and the id as an extra when it is not one of ours."""
    if not uid or (numbered and _NUMBERED.fullmatch(uid)):
        return "", ()
    match = _OUR_ID.fullmatch(uid)
    if match is None:
        return "", (("id", uid),)
    return match[1], () if uid[0] in "ct" and len(uid) == 37 else (("id", uid),)
