"""The command that tells what was done in a project, in numbers."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from corpus.files import atomic_write
from corpus.visible import visible
from workbench.cli.context import AS_JSON, PROJECT, open_session
from workbench.errors import WorkbenchError

if TYPE_CHECKING:
    from corpus.numbers.report import Row
    from corpus.numbers.table import Head


@click.command
@PROJECT
@click.option("--document", help="Only this document (name or uid).")
@click.option(
    "--by",
    type=click.Choice(["document", "segment", "author", "day"]),
    default="document",
    show_default=True,
    help="What each row is about.",
)
@click.option("--effort", is_flag=True, help="Compare drafts with what became of them: HTER and chrF. Takes a while.")
@click.option(
    "--idle",
    type=click.FloatRange(0.1, 600),
    default=5.0,
    show_default=True,
    metavar="MINUTES",
    help="A longer time between two changes is a pause.",
)
@AS_JSON
@click.option("--csv", "as_csv", is_flag=True, help="Print a CSV file.")
@click.option("-o", "--out", type=click.Path(path_type=Path), help="Write to this file, as JSON or CSV.")
def numbers(
    project: Path,
    document: str | None,
    by: str,
    effort: bool,
    idle: float,
    as_json: bool,
    as_csv: bool,
    out: Path | None,
) -> None:
    """Count words and characters by state, time worked, words per hour, and the work on drafts.

    What each number means is told in docs/numbers.md.
    """
    from corpus.numbers import table
    from corpus.numbers.report import Grouping

    suffix = out.suffix.lower() if out else ""
    as_json, as_csv = as_json or (suffix == ".json" and not as_csv), as_csv or (suffix == ".csv" and not as_json)
    if as_json and as_csv:
        raise WorkbenchError("Numbers are written as JSON or as CSV, not as both.", "Leave one of the two out.")
    if out and not (as_json or as_csv):
        raise WorkbenchError(f"How is {out.name} to be written?", "Add `--json` or `--csv`, or call it .json or .csv.")
    with open_session(project) as session:
        head, rows = session.numbers(Grouping(by), document=document, longest_pause=idle * 60, effort=effort)
        if as_json:
            text = table.as_json(head, rows)
        elif as_csv:
            text = "".join(table.as_csv(head, rows))
        else:
            text = "".join(_text(head, row) for row in rows)
    if out is None:
        click.echo(text, nl=False)
        return
    with atomic_write(out) as stream:
        stream.write(text.encode())
    click.echo(f"Wrote {out}")


def _text(head: Head, row: Row) -> str:
    total = row.all_states()
    name = visible(" ".join(map(str, row.key))) if row.key else "total"
    states = ", ".join(f"{count.segments} {state.label}" for state, count in sorted(row.states.items()))
    lines = [
        f"{name}: {total.segments} segments" + (f" ({states})" if states else ""),
        f"source: {total.source_words} words, {total.source_characters} characters",
        f"target: {total.target_words} words, {total.target_characters} characters",
    ]
    if row.seconds:
        pace = f", {row.words_per_hour:.0f} words per hour" if row.confirmed.segments else ""
        lines.append(f"{_duration(row.seconds)} worked, {row.confirmed.source_words} source words confirmed{pace}")
    for kind, effort in row.effort.items():
        meter = head.meter
        hter, chrf = (meter.hter(effort), meter.chrf(effort)) if meter else (None, None)
        measured = [f"{label} {value:.1f}" for label, value in (("HTER", hter), ("chrF", chrf)) if value is not None]
        left_out = f", {effort.too_long} too long for HTER" if effort.too_long else ""
        lines.append(
            f"{effort.segments} drafts ({kind.value}) became final texts, {effort.unchanged} unchanged: "
            + ", ".join(measured)
            + left_out
        )
    return "\n  ".join(lines) + "\n"


def _duration(seconds: float) -> str:
    minutes, rest = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours} h {minutes:02} min" if hours else f"{minutes} min {rest:02} s"
