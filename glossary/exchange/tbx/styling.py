"""The last step of writing TBX: from plain entries to the bytes of the DCA or the DCT style."""

from __future__ import annotations

import re
from typing import Any

from glossary.exchange.tbx.vocabulary import CATEGORIES, MODULES, NAMESPACE

_DECLARATION = re.compile(rb' xmlns(:\w+)?="[^"]*"')


def styled(entry: Any, style: str) -> bytes:
    """Return an entry as it stands inside a root that has declared the namespaces."""
    from lxml import etree

    if style == "dca":
        return etree.tostring(entry, encoding="utf-8")
    namespaces: Any = {None: NAMESPACE, **MODULES}
    root = etree.Element(f"{{{NAMESPACE}}}tbx", nsmap=namespaces)
    root.append(entry)
    for element in entry.iter():
        kind = element.get("type")
        if kind in CATEGORIES:
            element.tag = f"{{{MODULES[CATEGORIES[kind].module]}}}{kind}"
            del element.attrib["type"]
        else:
            element.tag = f"{{{NAMESPACE}}}{element.tag}"
    start, end, rest = etree.tostring(entry, encoding="utf-8").partition(b">")
    return _DECLARATION.sub(b"", start) + end + rest
