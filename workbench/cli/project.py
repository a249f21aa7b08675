"""The commands on a project: make, import, draft, look, edit, export, open."""

from __future__ import annotations

import sys
from contextlib import closing
from pathlib import Path

import click

from corpus.errors import DocumentError
from corpus.model import State, StateFilter
from corpus.visible import visible
from workbench.cli.cluster import roll_text, tell_roll
from workbench.cli.context import AS_JSON, PROJECT, find_cluster, find_engine, open_session, print_json
from workbench.cli.reports import (
    draft_terms_text,
    import_report,
    import_text,
    overview_report,
    overview_text,
    segment_report,
    segment_text,
)
from workbench.errors import EngineError, WorkbenchError
from workbench.paths import Home


@click.command
@PROJECT
@click.option("--from", "source_language", default="ar", show_default=True, help="Language of the documents.")
@click.option("--to", "target_language", default="en", show_default=True, help="Language to translate into.")
@click.option("--glossary", type=click.Path(path_type=Path), help="Glossary file; by default the shared one.")
def init(project: Path, source_language: str, target_language: str, glossary: Path | None) -> None:
    """Make an empty project file."""
    from workbench.session import Session

    session = Session.create(
        project,
        home=Home.from_environment(),
        source_language=source_language,
        target_language=target_language,
        glossary=glossary,
    )
    session.close()
    click.echo(f"Made {project}. Next: tarjama import {project} FILE")


@click.command("import")
@PROJECT
@click.argument("files", nargs=-1, required=True)
@click.option("--format", "format_name", help="Read the files as this format, whatever they look like.")
@click.option("--encoding", help="Character encoding, such as windows-1256; found out by itself when not given.")
@click.option("--source-column", default="", help="Tables: the column to translate, by heading, letter or number.")
@click.option("--target-column", default="", help="Tables: the column with translations.")
@click.option(
    "--update/--new",
    default=None,
    help="A file of a name the project has: put it in the old one's place, or import it beside it. By default it takes "
    "the place of what it has enough in common with.",
)
@AS_JSON
@click.pass_context
def import_files(
    context: click.Context,
    project: Path,
    files: tuple[str, ...],
    format_name: str | None,
    encoding: str | None,
    source_column: str,
    target_column: str,
    update: bool | None,
    as_json: bool,
) -> None:
    """Import documents, each whole or not at all: files, folders, patterns, or - for standard input."""
    from corpus.importing import documents_named
    from corpus.importing.content import ImportOptions

    options = ImportOptions(format_name, encoding, source_column, target_column)
    found = documents_named(files)
    reports, failed = [], []
    with open_session(project) as session:
        for done in session.import_files(found.files, options, update=update):
            if isinstance(done, DocumentError):
                if len(found.files) == 1:
                    raise done
                failed.append(done)
                continue
            reports.append(import_report(done))
            if not as_json:
                click.echo(import_text(done))
    if as_json:
        print_json(reports)
    if found.left_out:
        click.echo(f"Left out {found.left_out} files whose names end as no document's do.", err=True)
    for reason in failed:
        click.echo(f"Not imported: {visible(reason.message)} {visible(reason.hint)}", err=True)
    context.exit(1 if failed else 0)


@click.command
@PROJECT
@click.option("--engine", "engine_name", default="", help="Engine that drafts, instead of that of the settings.")
@click.option("--model", default="", metavar="NAME[@VERSION]", help="Model to draft with; by default the newest.")
@click.option("--document", help="Only this document (name or uid).")
@click.option("--redo", is_flag=True, help="Draft again all segments that nobody has touched.")
@click.option(
    "--terms/--no-terms",
    default=None,
    help="Have drafts use the glossary's terms, or not; by default as the settings say.",
)
@click.option("--show-terms", is_flag=True, help="Show what was changed in drafts for terms, and which are not used.")
@click.option("--cluster", metavar="ADDRESS", help="Draft on the workers of your own Dask cluster: tls://HOST:8786.")
def draft(
    project: Path,
    engine_name: str,
    model: str,
    document: str | None,
    redo: bool,
    terms: bool | None,
    show_terms: bool,
    cluster: str | None,
) -> None:
    """Draft the segments that have no draft yet, or one that is out of date.

    Where no model translates directly, drafts go through English, and say so.
    """
    from workbench.drafting import draft_in_groups
    from workbench.engines.protocol import notice

    if cluster and engine_name not in {"", "argos"}:
        raise WorkbenchError("A cluster drafts with argos alone.", "Leave --engine out, or --cluster.")
    with open_session(project) as session:
        overview = session.overview()
        pair = overview.source_language, overview.target_language
        far = find_cluster(cluster, *pair, tell_roll, model) if cluster else None
        engine = far or find_engine(*pair, engine_name, model)
        if engine is None:
            raise EngineError(
                f"No model translates {overview.source_language} to {overview.target_language} here.",
                f"Get one: `tarjama models install {overview.source_language} {overview.target_language}`, or "
                "`tarjama models install FILE.argosmodel` without a network.",
            )
        identity = engine.identity
        obeys = session.drafts.obey_terms if terms is None else terms
        wanted = session.drafts.to_draft(
            document, redo=redo, identity=identity, terms=session.drafts.term_keys(obeyed=obeys)
        )
        if wanted and (warning := notice(engine)):
            click.echo(warning, err=True)
        if wanted and far is not None and far.is_exposed:
            click.echo("On its way others can read it; an address that begins with tls:// hides it.", err=True)
        stored = applied = unused = 0
        with closing(engine):
            for group in draft_in_groups(engine, wanted, find_terms=session.drafts.terms_of if obeys else None):
                for segment in session.drafts.store(group, identity):
                    stored += 1
                    told = segment.draft.terms if segment.draft else ()
                    applied += sum(bool(term.applied) for term in told)
                    unused += sum(not term.applied for term in told)
                    if show_terms and told:
                        click.echo(draft_terms_text(segment))
    click.echo(f"Drafted {stored} segments ({identity.kind.value} by {identity.name} {identity.version}).")
    if applied or unused:
        click.echo(f"Terms put in for other words: {applied}; not used: {unused}. `tarjama segments` shows which.")
    if far is not None:
        click.echo(roll_text(far.roll))


@click.command
@PROJECT
@AS_JSON
def status(project: Path, as_json: bool) -> None:
    """Show documents, segments by state, words, drafts and flags."""
    with open_session(project) as session:
        overview = session.overview()
    if as_json:
        print_json(overview_report(overview))
    else:
        click.echo(overview_text(overview))


@click.command
@PROJECT
@AS_JSON
@click.option("--document", help="Only this document (name or uid).")
@click.option("--state", help="Only this state, or with + this state and later: drafted, translated+.")
def segments(project: Path, as_json: bool, document: str | None, state: str | None) -> None:
    """List segments: uid, order, source, draft, target, state, flags."""
    states = StateFilter.parse(state) if state else None
    with open_session(project) as session:
        names = {progress.document.uid: progress.document.name for progress in session.overview().documents}
        found = session.segments(document, states)
    if as_json:
        print_json([segment_report(segment, names[segment.document_uid]) for segment in found])
    else:
        for segment in found:
            click.echo(segment_text(segment))


@click.command("set")
@PROJECT
@click.argument("uid")
@click.option("--target-file", required=True, help="UTF-8 file with the translation; - for standard input.")
@click.option("--state", default="translated", show_default=True, help="edited, translated or reviewed.")
def set_target(project: Path, uid: str, target_file: str, state: str) -> None:
    """Write the translation of one segment, as the screen would.

    Confirmed, it becomes the draft of all segments with the same source that nobody has touched.
    """
    reached = State.parse(state)
    if reached < State.EDITED:
        raise WorkbenchError(
            f"A segment with a translation cannot be “{state}”.", "Use edited, translated or reviewed."
        )
    target = _read_target(target_file)
    with open_session(project) as session:
        segment = session.set_target(uid, target, reached)
        filled = session.propagate(uid)
    click.echo(f"{segment.uid}: {segment.state.label}")
    if filled.written:
        click.echo(
            f"{len(filled.written)} segments with the same source have it as their draft: change {filled.change}"
        )


@click.command
@PROJECT
@click.option("--format", "format_name", required=True, help="tmx, tsv, jsonl or html.")
@click.option("-o", "--output", required=True, type=click.Path(path_type=Path), help="File to write.")
@click.option("--state", default="drafted+", show_default=True, help="A state, or with + that state and later.")
@click.option("--document", help="Only this document (name or uid).")
@click.option("--unit", type=click.Choice(["segment"]), default="segment", show_default=True)
def export(project: Path, format_name: str, output: Path, state: str, document: str | None, unit: str) -> None:
    """Write aligned bilingual text; drafts nobody has touched are marked as what they are."""
    del unit  # segments are the only unit so far
    with open_session(project) as session:
        report = session.export(format_name, output, states=StateFilter.parse(state), document=document)
    click.echo(f"Wrote {report.pairs} pairs to {report.path}")


@click.command("open")
@PROJECT
@click.pass_context
def open_project(context: click.Context, project: Path) -> None:
    """Open the screen on a project."""
    from workbench.cli.screen import run_screen

    context.exit(run_screen(project, Home.from_environment()))


def _read_target(file: str) -> str:
    """Read a translation; one line break at the very end belongs to the file, not to the text."""
    try:
        data = sys.stdin.buffer.read() if file == "-" else Path(file).read_bytes()
        text = data.decode("utf-8-sig")
    except OSError as error:
        raise WorkbenchError(f"The file {file} cannot be read: {error.strerror}.", "Nothing was changed.") from error
    except UnicodeDecodeError as error:
        raise WorkbenchError(f"The file {file} is not UTF-8 text.", "Save it as UTF-8; nothing was changed.") from error
    if "\0" in text:
        raise WorkbenchError(f"The file {file} is not text: it has NUL bytes.", "Nothing was changed.")
    return text.removesuffix("\n").removesuffix("\r")
