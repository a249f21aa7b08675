"""Commands on the written forms of terms: forms, learn."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path

import click

from corpus.visible import visible
from workbench.cli.context import AS_JSON, PROJECT, open_session, print_json
from workbench.cli.glossary.group import GLOSSARY, actor, glossary, open_glossary, term_line


@glossary.command
@PROJECT
@AS_JSON
def forms(project: Path, as_json: bool) -> None:
    """List the broken plurals of terms that PROJECT has and its glossary does not store.

    `glossary learn` stores those that are right.
    """
    with open_session(project) as session:
        found = session.suggestions.forms()
    if as_json:
        print_json([asdict(form) for form in found])
    else:
        for form in found:
            unsure = f", or of {form.alternatives} other terms" if form.alternatives else ""
            times = f"{form.count} times" if form.count > 1 else "once"
            click.echo(f"{form.entry.uid} {visible(form.form)}: {times}, of {term_line(form.entry)}{unsure}")


@glossary.command
@GLOSSARY
@click.argument("uid")
@click.argument("forms", metavar="FORM...", nargs=-1, required=True)
def learn(path: Path | None, uid: str, forms: tuple[str, ...]) -> None:
    """Store further written forms of the Arabic of the term UID: plurals, variants, abbreviations."""
    with open_glossary(path) as store:
        entry = store.add_forms(uid, forms, actor())
    click.echo(f"{term_line(entry)}: {visible(' | '.join(entry.forms))}")
