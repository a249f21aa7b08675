"""The use cases of the workbench, on one project and its glossary: what the screen and the commands can ask for.

A session is synchronous and belongs to the thread that opened it.
"""

from __future__ import annotations

import getpass
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Self

from corpus.errors import DocumentError
from corpus.model import (
    DocumentImport,
    Segment,
    State,
    StateFilter,
)
from corpus.store import CorpusStore
from workbench import __version__
from workbench.backups import Backups
from workbench.changes import Changes
from workbench.copies import Copies
from workbench.overview import Overview, progress_of
from workbench.remembering import ProjectMemory
from workbench.settings import Settings, load_settings, memory_path
from workbench.terminology import Terminology

if TYPE_CHECKING:
    from corpus.checks.finding import Finding
    from corpus.grouped import ChangeReport
    from corpus.importing.content import ImportOptions
    from corpus.importing.found import FoundFile
    from corpus.numbers.report import Grouping, Row
    from corpus.numbers.table import Head
    from corpus.store.windows import Windows
    from workbench.drafts import Drafts
    from workbench.duplicates import Duplicates
    from workbench.impact import AffectedSegment, TermImpact
    from workbench.paths import Home
    from workbench.remembering import Offer
    from workbench.suggestions import Suggestions

_KEYED_AT_ONCE = 1000
CHECKED_BY_DEFAULT = StateFilter(State.EDITED, and_later=True)
EXPORTED_BY_DEFAULT = StateFilter(State.DRAFTED, and_later=True)


@dataclass(frozen=True, slots=True)
class ExportReport:
    """What an export wrote."""

    path: Path
    pairs: int


class Session:
    """One open project.

    Its use cases on the glossary are in ``terms``, those on what was confirmed before in ``memory``, those on what was
    done in ``changes``, those on copies of it in ``copies`` and ``backups``, those on like sources in ``duplicates``,
    those on drafts in ``drafts``.
    """

    def __init__(self, path: Path, store: CorpusStore, home: Home, settings: Settings, actor: str) -> None:
        self.path = path
        self.backups = Backups.of(path, home, settings)
        self._terms_in_drafts = settings.terms_in_drafts
        self._store = store
        self._properties = store.properties()
        self._actor = actor or settings.author or user_name()
        chosen = self._properties.get("glossary", "")
        self.terms = Terminology((path.parent / chosen) if chosen else home.glossary, self._actor)
        own_memory = self._properties.get("memory", "")
        self.memory = ProjectMemory(
            (path.parent / own_memory) if own_memory else memory_path(settings, home),
            store,
            path.name,
            (self._properties["source_language"], self._properties["target_language"]),
        )
        self.changes = Changes(store, self._actor, self.memory, home, self._properties["source_language"])
        self.copies = Copies(store, self._actor, self.memory, self.backups)

    @property
    def windows(self) -> Windows:
        """The segments as rows of which only some are looked at."""
        return self._store.windows

    @cached_property
    def suggestions(self) -> Suggestions:
        """The terms that the project speaks for."""
        from workbench.suggestions import Suggestions

        return Suggestions(self._store, self.terms)

    @cached_property
    def drafts(self) -> Drafts:
        """What engines propose for segments."""
        from workbench.drafts import Drafts

        return Drafts(self._store, self.terms, self.memory, obey_terms=self._terms_in_drafts)

    @cached_property
    def duplicates(self) -> Duplicates:
        """The use cases on sources that are like others."""
        from workbench.duplicates import Duplicates

        return Duplicates(self._store)

    @classmethod
    def create(
        cls,
        path: Path,
        *,
        home: Home,
        source_language: str = "ar",
        target_language: str = "en",
        glossary: Path | None = None,
        memory: Path | None = None,
        actor: str = "",
    ) -> Self:
        """Make a project file at ``path`` and open it; raise StoreError when that cannot be.

        ``glossary`` and ``memory`` are those of this project, when it is not to use the shared ones.
        """
        settings = load_settings(home.settings)
        properties = {"source_language": source_language, "target_language": target_language}
        if glossary is None and settings.glossary:
            glossary = Path(settings.glossary).expanduser()
        if glossary is not None:
            properties["glossary"] = _as_seen_from(path, glossary)
        if memory is not None:
            properties["memory"] = _as_seen_from(path, memory)
        return cls(path, CorpusStore.create(path, properties), home, settings, actor)

    @classmethod
    def open(cls, path: Path, *, home: Home, actor: str = "") -> Self:
        """Open the project file at ``path``; raise StoreError when it is not one."""
        settings = load_settings(home.settings)
        return cls(path, CorpusStore.open(path), home, settings, actor)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Close the project, its glossary and the memory; raise MovedError when a file was lost meanwhile."""
        self.memory.close()
        try:
            self._store.close()
        finally:
            self.terms.close()

    @property
    def place(self) -> Path:
        """The file that is written: not ``path`` after a MovedError."""
        return self._store.path

    def require_place(self) -> None:
        """Raise MovedError, having saved all that it held, when the project is no longer where it was opened."""
        self._store.require_place()

    # Documents and segments

    def import_file(
        self,
        path: Path,
        options: ImportOptions | None = None,
        *,
        name: str = "",
        update: bool | None = None,
    ) -> DocumentImport:
        """Import one file; raise DocumentError, changing nothing, when it cannot be read.

        When there is a document of that name and ``update`` is None, the file is taken as its newer version if they
        have enough in common, else it is refused. With ``update`` it is taken so in any case, without (False) it
        becomes a document of its own. Before a document is replaced a backup is made.
        """
        from corpus.importing.found import FoundFile  # importers are needed by this use case alone

        (done,) = self.import_files([FoundFile(path, name)], options, update=update)
        if isinstance(done, DocumentError):
            raise done
        return done

    def import_files(
        self, files: Iterable[FoundFile], options: ImportOptions | None = None, *, update: bool | None = None
    ) -> Iterator[DocumentImport | DocumentError]:
        """Import files as ``import_file`` does; yield what became of each in turn, once that is safe on disk.

        What is read in a moment is written together, as each writing waits for the disk. An error stops no other file.
        """
        from corpus.importing.together import read_together  # importers are needed by this use case alone

        for group in read_together(files, options):
            read = [one for one in group if not isinstance(one, DocumentError)]
            if update is not False and any(self._store.has_document(document.name) for document in read):
                self.backups.take_before_risk()
            stored = iter(self._store.import_documents(read, self._actor, update=update))
            self.memory.follow()
            for one in group:
                yield one if isinstance(one, DocumentError) else next(stored)

    def overview(self) -> Overview:
        """Count what is done and what is left, by document."""
        return Overview(
            path=self.path,
            name=self.path.stem,
            source_language=self._properties["source_language"],
            target_language=self._properties["target_language"],
            glossary=self.terms.path,
            documents=progress_of(self._store.documents(), self._store.tallies()),
        )

    def segments(self, document: str | None = None, states: StateFilter | None = None) -> list[Segment]:
        """Return segments in reading order; ``document`` is a uid or a name."""
        return self._store.segments(self._document_uid(document), states)

    def segments_named(self, uids: Sequence[str]) -> list[Segment]:
        """Return the segments with these uids, in the order of the uids; those that are not there are left out."""
        return self._store.segments_named(uids)

    def segment(self, uid: str) -> Segment:
        """Return one segment; raise NotFoundError when there is none."""
        return self._store.segment(uid)

    def save_target(self, uid: str, target: str, version: int) -> Segment:
        """Keep what a human has typed so far; raise ConflictError when ``version`` is not the newest."""
        return self._write(uid, target, State.EDITED, version)

    def confirm(self, uid: str, target: str, version: int) -> Segment:
        """Take ``target`` as this segment's translation; raise ConflictError when ``version`` is not the newest."""
        return self._write(uid, target, State.TRANSLATED, version)

    def set_target(self, uid: str, target: str, state: State) -> Segment:
        """Write a target and state whatever the version: a scripted edit."""
        return self._write(uid, target, state)

    def _write(self, uid: str, target: str, state: State, version: int | None = None) -> Segment:
        segment = self._store.set_target(uid, target, state, self._actor, version)
        self.memory.follow()
        return segment

    def propagate(self, uid: str) -> ChangeReport:
        """Make the translation of a confirmed segment the draft of all with the same source that no human has touched.

        That is one change, which can be taken back; a segment that is not confirmed has none.
        """
        return self._store.propagate(uid, self._actor)

    def prepare_propagation(self) -> bool:
        """Make some more of what was imported ready for ``propagate``, in few milliseconds; return whether to go on."""
        return self._store.key_sources(_KEYED_AT_ONCE)

    def similar(self, uid: str) -> list[Offer]:
        """Return what the memory offers for a segment, the best first; raise NotFoundError when there is none."""
        return self.memory.similar(self._store.segment(uid).source, uid=uid)

    # Changes of many segments

    def term_impact(self, term_uid: str) -> TermImpact:
        """Return the segments that the term ``term_uid`` affects, with what could be written instead."""
        from workbench.impact import impact_of  # projects whose terms do not change never load it

        return impact_of(self.terms.changed_term(term_uid), self._store)

    def apply_term(self, affected: Sequence[AffectedSegment]) -> ChangeReport:
        """Write the proposals of ``affected`` as one change; those changed meanwhile, locked or reviewed are left."""
        from workbench.impact import APPLY_TERM

        changes = [one.change for one in affected if one.change is not None]
        report = self._store.set_targets(changes, self._actor, APPLY_TERM)
        self.memory.follow()
        return report

    # Export

    def export(
        self,
        format_name: str,
        destination: Path,
        *,
        states: StateFilter = EXPORTED_BY_DEFAULT,
        document: str | None = None,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> ExportReport:
        """Write aligned bilingual text to ``destination``, whole or not at all; raise ExportError when it cannot."""
        from corpus.export import export  # exporters are needed by this use case alone
        from corpus.pairs import Bilingual, pairs_of

        pairs = pairs_of(self._store.documents(), self.segments(document), states)
        bilingual = Bilingual(
            source_language=self._properties["source_language"],
            target_language=self._properties["target_language"],
            title=self.path.stem,
            pairs=pairs,
            exported_at=now().astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
            tool=f"Tarjama {__version__}",
        )
        export(bilingual, format_name, destination)
        return ExportReport(destination, len(pairs))

    # Checks

    def check(
        self, document: str | None = None, states: StateFilter = CHECKED_BY_DEFAULT
    ) -> list[tuple[Segment, Finding]]:
        """Return what is to be looked at in the translations, of terms and of all else, in reading order."""
        from corpus.checks import check_pairs  # checks are needed by this use case alone

        segments = {segment.uid: segment for segment in self.segments(document, states)}
        pairs = [(segment.uid, segment.source, segment.text) for segment in segments.values()]
        by_segment: dict[str, list[Finding]] = {uid: [] for uid in segments}
        for uid, finding in (*check_pairs(pairs), *self.terms.check(pairs)):
            by_segment[uid].append(finding)
        return [(segments[uid], finding) for uid, findings in by_segment.items() for finding in findings]

    # Numbers

    def numbers(
        self, by: Grouping, *, document: str | None = None, longest_pause: float = 300.0, effort: bool = False
    ) -> tuple[Head, Iterator[Row]]:
        """Return what was done in the project; see ``workbench.measuring``. Read the rows before it is closed."""
        from workbench.measuring import measure_project

        return measure_project(
            self._store, self.path.stem, by, document=document, longest_pause=longest_pause, effort=effort
        )

    def problems(self) -> list[str]:
        """Return what is wrong with the project file, reading all of it; empty for a sound one."""
        return self._store.problems() or self._store.inconsistencies()

    def _document_uid(self, document: str | None) -> str | None:
        return None if document is None else self._store.document(document).uid


def _as_seen_from(project: Path, other: Path) -> str:
    """Return a file's path relative to the project's folder when it lies inside, so both can move together."""
    folder, resolved = project.resolve().parent, other.expanduser().resolve()
    return str(resolved.relative_to(folder)) if resolved.is_relative_to(folder) else str(resolved)


def user_name() -> str:
    """Return the name of the computer's user, for the journals of people who set no author."""
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):  # no name in the environment nor in a password database
        return "unknown"
