"""The command that lists what a project has more than once."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from corpus.visible import visible
from workbench.cli.context import AS_JSON, PROJECT, open_session, print_json

if TYPE_CHECKING:
    from corpus.duplicates.finding import DuplicatePair
    from corpus.model import Segment

_SHOWN = 100


@click.command
@PROJECT
@click.option("--document", help="Only what this document (name or uid) has a part in.")
@AS_JSON
def duplicates(project: Path, document: str | None, as_json: bool) -> None:
    """List paragraphs that stand in the project more than once, with their translations.

    First groups of the same and nearly the same, then pairs of which one quotes the other, shares a passage with it or
    may tell the same in other words.
    """
    with open_session(project) as session:
        names = {progress.document.uid: progress.document.name for progress in session.overview().documents}
        only = {segment.uid for segment in session.segments(document)} if document else None
        found = session.duplicates.all()
        groups = [group for group in found.groups if only is None or not only.isdisjoint(group)]
        pairs = [pair for pair in found.pairs if only is None or not only.isdisjoint((pair.uid, pair.other))]
        uids = {uid for group in groups for uid in group} | {uid for pair in pairs for uid in (pair.uid, pair.other)}
        segments = {segment.uid: segment for segment in session.segments_named(sorted(uids))}
    if as_json:
        print_json(
            {
                "groups": [
                    {
                        "documents": len({segments[uid].document_uid for uid in group}),
                        "segments": [_report(segments[uid], names) for uid in group],
                    }
                    for group in groups
                ],
                "pairs": [
                    {
                        "first": _report(segments[pair.uid], names),
                        "second": _report(segments[pair.other], names),
                        "relation": pair.likeness.relation.value,
                        "likeness": round(pair.likeness.percent, 1),
                    }
                    for pair in pairs
                ],
            }
        )
        return
    for group in groups:
        click.echo(_group_text([segments[uid] for uid in group], names))
    for pair in pairs:
        click.echo(_pair_text(pair, segments, names))
    click.echo(f"{len(groups)} groups of the same and nearly the same, {len(pairs)} pairs that have a part in common.")


def _report(segment: Segment, names: dict[str, str]) -> dict[str, object]:
    return {
        "uid": segment.uid,
        "document": names[segment.document_uid],
        "order": segment.position,
        "source": segment.source,
        "text": segment.text,
        "state": segment.state.label,
        "origin": segment.origin.value,
    }


def _group_text(group: list[Segment], names: dict[str, str]) -> str:
    others = len({segment.document_uid for segment in group}) - 1
    also = f"also in {others} document{'s' if others > 1 else ''}" if others else "in one document"
    lines = [f"“{_cut(group[0].source)}” {len(group)} times, {also}:"]
    return "\n".join([*lines, *(f"  {_place(segment, names)}: {_translation(segment)}" for segment in group)])


def _pair_text(pair: DuplicatePair, segments: dict[str, Segment], names: dict[str, str]) -> str:
    first, second = segments[pair.uid], segments[pair.other]
    return (
        f"{_place(first, names)} {pair.likeness.relation.value} {_place(second, names)} "
        f"({pair.likeness.percent:.0f} %)\n  {_cut(first.source)}\n  {_cut(second.source)}"
    )


def _place(segment: Segment, names: dict[str, str]) -> str:
    return f"{visible(names[segment.document_uid])}:{segment.position}"


def _translation(segment: Segment) -> str:
    return f"{segment.state.label} {_cut(segment.text)}".rstrip()


def _cut(text: str) -> str:
    shown = visible(text)
    return shown if len(shown) <= _SHOWN else shown[:_SHOWN] + "…"
