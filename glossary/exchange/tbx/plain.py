"""One form for all of TBX: version 3 in DCA style without namespaces, whatever version and style a file has."""

from __future__ import annotations

import re
from copy import deepcopy
from functools import lru_cache
from typing import Any

from corpus.xml_stream import harmless_parser
from glossary.exchange.tbx.vocabulary import CATEGORIES, MODULES, NAMESPACE

_OURS = frozenset({NAMESPACE, ""})
_MODULES = frozenset(MODULES.values())
_VERSION_2 = {"termEntry": "conceptEntry", "langSet": "langSec", "tig": "termSec", "ntig": "termSec"}
_INLINE = frozenset({"hi", "foreign", "bpt", "ept", "ph", "sc", "ec"})
_TYPE_AT_MOST: tuple[list[str], ...] = ([], ["type"])
_LINE_END = re.compile(r"\s*[\r\n]\s*")


def make_plain(entry: Any, *, exact: bool = True) -> list[Any]:
    """Bring an entry, in place, into the one form, and return its elements; those of unknown modules keep namespaces.

    Unless ``exact``, lines that were broken for looks are joined.
    """
    groups = []
    elements = list(entry.iter("*"))
    for element in elements:
        as_read = element.tag
        tag, kind = _plain_tag(as_read)
        if tag == "termGrp":
            groups.append(element)
        if tag != as_read:
            if kind and "type" not in element.attrib:
                attributes = dict(element.attrib)
                element.attrib.clear()
                element.attrib.update({"type": kind, **attributes})  # the type first, as the DCA style writes it
            element.tag = tag
        if not exact:
            element.text = _joined(element.text)
            element.tail = _joined(element.tail)
            if not len(element) and tag not in _INLINE and element.text:
                element.text = element.text.strip()
    for group in groups:
        _unwrap(group)
    return elements


@lru_cache(maxsize=256)
def _plain_tag(tag: str) -> tuple[str, str]:
    """Return what an element is called in the one form, and the type that its name says."""
    namespace, _, name = tag.rpartition("}")
    namespace = namespace[1:]
    if namespace in _OURS:
        return _VERSION_2.get(name, name), ""
    if namespace in _MODULES and name in CATEGORIES:
        return CATEGORIES[name].element, name
    return tag, ""


def _unwrap(group: Any) -> None:
    """Put the children of a version 2 termGrp where it stands."""
    parent = group.getparent()
    place = parent.index(group)
    parent[place : place + 1] = list(group)


def _joined(text: str | None) -> str | None:
    """Return a text on one line; None for a line end between two elements."""
    return _LINE_END.sub(" ", text) if text and ("\n" not in text or text.strip()) else None


def category(element: Any) -> str:
    """Return the data category of a plain element, as ``element:type``; its name alone when it has no type."""
    kind = element.get("type")
    return element.tag if kind is None else f"{element.tag}:{kind}"


def is_simple(element: Any) -> bool:
    """Tell whether an element is a text with a type and no more."""
    return not len(element) and element.keys() in _TYPE_AT_MOST and "}" not in element.tag


def text_of(element: Any, *, exact: bool) -> str:
    """Return the text of an element, inline markup left out; unless ``exact``, without white space around it."""
    text = "".join(element.itertext()) if len(element) else element.text or ""
    return text if exact else text.strip()


def fragment(element: Any) -> str:
    """Return an element as XML."""
    from lxml import etree

    alone = deepcopy(element)
    etree.cleanup_namespaces(alone)
    return etree.tostring(alone, encoding="unicode", with_tail=False)


def parsed(text: str) -> Any | None:
    """Return a fragment as an element; None when it is not one any more."""
    from lxml import etree

    parser = harmless_parser()
    try:
        element = etree.fromstring(text, parser)
    except (etree.XMLSyntaxError, ValueError):
        return None
    # Nothing that could not stand in an entry: no comment, instruction or entity.
    return element if all(isinstance(one.tag, str) for one in element.iter()) else None
