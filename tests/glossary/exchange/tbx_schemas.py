"""TBX's own schemas, run on what Tarjama writes: RELAX NG by lxml, Schematron (XPath 2) by elementpath.

The NVDL of the DCT style sends each namespace to its schema; here the core grammar takes the whole file, which allows
elements of other namespaces, and each of those is put to the grammar of its module.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import elementpath
from elementpath import XPathContext
from elementpath.xpath2 import XPath2Parser
from lxml import etree

from glossary.exchange.tbx.vocabulary import MODULES

_SCH = "{http://purl.oclc.org/dsdl/schematron}"


class Schemas:
    """The schemas under ``folder``."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def problems(self, data: bytes) -> list[str]:
        """Return what the schemas of the file's own dialect and style say against it."""
        root = etree.fromstring(data)
        dialect, style = root.get("type").removeprefix("TBX-").lower(), root.get("style")
        found = [str(error) for error in self._grammar_errors(root, dialect, style)]
        for schema in self._schematrons(dialect, style):
            found += _failed(root, self._folder / schema)
        return found

    def _grammar_errors(self, root: Any, dialect: str, style: str) -> Iterator[object]:
        core = _grammar(self._folder / "core/TBXcoreStructV03.rng")
        if not core.validate(root):
            yield core.error_log.last_error
        integrated = self._folder / f"{dialect}/TBXcoreStructV03_TBX-{dialect.title()}_integrated.rng"
        if style == "dca" and integrated.exists():
            grammar = _grammar(integrated)
            if not grammar.validate(root):
                yield grammar.error_log.last_error
        for name, namespace in MODULES.items():
            grammar = _grammar(self._folder / f"modules/{name.title()}.rng")
            for element in root.iter(f"{{{namespace}}}*"):
                alone = etree.fromstring(etree.tostring(element, with_tail=False))
                # What a reference refers to stands elsewhere in the file; Schematron looks at that.
                if not grammar.validate(alone) and "unknown ID" not in str(grammar.error_log.last_error):
                    yield f"{etree.tostring(element)!r}: {grammar.error_log.last_error}"

    def _schematrons(self, dialect: str, style: str) -> list[str]:
        if dialect == "core":
            return ["core/TBX-Core.sch"]
        own = f"{dialect}/{style.upper()}/TBX-{dialect.title()}_{style.upper()}.sch"
        return [own] if style == "dca" else [own, "modules/Min.sch", "modules/Basic.sch"]


@cache
def _grammar(path: Path) -> Any:
    return etree.RelaxNG(etree.parse(path))


@cache
def _patterns(path: Path) -> list[list[tuple[Any, list[tuple[Any, str]]]]]:
    """Return the patterns of a Schematron schema: rules as a compiled context and its compiled assertions."""
    schema = etree.parse(path).getroot()
    parser = XPath2Parser({one.get("prefix"): one.get("uri") for one in schema.iter(f"{_SCH}ns")})
    patterns = []
    for pattern in schema.iter(f"{_SCH}pattern"):
        rules = []
        for rule in pattern.iter(f"{_SCH}rule"):
            context = " | ".join(f"//{one.strip()}" for one in rule.get("context").split("|"))
            asserts = [
                (parser.parse(f"boolean({one.get('test')})"), "".join(one.itertext()).strip())
                for one in rule.iter(f"{_SCH}assert")
            ]
            rules.append((parser.parse(context), asserts))
        patterns.append(rules)
    return patterns


def _failed(root: Any, path: Path) -> list[str]:
    """Return the assertions that fail; in each pattern a node follows the first rule that fits it."""
    tree = elementpath.get_node_tree(root.getroottree())
    found = []
    for rules in _patterns(path):
        seen: set[int] = set()
        for context, asserts in rules:
            nodes = [node for node in context.select(XPathContext(tree)) if id(node) not in seen]
            seen |= {id(node) for node in nodes}
            for node in nodes:
                found += [
                    f"{message} ({node.string_value[:40]})"
                    for test, message in asserts
                    if not test.evaluate(XPathContext(tree, item=node))
                ]
    return found
