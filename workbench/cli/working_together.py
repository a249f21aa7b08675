"""Commands for several people at one project: merge, conflicts."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import click

from corpus.visible import visible
from workbench.cli.context import AS_JSON, PROJECT, open_session, print_json

if TYPE_CHECKING:
    from corpus.store.merging import MergeReport
    from corpus.store.settling import Conflict
    from workbench.cli.reports import Report
    from workbench.session import Session

EXIT_TO_DECIDE = 1


@click.command
@PROJECT
@click.argument("other", type=click.Path(path_type=Path))
@click.option("--all", "takes_all", is_flag=True, help="Also take in a project that has nothing in common.")
@click.option("--dry-run", is_flag=True, help="Only say what would come of it.")
@AS_JSON
@click.pass_context
def merge(context: click.Context, project: Path, other: Path, takes_all: bool, dry_run: bool, as_json: bool) -> None:
    """Take in OTHER, a copy of PROJECT that somebody else has worked on; it is only read.

    What one side alone has done is taken; where both have translated a segment, the later text stands and a conflict is
    listed. Merging again changes nothing. Exit code 1 when there are conflicts to decide.
    """
    with open_session(project) as session:
        report = session.copies.merge(other, takes_strangers=takes_all, dry_run=dry_run)
    if as_json:
        print_json({**asdict(report), "conflicts": [_report(conflict) for conflict in report.conflicts]})
    else:
        _tell_merge(report, other, dry_run=dry_run)
    context.exit(EXIT_TO_DECIDE if report.conflicts else 0)


@click.command
@PROJECT
@click.option("--settle", "uid", metavar="UID", help="Decide only this conflict.")
@click.option("--take", type=click.Choice(["kept", "offered"]), help="Let this text of the conflict stand.")
@click.option("--mine/--theirs", "mine", default=None, help="Let your text stand, or the other one.")
@AS_JSON
@click.pass_context
def conflicts(
    context: click.Context, project: Path, uid: str | None, take: str | None, mine: bool | None, as_json: bool
) -> None:
    """List what two people have translated differently, or decide it.

    --mine and --theirs decide all conflicts in which one of the two texts is yours, or with --settle one of them.
    """
    if take is not None and (uid is None or mine is not None):
        raise click.UsageError("--take decides one conflict: --settle UID --take kept, or --take offered.")
    if uid is not None and take is None and mine is None:
        raise click.UsageError("Say which text shall stand: --take kept, --take offered, --mine or --theirs.")
    undecided: list[str] = []
    with open_session(project) as session:
        if uid is not None and take is not None:
            session.copies.settle(uid, takes_offered=take == "offered")
        elif mine is not None:
            undecided = _decide(session, uid, mine=mine)
        left = session.copies.conflicts()
    if as_json:
        print_json([_report(conflict) for conflict in left])
    else:
        for conflict in left:
            click.echo(_text(conflict))
        if not left:
            click.echo("No conflicts.")
    for line in undecided:
        click.echo(line, err=True)
    context.exit(1 if undecided else 0)


def _decide(session: Session, uid: str | None, *, mine: bool) -> list[str]:
    """Decide all conflicts, or that with ``uid``, for one side; return a line for each that cannot be decided so."""
    from corpus.errors import ConflictError, NotFoundError

    wanted = [conflict for conflict in session.copies.conflicts() if uid in {None, conflict.uid}]
    if uid is not None and not wanted:
        raise NotFoundError("There is no such conflict any more.", "`tarjama conflicts` lists those that are left.")
    undecided = []
    for conflict in wanted:
        takes_offered = session.copies.takes_offered(conflict, mine=mine)
        if takes_offered is None:
            undecided.append(f"{conflict.uid} not decided: which of the two is yours? Use --settle UID --take.")
            continue
        try:
            session.copies.settle(conflict.uid, takes_offered=takes_offered)
        except ConflictError as error:
            undecided.append(f"{conflict.uid} not decided: {visible(error.message)} {visible(error.hint)}")
    return undecided


def _tell_merge(report: MergeReport, other: Path, *, dry_run: bool) -> None:
    name = visible(str(other))
    if not report.steps:
        click.echo(f"{name} has nothing new.")
    else:
        would = "would be " if dry_run else ""
        click.echo(
            f"{name}: {report.added} segments {would}added, {report.changed} {would}changed, "
            f"{report.removed} {would}removed; {report.clashes} new conflicts"
        )
    for document in report.documents:
        click.echo(f"  Document: {visible(document)}")
    for conflict in report.conflicts:
        click.echo(_text(conflict))
    if report.conflicts:
        click.echo(f"{len(report.conflicts)} conflicts to decide: `tarjama conflicts` tells how.")


def _report(conflict: Conflict) -> Report:
    return {**asdict(conflict), "offered_state": conflict.offered_state.label}


def _text(conflict: Conflict) -> str:
    lines = [f"{conflict.uid} {conflict.field} of {conflict.segment_uid}: {visible(conflict.source)}"]
    if conflict.field == "removed":
        lines.append(f"  taken out by {visible(conflict.offered_by)}, changed by {visible(conflict.kept_by)}")
    else:
        lines.append(f"  kept, {visible(conflict.kept_by)}: {visible(conflict.kept)}")
        lines.append(f"  offered, {visible(conflict.offered_by)} ({conflict.at}): {visible(conflict.offered)}")
    return "\n".join(lines)
