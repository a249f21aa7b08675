"""Commands that take terms in and out of files: import, export."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

import click

from corpus.visible import visible
from glossary.model import NewTerm, OnDuplicate, TermStatus
from workbench.cli.glossary.group import GLOSSARY, actor, glossary, open_glossary
from workbench.errors import WorkbenchError
from workbench.paths import Home

if TYPE_CHECKING:
    from glossary.exchange import ImportReport, Termbase
    from glossary.store import GlossaryStore

_TOLD = 20
_PREVIEWED = 5
FORMATS = click.Choice(["csv", "tsv", "xlsx", "tbx", "utx", "tmx"])


@glossary.command("import")
@GLOSSARY
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--format", "form", type=FORMATS, help="What the files are, where name and content do not say it.")
@click.option(
    "--on-duplicate",
    type=click.Choice([choice.value for choice in OnDuplicate]),
    default=OnDuplicate.SKIP.value,
    show_default=True,
    help="What to do with terms that are there already: leave them, add what they say besides, add them once more.",
)
@click.option("--dry-run", is_flag=True, help="Only say what would be added; change nothing.")
@click.option("--preview", is_flag=True, help="Only show which columns are read and the first terms as they are taken.")
@click.option(
    "--column",
    "columns",
    multiple=True,
    metavar="FIELD=COLUMN",
    help='Which column holds a field, by header or number: --column source="Arabic term". May be repeated.',
)
@click.option("--encoding", default="", help="Character encoding of the files; found out when not given.")
@click.option("--no-header", is_flag=True, help="The first row is a term, not names of columns.")
@click.option("--raw", is_flag=True, help="Take cells exactly, also those Tarjama has guarded with an apostrophe.")
def import_terms(
    path: Path | None,
    files: tuple[Path, ...],
    form: str | None,
    on_duplicate: str,
    dry_run: bool,
    preview: bool,
    columns: tuple[str, ...],
    encoding: str,
    no_header: bool,
    raw: bool,
) -> None:
    """Import terms from CSV, TSV, XLSX, TBX, UTX and TMX files, each of them whole or not at all."""
    from glossary.exchange import ReadOptions, check_termbase, open_termbase

    options = ReadOptions(_columns(columns), encoding, not no_header, raw)
    for file in files:
        termbase = open_termbase(file, form or "", options)
        if preview:
            _preview(termbase)
            continue
        if not _exists(path):
            check_termbase(termbase)  # a bad file stops here, before a glossary is made
        with _glossary_for(path, dry_run=dry_run) as store:
            report = _import(store, termbase, OnDuplicate(on_duplicate), dry_run=dry_run)
        _tell(file, report, dry_run=dry_run)


@glossary.command("export")
@GLOSSARY
@click.option("-o", "--output", required=True, type=click.Path(path_type=Path), help="File to write.")
@click.option("--format", "form", type=FORMATS, help="What to write; by default what the file's suffix says.")
@click.option("--tbx-dialect", type=click.Choice(["basic", "core", "min"]), default="basic", show_default=True)
@click.option("--tbx-style", type=click.Choice(["dca", "dct"]), default="dca", show_default=True)
@click.option("--status", "statuses", help="Only terms of these statuses, such as preferred,admitted.")
@click.option("--domain", "domains", multiple=True, help="Only concepts of this domain. May be repeated.")
@click.option("--tag", "tags", multiple=True, help="Only concepts with this tag. May be repeated.")
@click.option("--raw", is_flag=True, help="Write CSV and TSV cells exactly, also those a spreadsheet would run.")
def export_terms(
    path: Path | None,
    output: Path,
    form: str | None,
    tbx_dialect: str,
    tbx_style: str,
    statuses: str | None,
    domains: tuple[str, ...],
    tags: tuple[str, ...],
    raw: bool,
) -> None:
    """Export terms as CSV, TSV, XLSX, TBX, UTX or TMX, by the file's suffix."""
    from glossary.exchange import WriteOptions, selected, write_termbase

    wanted = [TermStatus.parse(name) for name in statuses.split(",")] if statuses else []
    with open_glossary(path) as store:
        concepts = store.concepts()
    chosen = selected(concepts, statuses=wanted, domains=domains, tags=tags)
    written = write_termbase(chosen, output, form or "", WriteOptions(tbx_dialect, tbx_style, raw))
    click.echo(f"Wrote {written.count} terms to {output}")
    if written.left_out:
        click.echo(f"{written.left_out} concepts are not in it: this format needs Arabic and English; TBX takes all.")


def _columns(given: tuple[str, ...]) -> dict[str, str]:
    columns = {}
    for one in given:
        field, is_pair, column = one.partition("=")
        if not is_pair:
            raise WorkbenchError(f"“{one}” does not say which column.", "Write it as --column source=Arabic.")
        columns[field.strip()] = column.strip()
    return columns


def _exists(path: Path | None) -> bool:
    return (path or Home.from_environment().glossary).exists()


@contextmanager
def _glossary_for(path: Path | None, *, dry_run: bool) -> Iterator[GlossaryStore]:
    """Open the glossary; a dry run that finds none gets an empty one that goes away again."""
    from tempfile import TemporaryDirectory

    if _exists(path) or not dry_run:
        with open_glossary(path, make=True) as store:
            yield store
        return
    with TemporaryDirectory() as folder, open_glossary(Path(folder) / "empty.db", make=True) as store:
        yield store


def _import(store: GlossaryStore, termbase: Termbase, on_duplicate: OnDuplicate, *, dry_run: bool) -> ImportReport:
    from glossary.exchange import import_termbase

    with _progress(termbase) as progress:
        return import_termbase(store, termbase, actor(), on_duplicate, dry_run=dry_run, progress=progress)


@contextmanager
def _progress(termbase: Termbase) -> Iterator[Callable[[int], None]]:
    """Show how far the file is read, where somebody can see it."""
    if not sys.stderr.isatty():
        yield lambda _: None
        return
    with click.progressbar(length=termbase.size, label=termbase.path.name, file=sys.stderr) as bar:
        yield lambda done: bar.update(done - bar.pos)


def _preview(termbase: Termbase) -> None:
    click.echo(f"{termbase.path.name}: {termbase.format}")
    for field, column in termbase.columns:
        click.echo(f"  {visible(field)} <- {visible(column)}")
    for found in islice(termbase.entries(), _PREVIEWED):
        click.echo(f"{found.place}: {_shown(found.item) if found.item else found.reason}")


def _shown(item: object) -> str:
    """Return a pair or a concept on a line, with what it says besides."""
    from glossary.exchange import pairs_of
    from glossary.model import Concept

    if isinstance(item, Concept):
        terms = (visible(f"{term.text} ({term.language})") for term in item.terms)
        return "; ".join(_shown(pair) for pair in pairs_of(item)) or " = ".join(terms)
    if not isinstance(item, NewTerm):
        return ""
    names = (name for name in NewTerm.__dataclass_fields__ if name not in {"source", "target", "extras"})
    said = [f"{name}: {visible(_cell(value))}" for name in names if (value := getattr(item, name))]
    said += [f"{visible(kind)}: {visible(value)}" for kind, value in item.extras]
    return f"{visible(item.source)} = {visible(item.target)}" + (f" ({'; '.join(said)})" if said else "")


def _cell(value: object) -> str:
    return " | ".join(map(str, value)) if isinstance(value, tuple) else "yes" if value is True else str(value)


def _tell(file: Path, report: ImportReport, *, dry_run: bool) -> None:
    merged = f"{report.merged} merged, " if report.merged else ""
    would = " (dry run: nothing was changed)" if dry_run else ""
    click.echo(f"{file.name}: {report.added} added, {merged}{report.unchanged} already there{would}")
    _tell_some("Already there or twice in the file", report.duplicates)
    _tell_some("Left out", report.left_out)


def _tell_some(title: str, entries: list[tuple[str, str]]) -> None:
    if not entries:
        return
    click.echo(f"{title}:")
    for place, text in entries[:_TOLD]:
        click.echo(f"  {place}: {text}")
    if len(entries) > _TOLD:
        click.echo(f"  and {len(entries) - _TOLD} more")
