"""The demo command."""

from __future__ import annotations

import tempfile
from pathlib import Path

import click

from workbench.cli.context import can_show_screen, find_engine, is_served
from workbench.paths import Home


@click.command
@click.option(
    "--folder",
    type=click.Path(path_type=Path, file_okay=False),
    help="Where to make the sample project; by default a new temporary folder.",
)
@click.option("--headless", is_flag=True, help="Make, draft and export without opening the screen.")
@click.pass_context
def demo(context: click.Context, folder: Path | None, headless: bool) -> None:
    """Try Tarjama on a sample project; without a terminal it drafts and exports by itself."""
    from workbench.demo import make_demo

    home = Home.from_environment()
    if folder is None:
        folder = Path(tempfile.mkdtemp(prefix="tarjama-demo-"))
    folder.mkdir(parents=True, exist_ok=True)
    project = make_demo(folder, home)
    if headless or not can_show_screen():
        _draft_and_export(project, home)
    else:
        from workbench.cli.screen import run_screen

        code = run_screen(project, home)
        if not is_served():
            click.echo(f"The sample project stays at {project}")
        context.exit(code)


def _draft_and_export(project: Path, home: Home) -> None:
    from workbench.demo import draft_and_export
    from workbench.errors import EngineError

    engine = find_engine("ar", "en")
    if engine is None:
        raise EngineError("No model drafts Arabic to English.", "Get one: `tarjama models install ar en`.")
    click.echo(f"Made the sample project {project}")
    reports = draft_and_export(project, home, engine)
    identity = engine.identity
    click.echo(f"Drafted with {identity.name} {identity.version}: a {identity.kind.value}")
    for report in reports:
        click.echo(f"Wrote {report.pairs} pairs to {report.path}")
    click.echo(f"Open it in a terminal with: tarjama open {project}")
