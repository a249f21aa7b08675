"""The commands on the memory: what was confirmed in all projects, and what came from elsewhere."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from corpus.tmx import primary_language
from corpus.visible import visible
from workbench.cli.context import AS_JSON, PROJECT, open_session, print_json
from workbench.errors import WorkbenchError
from workbench.paths import Home

if TYPE_CHECKING:
    from corpus.memory.importing import MemoryImport
    from corpus.memory.model import Provenance, Unit
    from corpus.memory.store import MemoryStore
    from workbench.remembering import Offer

MEMORY = click.option(
    "--memory", "path", type=click.Path(path_type=Path), help="Memory file; by default that of the settings."
)


def _language(_context: click.Context, _option: click.Parameter, code: str) -> str:
    return primary_language(code)


FROM = click.option(
    "--from", "source_language", default="ar", show_default=True, callback=_language, help="Language of the sources."
)
TO = click.option(
    "--to", "target_language", default="en", show_default=True, callback=_language, help="Language of the targets."
)


@click.group
def memory() -> None:
    """Search and maintain the memory of confirmed translations, shared by all projects."""


@memory.command
@MEMORY
@AS_JSON
def status(path: Path | None, as_json: bool) -> None:
    """Show what is in the memory and where it comes from."""
    place = _place(path)
    with _opened(path) as store:
        provenances, languages = store.provenances(), store.languages()
    size = place.stat().st_size
    if as_json:
        print_json(
            {
                "path": str(place),
                "bytes": size,
                "units": sum(count for _, count in provenances),
                "languages": [{"from": one, "to": other, "units": count} for one, other, count in languages],
                "provenances": [{"name": one.name, "uid": one.uid, "units": count} for one, count in provenances],
            }
        )
        return
    click.echo(f"{visible(str(place))}: {sum(count for _, count in provenances)} units, {size / 1e6:.1f} MB")
    for one, other, count in languages:
        click.echo(f"  {visible(one)} to {visible(other)}: {count}")
    for provenance, count in provenances:
        click.echo(f"  {visible(provenance.name)}: {count}")


@memory.command
@PROJECT
def add(project: Path) -> None:
    """Bring all that is confirmed in a project into the memory.

    What you confirm comes there by itself; this is for what was confirmed before, or elsewhere.
    """
    with open_session(project) as session:
        count = session.memory.add_all()
    click.echo(f"{count} units of {visible(project.name)} are in the memory.")


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

    with MemoryStore.open_or_create(_place(path)) as store:
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

    with _opened(path) as store:
        uid = _provenance(store, only).uid if only else ""
        count = export_memory(store, output, (source_language, target_language), f"Tarjama {__version__}", uid)
    click.echo(f"Wrote {count} units to {output}")


@memory.command
@MEMORY
@click.argument("text")
@AS_JSON
@click.option("--min", "at_least", type=click.FloatRange(1, 100), default=75, show_default=True, help="Percent.")
@click.option("--limit", type=click.IntRange(1), default=9, show_default=True, help="At most so many.")
@FROM
@TO
def search(
    path: Path | None,
    text: str,
    as_json: bool,
    at_least: float,
    limit: int,
    source_language: str,
    target_language: str,
) -> None:
    """Find translations of sources like TEXT, the best first, with the words that differ.

    Exit code 1 when there is none.
    """
    from corpus.memory.search import MemorySearch
    from workbench.remembering import offers

    with _opened(path) as store:
        matches = MemorySearch(store).similar(text, (source_language, target_language), at_least=at_least, limit=limit)
    found = offers(matches, text)
    if as_json:
        print_json([_offer_report(offer) for offer in found])
    for offer in () if as_json else found:
        click.echo(_offer_text(offer))
    if not found:
        click.get_current_context().exit(1)


@memory.command
@MEMORY
@click.argument("text")
@AS_JSON
@click.option("--target", is_flag=True, help="Look in the translations, not in the sources.")
@click.option("--limit", type=click.IntRange(1), default=20, show_default=True, help="At most so many.")
@FROM
@TO
def concordance(
    path: Path | None,
    text: str,
    as_json: bool,
    target: bool,
    limit: int,
    source_language: str,
    target_language: str,
) -> None:
    """Show how the words of TEXT, where they follow each other, were translated, the newest first.

    Exit code 1 when they are nowhere.
    """
    from corpus.memory.search import MemorySearch

    with _opened(path) as store:
        found = MemorySearch(store).concordance(text, (source_language, target_language), target=target, limit=limit)
    if as_json:
        print_json({"units": [_unit_report(unit) for unit in found.units], "complete": found.complete})
    else:
        for unit in found.units:
            click.echo(f"{_where(unit)}\n  {visible(unit.source)}\n  {visible(unit.target)}")
        if not found.complete:
            click.echo("There are more: --limit shows them.")
    if not found.units:
        click.get_current_context().exit(1)


@memory.command
@MEMORY
@click.argument("name")
def forget(path: Path | None, name: str) -> None:
    """Take all that came from a project or an imported file out of the memory.

    NAME is what `memory status` calls it. The project and the file themselves stay as they are.
    """
    with _opened(path) as store:
        provenance = _provenance(store, name)
        count = store.forget(provenance.uid)
    click.echo(f"{count} units of {visible(provenance.name)} are forgotten.")


def _place(path: Path | None) -> Path:
    from workbench.settings import load_settings, memory_path

    home = Home.from_environment()
    return path or memory_path(load_settings(home.settings), home)


def _opened(path: Path | None) -> MemoryStore:
    from corpus.memory.store import MemoryStore

    place = _place(path)
    if not place.exists():
        raise WorkbenchError(
            f"There is no memory {place} yet.",
            "It is made when you confirm the first segment, or with `tarjama memory import FILE`.",
        )
    return MemoryStore.open(place)


def _provenance(store: MemoryStore, name: str) -> Provenance:
    known = [provenance for provenance, _ in store.provenances()]
    called = [one for one in known if one.uid == name] or [one for one in known if one.name == name]
    if len(called) == 1:
        return called[0]
    if called:
        raise WorkbenchError(
            f"Several are called “{name}”.", "Give one of these instead: " + ", ".join(one.uid for one in called) + "."
        )
    names = ", ".join(one.name for one in known) or "nothing yet"
    raise WorkbenchError(f"Nothing in the memory comes from “{name}”.", f"It has: {names}.")


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


def _where(unit: Unit) -> str:
    said = (unit.provenance.name, unit.document, unit.author, unit.changed_at[:10])
    return visible(", ".join(filter(None, said)))


def _unit_report(unit: Unit) -> dict[str, object]:
    return {
        "source": unit.source,
        "target": unit.target,
        "from": unit.provenance.name,
        "document": unit.document,
        "uid": unit.uid,
        "author": unit.author,
        "changed_at": unit.changed_at,
    }


def _offer_report(offer: Offer) -> dict[str, object]:
    diff = offer.diff
    return {
        "score": round(offer.match.score, 1),
        **_unit_report(offer.match.unit),
        "diff": [{"what": part.fate.value, "text": diff.text[part.start : part.end]} for part in diff.parts],
    }


def _offer_text(offer: Offer) -> str:
    from workbench.word_diff import marked

    unit = offer.match.unit
    lines = (marked(offer.diff), unit.target)
    return f"{offer.match.score:.0f} %  {_where(unit)}\n" + "\n".join(f"  {visible(line)}" for line in lines)
