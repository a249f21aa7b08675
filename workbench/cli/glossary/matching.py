"""Commands that look for terms in texts: match, check."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from corpus.visible import visible
from workbench.cli.context import AS_JSON, print_json
from workbench.cli.glossary.group import GLOSSARY, glossary, open_glossary, standard_input, term_line
from workbench.errors import WorkbenchError

if TYPE_CHECKING:
    from glossary.checks import TermFinding


@glossary.command
@GLOSSARY
@AS_JSON
def match(path: Path | None, as_json: bool) -> None:
    """Find the glossary's terms in the text on standard input."""
    from glossary.live import LiveMatcher
    from glossary.matcher import as_json as match_report

    text = standard_input()
    with open_glossary(path) as store:
        found = LiveMatcher(store).find(text)
    if as_json:
        print_json([match_report(one) for one in found])
    else:
        for one in found:
            covered = " (inside a longer term)" if one.covered else ""
            click.echo(f"{one.start}-{one.end} {visible(one.surface)}: {term_line(one.entry)}{covered}")


@glossary.command
@GLOSSARY
@AS_JSON
@click.argument("source_file", type=click.Path(path_type=Path))
@click.argument("target_file", type=click.Path(path_type=Path))
def check(path: Path | None, as_json: bool, source_file: Path, target_file: Path) -> None:
    """Check the terms of a translation, line by line; exit 1 when a term is missing, forbidden, altered or changing.

    Both files are UTF-8 with the same number of lines. A line without a translation is not checked.
    """
    from corpus.checks.finding import Severity
    from corpus.checks.finding import as_json as finding_report
    from glossary.consistency import check_segments
    from glossary.live import LiveMatcher

    sources, targets = _lines(source_file), _lines(target_file)
    if len(sources) != len(targets):
        raise WorkbenchError(
            f"{source_file} has {len(sources)} lines, but {target_file} has {len(targets)}.",
            "Each line of the translation belongs to the same line of the source; leave a line empty for none.",
        )
    numbered = ((str(number), *pair) for number, pair in enumerate(zip(sources, targets, strict=True), 1))
    with open_glossary(path) as store:
        found = list(check_segments(numbered, LiveMatcher(store).find))
    found.sort(key=lambda one: int(one[0]))
    if as_json:
        print_json([{"line": int(number), **finding_report(finding)} for number, finding in found])
    else:
        for number, finding in found:
            click.echo(_finding_line(number, finding))
    if any(finding.severity is not Severity.INFO for _, finding in found):
        sys.exit(1)


def _lines(file: Path) -> list[str]:
    try:
        text = file.read_bytes().decode("utf-8-sig")
    except OSError as error:
        raise WorkbenchError(f"The file {file} cannot be read: {error.strerror}.", "Check its name.") from error
    except UnicodeDecodeError as error:
        raise WorkbenchError(f"The file {file} is not UTF-8 text.", "Convert it to UTF-8 first.") from error
    # Only line feeds part lines: a text may have other separators inside.
    return [line.removesuffix("\r") for line in text.removesuffix("\n").split("\n")]


def _finding_line(number: str, finding: TermFinding) -> str:
    fix = finding.fix
    suggested = f" [put “{visible(fix)}”]" if fix is not None else ""
    return f"{number}: {finding.severity} {finding.check}: {visible(finding.message)}{suggested}"
