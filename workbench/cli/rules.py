"""The commands on segmentation rules: where sentences end."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from corpus.visible import visible
from workbench.cli.context import AS_JSON, print_json
from workbench.errors import WorkbenchError
from workbench.paths import Home

if TYPE_CHECKING:
    from corpus.segmentation.explaining import Decision
    from workbench.segmentation import SegmentationRules, SegmentationTrial

_SHOWN = 24
_LONGEST_NAME = 1000


@click.group
def rules() -> None:
    """Decide where sentences end: segmentation rules as SRX 2.0 files."""


@rules.command
@click.argument("file", type=click.Path(path_type=Path))
def export(file: Path) -> None:
    """Write the rules in use as an SRX 2.0 file, to change them or to use them elsewhere."""
    own = _rules()
    own.export(file)
    click.echo(f"Wrote {'your rules' if own.are_own else 'the rules of Tarjama'} to {file}")


@rules.command("import")
@click.argument("file", type=click.Path(path_type=Path))
def import_rules(file: Path) -> None:
    """Use the rules of an SRX 2.0 file from now on, for all projects.

    They are tried first; rules that are no good change nothing. Drafts that are there stay as they are.
    """
    adopted = _rules().adopt(file)
    count = sum(map(len, adopted.rules.values()))
    click.echo(f"From now on {count} rules hold, for " + ", ".join(visible(name) for name in adopted.rules))
    for code, language in (("ar", "Arabic"), ("en", "English")):
        if not any(rule.breaks for rule in adopted.for_language(code)):
            click.echo(f"None of them ends a sentence in {language} ({code}): it will not be cut.", err=True)


@rules.command
def reset() -> None:
    """Go back to the rules of Tarjama."""
    had = _rules().reset()
    click.echo("The rules of Tarjama hold again." if had else "There were no others than those of Tarjama.")


@rules.command("test")
@click.argument("text")
@click.option("--language", default="ar", show_default=True, help="Language of the text.")
@AS_JSON
def try_out(text: str, language: str, as_json: bool) -> None:
    """Show how the rules in use cut a text, and which rule decides at each place.

    TEXT is a text, the name of a text file, or - for standard input.
    """
    text = _text(text)
    trial = _rules().test(text, language)
    if as_json:
        print_json(_report(text, trial))
        return
    for number, span in enumerate(trial.sentences, 1):
        click.echo(f"{number}. {visible(text[span.start : span.end])}")
        for decision in trial.decisions:
            # A sentence ends where white space begins or, as some rules have it, ends: both lie before the next.
            following = trial.sentences[number].start if number < len(trial.sentences) else len(text)
            if span.start < decision.place <= following:
                click.echo(f"   {_line(text, decision)}")


def _rules() -> SegmentationRules:
    from workbench.segmentation import SegmentationRules

    return SegmentationRules(Home.from_environment())


def _line(text: str, decision: Decision) -> str:
    place, rule = decision.place, decision.by.rule
    around = f"…{visible(text[max(place - _SHOWN, 0) : place])}|{visible(text[place : place + _SHOWN // 2])}…"
    what = "cut" if decision.breaks else "kept together"
    return f"{what} by {visible(decision.by.name)} {decision.by.number} ({visible(rule.before[:60])}): {around}"


def _report(text: str, trial: SegmentationTrial) -> dict[str, object]:
    return {
        "sentences": [
            {"start": span.start, "end": span.end, "text": text[span.start : span.end]} for span in trial.sentences
        ],
        "decisions": [
            {
                "place": decision.place,
                "breaks": decision.breaks,
                "rules": decision.by.name,
                "rule": decision.by.number,
                "before": decision.by.rule.before,
                "after": decision.by.rule.after,
            }
            for decision in trial.decisions
        ],
    }


def _text(given: str) -> str:
    from corpus.encoding import decode

    try:
        if given == "-":
            return decode(sys.stdin.buffer.read())[0]
        path = Path(given)
        if len(given) <= _LONGEST_NAME and path.is_file():
            return decode(path.read_bytes())[0]
    except (OSError, ValueError) as error:  # a name that no file can have is a text
        if isinstance(error, OSError) and error.strerror and len(given) <= _LONGEST_NAME and Path(given).exists():
            raise WorkbenchError(f"The file {given} cannot be read: {error.strerror}.", "Check its name.") from error
    return given
