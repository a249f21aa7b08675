"""The doctor command."""

from __future__ import annotations

import os
from pathlib import Path

import click

from workbench.cli.context import AS_JSON, print_json
from workbench.paths import Home


@click.command
@AS_JSON
@click.argument("project", required=False, type=click.Path(path_type=Path))
@click.pass_context
def doctor(context: click.Context, project: Path | None, as_json: bool) -> None:
    """Show versions, places, models, terminal and database health; exit 1 when something is wrong."""
    from workbench.examination import examine
    from workbench.settings import load_settings
    from workbench.ui.bidi.detect import detect

    home = Home.from_environment()
    display = detect(os.environ, load_settings(home.settings).bidi)
    examination = examine(home, project, arabic_ordered_by=display.value)
    if as_json:
        print_json(examination.report())
    else:
        click.echo(examination.text())
    context.exit(1 if examination.problems else 0)
