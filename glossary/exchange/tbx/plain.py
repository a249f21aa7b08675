"""One form for all of TBX: version 3 in DCA style without namespaces, whatever version and style a file has."""

from __future__ import annotations

import re
from copy import deepcopy
from typing import Any

from glossary.exchange.markup import local_name
from glossary.exchange.tbx.vocabulary import CATEGORIES, MODULES, NAMESPACE

_OURS = frozenset({NAMESPACE, ""})
_MODULES = frozenset(MODULES.values())
_VERSION_2 = {"termEntry": "conceptEntry", "langSet": "langSec", "tig": "termSec", "ntig": "termSec"}
_INLINE = frozenset({"hi", "foreign", "bpt", "ept", "ph", "sc", "ec"})
_LINE_END = re.compile(r"\s*[\r\n]\s*")


def make_plain(entry: Any, *, exact: bool = True) -> None:
    """Bring an entry, in place, into the one form; elements of unknown modules keep their namespaces.

    Unless ``exact``, lines that were broken for looks are joined.
    """
    from lxml import etree

    for element in entry.iter("*"):
        namespace, _, name = element.tag.rpartition("}")
        namespace = namespace[1:]
        if namespace in _OURS:
            element.tag = _VERSION_2.get(name, name)
        elif namespace in _MODULES and name in CATEGORIES and "type" not in element.attrib:
            element.tag = CATEGORIES[name].element
            # The type first, as the DCA style writes it.
            attributes = dict(element.attrib)
            element.attrib.clear()
            element.attrib.update({"type": name, **attributes})
        if not exact:
            element.text = _joined(element.text)
            if not len(element) and element.tag not in _INLINE and element.text:
                element.text = element.text.strip()
            element.tail = _joined(element.tail)
    for group in entry.findall(".//termGrp"):
        _unwrap(group)
    etree.cleanup_namespaces(entry)


def _unwrap(group: Any) -> None:
    """Put the children of a version 2 termGrp where it stands."""
    parent = group.getparent()
    place = parent.index(group)
    parent[place : place + 1] = list(group)


def _joined(text: str | None) -> str | None:
    """Return a text on one line; None for a line end between two elements."""
    return _LINE_END.sub(" ", text) if text and ("\n" not in text or text.strip()) else None


def category(element: Any) -> str:
    """Return the data category of an element, as ``element:type``; its name alone when it has no type."""
    kind = element.get("type")
    return local_name(element) if kind is None else f"{local_name(element)}:{kind}"


def is_simple(element: Any) -> bool:
    """Tell whether an element is a text with a type and no more."""
    return not len(element) and not set(element.attrib) - {"type"} and "}" not in element.tag


def text_of(element: Any, *, exact: bool) -> str:
    """Return the text of an element, inline markup left out; unless ``exact``, without white space around it."""
    text = "".join(element.itertext())
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

    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        element = etree.fromstring(text, parser)
    except (etree.XMLSyntaxError, ValueError):
        return None
    # Nothing that could not stand in an entry: no comment, instruction or entity.
    return element if all(isinstance(one.tag, str) for one in element.iter()) else None
