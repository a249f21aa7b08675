"""The command that tells what a changed term means for a project, and can apply it: impact."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import click

from corpus.visible import visible
from workbench.cli.context import AS_JSON, PROJECT, open_session, print_json
from workbench.cli.glossary.group import glossary, term_line
from workbench.cli.reports import Report, change_report, change_text

if TYPE_CHECKING:
    from workbench.impact import AffectedSegment


@glossary.command
@PROJECT
@click.argument("uid")
@click.option("--apply", "applies", is_flag=True, help="Write the new texts that are certain, as one change.")
@AS_JSON
def impact(project: Path, uid: str, applies: bool, as_json: bool) -> None:
    """List the segments of PROJECT whose English does not have the term UID though their Arabic does.

    The project's own glossary is asked. What --apply has changed, `tarjama undo` takes back as one.
    """
    with open_session(project) as session:
        found = session.term_impact(uid)
        report = session.apply_term(found.certain) if applies else None
    if as_json:
        affected = [_affected_report(one) for one in found.affected]
        applied = change_report(report) if report else None
        print_json({"term": asdict(found.term), "wanted": found.wanted, "affected": affected, "applied": applied})
        return
    click.echo(f"{term_line(found.term)}: {len(found.affected)} segments, {len(found.certain)} with a certain new text")
    for one in found.affected:
        click.echo(_affected_text(one))
    if report:
        click.echo(change_text(report))


def _affected_report(one: AffectedSegment) -> Report:
    segment = one.segment
    return {
        "uid": segment.uid,
        "order": segment.position,
        "state": segment.state.label,
        "origin": segment.origin.value,
        "source": segment.source,
        "text": segment.text,
        "source_spans": [list(span) for span in one.source_spans],
        "old_spans": [list(span) for span in one.old_spans],
        "proposed": one.proposed,
    }


def _affected_text(one: AffectedSegment) -> str:
    segment = one.segment
    surfaces = ", ".join(segment.source[start:end] for start, end in one.source_spans)
    lines = [
        f"{segment.uid} {segment.order} {segment.state.label} [{visible(surfaces)}]",
        f"  - {visible(segment.text)}",
    ]
    if one.proposed is not None:
        lines.append(f"  + {visible(one.proposed)}")
    return "\n".join(lines)
