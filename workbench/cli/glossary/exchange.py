"""Commands that take terms in and out of files: import, export."""

from __future__ import annotations

from pathlib import Path

import click

from workbench.cli.glossary.group import GLOSSARY, actor, glossary, open_glossary


@glossary.command("import")
@GLOSSARY
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
def import_terms(path: Path | None, files: tuple[Path, ...]) -> None:
    """Import CSV or TSV files with the headers source, target, status, pos, domain, definition, note."""
    from glossary.exchange import read_terms

    for file in files:
        terms = read_terms(file)  # a bad file stops here, before anything is written
        with open_glossary(path, make=True) as store:
            counts = store.add_many(terms, actor())
        click.echo(f"{file.name}: {counts.added} added, {counts.unchanged} already there")


@glossary.command("export")
@GLOSSARY
@click.option("-o", "--output", required=True, type=click.Path(path_type=Path), help="CSV or TSV file to write.")
def export_terms(path: Path | None, output: Path) -> None:
    """Export all terms as CSV or TSV, by the file's suffix."""
    from glossary.exchange import write_terms

    with open_glossary(path) as store:
        entries = store.entries()
    write_terms(entries, output)
    click.echo(f"Wrote {len(entries)} terms to {output}")
