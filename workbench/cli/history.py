"""The commands that look back and go back: history, revert, undo, redo."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from corpus.visible import visible
from workbench.cli.context import AS_JSON, PROJECT, open_session, print_json
from workbench.cli.reports import change_text

if TYPE_CHECKING:
    from corpus.store.history import Moment
    from workbench.cli.reports import Report


@click.command
@PROJECT
@click.argument("uid")
@click.option("--all", "shows_all", is_flag=True, help="Also what was only saved while somebody went on typing.")
@AS_JSON
def history(project: Path, uid: str, shows_all: bool, as_json: bool) -> None:
    """Show what was done to the segment UID: when, by whom, why, and what each step changed in the words.

    The number before a step is the one that `tarjama revert` takes.
    """
    from corpus.store.history import sittings

    with open_session(project) as session:
        moments = session.changes.history(uid)
    shown = moments if shows_all else sittings(moments)
    steps = list(zip([None, *shown], shown, strict=False))
    if as_json:
        print_json([_report(*step) for step in steps])
    else:
        for step in steps:
            click.echo(_text(*step))


@click.command
@PROJECT
@click.argument("uid")
@click.argument("number", type=int)
def revert(project: Path, uid: str, number: int) -> None:
    """Bring back the translation that the segment UID had at NUMBER of its history."""
    with open_session(project) as session:
        segment = session.changes.restore(uid, number)
    click.echo(f"{segment.uid}: {segment.state.label}\n  {visible(segment.text)}")


@click.command
@PROJECT
@click.argument("change", required=False)
def undo(project: Path, change: str | None) -> None:
    """Take back your last change, by default, or the one with the uid CHANGE.

    `tarjama history --json` and the commands that change many segments tell these uids. What somebody has changed since
    stays as it is. Imports cannot be taken back.
    """
    with open_session(project) as session:
        if change:
            session.backups.take_before_risk()
        report = session.changes.undo(change or "")
    click.echo(change_text(report))


@click.command
@PROJECT
def redo(project: Path) -> None:
    """Do again what you have taken back last."""
    with open_session(project) as session:
        report = session.changes.redo()
    click.echo(change_text(report))


def _report(former: Moment | None, moment: Moment) -> Report:
    segment = moment.segment
    return {
        "number": moment.number,
        "at": moment.at,
        "actor": moment.actor,
        "cause": moment.cause,
        "change": moment.change or None,
        "undoes": moment.undoes or None,
        "source": segment.source if segment else None,
        "target": segment.target if segment else None,
        "text": segment.text if segment else None,
        "state": segment.state.label if segment else None,
        "origin": segment.origin.value if segment else None,
        "diff": _diff(former, moment, "text"),
        "source_diff": _diff(former, moment, "source"),
    }


def _text(former: Moment | None, moment: Moment) -> str:
    state = moment.segment.state.label if moment.segment else "taken out"
    lines = [f"{moment.number} {moment.at} {visible(moment.actor)}: {visible(moment.cause)} ({state})"]
    lines += [f"  {visible(diff)}" for name in ("source", "text") if (diff := _diff(former, moment, name))]
    return "\n".join(lines)


def _diff(former: Moment | None, moment: Moment, name: str) -> str:
    """Return what a step has changed in the source or the text, word by word; empty when it is the same."""
    from corpus.word_diff import word_diff

    old, new = (getattr(one.segment, name) if one and one.segment else "" for one in (former, moment))
    return "" if old == new else word_diff(old, new).marked
