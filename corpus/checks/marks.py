"""Marks on both sides: ends of sentences, quotes and brackets in pairs, marks of direction, Arabic marks in English."""

from __future__ import annotations

import re
from collections.abc import Iterator

from corpus.checks.finding import Finding, Severity

_CLOSERS = "\"'”’»›)]}\u200e\u200f\u00a0 \t\n"
_BRACKETS = {"(": ")", "[": "]", "{": "}"}
_ENGLISH_FOR = {"؟": "?", "،": ",", "؛": ";", "٪": "%", "۔": ".", "٫": ".", "٬": ","}
_ARABIC_MARK = re.compile("[" + "".join(_ENGLISH_FOR) + "]")
# UAX #9, section 2: embeddings and overrides end with PDF, isolates with PDI.
_OPENING = {"\u202a": "\u202c", "\u202b": "\u202c", "\u202d": "\u202c", "\u202e": "\u202c"}
_OPENING |= dict.fromkeys("\u2066\u2067\u2068", "\u2069")
_QUOTES = re.compile('["“”„«»]')
_LIST_NUMBER = re.compile(r"(?:^|\s)(?:\w|\d+|[ivx]+)\)$", re.IGNORECASE)


def check_marks(source: str, target: str) -> Iterator[Finding]:
    """Yield what is wrong with the marks of the target beside those of the source."""
    if not target.strip():
        return
    yield from _final_mark(source, target)
    yield from _arabic_marks(target)
    yield from _brackets(source, target)
    yield from _quotes(source, target)
    yield from _directions(target)


def _final_mark(source: str, target: str) -> Iterator[Finding]:
    asked, answered = _last_mark(source), _last_mark(target)
    end = len(target.rstrip(_CLOSERS))
    if asked in {"؟", "?"} and answered != "?" and "?" not in target:
        if answered == "؟":  # an Arabic mark in English, which has a finding of its own
            return
        span = (end - 1, end) if answered else (end, end)
        yield Finding("final-mark", Severity.WARNING, "The source asks a question.", target_span=span, fix="?")
    elif answered == "?" and not {"؟", "?"} & set(source) and asked in {".", "!"}:
        message = "The translation asks a question, the source does not."
        yield Finding("final-mark", Severity.WARNING, message, target_span=(end - 1, end))


def _last_mark(text: str) -> str:
    last = text.rstrip(_CLOSERS)[-1:]
    return last if last in set(".!?؟…") else ""


def _arabic_marks(target: str) -> Iterator[Finding]:
    for match in _ARABIC_MARK.finditer(target):
        fix = _ENGLISH_FOR[match.group()]
        message = f"“{match.group()}” is an Arabic mark."
        yield Finding("arabic-mark", Severity.WARNING, message, target_span=match.span(), fix=fix)


def _brackets(source: str, target: str) -> Iterator[Finding]:
    place = _unbalanced(target, _BRACKETS)
    if place is not None and _unbalanced(source, _BRACKETS) is None:
        message = f"The bracket “{target[place]}” has no other half."
        yield Finding("brackets", Severity.WARNING, message, target_span=(place, place + 1))


def _quotes(source: str, target: str) -> Iterator[Finding]:
    quotes = [match for match in _QUOTES.finditer(target) if not _is_inch(target, match.start())]
    if len(quotes) % 2 and len(_QUOTES.findall(source)) % 2 == 0:
        message = "A quotation is opened and not closed, or closed and not opened."
        yield Finding("quotes", Severity.WARNING, message, target_span=quotes[-1].span())


def _is_inch(text: str, place: int) -> bool:
    return text[place] == '"' and text[place - 1 : place].isdigit() and text[:place].count('"') % 2 == 0


def _directions(target: str) -> Iterator[Finding]:
    place = _unbalanced(target, _OPENING)
    if place is not None:
        message = "An invisible mark of direction has no other half: what follows may be turned round."
        yield Finding("directions", Severity.ERROR, message, target_span=(place, place + 1), fix="")


def _unbalanced(text: str, closing_of: dict[str, str]) -> int | None:
    """Return the offset of the first mark that opens without being closed, or closes without being opened."""
    opened: list[tuple[str, int]] = []
    closing = set(closing_of.values())
    for place, character in enumerate(text):
        if character in closing_of:
            opened.append((closing_of[character], place))
        elif character in closing:
            if opened and opened[-1][0] == character:
                opened.pop()
            elif opened or not _LIST_NUMBER.search(text, max(0, place - 5), place + 1):
                return place
    return opened[0][1] if opened else None
