"""The command that tells which drafts to look at first."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from corpus.visible import visible
from workbench.cli.context import AS_JSON, PROJECT, open_session, print_json

if TYPE_CHECKING:
    from workbench.risk import Risky

_SHOWN = 100


@click.command
@PROJECT
@AS_JSON
@click.option("--document", help="Only this document (name or uid).")
@click.option("--limit", type=click.IntRange(1), default=20, show_default=True, help="So many drafts at most.")
@click.option("--again", is_flag=True, help="Weigh all drafts anew, by what the project's drafts became until now.")
def risk(project: Path, as_json: bool, document: str | None, limit: int, again: bool) -> None:
    """List the drafts that will need most work, the worst first.

    The number is the share of a draft's words that is expected to be changed; docs/risk.md says what tells it.
    """
    with open_session(project) as session:
        names = {progress.document.uid: progress.document.name for progress in session.overview().documents}
        if again:
            session.drafts.risks.weigh_again()
        found = session.drafts.risks.worst_first(limit, document)
        is_learned = session.drafts.risks.is_learned
    if as_json:
        print_json({"learned": is_learned, "drafts": [_report(one, names) for one in found]})
        return
    for one in found:
        click.echo(_text(one, names))
    if not found:
        click.echo("No draft is waiting for a human.")


def _report(one: Risky, names: dict[str, str]) -> dict[str, object]:
    segment = one.segment
    return {
        "uid": segment.uid,
        "document": names[segment.document_uid],
        "order": segment.position,
        "part": segment.part,
        "risk": round(one.risk, 3),
        "flags": list(segment.flags),
        "source": segment.source,
        "draft": segment.text,
    }


def _text(one: Risky, names: dict[str, str]) -> str:
    segment = one.segment
    flags = f" ({', '.join(map(visible, segment.flags))})" if segment.flags else ""
    place = f"{visible(names[segment.document_uid])}:{segment.order}"
    return f"{100 * one.risk:3.0f} %  {place}{flags}\n  {visible(segment.text[:_SHOWN])}"
