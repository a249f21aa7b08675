"""Commands on the memory as a whole: what is in it, add a project, forget what came from somewhere."""

from __future__ import annotations

from pathlib import Path

import click

from corpus.visible import visible
from workbench.cli.context import AS_JSON, PROJECT, open_session, print_json
from workbench.cli.memory.group import MEMORY, memory, memory_place, open_memory, provenance_called


@memory.command
@MEMORY
@AS_JSON
def status(path: Path | None, as_json: bool) -> None:
    """Show what is in the memory and where it comes from."""
    place = memory_place(path)
    with open_memory(path) as store:
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


@memory.command
@MEMORY
@click.argument("name")
def forget(path: Path | None, name: str) -> None:
    """Take all that came from a project or an imported file out of the memory.

    NAME is what `memory status` calls it. The project and the file themselves stay as they are.
    """
    with open_memory(path) as store:
        provenance = provenance_called(store, name)
        count = store.forget(provenance.uid)
    click.echo(f"{count} units of {visible(provenance.name)} are forgotten.")
