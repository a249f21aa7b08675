"""Commands that take pairs in and out of the memory: import, export."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from corpus.visible import visible
from workbench.cli.memory.group import FROM, MEMORY, TO, memory, memory_place, open_memory, provenance_called

if TYPE_CHECKING:
    from corpus.memory.importing import MemoryImport


@memory.command("import")
@MEMORY
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
@FROM
@TO
def import_files(path: Path | None, files: tuple[Path, ...], source_language: str, target_language: str) -> None:
    """Bring pairs from files into the memory: TMX of any size, PO, XLIFF, CSV, TSV, XLSX; each whole or not at all.

    A file imported again takes the place of what it brought before.
    """
    from corpus.memory.importing import import_into_memory
    from corpus.memory.store import MemoryStore

    with MemoryStore.open_or_create(memory_place(path)) as store:
        for file in files:
            with _progress(file) as progress:
                report = import_into_memory(store, file, (source_language, target_language), progress)
            click.echo(_import_text(file, report))


@memory.command
@MEMORY
@click.argument("output", type=click.Path(path_type=Path))
@click.option("--only", metavar="NAME", help="Only what came from this project or file, as `memory status` calls it.")
@FROM
@TO
def export(path: Path | None, output: Path, only: str | None, source_language: str, target_language: str) -> None:
    """Write the memory, or a part of it, as TMX."""
    from corpus.memory.exporting import export_memory
    from workbench import __version__

    with open_memory(path) as store:
        uid = provenance_called(store, only).uid if only else ""
        count = export_memory(store, output, (source_language, target_language), f"Tarjama {__version__}", uid)
    click.echo(f"Wrote {count} units to {output}")


@contextmanager
def _progress(file: Path) -> Iterator[Callable[[int], None]]:
    """Show how far a file is read, where somebody can see it."""
    if not sys.stderr.isatty() or not file.is_file():
        yield lambda _: None
        return
    with click.progressbar(length=file.stat().st_size, label=file.name, file=sys.stderr) as bar:
        yield lambda done: bar.update(done - bar.pos)


def _import_text(file: Path, report: MemoryImport) -> str:
    parts = [f"{visible(file.name)}: {report.units} units"]
    if report.left_out:
        seen = ", ".join(visible(code) for code, _ in report.languages.most_common(9))
        parts.append(f"{report.left_out} left out, without both languages" + (f" (it has {seen})" if seen else ""))
    if report.drafts:
        parts.append(f"{report.drafts} left out, which nobody has confirmed")
    return "; ".join(parts)
