"""Commands that find what was translated before: search, concordance."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from corpus.visible import visible
from workbench.cli.context import AS_JSON, print_json
from workbench.cli.memory.group import FROM, MEMORY, TO, memory, open_memory

if TYPE_CHECKING:
    from corpus.memory.model import Unit
    from workbench.remembering import Offer


@memory.command
@MEMORY
@click.argument("text")
@AS_JSON
@click.option("--min", "at_least", type=click.FloatRange(1, 100), default=75, show_default=True, help="Percent.")
@click.option("--limit", type=click.IntRange(1), default=9, show_default=True, help="At most so many.")
@FROM
@TO
def search(
    path: Path | None,
    text: str,
    as_json: bool,
    at_least: float,
    limit: int,
    source_language: str,
    target_language: str,
) -> None:
    """Find translations of sources like TEXT, the best first, with the words that differ.

    Exit code 1 when there is none.
    """
    from corpus.memory.search import MemorySearch
    from workbench.remembering import offers

    with open_memory(path) as store:
        matches = MemorySearch(store).similar(text, (source_language, target_language), at_least=at_least, limit=limit)
    found = offers(matches, text)
    if as_json:
        print_json([_offer_report(offer) for offer in found])
    for offer in () if as_json else found:
        click.echo(_offer_text(offer))
    if not found:
        click.echo(f"The memory has nothing that is {at_least:.0f} % alike.", err=True)
        click.get_current_context().exit(1)


@memory.command
@MEMORY
@click.argument("text")
@AS_JSON
@click.option("--target", is_flag=True, help="Look in the translations, not in the sources.")
@click.option("--limit", type=click.IntRange(1), default=20, show_default=True, help="At most so many.")
@FROM
@TO
def concordance(
    path: Path | None,
    text: str,
    as_json: bool,
    target: bool,
    limit: int,
    source_language: str,
    target_language: str,
) -> None:
    """Show how the words of TEXT, where they follow each other, were translated, the newest first.

    Exit code 1 when they are nowhere.
    """
    from corpus.memory.search import MemorySearch

    with open_memory(path) as store:
        found = MemorySearch(store).concordance(text, (source_language, target_language), target=target, limit=limit)
    if as_json:
        print_json({"units": [_unit_report(unit) for unit in found.units], "complete": found.complete})
    else:
        for unit in found.units:
            click.echo(f"{_where(unit)}\n  {visible(unit.source)}\n  {visible(unit.target)}")
        if not found.complete:
            click.echo("There are more: --limit shows them.")
    if not found.units:
        click.echo("The memory has these words nowhere.", err=True)
        click.get_current_context().exit(1)


def _where(unit: Unit) -> str:
    said = (unit.provenance.name, unit.document, unit.author, unit.changed_at[:10])
    return visible(", ".join(filter(None, said)))


def _unit_report(unit: Unit) -> dict[str, object]:
    return {
        "source": unit.source,
        "target": unit.target,
        "from": unit.provenance.name,
        "document": unit.document,
        "uid": unit.uid,
        "author": unit.author,
        "changed_at": unit.changed_at,
    }


def _offer_report(offer: Offer) -> dict[str, object]:
    diff = offer.diff
    return {
        "score": round(offer.match.score, 1),
        **_unit_report(offer.match.unit),
        "diff": [{"what": part.fate.value, "text": diff.text[part.start : part.end]} for part in diff.parts],
    }


def _offer_text(offer: Offer) -> str:

    unit = offer.match.unit
    lines = (offer.diff.marked, unit.target)
    return f"{offer.match.score:.0f} %  {_where(unit)}\n" + "\n".join(f"  {visible(line)}" for line in lines)
