"""The doctor command."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from corpus.visible import visible
from workbench.cli.context import AS_JSON, can_show_screen, is_served, print_json
from workbench.errors import WorkbenchError
from workbench.paths import Home

if TYPE_CHECKING:
    from corpus.repair import Progress

# A repair tells each page: so many of them, a megabyte, are worth a new line on the screen.
_PAGES_SHOWN = 256


@click.command
@AS_JSON
@click.option("--display", is_flag=True, help="Show how Arabic can be written to this terminal, and choose what reads.")
@click.option("--repair", is_flag=True, help="Put what can be read of damaged FILES into new ones in their place.")
@click.argument("files", nargs=-1, type=click.Path(path_type=Path))
@click.pass_context
def doctor(context: click.Context, files: tuple[Path, ...], as_json: bool, display: bool, repair: bool) -> None:
    """Show versions, places, models, terminal and database health; exit 1 when something is wrong.

    FILES are projects, glossaries and memories to look at as a whole. A damaged file is kept beside the repaired one,
    whatever it is; what is lost is said.
    """
    from workbench.examination import examine

    home = Home.from_environment()
    if display:
        result = _test_display(home)
        if not is_served():
            click.echo(result)
        return
    repairs = _repair(files, home) if repair else []
    examination = examine(home, files, arabic=_arabic(home))
    if as_json:
        print_json({**examination.report(), "repairs": repairs})
    else:
        for done in repairs:
            click.echo("\n".join(visible(str(line)) for line in _repair_lines(done)))
        click.echo(examination.text())
    context.exit(1 if examination.problems else 0)


def _repair(files: Sequence[Path], home: Home) -> list[dict[str, object]]:
    """Repair those of ``files`` that need it."""
    from workbench.cli.screen import only_window
    from workbench.repairing import repair_file, what_is_wrong

    repairs: list[dict[str, object]] = []
    for file in files:
        with only_window(file, home):
            if not file.is_file() or not what_is_wrong(file, home):
                continue
            with _progress_shown(file) as progress:
                done = repair_file(file, progress)
        repairs.append({"path": str(done.path), "damaged": str(done.damaged), "report": list(done.sentences)})
    return repairs


@contextmanager
def _progress_shown(file: Path) -> Iterator[Progress]:
    """Show on a terminal how far the repair of a file is, which takes minutes for a gigabyte."""
    if not sys.stderr.isatty():
        yield lambda _step, _done, _all: None
        return
    with click.progressbar(length=0, label=visible(file.name), file=sys.stderr, item_show_func=str) as bar:

        def show(step: str, done: int, pages: int) -> None:
            bar.length = pages or bar.length
            if done % _PAGES_SHOWN == 0 or step != bar.current_item:
                bar.update(done - bar.pos if pages else 0, step)
                bar.render_progress()

        yield show


def _repair_lines(done: dict[str, object]) -> list[str]:
    report = done["report"]
    lines = [f"  {sentence}" for sentence in report] if isinstance(report, list) else []
    return [f"Repaired {done['path']}", *lines, f"  The damaged file is kept: {done['damaged']}"]


def _arabic(home: Home) -> dict[str, object]:
    """Return how Arabic is written here; a terminal is only asked when there is one to answer."""
    from workbench.settings import load_settings
    from workbench.ui.bidi.detect import detect
    from workbench.ui.terminal import recognize

    settings = load_settings(home.settings)
    interactive = sys.stdin.isatty() and sys.stdout.isatty()
    find = recognize if interactive else detect
    profile = find(os.environ, bidi=settings.bidi, marks=settings.marks)
    report: dict[str, object] = {
        "arabic": profile.emitter.value,
        "arabic because of": profile.why,
        "vowel marks": "shown" if profile.marks else "hidden",
    }
    return {**report, "advice": profile.hint} if profile.hint else report


def _test_display(home: Home) -> str:
    """Let the user choose the row that reads right, keep the choice, and return a sentence about it."""
    from workbench.settings import load_settings, save_setting
    from workbench.ui.screens.display import DisplayTest
    from workbench.ui.terminal import modes, recognize

    if not can_show_screen():
        raise WorkbenchError("The display test needs a terminal, and here is none.", "Run it where you translate.")
    settings = load_settings(home.settings)
    profile = recognize(os.environ, bidi=settings.bidi, marks=settings.marks)
    with modes(profile):
        chosen = DisplayTest(profile).run()
    if chosen is None:
        return "Nothing was changed."
    save_setting(home.settings, "bidi", chosen)
    return f"From now on Arabic is written as in the row you chose: bidi = {chosen} in {home.settings}."
