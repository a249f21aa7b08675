"""The commands on models: list, install, remove, verify Argos packages."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from workbench.cli.context import AS_JSON, print_json
from workbench.errors import PackageError
from workbench.paths import Home

if TYPE_CHECKING:
    from workbench.engines.argos.packages import ModelPackage


@click.group
def models() -> None:
    """Manage the models that draft: Argos packages, and the gloss that comes with Tarjama."""


@models.command("list")
@AS_JSON
def list_models(as_json: bool) -> None:
    """List the installed models."""
    from workbench.engines.argos.packages import installed

    packages = installed(Home.from_environment().models)
    if as_json:
        print_json([_report(package) for package in packages])
    else:
        for package in packages:
            click.echo(_line(package))


@models.command
@click.argument("package_or_languages", nargs=-1, required=True, metavar="FILE.argosmodel | FROM TO")
def install(package_or_languages: tuple[str, ...]) -> None:
    """Install a package file, or fetch the full Argos package for two languages (needs a network)."""
    models_folder = Home.from_environment().models
    if len(package_or_languages) == 1:
        from workbench.engines.argos.packages import install_file

        click.echo(f"Installed {_line(install_file(Path(package_or_languages[0]), models_folder))}")
    elif len(package_or_languages) == 2:
        from workbench.engines.argos.download import download

        source_language, target_language = package_or_languages
        with _progress_bar() as advance:
            fetched = download(source_language, target_language, models_folder, advance)
        click.echo(f"Installed {_line(fetched.package)}\nSHA-256 of the download: {fetched.sha256}")
    else:
        raise PackageError(
            "That is neither one package file nor two languages.",
            "Use `tarjama models install FILE.argosmodel` or `tarjama models install ar en`.",
        )


@models.command
@click.argument("name")
def remove(name: str) -> None:
    """Remove an installed model; the bundled gloss stays."""
    from workbench.engines.argos.packages import remove as remove_package

    remove_package(name, Home.from_environment().models)
    click.echo(f"Removed {name}")


@models.command
@click.argument("name", required=False)
@AS_JSON
@click.pass_context
def verify(context: click.Context, name: str | None, as_json: bool) -> None:
    """Check the files of the installed models against what was installed; exit 1 when something is wrong."""
    from workbench.engines.argos.packages import installed
    from workbench.engines.argos.packages import verify as verify_package

    packages = [
        package for package in installed(Home.from_environment().models) if name is None or package.name == name
    ]
    if name is not None and not packages:
        raise PackageError(f"There is no model called “{name}”.", "`tarjama models list` shows the names.")
    found = {package.name: verify_package(package) for package in packages}
    if as_json:
        print_json([{"name": model, "problems": problems} for model, problems in found.items()])
    else:
        for model, problems in found.items():
            click.echo(f"{model}: {'; '.join(problems) or 'sound'}")
    context.exit(1 if any(found.values()) else 0)


@contextmanager
def _progress_bar() -> Iterator[Callable[[int, int], None]]:
    """Show a bar on standard error; yields a function that takes the bytes done and the bytes in all."""
    with click.progressbar(length=0, label="Fetching", file=sys.stderr) as bar:

        def advance(done: int, total: int) -> None:
            bar.length = total
            bar.update(done - bar.pos)

        yield advance


def _report(package: ModelPackage) -> dict[str, object]:
    return {
        "name": package.name,
        "version": package.version,
        "from": package.source_language,
        "to": package.target_language,
        "kind": package.kind.value,
        "bundled": package.bundled,
        "path": str(package.path),
    }


def _line(package: ModelPackage) -> str:
    place = "bundled" if package.bundled else str(package.path)
    languages = f"{package.source_language} to {package.target_language}"
    return f"{package.name} {package.version}: {languages}, {package.kind.value}, {place}"
