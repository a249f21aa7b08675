"""Commands on single terms and concepts: add, list, search, show, edit, approve, join, remove, history."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict
from pathlib import Path
from typing import Any

import click

from corpus.visible import visible
from glossary.model import Concept, LanguageSection, NewTerm, Term, TermStatus
from workbench.cli.context import AS_JSON, print_json
from workbench.cli.glossary.fields import given, term_fields
from workbench.cli.glossary.group import GLOSSARY, actor, glossary, open_glossary, term_line

TERM_DETAILS = (
    *("pos", "gender", "number", "register", "term_type", "geography", "example", "reference", "note"),
    *("case_sensitive", "forms", "extras"),
)


@glossary.command
@GLOSSARY
@click.argument("source")
@click.argument("target", default="")
@term_fields
def add(path: Path | None, source: str, target: str, **fields: Any) -> None:
    """Add the Arabic term SOURCE with the English TARGET; the glossary is made when it is the first.

    A term that is not to be translated needs no TARGET.
    """
    with open_glossary(path, make=True) as store:
        entry = store.add(NewTerm(source, target, **given(fields)), actor())
    click.echo(term_line(entry))


@glossary.command("list")
@GLOSSARY
@AS_JSON
def list_terms(path: Path | None, as_json: bool) -> None:
    """List all terms."""
    with open_glossary(path) as store:
        entries = store.entries()
    if as_json:
        print_json([asdict(entry) for entry in entries])
    else:
        for entry in entries:
            click.echo(term_line(entry))


@glossary.command
@GLOSSARY
@AS_JSON
@click.argument("text")
def search(path: Path | None, text: str, as_json: bool) -> None:
    """List the terms that TEXT finds in their Arabic or English, the best first, each with its uid.

    All words must be found; where that gives few terms, words that look alike count, too. TEXT may have filters:
    status:proposed, domain:law, author:anna, tag:acme, is:conflicting.
    """
    from glossary.query import parse_query
    from glossary.search import TermIndex

    query = parse_query(text)
    with open_glossary(path) as store:
        entries = TermIndex(store).search(query, limit=None).entries
    if as_json:
        print_json([asdict(entry) for entry in entries])
    else:
        for entry in entries:
            click.echo(f"{entry.uid} {term_line(entry)}")


@glossary.command
@GLOSSARY
@click.argument("uids", metavar="UID...", nargs=-1, required=True)
@click.option("--source", help="The Arabic term, for all its English terms.")
@click.option("--target", help="The English term.")
@term_fields
def edit(path: Path | None, uids: tuple[str, ...], **changes: Any) -> None:
    """Change what is given of the terms UID..., all or none; `glossary search` shows uids.

    A repeatable option replaces all former values; one empty value takes them away.
    """
    with open_glossary(path) as store:
        store.change_many(uids, given(changes), actor())
        for uid in uids:
            click.echo(term_line(store.entry(uid)))


@glossary.command
@GLOSSARY
@click.argument("uids", metavar="UID...", nargs=-1, required=True)
def approve(path: Path | None, uids: tuple[str, ...]) -> None:
    """Make the proposed terms UID... preferred ones."""
    with open_glossary(path) as store:
        store.change_many(uids, {"status": TermStatus.PREFERRED}, actor())
        for uid in uids:
            click.echo(term_line(store.entry(uid)))


@glossary.command
@GLOSSARY
@click.argument("into")
@click.argument("others", metavar="OTHER...", nargs=-1, required=True)
def join(path: Path | None, into: str, others: tuple[str, ...]) -> None:
    """Make one concept of several: the terms of OTHER... go to the concept INTO.

    Each is named by its own uid or by that of an English term.
    """
    with open_glossary(path) as store:
        uids = [store.concept_uid(uid) for uid in (into, *others)]
        concept = store.join_concepts(uids[0], uids[1:], actor())
    _print_concept(concept)


@glossary.command
@GLOSSARY
@AS_JSON
@click.argument("uid")
def show(path: Path | None, uid: str, as_json: bool) -> None:
    """Show the whole concept UID, or that of the term UID."""
    with open_glossary(path) as store:
        concept = store.concept(store.concept_uid(uid))
    if as_json:
        print_json(asdict(concept))
    else:
        _print_concept(concept)


@glossary.command
@GLOSSARY
@click.argument("uids", metavar="UID...", nargs=-1, required=True)
def remove(path: Path | None, uids: tuple[str, ...]) -> None:
    """Remove terms, all or none; `glossary history` still tells of them."""
    with open_glossary(path) as store:
        for entry in store.remove_many(uids, actor()):
            click.echo(f"Removed {term_line(entry)}")


@glossary.command
@GLOSSARY
@AS_JSON
@click.argument("uid")
def history(path: Path | None, uid: str, as_json: bool) -> None:
    """Tell who did what to the term UID and its concept, and when."""
    with open_glossary(path) as store:
        entries = store.history(uid)
    if as_json:
        print_json([asdict(entry) for entry in entries])
    else:
        for entry in entries:
            fields = "; ".join(
                f"{name}: {visible(str(value))}" for name, value in (entry.after or entry.before).items()
            )
            click.echo(f"{entry.at} {visible(entry.actor)} {entry.action} {entry.entity} ({fields})")


def _print_concept(concept: Concept) -> None:
    click.echo(f"concept {concept.uid}")
    _print_fields(concept, ("domain", "definition", "note", "url", "do_not_translate", "tags", "extras"), "  ")
    for section in concept.sections:
        click.echo(f"  {visible(section.language)}")
        _print_fields(section, ("definition", "note", "extras"), "    ")
    for term in concept.terms:
        click.echo(f"  {visible(term.language)} {visible(term.text)} ({term.status.value}) {term.uid}")
        _print_fields(term, TERM_DETAILS, "    ")


def _print_fields(item: Concept | LanguageSection | Term, names: Iterable[str], indent: str) -> None:
    for name in names:
        value = getattr(item, name)
        if isinstance(value, tuple):
            value = " | ".join(part if isinstance(part, str) else ": ".join(part) for part in value)
        if value:
            click.echo(f"{indent}{name.replace('_', ' ')}: {'yes' if value is True else visible(value)}")
