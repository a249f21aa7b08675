"""The commands that split segments and join them."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from workbench.cli.context import AS_JSON, PROJECT, open_session, print_json
from workbench.cli.reports import change_report, segment_text

if TYPE_CHECKING:
    from corpus.grouped import ChangeReport


@click.command
@PROJECT
@click.argument("uid")
@click.option("--at", "cuts", type=int, multiple=True, help="Cut the source here, in characters from its beginning.")
@click.option(
    "--target-at", "target_cuts", type=int, multiple=True, help="Cut the translation here, once for each --at."
)
@click.option("--sentences", is_flag=True, help="Cut wherever a sentence ends.")
@AS_JSON
def split(
    project: Path, uid: str, cuts: tuple[int, ...], target_cuts: tuple[int, ...], sentences: bool, as_json: bool
) -> None:
    """Split the segment UID into several, with its translation; `tarjama undo` takes it back.

    Without --target-at the translation is cut at the sentence ends that fit best. It goes back to edited.
    """
    if sentences == bool(cuts):
        raise click.UsageError("Say where to cut: --at NUMBER, once or several times, or --sentences.")
    with open_session(project) as session:
        report = session.changes.split(uid, cuts or None, target_cuts or None)
    _tell(report, as_json=as_json)


@click.command
@PROJECT
@click.argument("uids", metavar="UID...", nargs=-1, required=True)
@AS_JSON
def join(project: Path, uids: tuple[str, ...], as_json: bool) -> None:
    """Join neighboring segments of a document into one, with their translations; `tarjama undo` takes it back."""
    with open_session(project) as session:
        report = session.changes.join(uids)
    _tell(report, as_json=as_json)


def _tell(report: ChangeReport, *, as_json: bool) -> None:
    if as_json:
        print_json(change_report(report))
        return
    for segment in report.written:
        click.echo(segment_text(segment))
    click.echo(f"Change {report.change}")
