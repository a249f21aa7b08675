"""Ids of a TBX file: each once, the file's own where it came from one, and persons at its end for who made what."""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import count
from typing import Any

from corpus.visible import xml_text
from glossary.exchange.tbx.plain import parsed
from glossary.model import Concept, LanguageSection, Term

_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9._-]*")
_LANGUAGE = re.compile(r"[A-Za-z]{1,8}(-[A-Za-z0-9]{1,8})*")


def language_code(item: Term | LanguageSection) -> str:
    """Return the language code that a term or section is written under: the one it came with."""
    code = next((value for kind, value in item.extras if kind == "language"), item.language).replace("_", "-")
    return code if _LANGUAGE.fullmatch(code) else "und"


class Persons:
    """The back matter: what the concepts brought with them, and a person for each name that made something."""

    def __init__(self, concepts: Iterable[Concept]) -> None:
        self._objects: dict[str, Any] = {}
        self._uids: dict[str, str] = {}
        for concept in concepts:
            for kind, value in concept.extras:
                if kind == "back" and (section := parsed(value)) is not None:
                    self._keep(section)
        self.ids = set(self._objects)

    def _keep(self, section: Any) -> None:
        thing = section.find("refObject")
        if section.tag == "refObjectSec" and thing is not None and _NAME.fullmatch(thing.get("id", "")):
            self._objects.setdefault(thing.get("id"), section)

    def uid_of(self, name: str) -> str:
        """Return the id of the person called ``name``."""
        if name not in self._uids:
            uid = next(uid for number in count(len(self._uids) + 1) if (uid := f"person{number}") not in self.ids)
            self._uids[name] = uid
            self.ids.add(uid)
        return self._uids[name]

    def back(self) -> list[Any]:
        """Return the sections of the file's end."""
        from lxml import etree

        sections = list(self._objects.values())
        if self._uids:
            section = etree.Element("refObjectSec", {"type": "respPerson"})
            for name, uid in self._uids.items():
                thing = etree.SubElement(section, "refObject", {"id": uid})
                etree.SubElement(thing, "item", {"type": "fn"}).text = xml_text(name)
            sections.append(section)
        return sections


class Identities:
    """Which id each concept and term gets; ``known`` are all of a file, so that references can be checked."""

    def __init__(self, concepts: Iterable[Concept], taken: set[str]) -> None:
        self.known = taken
        self._of: dict[int, str] = {}
        numbers = count(1)
        for concept in concepts:
            self._claim(concept, f"c{concept.uid}" if concept.uid else "")
            while id(concept) not in self._of:
                self._claim(concept, f"n{next(numbers)}")
            for term in concept.terms:
                self._claim(term, f"t{term.uid}" if term.uid else "")

    def of_concept(self, concept: Concept) -> str:
        """Return the id of a concept."""
        return self._of[id(concept)]

    def of_term(self, term: Term) -> str:
        """Return the id of a term; empty when it has none."""
        return self._of.get(id(term), "")

    def _claim(self, item: Concept | Term, own: str) -> None:
        for uid in (*(value for kind, value in item.extras if kind == "id"), own):
            if _NAME.fullmatch(uid) and uid not in self.known:
                self.known.add(uid)
                self._of[id(item)] = uid
                return
