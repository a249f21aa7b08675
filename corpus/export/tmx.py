"""TMX 1.4b: translation memory exchange, valid against its DTD (tmx14.dtd, LISA OSCAR 2005)."""

from __future__ import annotations

from typing import BinaryIO

from lxml import etree

from corpus.pairs import Bilingual, Pair
from corpus.visible import xml_text

_XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"


class Tmx:
    """For translation memories of other tools; each unit says its state and whose words it holds."""

    name = "tmx"
    suffix = ".tmx"
    purpose = "for translation memories (TMX 1.4)"

    def write(self, bilingual: Bilingual, stream: BinaryIO) -> None:
        """Write one unit a pair, unit by unit, so that memory stays flat."""
        tool, _, version = bilingual.tool.partition(" ")
        header = {
            "creationtool": tool,
            "creationtoolversion": version or "0",
            "segtype": "paragraph",
            "o-tmf": "Tarjama",
            "adminlang": "en",
            "srclang": bilingual.source_language,
            "datatype": "plaintext",
            "creationdate": _stamp(bilingual.exported_at),
        }
        with etree.xmlfile(stream, encoding="utf-8", close=False) as xml:
            xml.write_declaration()
            xml.write_doctype('<!DOCTYPE tmx SYSTEM "tmx14.dtd">')
            with xml.element("tmx", version="1.4"):
                xml.write("\n")
                xml.write(etree.Element("header", header), with_tail=False)
                xml.write("\n")
                with xml.element("body"):
                    xml.write("\n")
                    for pair in bilingual.pairs:
                        xml.write(_unit(pair, bilingual))
                        xml.write("\n")
                xml.write("\n")
        stream.write(b"\n")


def _unit(pair: Pair, bilingual: Bilingual) -> etree._Element:
    unit = etree.Element("tu", tuid=pair.uid)
    if pair.is_sentence:
        unit.set("segtype", "sentence")  # the others are what the header says
    if pair.note:
        etree.SubElement(unit, "note").text = xml_text(pair.note)
    properties = {
        "x-document": pair.document,
        "x-order": str(pair.order),
        "x-state": pair.state.label,
        "x-origin": pair.origin.value,
        "x-engine": pair.engine,
    }
    for name, value in properties.items():
        if value:
            etree.SubElement(unit, "prop", type=name).text = xml_text(value)
    for language, text in ((bilingual.source_language, pair.source), (bilingual.target_language, pair.target)):
        variant = etree.SubElement(unit, "tuv", {_XML_LANG: language})
        etree.SubElement(variant, "seg").text = xml_text(text)
    if pair.author:
        variant.set("changeid", xml_text(pair.author))
    if pair.changed_at:
        variant.set("changedate", _stamp(pair.changed_at))
    return unit


def _stamp(time: str) -> str:
    """Return a time in ISO 8601, UTC, as TMX writes it: YYYYMMDDThhmmssZ."""
    return time.partition(".")[0].rstrip("Z").replace("-", "").replace(":", "") + "Z"
