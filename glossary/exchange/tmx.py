"""TMX as terms: a unit with Arabic and English is a pair; what is as long as a sentence is left out and counted."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, BinaryIO

from corpus.tmx import TmxUnit, tmx_units
from corpus.visible import xml_text
from glossary.exchange.cells import joined, parted
from glossary.exchange.markup import XML_LANG, told_as_exchange_error
from glossary.exchange.pairs import pairs_of
from glossary.exchange.statuses import status_of_word
from glossary.exchange.termbase import Found, ReadOptions, Termbase, WriteOptions, Written, size_of
from glossary.model import Concept, NewTerm, TermStatus
from glossary.store import LONGEST_TERM

_LISTS = frozenset({"forms", "target_forms", "tags"})
_FLAGS = frozenset({"case_sensitive", "do_not_translate"})
_STATUSES = frozenset({"status", "source_status"})
_PROPERTY = "x-"
_FIELDS = tuple(name for name in NewTerm.__dataclass_fields__ if name not in {"source", "target", "note", "extras"})


class Tmx:
    """For translation memories that have no place for terms."""

    name = "tmx"
    suffixes = (".tmx",)

    def open(self, path: Path, _options: ReadOptions) -> Termbase:
        """Open a memory; all of it is looked through once."""
        size = size_of(path)
        with told_as_exchange_error():
            for _ in tmx_units(path):
                pass
        return Termbase(path, self.name, False, size, lambda: _entries(path))

    def write(self, concepts: Iterable[Concept], stream: BinaryIO, _options: WriteOptions) -> Written:
        """Write TMX 1.4 with a unit for each pair of terms; its fields stand in properties."""
        from lxml import etree

        header = {
            "creationtool": "Tarjama",
            "creationtoolversion": "1",
            "segtype": "phrase",
            "o-tmf": "Tarjama",
            "adminlang": "en",
            "srclang": "ar",
            "datatype": "plaintext",
            "creationdate": datetime.now(UTC).strftime("%Y%m%dT%H%M%SZ"),
        }
        count = left_out = 0
        with etree.xmlfile(stream, encoding="utf-8", close=False) as xml:
            xml.write_declaration()
            xml.write_doctype('<!DOCTYPE tmx SYSTEM "tmx14.dtd">')
            with xml.element("tmx", version="1.4"):
                xml.write(etree.Element("header", header), with_tail=False)
                with xml.element("body"):
                    for concept in concepts:
                        units = [_unit(pair) for pair in pairs_of(concept)]
                        left_out += not units
                        count += len(units)
                        for unit in units:
                            xml.write("\n")
                            xml.write(unit)
        stream.write(b"\n")
        return Written(count, left_out)


def _entries(path: Path) -> Iterator[Found]:
    with told_as_exchange_error():
        for unit in tmx_units(path):
            yield _found(unit)


def _found(unit: TmxUnit) -> Found:
    source, target = (next((one.text for one in unit.in_language(code)), "") for code in ("ar", "en"))
    if not source or not target:
        return Found(unit.place, None, unit.done, "It has not both Arabic and English.")
    if max(len(source), len(target)) > LONGEST_TERM:
        return Found(unit.place, None, unit.done, f"It is longer than {LONGEST_TERM:,} characters.")
    return Found(unit.place, _pair(unit, source, target), unit.done)


def _pair(unit: TmxUnit, source: str, target: str) -> NewTerm:
    fields: dict[str, Any] = {}
    extras: list[tuple[str, str]] = []
    for kind, text in unit.properties:
        field = kind.removeprefix(_PROPERTY).replace("-", "_")
        if not kind.startswith(_PROPERTY) or field not in _FIELDS or field in fields:
            extras.append((f"prop:{kind}", text))
        elif field in _LISTS:
            fields[field] = parted(text)
        elif field in _FLAGS:
            fields[field] = text == "yes"
        elif field in _STATUSES:
            fields[field] = status_of_word(text)
        else:
            fields[field] = text
    return NewTerm(source, target, note="\n".join(unit.notes), extras=tuple(extras), **fields)


def _unit(pair: NewTerm) -> Any:
    from lxml import etree

    unit = etree.Element("tu")
    if pair.note:
        etree.SubElement(unit, "note").text = xml_text(pair.note)
    for name in _FIELDS:
        if text := _property(getattr(pair, name)):
            etree.SubElement(unit, "prop", type=_PROPERTY + name.replace("_", "-")).text = xml_text(text)
    for kind, value in pair.extras:
        if kind.startswith("prop:"):
            etree.SubElement(unit, "prop", type=xml_text(kind.removeprefix("prop:"))).text = xml_text(value)
    for language, text in (("ar", pair.source), ("en", pair.target)):
        variant = etree.SubElement(unit, "tuv", {XML_LANG: language})
        etree.SubElement(variant, "seg").text = xml_text(text)
    return unit


def _property(value: str | bool | tuple[str, ...] | TermStatus | None) -> str:
    if isinstance(value, tuple):
        return joined(value)
    if isinstance(value, bool):
        return "yes" if value else ""
    return value or ""
