"""Commands that look for terms in texts: match."""

from __future__ import annotations

from pathlib import Path

import click

from corpus.visible import visible
from workbench.cli.context import AS_JSON, print_json
from workbench.cli.glossary.group import GLOSSARY, glossary, open_glossary, standard_input, term_line


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
