"""The ``tarjama`` command: its groups, and the one place where errors become a sentence, a hint and an exit code.

Exit codes: 0 done, 1 a check found something or a job partly failed, 2 wrong use or wrong input.
"""

from __future__ import annotations

import sqlite3
import sys
from collections.abc import Sequence
from typing import NoReturn

import click

from corpus.errors import TarjamaError
from corpus.visible import visible
from workbench import __version__
from workbench.cli.aligning import align
from workbench.cli.backup import backup, restore
from workbench.cli.checking import check
from workbench.cli.demo import demo
from workbench.cli.doctor import doctor
from workbench.cli.duplicates import duplicates
from workbench.cli.glossary import glossary
from workbench.cli.history import history, redo, revert, undo
from workbench.cli.memory import memory
from workbench.cli.models import models
from workbench.cli.numbers import numbers
from workbench.cli.project import (
    draft,
    export,
    import_files,
    init,
    open_project,
    segments,
    set_target,
    status,
)
from workbench.cli.resegmenting import join, split
from workbench.cli.risk import risk
from workbench.cli.rules import rules
from workbench.cli.working_together import conflicts, merge

EXIT_WRONG_INPUT = 2
EXIT_INTERRUPTED = 130


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, prog_name="tarjama")
@click.option("--debug", is_flag=True, help="Show the traceback of an error.")
def tarjama(debug: bool) -> None:
    """Translate Arabic in the terminal: offline drafts, a shared glossary, aligned bilingual exports."""


for command in (
    demo,
    init,
    import_files,
    open_project,
    draft,
    status,
    segments,
    set_target,
    split,
    join,
    merge,
    conflicts,
    check,
    risk,
    history,
    revert,
    undo,
    redo,
    export,
    align,
    numbers,
    duplicates,
    glossary,
    memory,
    models,
    rules,
    backup,
    restore,
    doctor,
):
    tarjama.add_command(command)


def main(arguments: Sequence[str] | None = None) -> NoReturn:
    """Run ``tarjama`` with ``arguments`` (by default the process's own) and exit."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    for stream in (sys.stdout, sys.stderr):
        # Arabic goes to pipes and files as UTF-8 whatever the system's locale says.
        stream.reconfigure(encoding="utf-8", errors="backslashreplace")  # type: ignore[union-attr]
    sys.exit(_run(given))


def _run(arguments: list[str]) -> int:
    try:
        result = tarjama.main(arguments, prog_name="tarjama", standalone_mode=False)
    except click.exceptions.NoArgsIsHelpError as error:
        error.show()
        return EXIT_WRONG_INPUT
    except click.ClickException as error:
        _complain(error.format_message(), _usage_hint(error))
    except click.Abort:
        return EXIT_INTERRUPTED
    except TarjamaError as error:
        _reraise_for_debugging(arguments)
        _complain(error.message, error.hint)
    except (OSError, sqlite3.Error) as error:
        _reraise_for_debugging(arguments)
        _complain(f"The computer refused: {error}.", _refusal_hint(error))
    else:
        return result if isinstance(result, int) else 0
    return EXIT_WRONG_INPUT


def _reraise_for_debugging(arguments: list[str]) -> None:
    if "--debug" in arguments:
        raise  # noqa: PLE0704  (called from except blocks only)


def _complain(message: str, hint: str) -> None:
    # File names and text from outside may be in the message: nothing of it may act on the terminal.
    click.echo(f"Error: {visible(message)}", err=True)
    if hint:
        click.echo(f"Hint: {visible(hint)}", err=True)


def _refusal_hint(error: OSError | sqlite3.Error) -> str:
    if isinstance(error, sqlite3.DatabaseError) and not isinstance(error, sqlite3.OperationalError):
        return "`tarjama doctor FILE --repair` saves what can be read of a damaged file."
    return "Nothing acknowledged is lost. `--debug` shows the details."


def _usage_hint(error: click.ClickException) -> str:
    if isinstance(error, click.UsageError) and error.ctx is not None:
        return f"`{error.ctx.command_path} --help` shows how to use it."
    return ""
