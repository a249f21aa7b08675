"""Segmentation rules as SRX 2.0 files: read those of other tools, write ours for them."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from corpus.errors import SegmentationError
from corpus.files import atomic_write
from corpus.segmentation.rules import Rule, RuleSet
from corpus.xml_stream import harmless_parser

if TYPE_CHECKING:
    from lxml import etree

_NAMESPACE = "http://www.lisa.org/srx20"
_AS_DEFAULT: Any = {None: _NAMESPACE}  # the stubs of lxml know no default namespace
_MAX_BYTES = 16 * 1024 * 1024


def read_srx(path: Path) -> RuleSet:
    """Read the rules of an SRX 2.0 file, or one without its namespace; raise SegmentationError when it is none.

    Expressions are those of ICU; what Python's ``regex`` writes otherwise is written so. Each is tried when a splitter
    is made of the rules, not here: a file has rules for languages that nobody asks for.
    """
    root = _parsed(path)
    named = {
        rules.get("languagerulename", ""): tuple(_rule(rule) for rule in _children(rules, "rule"))
        for rules in _descendants(root, "languagerule")
    }
    maps = tuple(
        (entry.get("languagepattern", ""), entry.get("languagerulename", ""))
        for entry in _descendants(root, "languagemap")
    )
    if not named or not maps:
        raise SegmentationError(
            f"The file {path} has no segmentation rules.", "An SRX 2.0 file has languagerules and maprules."
        )
    headers = _descendants(root, "header")
    return RuleSet(named, maps, cascade=any(header.get("cascade") == "yes" for header in headers))


def write_srx(rules: RuleSet, path: Path) -> None:
    """Write rules as an SRX 2.0 file; raise ExportError, keeping an older file, when it cannot be written."""
    from lxml import etree  # slow to load, and most commands write no SRX

    root = etree.Element("srx", {"version": "2.0"}, nsmap=_AS_DEFAULT)
    header = {"segmentsubflows": "yes", "cascade": "yes" if rules.cascade else "no"}
    etree.SubElement(root, "header", header)
    body = etree.SubElement(root, "body")
    all_rules = etree.SubElement(body, "languagerules")
    for name, of_name in rules.rules.items():
        element = etree.SubElement(all_rules, "languagerule", {"languagerulename": name})
        for rule in of_name:
            written = etree.SubElement(element, "rule", {"break": "yes" if rule.breaks else "no"})
            etree.SubElement(written, "beforebreak").text = rule.before
            etree.SubElement(written, "afterbreak").text = rule.after
    maps = etree.SubElement(body, "maprules")
    for pattern, name in rules.maps:
        etree.SubElement(maps, "languagemap", {"languagepattern": pattern, "languagerulename": name})
    with atomic_write(path) as stream:
        stream.write(etree.tostring(root, encoding="UTF-8", xml_declaration=True, pretty_print=True))


def _parsed(path: Path) -> etree._Element:
    from lxml import etree

    try:
        if path.stat().st_size > _MAX_BYTES:
            raise SegmentationError(f"The file {path} is too large for segmentation rules.", "Check its name.")
        data = path.read_bytes()
    except OSError as error:
        raise SegmentationError(f"The file {path} cannot be read: {error.strerror}.", "Check its name.") from error
    parser = harmless_parser(keeps_comments=False)
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        raise SegmentationError(f"The file {path} is not valid XML: {error}.", "Export it again as SRX 2.0.") from error
    if root.getroottree().docinfo.internalDTD is not None:
        raise SegmentationError(
            f"The file {path} has a DOCTYPE, which no SRX file needs.", "Take it out, or export the rules again."
        )
    if etree.QName(root).localname != "srx":
        raise SegmentationError(f"The file {path} is not an SRX file.", "Its root element must be srx.")
    return root


def _rule(element: etree._Element) -> Rule:
    before, after = (
        "".join(_icu_as_regex(part.text or "") for part in _children(element, name))
        for name in ("beforebreak", "afterbreak")
    )
    return Rule(element.get("break") != "no", before, after)


def _icu_as_regex(pattern: str) -> str:
    r"""Return an ICU expression as ``regex`` writes it: \h horizontal space, \R a line end, \x{…} a code point."""
    import regex

    pattern = pattern.replace(r"\h", r"[ \t\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]")
    pattern = pattern.replace(r"\R", r"(?:\r\n|[\n\r\v\f\x85\u2028\u2029])")
    return regex.sub(r"\\x\{([0-9A-Fa-f]{1,6})\}", lambda match: f"\\U{int(match[1], 16):08x}", pattern)


def _children(element: etree._Element, name: str) -> list[etree._Element]:
    return [child for child in element if _is_called(child, name)]


def _descendants(element: etree._Element, name: str) -> list[etree._Element]:
    return [child for child in element.iter() if _is_called(child, name)]


def _is_called(element: etree._Element, name: str) -> bool:
    tag = element.tag
    return isinstance(tag, str) and tag.rpartition("}")[2] == name
