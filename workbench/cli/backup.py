"""The commands that make backups and put them back."""

from __future__ import annotations

from pathlib import Path

import click

from corpus.visible import visible
from workbench.cli.context import AS_JSON, print_json
from workbench.paths import Home

FILE = click.argument("file", type=click.Path(path_type=Path))


@click.command
@FILE
@click.option("--list", "listed", is_flag=True, help="Only list the backups there are, the newest first.")
@AS_JSON
def backup(file: Path, listed: bool, as_json: bool) -> None:
    """Make a backup of a project or glossary, or list those there are.

    The copy is proved sound before it gets its name. FILE may be in use meanwhile.
    """
    from workbench.backups import Backups
    from workbench.settings import load_settings

    home = Home.from_environment()
    backups = Backups.of(file, home, load_settings(home.settings))
    made = [] if listed else [one for one in [backups.take()] if one is not None]
    shown = backups.all() if listed else made
    if as_json:
        print_json([{"path": str(one.path), "taken_at": f"{one.taken_at:%Y-%m-%dT%H:%M:%SZ}"} for one in shown])
        return
    for one in shown:
        click.echo(f"{one.taken_at:%Y-%m-%d %H:%M:%S} UTC  {visible(str(one.path))}")
    if not shown:
        click.echo(f"There is no backup yet. Make one: tarjama backup {visible(str(file))}")


@click.command
@FILE
@click.argument("backup_name", metavar="BACKUP")
def restore(file: Path, backup_name: str) -> None:
    """Put a backup in the place of a project or glossary; what is there now is kept beside it.

    BACKUP is a name that `tarjama backup FILE --list` shows, “newest”, or any file. Nobody may have FILE open.
    """
    from workbench.backups import Backups
    from workbench.cli.screen import only_window
    from workbench.settings import load_settings

    home = Home.from_environment()
    backups = Backups.of(file, home, load_settings(home.settings))
    chosen = backups.named(backup_name)
    with only_window(file, home):
        kept = backups.restore(chosen)
    click.echo(f"{visible(str(file))} is now as in {visible(str(chosen))}")
    if kept is not None:
        click.echo(f"What was there before is kept as {visible(str(kept))}")
