"""Commands that keep a glossary whole and sound: suggest, report."""

from __future__ import annotations

from collections import Counter
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import click

from corpus.visible import visible
from glossary.quality import QualityFinding, QualityKind
from workbench.cli.context import AS_JSON, PROJECT, open_session, print_json
from workbench.cli.glossary.group import GLOSSARY, actor, glossary
from workbench.paths import Home

if TYPE_CHECKING:
    from glossary.candidates import Candidate
    from glossary.edits import EditSuggestion


@glossary.command
@PROJECT
@AS_JSON
@click.option(
    "--from",
    "evidence",
    type=click.Choice(["corpus", "edits", "both"]),
    default="both",
    show_default=True,
    help="What the Arabic speaks of, what was changed the same way in drafts, or both.",
)
@click.option("--limit", type=click.IntRange(min=1), default=40, show_default=True, help="So many of each at most.")
@click.option("--add", is_flag=True, help="Add them to the project's glossary as proposed.")
@click.option("--accept", is_flag=True, help="Add what edits speak for as preferred terms, which later drafts obey.")
def suggest(project: Path, as_json: bool, evidence: str, limit: int, add: bool, accept: bool) -> None:
    """Suggest terms that a project's glossary has not: from its Arabic, and from edits of its drafts."""
    from glossary.suggestions import concept_of_candidate, concept_of_edit

    with open_session(project) as session:
        edits = session.suggestions.from_edits(limit) if evidence != "corpus" else []
        candidates = session.suggestions.from_sources(limit) if evidence != "edits" else []
        accepted = session.suggestions.accept(edits) if accept else []
        concepts = [*map(concept_of_edit, [] if accept else edits), *map(concept_of_candidate, candidates)]
        added = session.terms.propose(concepts) if add and concepts else 0
    if accept:
        click.echo(f"Added {len(accepted)} of {len(edits)} as preferred", err=as_json)
    if as_json:
        report = {"corpus": [asdict(one) for one in candidates], "edits": [asdict(one) for one in edits]}
        print_json({**report, "added": added})
        return
    for line in (*map(_edit_line, edits), *map(_candidate_line, candidates)):
        click.echo(line)
    if add:
        click.echo(f"Added {added} of {len(concepts)} as proposed")
    elif not concepts:
        click.echo("Nothing to suggest.")


def _candidate_line(candidate: Candidate) -> str:
    english = f" = {visible(candidate.rendering)}" if candidate.rendering else ""
    places = f"{candidate.count} times in {_segments(candidate.segments)}"
    return f"{visible(candidate.text)}{english} ({candidate.kind.value}, {places})"


def _segments(count: int) -> str:
    return f"{count} segment" if count == 1 else f"{count} segments"


def _edit_line(edit: EditSuggestion) -> str:
    evidence = f"“{visible(edit.draft)}” changed in {_segments(len(edit.segments))}, left in {edit.left_alone}"
    return f"{visible(edit.source)} = {visible(edit.target)} (edits: {evidence})"


@glossary.command
@GLOSSARY
@click.option("--project", type=click.Path(path_type=Path), help="Also tell which terms do not occur in this project.")
@click.option("--kind", "kinds", type=click.Choice([kind.value for kind in QualityKind]), multiple=True)
@AS_JSON
def report(path: Path | None, project: Path | None, kinds: tuple[str, ...], as_json: bool) -> None:
    """Report what is wrong with a glossary; the exit code is 1 when terms contradict each other or stand twice."""
    findings = [one for one in _findings(path, project) if not kinds or one.kind in kinds]
    counts = Counter(finding.kind for finding in findings)
    if as_json:
        by_kind = {kind.value: counts[kind] for kind in QualityKind if counts[kind]}
        print_json({"counts": by_kind, "findings": [asdict(finding) for finding in findings]})
    else:
        for finding in findings:
            click.echo(f"{finding.kind.value}: {visible(finding.message)}")
        summary = ", ".join(f"{counts[kind]} {kind.value}" for kind in QualityKind if counts[kind])
        click.echo(summary or "Nothing to report.")
    if any(finding.kind.is_serious for finding in findings):
        click.get_current_context().exit(1)


def _findings(path: Path | None, project: Path | None) -> list[QualityFinding]:
    """Return the findings on the glossary at ``path``, else on the project's, else on the shared one."""
    from glossary.errors import GlossaryStoreError
    from workbench.terminology import Terminology

    texts = None
    place = path or Home.from_environment().glossary
    if project is not None:
        with open_session(project) as session:
            texts = [segment.source for segment in session.segments()]
            place = path or session.terms.path
    if not place.exists():
        raise GlossaryStoreError(f"There is no glossary at {place}.", "Name one with --glossary, or add a term first.")
    terms = Terminology(place, actor())
    try:
        return terms.examine(texts)
    finally:
        terms.close()
