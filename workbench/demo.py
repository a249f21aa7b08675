"""The sample project: bundled news pieces and terms, in a place of its own, so nothing of the user's is touched."""

from __future__ import annotations

from contextlib import AbstractContextManager
from importlib.resources import as_file, files
from pathlib import Path
from typing import TYPE_CHECKING

from corpus.export import exporters
from glossary.exchange import read_terms
from glossary.store import GlossaryStore
from workbench.drafting import draft_in_groups
from workbench.session import ExportReport, Session

if TYPE_CHECKING:
    from workbench.engines.protocol import Engine
    from workbench.paths import Home

AUTHOR = "Tarjama demo"


def make_demo(folder: Path, home: Home) -> Path:
    """Make the sample project and its glossary in the empty ``folder``; return the project file.

    It has a memory of its own, too: what is tried out is nothing to remember.
    """
    glossary, project = folder / "demo-glossary.db", folder / "demo.tarjama"
    with _bundled() as samples:
        with GlossaryStore.open_or_create(glossary) as store:
            store.add_many(read_terms(samples / "glossary.tsv"), AUTHOR)
        with Session.create(
            project, home=home, glossary=glossary, memory=folder / "demo-memory.db", actor=AUTHOR
        ) as session:
            for article in sorted(samples.glob("*.txt")):
                session.import_file(article)
    return project


def draft_and_export(project: Path, home: Home, engine: Engine) -> list[ExportReport]:
    """Draft the sample project and export it in every format beside it."""
    with Session.open(project, home=home, actor=AUTHOR) as session:
        wanted = session.drafts.to_draft(
            identity=engine.identity, terms=session.drafts.term_keys(obeyed=session.drafts.obey_terms)
        )
        for group in draft_in_groups(
            engine, wanted, find_terms=session.drafts.terms_of if session.drafts.obey_terms else None
        ):
            session.drafts.store(group, engine.identity)
        return [session.export(exporter.name, project.with_suffix(exporter.suffix)) for exporter in exporters()]


def _bundled() -> AbstractContextManager[Path]:
    return as_file(files("workbench") / "data" / "demo")
