"""XML from outside, parsed without entities, DTD and network; and names without their namespaces."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from lxml import etree

from corpus.errors import DocumentError
from corpus.xml_stream import harmless_parser

_COLLAPSED = re.compile(r"[ \t\n\r\f]+")
_AT_BREAK = re.compile(r" ?\n ?")


def parse_xml(data: bytes, what: str = "The document") -> etree._Element:
    """Return the root element of ``data``; raise DocumentError for XML that is damaged, or declares entities."""
    parser = harmless_parser()
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        raise DocumentError(
            f"{what} is damaged: its XML breaks off or is wrong in line {error.lineno}.",
            "Save it again in the program it comes from; nothing was imported.",
        ) from error
    dtd: Any = root.getroottree().docinfo.internalDTD  # the stubs know nothing of what is in a DTD
    if dtd is not None and next(dtd.iterentities(), None) is not None:
        raise DocumentError(f"{what} declares XML entities, which may be made to harm.", "Save it again without them.")
    return root


def local(element: etree._Element) -> str:
    """Return the name of ``element`` without its namespace; empty for comments and the like."""
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def attribute(element: etree._Element, name: str) -> str:
    """Return the attribute called ``name`` in whatever namespace; empty when there is none."""
    for key, value in element.attrib.items():
        if str(key).rpartition("}")[2] == name:
            return str(value)
    return ""


def descendants(element: etree._Element, *names: str) -> Iterator[etree._Element]:
    """Yield the elements inside ``element`` with one of these names, whatever their namespace, in order."""
    return element.iter(*(f"{{*}}{name}" for name in names))


def collapse(text: str) -> str:
    """Return ``text`` with white space as a browser shows it: runs are one space, none at the edges or line ends.

    Give line breaks that are meant as U+2028, which no markup has by chance; they come out as line feeds. No-break
    spaces and marks of direction stay.
    """
    return _AT_BREAK.sub("\n", _COLLAPSED.sub(" ", text).replace("\u2028", "\n")).strip(" \n")
