"""XML from outside, entry by entry: no entities, no DTD, nothing from the network, flat memory."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from glossary.errors import ExchangeError
from glossary.exchange.termbase import size_of, unreadable

XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"

_NOTHING = "Nothing was imported."


def xml_entries(path: Path, *, roots: tuple[str, ...], tags: tuple[str, ...]) -> Iterator[tuple[Any, int]]:
    """Yield each element called one of ``tags``, in any namespace, and how many bytes were read with it.

    An element is emptied when the next one is asked for. Raise ExchangeError, with the line, for a file that is not
    well-formed, declares anything in a DOCTYPE, or has a root that is none of ``roots``.
    """
    from lxml import etree

    size_of(path)
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
        raise ExchangeError(
            f"Line {error.lineno or 1} of {path} is not valid XML: {error.msg}.",
            f"Export the termbase again from the program it comes from. {_NOTHING}",
        ) from error
    except OSError as error:
        raise unreadable(path, error) from error


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
        raise ExchangeError(
            f"The file {path} is XML, but none of the formats Tarjama knows: its root is “{local_name(parser.root)}”.",
            f"Export the termbase as TBX, TMX or CSV. {_NOTHING}",
        )


def _check_root(element: Any, path: Path, roots: tuple[str, ...]) -> None:
    document = element.getroottree()
    dtd = document.docinfo.internalDTD
    if dtd is not None and (any(dtd.iterentities()) or any(dtd.iterelements())):
        raise ExchangeError(
            f"The file {path} declares entities or elements of its own before its root.",
            f"Such declarations can make a small file endless, so they are refused. {_NOTHING}",
        )
    if local_name(document.getroot()) not in roots:
        raise ExchangeError(
            f"The file {path} has the root “{local_name(document.getroot())}”, not {' or '.join(roots)}.",
            f"Check that it is what its name says, or give its --format. {_NOTHING}",
        )


def _forget(element: Any) -> None:
    element.clear()
    parent = element.getparent()
    while parent is not None and element.getprevious() is not None:
        del parent[0]


def local_name(element: Any) -> str:
    """Return the name of an element without its namespace."""
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""
