"""The commands on a glossary: add, list, search, edit, remove, history, match, import, export."""

from __future__ import annotations

import sys
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import click

from corpus.visible import visible
from glossary.model import NewTerm, TermEntry, TermStatus
from workbench.cli.context import AS_JSON, print_json
from workbench.errors import WorkbenchError
from workbench.paths import Home

if TYPE_CHECKING:
    from glossary.store import GlossaryStore

_GLOSSARY = click.option(
    "--glossary", "path", type=click.Path(path_type=Path), help="Glossary file; by default the shared one."
)
_STATUSES = click.Choice([status.value for status in TermStatus])


@click.group
def glossary() -> None:
    """Maintain the terminology: Arabic terms and the English they shall become."""


@glossary.command
@_GLOSSARY
@click.argument("source")
@click.argument("target")
@click.option("--status", type=_STATUSES, default=TermStatus.PREFERRED.value, show_default=True)
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
    with _open(path, make=True) as store:
        entry = store.add(term, _actor())
    click.echo(_line(entry))


@glossary.command("list")
@_GLOSSARY
@AS_JSON
def list_terms(path: Path | None, as_json: bool) -> None:
    """List all terms."""
    with _open(path) as store:
        entries = store.entries()
    if as_json:
        print_json([asdict(entry) for entry in entries])
    else:
        for entry in entries:
            click.echo(_line(entry))


@glossary.command
@_GLOSSARY
@AS_JSON
@click.argument("text")
def search(path: Path | None, text: str, as_json: bool) -> None:
    """List the terms with TEXT in their Arabic or English, each with its uid."""
    with _open(path) as store:
        entries = store.search(text)
    if as_json:
        print_json([asdict(entry) for entry in entries])
    else:
        for entry in entries:
            click.echo(f"{entry.uid} {_line(entry)}")


@glossary.command
@_GLOSSARY
@click.argument("uid")
@click.option("--source", help="The Arabic term, for all its English terms.")
@click.option("--target", help="The English term.")
@click.option("--status", type=_STATUSES)
@click.option("--pos", help="Part of speech.")
@click.option("--domain", help="Subject field of the concept.")
@click.option("--definition", help="What the concept is.")
@click.option("--note", help="Anything else a colleague should know.")
def edit(path: Path | None, uid: str, **changes: str | None) -> None:
    """Change what is given of the term UID; `glossary search` shows uids."""
    given = {name: value for name, value in changes.items() if value is not None}
    with _open(path) as store:
        entry = store.change(uid, given, _actor())
    click.echo(_line(entry))


@glossary.command
@_GLOSSARY
@click.argument("uids", metavar="UID...", nargs=-1, required=True)
def remove(path: Path | None, uids: tuple[str, ...]) -> None:
    """Remove terms; `glossary history` still tells of them."""
    with _open(path) as store:
        for uid in uids:
            click.echo(f"Removed {_line(store.remove(uid, _actor()))}")


@glossary.command
@_GLOSSARY
@AS_JSON
@click.argument("uid")
def history(path: Path | None, uid: str, as_json: bool) -> None:
    """Tell who did what to the term UID and its concept, and when."""
    with _open(path) as store:
        entries = store.history(uid)
    if as_json:
        print_json([asdict(entry) for entry in entries])
    else:
        for entry in entries:
            fields = "; ".join(
                f"{name}: {visible(str(value))}" for name, value in (entry.after or entry.before).items()
            )
            click.echo(f"{entry.at} {visible(entry.actor)} {entry.action} {entry.entity} ({fields})")


@glossary.command
@_GLOSSARY
@AS_JSON
def match(path: Path | None, as_json: bool) -> None:
    """Find the glossary's terms in the text on standard input."""
    from glossary.live import LiveMatcher
    from glossary.matcher import as_json as match_report

    text = _standard_input()
    with _open(path) as store:
        found = LiveMatcher(store).find(text)
    if as_json:
        print_json([match_report(one) for one in found])
    else:
        for one in found:
            click.echo(f"{one.start}-{one.end} {visible(one.surface)}: {_line(one.entry)}")


@glossary.command("import")
@_GLOSSARY
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
def import_terms(path: Path | None, files: tuple[Path, ...]) -> None:
    """Import CSV or TSV files with the headers source, target, status, pos, domain, definition, note."""
    from glossary.exchange import read_terms

    for file in files:
        terms = read_terms(file)  # a bad file stops here, before anything is written
        with _open(path, make=True) as store:
            counts = store.add_many(terms, _actor())
        click.echo(f"{file.name}: {counts.added} added, {counts.unchanged} already there")


@glossary.command("export")
@_GLOSSARY
@click.option("-o", "--output", required=True, type=click.Path(path_type=Path), help="CSV or TSV file to write.")
def export_terms(path: Path | None, output: Path) -> None:
    """Export all terms as CSV or TSV, by the file's suffix."""
    from glossary.exchange import write_terms

    with _open(path) as store:
        entries = store.entries()
    write_terms(entries, output)
    click.echo(f"Wrote {len(entries)} terms to {output}")


def _open(path: Path | None, *, make: bool = False) -> GlossaryStore:
    from glossary.store import GlossaryStore

    place = path or Home.from_environment().glossary
    if make:
        return GlossaryStore.open_or_create(place)
    return GlossaryStore.open(place)


def _standard_input() -> str:
    data = sys.stdin.buffer.read()
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        raise WorkbenchError("The text on standard input is not UTF-8.", "Convert it to UTF-8 first.") from error


def _actor() -> str:
    from workbench.session import user_name
    from workbench.settings import load_settings

    return load_settings(Home.from_environment().settings).author or user_name()


def _line(entry: TermEntry) -> str:
    return f"{visible(entry.source)} = {visible(entry.target)} ({entry.status.value})"
