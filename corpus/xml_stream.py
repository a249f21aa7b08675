"""Large XML from outside, element by element: no entities, no DTD, nothing from the network, flat memory."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from corpus.errors import MarkupError

if TYPE_CHECKING:
    from lxml import etree

XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"

_AGAIN = "Export it again from the program it comes from."


def xml_entries(path: Path, *, roots: tuple[str, ...], tags: tuple[str, ...]) -> Iterator[tuple[Any, int]]:
    """Yield each element called one of ``tags``, in any namespace, and how many bytes were read with it.

    An element is emptied when the next one is asked for. Raise MarkupError, with line and column, for a file that is
    not well-formed, declares anything in a DOCTYPE, has a root that is none of ``roots``, or cannot be read.
    """
    from lxml import etree

    try:
        with path.open("rb") as stream:
            parser = etree.iterparse(
                stream,
                events=("start", "end"),
                tag=[f"{{*}}{name}" for name in roots + tags],
                resolve_entities=False,
                no_network=True,
                load_dtd=False,
                huge_tree=False,
                remove_comments=True,
                remove_pis=True,
            )
            yield from _checked(parser, path, roots, tags, stream)
    except etree.XMLSyntaxError as error:
        line, column = error.position
        what = error.msg.partition(", line ")[0]
        place = f"Line {line or 1} (column {max(column, 1)}) of {path}"
        raise MarkupError(f"{place} is not valid XML: {what}.", _AGAIN) from error
    except OSError as error:
        raise MarkupError(f"The file {path} cannot be read: {error.strerror or error}.", "Check its name.") from error


def harmless_parser(*, keeps_comments: bool = True) -> etree.XMLParser:
    """Return a parser for small XML from outside, as ``xml_entries`` has it: no entities, no DTD, no network.

    Processing instructions count as comments.
    """
    from lxml import etree

    return etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        dtd_validation=False,
        huge_tree=False,
        remove_comments=not keeps_comments,
        remove_pis=not keeps_comments,
    )


def _checked(
    parser: Any, path: Path, roots: tuple[str, ...], tags: tuple[str, ...], stream: Any
) -> Iterator[tuple[Any, int]]:
    is_known = False
    for event, element in parser:
        if not is_known:
            is_known = True
            _check_root(element, path, roots)
        if event == "end" and local_name(element) in tags:
            yield element, stream.tell()
            _forget(element)
    if not is_known:
        raise MarkupError(
            f"The file {path} is XML, but none of the formats Tarjama knows: its root is “{local_name(parser.root)}”.",
            f"What is expected here begins with {' or '.join(roots)}.",
        )


def _check_root(element: Any, path: Path, roots: tuple[str, ...]) -> None:
    document = element.getroottree()
    dtd = document.docinfo.internalDTD
    if dtd is not None and (any(dtd.iterentities()) or any(dtd.iterelements())):
        raise MarkupError(
            f"The file {path} declares entities or elements of its own before its root.",
            "Such declarations can make a small file endless, so they are refused.",
        )
    if local_name(document.getroot()) not in roots:
        raise MarkupError(
            f"The file {path} has the root “{local_name(document.getroot())}”, not {' or '.join(roots)}.",
            "Check that it is what its name says, or give its --format.",
        )


def _forget(element: Any) -> None:
    element.clear()
    parent = element.getparent()
    while parent is not None and element.getprevious() is not None:
        del parent[0]


def local_name(element: Any) -> str:
    """Return the name of an element without its namespace; empty for comments and the like."""
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""
