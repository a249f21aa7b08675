"""What somebody types to find terms: words, and filters such as ``status:proposed``."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from corpus.arabic import fold
from glossary.errors import TermError
from glossary.model import TermStatus

_PART = re.compile(r'(?P<name>status|domain|author|tag|is):(?:"(?P<quoted>[^"]*)"?|(?P<value>\S*))|\S+', re.IGNORECASE)
_KINDS = ("conflicting", "unused")

_STEPS = (*(f"status:{status}" for status in ("proposed", "preferred", "admitted", "forbidden")), "is:conflicting")


@dataclass(frozen=True, slots=True)
class TermQuery:
    """Words that all must be found in a pair of terms, and filters that all must hold.

    ``words`` are folded (``corpus.arabic.fold``). A pair fits ``domain``, ``author`` and ``tag`` when its own begins
    so, whatever the case; empty ones and an empty ``statuses`` ask for nothing.
    """

    words: tuple[str, ...] = ()
    statuses: frozenset[TermStatus] = frozenset()
    domain: str = ""
    author: str = ""
    tag: str = ""
    unused: bool = False
    conflicting: bool = False

    @property
    def filters(self) -> tuple[str, ...]:
        """The filters as they are typed."""
        named = (("domain", self.domain), ("author", self.author), ("tag", self.tag))
        return (
            *(f"status:{status}" for status in TermStatus if status in self.statuses),
            *(f'{name}:"{value}"' if " " in value else f"{name}:{value}" for name, value in named if value),
            *(f"is:{kind}" for kind, asked in zip(_KINDS, (self.conflicting, self.unused), strict=True) if asked),
        )


def parse_query(text: str) -> TermQuery:
    """Return what ``text`` asks for, as in ``status:proposed domain:"armed conflict" is:unused rest of it``.

    The beginning of a status or of ``conflicting`` and ``unused`` is enough; a filter without a value asks for nothing
    yet. Raise TermError for values that do not exist.
    """
    query = TermQuery()
    words: list[str] = []
    for part in _PART.finditer(text):
        if part["name"] is None:
            words += fold(part[0]).split()
        else:
            query = _narrowed(query, part["name"].lower(), fold(part["quoted"] or part["value"] or "").strip())
    return replace(query, words=tuple(words))


def words_of(text: str) -> str:
    """Return the words of a query as they were typed, without its filters."""
    return " ".join(part[0] for part in _PART.finditer(text) if part["name"] is None)


def next_filter(text: str, *, may_ask_unused: bool = True) -> str:
    """Return the query ``text`` with the next of the filters that a key goes through; after the last, with none."""
    steps = (*_STEPS, "is:unused") if may_ask_unused else _STEPS
    present = [part[0] for part in _PART.finditer(text) if part["name"] and part["name"].lower() in {"status", "is"}]
    place = steps.index(present[0]) + 1 if present and present[0] in steps else 0
    rest = " ".join(part[0] for part in _PART.finditer(text) if part[0] not in present)
    following = "" if present and place == len(steps) else steps[place]
    return f"{following} {rest}".strip()


def _narrowed(query: TermQuery, name: str, value: str) -> TermQuery:
    if not value:
        return query
    if name == "status":
        return replace(query, statuses=query.statuses | _statuses(value))
    if name == "is":
        kinds = [kind for kind in _KINDS if kind.startswith(value)]
        if not kinds:
            raise TermError(f"There is no filter “is:{value}”.", "There are is:conflicting and is:unused.")
        return replace(
            query, conflicting=query.conflicting or "conflicting" in kinds, unused=query.unused or "unused" in kinds
        )
    if name == "domain":
        return replace(query, domain=value)
    return replace(query, author=value) if name == "author" else replace(query, tag=value)


def _statuses(value: str) -> frozenset[TermStatus]:
    found = frozenset(status for status in TermStatus if status.startswith(value))
    return found or frozenset({TermStatus.parse(value)})
