"""The commands on models: list, install, remove, verify, info of Argos packages."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from corpus.visible import visible
from workbench.cli.context import AS_JSON, print_json
from workbench.errors import PackageError
from workbench.paths import Home

if TYPE_CHECKING:
    from workbench.engines.argos.packages import ModelPackage


@click.group
def models() -> None:
    """Manage the models that draft: Argos packages, and the gloss that comes with Tarjama.

    Several versions of a model can be installed; the newest drafts, unless the setting `models` or
    `tarjama draft --model` names another. NAME is what `tarjama models list` shows: the name, NAME@VERSION, or the
    full name.
    """


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
@click.option("--sha256", default="", metavar="HEX", help="Install only what has this SHA-256.")
@click.option(
    "--index", metavar="ADDRESS", help="List of packages to fetch from; by default that of the Argos project."
)
def install(package_or_languages: tuple[str, ...], sha256: str, index: str | None) -> None:
    """Install a package file, or fetch the full Argos package for two languages (needs a network).

    It is unpacked and tried out of sight, and appears whole beside the versions that are there, or not at all. The
    SHA-256 of what was fetched is kept in the settings: from then on the same version with another one is refused.
    """
    from workbench.engines.models import fetch

    home = Home.from_environment()
    if len(package_or_languages) == 1 and index is None:
        from workbench.engines.argos.packages import install_file

        package = install_file(Path(package_or_languages[0]), home.models, sha256=sha256)
    elif len(package_or_languages) == 2:
        source_language, target_language = package_or_languages
        with _progress_bar() as advance:
            package = fetch(home, source_language, target_language, advance, index=index, sha256=sha256).package
    else:
        raise PackageError(
            "That is neither one package file nor two languages.",
            "Use `tarjama models install FILE.argosmodel` or `tarjama models install ar en`.",
        )
    click.echo(f"Installed {_line(package)}")
    click.echo(f"SHA-256 of the archive: {_archive_sha256(package)}")


@models.command
@click.argument("name")
def remove(name: str) -> None:
    """Remove an installed model; the bundled gloss stays. When several are called NAME, say which."""
    from workbench.engines.argos.packages import remove as remove_package

    click.echo(f"Removed {visible(remove_package(name, Home.from_environment().models))}")


@models.command
@click.argument("name", required=False)
@AS_JSON
@click.pass_context
def verify(context: click.Context, name: str | None, as_json: bool) -> None:
    """Check the files of the installed models against what was installed; exit 1 when something is wrong."""
    from workbench.engines.argos.choosing import find
    from workbench.engines.argos.packages import broken, installed
    from workbench.engines.argos.packages import verify as verify_package

    folder = Home.from_environment().models
    packages = installed(folder) if name is None else find(folder, name)
    found = {package.full_name: verify_package(package) for package in packages}
    unreadable = broken(folder) if name is None else []
    if as_json:
        print_json([{"name": model, "problems": problems} for model, problems in found.items()])
    else:
        for model, problems in found.items():
            click.echo(visible(f"{model}: {'; '.join(problems) or 'sound'}"))
    for problem in unreadable:
        click.echo(visible(problem), err=True)
    context.exit(1 if unreadable or any(found.values()) else 0)


@models.command
@click.argument("name")
@AS_JSON
def info(name: str, as_json: bool) -> None:
    """Show all about a model: languages, size, fingerprint, from which archive it came and when."""
    from workbench.engines.argos.choosing import find
    from workbench.engines.argos.packages import recorded, recorded_fingerprint, size_of

    reports = []
    for package in find(Home.from_environment().models, name):
        record = recorded(package.path)
        details = {
            "bytes": size_of(package),
            "fingerprint": recorded_fingerprint(package.path),
            "archive_sha256": record.get("archive_sha256"),
            "installed": record.get("installed"),
        }
        reports.append({**_report(package), **details})
    if as_json:
        print_json(reports)
        return
    click.echo(
        "\n\n".join(
            "\n".join(visible(f"{key}: {_shown(value)}") for key, value in report.items()) for report in reports
        )
    )


@contextmanager
def _progress_bar() -> Iterator[Callable[[int, int], None]]:
    """Show a bar on standard error; yields a function that takes the bytes done and the bytes in all."""
    reached, in_all = 0, 0

    def sizes(_: object) -> str:
        return f"{reached / 1e6:.1f} of {in_all / 1e6:.1f} MB"

    with click.progressbar(length=0, label="Fetching", file=sys.stderr, item_show_func=sizes) as bar:

        def advance(done: int, total: int) -> None:
            nonlocal reached, in_all
            reached, in_all = done, total
            bar.length = total
            bar.update(done - bar.pos)

        yield advance


def _report(package: ModelPackage) -> dict[str, object]:
    return {
        "name": package.name,
        "full_name": package.full_name,
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
    return visible(f"{package.name} {package.version}: {languages}, {package.kind.value}, {place}")


def _archive_sha256(package: ModelPackage) -> str:
    from workbench.engines.argos.packages import recorded

    return recorded(package.path).get("archive_sha256", "not known")


def _shown(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return "not known" if value is None else str(value)
