"""Commands for several people at one glossary: merge, conflicts, undo, redo."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import click

from corpus.visible import visible
from workbench.cli.context import AS_JSON, print_json
from workbench.cli.glossary.group import GLOSSARY, actor, back_up, glossary, open_glossary

if TYPE_CHECKING:
    from corpus.model import JournalEntry
    from glossary.model import FieldConflict
    from glossary.store import GlossaryStore, MergeReport

EXIT_TO_DECIDE = 1
_MOST_NAMED = 5


@glossary.command
@GLOSSARY
@click.option("--dry-run", is_flag=True, help="Only say what would come of it.")
@AS_JSON
@click.argument("other", type=click.Path(path_type=Path))
@click.pass_context
def merge(context: click.Context, path: Path | None, dry_run: bool, as_json: bool, other: Path) -> None:
    """Take in the glossary OTHER, which is only read.

    What one side alone has changed is taken; where both have, the later value stands and a conflict is listed.
    Merging again changes nothing. A backup is made before. Exit code 1 when there are conflicts to decide.
    """
    if not dry_run:
        back_up(path)
    with open_glossary(path) as store:
        report = store.merge(other, actor(), dry_run=dry_run)
    if as_json:
        print_json(asdict(report))
    else:
        _tell_merge(report, other, dry_run=dry_run)
    context.exit(EXIT_TO_DECIDE if report.conflicts else 0)


@glossary.command
@GLOSSARY
@click.option("--settle", "uid", metavar="UID", help="Decide this conflict.")
@click.option("--take", type=click.Choice(["kept", "offered"]), help="Which of the two values shall stand.")
@AS_JSON
def conflicts(path: Path | None, uid: str | None, take: str | None, as_json: bool) -> None:
    """List what two people have changed differently, or decide one: --settle UID --take kept|offered."""
    if (uid is None) != (take is None):
        raise click.UsageError("--settle and --take belong together: --settle UID --take kept, or --take offered.")
    with open_glossary(path) as store:
        if uid is not None:
            store.settle_conflict(uid, actor(), take_offered=take == "offered")
        left = store.conflicts()
        lines = [] if as_json else _conflict_lines(store, left)
    if as_json:
        print_json([asdict(conflict) for conflict in left])
    else:
        _tell_conflicts(lines, settled=uid is not None)


@glossary.command
@GLOSSARY
@click.argument("change", default="")
def undo(path: Path | None, change: str) -> None:
    """Take back your last change, or the one with the uid CHANGE (`glossary history --json` shows it)."""
    with open_glossary(path) as store:
        steps = store.undo(actor(), change)
        click.echo(f"Took back: {_what_was_done(store, steps)}.")


@glossary.command
@GLOSSARY
def redo(path: Path | None) -> None:
    """Do again what you have taken back last."""
    with open_glossary(path) as store:
        steps = store.redo(actor())
        click.echo(f"Did again: {_what_was_done(store, steps, again=True)}.")


def _tell_merge(report: MergeReport, other: Path, *, dry_run: bool) -> None:
    if not report.steps:
        click.echo(f"{visible(str(other))} has nothing new.")
    else:
        would = "would be " if dry_run else ""
        click.echo(
            f"{visible(str(other))}: {_count(report.added, 'term')} {would}added, {report.changed} {would}changed, "
            f"{report.removed} {would}removed; {_count(report.clashes, 'new conflict')}"
        )
    for double in report.doubles[:_MOST_NAMED]:
        domain = f" [{visible(double.domain)}]" if double.domain else ""
        click.echo(f"Twice: {visible(double.source)} = {visible(double.target)}{domain}")
    if len(report.doubles) > _MOST_NAMED:
        click.echo(f"… and {_count(len(report.doubles) - _MOST_NAMED, 'more pair')} that stand twice")
    if report.conflicts:
        click.echo(f"{_count(len(report.conflicts), 'conflict')} to decide: see `tarjama glossary conflicts`")


def _conflict_lines(store: GlossaryStore, left: Sequence[FieldConflict]) -> list[str]:
    texts = _texts(store, [one.concept_uid for one in left])
    return [
        f"{one.uid} {visible(texts.get(one.entity_uid, one.entity))}: {visible(one.field)} is “{visible(one.kept)}”; "
        f"{visible(one.actor)} offered “{visible(one.offered)}” ({visible(one.at)})"
        for one in left
    ]


def _tell_conflicts(lines: Sequence[str], *, settled: bool) -> None:
    if settled:
        click.echo("Decided.")
    for line in lines:
        click.echo(line)
    if not lines:
        click.echo("There are no conflicts.")


def _what_was_done(store: GlossaryStore, steps: Sequence[JournalEntry], *, again: bool = False) -> str:
    """Return in words what steps have done, with the terms they were about; or, with ``again``, what undoes them."""
    kinds = {"added": 0, "removed": 0, "changed": 0}
    of_terms = [step for step in steps if step.entity == "term"]
    about = (of_terms or list(steps))[:: -1 if again else 1]
    for step in about:
        was_there, is_there = (step.after, step.before) if again else (step.before, step.after)
        kinds["added" if not was_there else "changed" if is_there else "removed"] += 1
    noun = about[0].entity
    done = ", ".join(f"{_count(count, noun)} {kind}" for kind, count in kinds.items() if count)
    names = _names(store, about)
    rest = f" and {len(names) - _MOST_NAMED} more" if len(names) > _MOST_NAMED else ""
    return f"{done} ({', '.join(visible(name) for name in names[:_MOST_NAMED])}{rest})" if names else done


def _names(store: GlossaryStore, steps: Sequence[JournalEntry]) -> list[str]:
    """Return the texts of the terms that steps are about, each once; for a concept, those of its terms."""
    told = {step.entity_uid: str((step.after or step.before).get("text", "")) for step in steps}
    unnamed = [uid for uid, text in told.items() if not text]
    concepts = [str((step.after or step.before).get("concept_uid", step.entity_uid)) for step in steps]
    known = _texts(store, concepts) if unnamed else {}
    return list(dict.fromkeys(filter(None, (told[uid] or known.get(uid, "") for uid in told))))


def _texts(store: GlossaryStore, concept_uids: Sequence[str]) -> dict[str, str]:
    """Return the text of each term of some concepts, and for each concept those of its first terms."""
    texts = {}
    for concept in store.concepts(list(dict.fromkeys(concept_uids))):
        pair = (concept.terms_in("ar"), concept.terms_in("en"))
        texts[concept.uid] = " = ".join(found[0].text for found in pair if found)
        texts |= {term.uid: term.text for term in concept.terms}
    return texts


def _count(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'' if number == 1 else 's'}"
