"""Commands on single terms: add, list, search, edit, remove, history."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path

import click

from corpus.visible import visible
from glossary.model import NewTerm, TermStatus
from workbench.cli.context import AS_JSON, print_json
from workbench.cli.glossary.group import GLOSSARY, STATUSES, actor, glossary, open_glossary, term_line


@glossary.command
@GLOSSARY
@click.argument("source")
@click.argument("target")
@click.option("--status", type=STATUSES, default=TermStatus.PREFERRED.value, show_default=True)
@click.option("--pos", default="", help="Part of speech.")
@click.option("--domain", default="", help="Subject field.")
@click.option("--definition", default="", help="What the concept is.")
@click.option("--note", default="", help="Anything else a colleague should know.")
def add(
    path: Path | None,
    source: str,
    target: str,
    status: str,
    pos: str,
    domain: str,
    definition: str,
    note: str,
) -> None:
    """Add the Arabic term SOURCE with the English TARGET; the glossary is made when it is the first."""
    term = NewTerm(source, target, TermStatus(status), pos, domain, definition, note)
    with open_glossary(path, make=True) as store:
        entry = store.add(term, actor())
    click.echo(term_line(entry))


@glossary.command("list")
@GLOSSARY
@AS_JSON
def list_terms(path: Path | None, as_json: bool) -> None:
    """List all terms."""
    with open_glossary(path) as store:
        entries = store.entries()
    if as_json:
        print_json([asdict(entry) for entry in entries])
    else:
        for entry in entries:
            click.echo(term_line(entry))


@glossary.command
@GLOSSARY
@AS_JSON
@click.argument("text")
def search(path: Path | None, text: str, as_json: bool) -> None:
    """List the terms with TEXT in their Arabic or English, each with its uid."""
    with open_glossary(path) as store:
        entries = store.search(text)
    if as_json:
        print_json([asdict(entry) for entry in entries])
    else:
        for entry in entries:
            click.echo(f"{entry.uid} {term_line(entry)}")


@glossary.command
@GLOSSARY
@click.argument("uid")
@click.option("--source", help="The Arabic term, for all its English terms.")
@click.option("--target", help="The English term.")
@click.option("--status", type=STATUSES)
@click.option("--pos", help="Part of speech.")
@click.option("--domain", help="Subject field of the concept.")
@click.option("--definition", help="What the concept is.")
@click.option("--note", help="Anything else a colleague should know.")
def edit(path: Path | None, uid: str, **changes: str | None) -> None:
    """Change what is given of the term UID; `glossary search` shows uids."""
    given = {name: value for name, value in changes.items() if value is not None}
    with open_glossary(path) as store:
        entry = store.change(uid, given, actor())
    click.echo(term_line(entry))


@glossary.command
@GLOSSARY
@click.argument("uids", metavar="UID...", nargs=-1, required=True)
def remove(path: Path | None, uids: tuple[str, ...]) -> None:
    """Remove terms; `glossary history` still tells of them."""
    with open_glossary(path) as store:
        for uid in uids:
            click.echo(f"Removed {term_line(store.remove(uid, actor()))}")


@glossary.command
@GLOSSARY
@AS_JSON
@click.argument("uid")
def history(path: Path | None, uid: str, as_json: bool) -> None:
    """Tell who did what to the term UID and its concept, and when."""
    with open_glossary(path) as store:
        entries = store.history(uid)
    if as_json:
        print_json([asdict(entry) for entry in entries])
    else:
        for entry in entries:
            fields = "; ".join(
                f"{name}: {visible(str(value))}" for name, value in (entry.after or entry.before).items()
            )
            click.echo(f"{entry.at} {visible(entry.actor)} {entry.action} {entry.entity} ({fields})")
