"""What can be wrong with a translation as a text: nothing in it, Arabic left in it, words said twice, odd spaces."""

from __future__ import annotations

import re
from collections.abc import Iterator

from corpus.checks.finding import Finding, Severity

_ARABIC = re.compile(r"[\u0621-\u064a\u0671-\u06d3\ufb50-\ufdff\ufe70-\ufefc][\u0600-\u06ff\ufb50-\ufefc\s]*")
_TWICE = re.compile(r"\b([^\W\d_]+)(\s+)\1\b", re.IGNORECASE)
# Words that English doubles: "had had", "that that"; names and interjections that are doubled are kept out by case.
_DOUBLED = frozenset({"had", "that", "bye", "no", "so", "very", "ha", "knock", "blah", "many", "well", "now", "there"})
_SPACES = re.compile(r"(?<=\S) {2,}(?=\S)|[ \t]+(?=[,.;:!?](?:\s|$))|\u00a0{2,}")
_ELLIPSIS = re.compile(r"\s*\.\.")
_EDGES = re.compile(r"^\s+|\s+$")
_ENTITY = re.compile(r"&(?:#\d{1,6}|#x[0-9a-fA-F]{1,6}|amp|lt|gt|quot|apos|nbsp);")
_SHORTEST_FOR_RATIO = 40
# Of 5,117 pairs of human translations (NTREX, FLORES, TICO-19) one in a thousand is outside of these.
_LEAST_RATIO, _GREATEST_RATIO = 0.5, 2.6


def check_texts(source: str, target: str) -> Iterator[Finding]:
    """Yield what is wrong with the target as a text beside the source."""
    if not target.strip():
        if source.strip():
            yield Finding("empty", Severity.ERROR, "There is no translation.")
        return
    if source.strip() == target.strip() and _ARABIC.search(source):
        yield Finding("same-as-source", Severity.ERROR, "The translation is the source.", target_span=(0, len(target)))
        return
    yield from _arabic_left(target)
    yield from _words_twice(source, target)
    yield from _spaces(target)
    yield from _entities(source, target)
    yield from _length(source, target)


def _arabic_left(target: str) -> Iterator[Finding]:
    for match in _ARABIC.finditer(target):
        span = (match.start(), match.start() + len(match.group().rstrip()))
        yield Finding("arabic-left", Severity.ERROR, "There is Arabic left in the translation.", target_span=span)


def _words_twice(source: str, target: str) -> Iterator[Finding]:
    for match in _TWICE.finditer(target):
        word = match[1]
        if word.lower() in _DOUBLED or word[0].isupper() or _TWICE.search(source):
            continue
        message = f"“{word}” stands here twice."
        yield Finding("word-twice", Severity.WARNING, message, target_span=match.span(), fix=word)


def _spaces(target: str) -> Iterator[Finding]:
    for match in _SPACES.finditer(target):
        if _ELLIPSIS.match(target, match.start()):
            continue
        before_mark = target[match.end() : match.end() + 1] in set(",.;:!?")
        message = "There is a space before a mark." if before_mark else "There is more than one space."
        fix = "" if before_mark else " "
        yield Finding("spaces", Severity.INFO, message, target_span=match.span(), fix=fix)
    for match in _EDGES.finditer(target):
        yield Finding("spaces", Severity.INFO, "There is a space at the edge.", target_span=match.span(), fix="")


def _entities(source: str, target: str) -> Iterator[Finding]:
    from html import unescape

    for match in _ENTITY.finditer(target):
        if match.group() not in source:
            message = f"“{match.group()}” is how HTML writes a character."
            fix = unescape(match.group())
            yield Finding("entity", Severity.ERROR, message, target_span=match.span(), fix=fix)


def _length(source: str, target: str) -> Iterator[Finding]:
    if len(source) < _SHORTEST_FOR_RATIO:
        return
    ratio = len(target) / len(source)
    if ratio < _LEAST_RATIO:
        yield Finding("length", Severity.WARNING, "The translation is much shorter than the source.")
    elif ratio > _GREATEST_RATIO:
        yield Finding("length", Severity.WARNING, "The translation is much longer than the source.")
