"""The command that checks a project's translations."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from corpus.model import Segment, StateFilter
from corpus.visible import visible
from workbench.cli.context import AS_JSON, PROJECT, open_session, print_json

if TYPE_CHECKING:
    from corpus.checks.finding import Finding

_SHOWN = 60


@click.command
@PROJECT
@AS_JSON
@click.option("--document", help="Only this document (name or uid).")
@click.option("--state", default="edited+", show_default=True, help="A state, or with + that state and later.")
@click.pass_context
def check(context: click.Context, project: Path, as_json: bool, document: str | None, state: str) -> None:
    """Check translations: terms, numbers, marks, names, spaces, the same source translated in two ways.

    Exit code 1 when there is an error or a warning.
    """
    from corpus.checks.finding import Severity  # checks are needed by this command alone

    with open_session(project) as session:
        names = {progress.document.uid: progress.document.name for progress in session.overview().documents}
        found = session.check(document, StateFilter.parse(state))
    if as_json:
        print_json([_report(segment, finding, names) for segment, finding in found])
    else:
        for segment, finding in found:
            click.echo(_line(segment, finding, names))
        click.echo(f"{len(found)} findings." if found else "Nothing was found.")
    if any(finding.severity is not Severity.INFO for _, finding in found):
        context.exit(1)


def _report(segment: Segment, finding: Finding, names: dict[str, str]) -> dict[str, object]:
    from corpus.checks.finding import as_json

    return {
        "uid": segment.uid,
        "document": names[segment.document_uid],
        "order": segment.position,
        **as_json(finding),
    }


def _line(segment: Segment, finding: Finding, names: dict[str, str]) -> str:
    place = f"{visible(names[segment.document_uid])}:{segment.order}"
    start, end = finding.target_span or (0, 0)
    here = f" “{visible(segment.text[start:end][:_SHOWN])}”" if end > start else ""
    fix = f" [put “{visible(finding.fix)}”]" if finding.fix is not None else ""
    return f"{place}: {finding.severity} {finding.check}: {visible(finding.message)}{here}{fix}"
