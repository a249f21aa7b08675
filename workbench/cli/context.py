"""What every command needs: the home, an open session, JSON on standard output."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from workbench.paths import Home

if TYPE_CHECKING:
    from collections.abc import Callable

    from workbench.engines.cluster.engine import ClusterEngine
    from workbench.engines.cluster.link import Roll
    from workbench.engines.protocol import Engine
    from workbench.session import Session

PROJECT = click.argument("project", type=click.Path(path_type=Path))
AS_JSON = click.option("--json", "as_json", is_flag=True, help="Print one JSON document and nothing else.")


def is_served() -> bool:
    """Tell whether Textual serves this program to a browser: standard output is then the screen's and no one else's."""
    return bool(os.environ.get("TEXTUAL_DRIVER"))


def can_show_screen() -> bool:
    """Tell whether there is a terminal, or a browser that Textual serves, to show a screen in."""
    return (sys.stdin.isatty() and sys.stdout.isatty()) or is_served()


def open_session(project: Path) -> Session:
    """Open the project a command was given; raise StoreError when it cannot be."""
    from workbench.session import Session

    return Session.open(project, home=Home.from_environment())


def print_json(value: object) -> None:
    """Print ``value`` as the one JSON document of a ``--json`` command, in many lines when it is read in a terminal."""
    # With lines Python's own encoder does it, which takes a second for a project of 10,000 documents.
    click.echo(json.dumps(value, ensure_ascii=False, indent=2 if sys.stdout.isatty() else None))


def find_engine(source_language: str, target_language: str, name: str = "") -> Engine | None:
    """Return the engine of the settings, or the one called ``name``, for the language pair; None without a model."""
    from workbench.engines.choice import choose_engine
    from workbench.settings import load_settings

    home = Home.from_environment()
    return choose_engine(home, load_settings(home.settings), source_language, target_language, name)


def find_cluster(
    address: str, source_language: str, target_language: str, on_answer: Callable[[Roll], None]
) -> ClusterEngine | None:
    """Return what drafts on the cluster at ``address``; None when this machine has no model for the pair."""
    from workbench.engines.cluster.choice import choose_cluster
    from workbench.settings import load_settings

    home = Home.from_environment()
    return choose_cluster(address, home, load_settings(home.settings), source_language, target_language, on_answer)
