"""What a package says of itself, taken only when it is as plain as it should be: it is shown and names folders."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from corpus.model import DraftKind

LARGEST_METADATA = 1024 * 1024
"""Bytes of a ``metadata.json`` that are read at most."""

_CODE = re.compile(r"[a-z]{2,3}(?:[-_][A-Za-z0-9]{2,8})?")
_VERSION = re.compile(r"[0-9][0-9A-Za-z.]{0,31}")
_UNSEEN = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})
_JOINERS = frozenset("\u200c\u200d")  # parts of words in names of languages
_KINDS = frozenset({DraftKind.TRANSLATION, DraftKind.GLOSS})


@dataclass(frozen=True, slots=True)
class Metadata:
    """The part of ``metadata.json`` that is used; ``kind`` is a key of our own, which the bundled gloss has."""

    version: str
    source_language: str
    target_language: str
    kind: DraftKind


def parse_metadata(data: bytes) -> Metadata:
    """Return what ``metadata.json`` says; raise ValueError with what is wrong with it, to go after its name."""
    if len(data) > LARGEST_METADATA:
        raise ValueError("is too large")
    try:
        content = json.loads(data.decode("utf-8"))
        source, target, version = content["from_code"], content["to_code"], content["package_version"]
        kind = content.get("tarjama_kind", DraftKind.TRANSLATION)
        prefix = content.get("target_prefix", "")
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise ValueError("cannot be understood") from error
    if any(map(_has_unseen, _strings(content))):
        raise ValueError("has characters that nobody can see")
    if not all(isinstance(code, str) and _CODE.fullmatch(code) for code in (source, target)) or source == target:
        raise ValueError("names no two languages")
    if not isinstance(version, str | int | float) or not _VERSION.fullmatch(str(version)):
        raise ValueError("has no version that can be used")
    texts = isinstance(kind, str) and isinstance(prefix, str)
    if not texts or kind not in _KINDS or content.get("type", "translate") != "translate":
        raise ValueError("says that it does not translate")
    return Metadata(str(version), source, target, DraftKind(kind))


def is_language_code(text: object) -> bool:
    """Tell whether ``text`` is the code of a language as packages have it, such as ``ar`` or ``pt-BR``."""
    return isinstance(text, str) and bool(_CODE.fullmatch(text))


def is_version(text: object) -> bool:
    """Tell whether ``text`` is a version as packages have it, such as ``1.0``."""
    return isinstance(text, str) and bool(_VERSION.fullmatch(text))


def _strings(content: object) -> Iterator[str]:
    """Yield every text in what ``json`` has read, at whatever depth."""
    waiting = [content]
    while waiting:
        item = waiting.pop()
        if isinstance(item, str):
            yield item
        elif isinstance(item, dict):
            waiting += [*item, *item.values()]
        elif isinstance(item, list):
            waiting += item


def _has_unseen(text: str) -> bool:
    return any(unicodedata.category(sign) in _UNSEEN and sign not in _JOINERS for sign in text)
