"""Take a termbase file into a glossary, all of it or nothing, and tell what became of its entries."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from corpus.visible import visible
from glossary.errors import ExchangeError, TermError
from glossary.exchange.termbase import Found, Termbase
from glossary.garbage import garbage_left_alone
from glossary.model import Concept, NewTerm, OnDuplicate
from glossary.store import GlossaryStore, require_pair, require_term


@dataclass(slots=True)
class ImportReport:
    """What became of the entries of one file.

    ``duplicates`` were in the glossary before, or stand in the file twice: each as its place in the file and its text.
    ``left_out`` are entries that are no pair of terms: place and reason.
    """

    added: int = 0
    merged: int = 0
    unchanged: int = 0
    duplicates: list[tuple[str, str]] = field(default_factory=list)
    left_out: list[tuple[str, str]] = field(default_factory=list)


def import_termbase(
    store: GlossaryStore,
    termbase: Termbase,
    actor: str,
    on_duplicate: OnDuplicate = OnDuplicate.SKIP,
    *,
    dry_run: bool = False,
    progress: Callable[[int], None] = lambda _: None,
) -> ImportReport:
    """Add what a file holds in one transaction, or with ``dry_run`` only tell what would happen.

    ``progress`` is told how much of ``termbase.size`` is done. Raise ExchangeError with the place of what is wrong;
    then, and on any other interruption, the glossary is as it was.
    """
    report = ImportReport()
    offered: list[Found] = []

    def items() -> Iterator[Any]:
        for found in termbase.entries():
            progress(found.done)
            if found.item is None:
                report.left_out.append((found.place, found.reason))
            else:
                offered.append(found)
                yield found.item

    add = store.add_concepts if termbase.holds_concepts else store.add_many
    try:
        with garbage_left_alone():
            counts = add(items(), actor, on_duplicate, dry_run=dry_run)
    except TermError as error:
        raise _placed(error, offered[-1], termbase) from error
    report.added, report.merged, report.unchanged = counts.added, counts.merged, counts.unchanged
    report.duplicates = [(offered[index].place, _label(offered[index])) for index, _ in counts.duplicates]
    return report


def check_termbase(termbase: Termbase) -> None:
    """Read a whole file and raise ExchangeError for the first thing in it that could not be imported."""
    for found in termbase.entries():
        try:
            if isinstance(found.item, NewTerm):
                require_pair(found.item.source, found.item.target or found.item.source)
            elif isinstance(found.item, Concept):
                for term in found.item.terms:
                    require_term(term.text)
        except TermError as error:
            raise _placed(error, found, termbase) from error


def _placed(error: TermError, found: Found, termbase: Termbase) -> ExchangeError:
    return ExchangeError(
        f"{found.place.capitalize()} of {termbase.path}: {error.message}", f"{error.hint} Nothing was imported."
    )


def _label(found: Found) -> str:
    if isinstance(found.item, NewTerm):
        texts = [found.item.source, found.item.target]
    else:
        texts = [term.text for term in found.item.terms[:4]] if found.item else []
    return " = ".join(visible(text[:80]) for text in texts)
