"""A project file: its documents and segments, and the journal that every change goes through.

With ``migrations.py`` the only place that knows SQL about documents and segments.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Self

from corpus.database import PROJECT_APPLICATION_ID, open_database, opened_copy, transaction
from corpus.errors import ConflictError, DocumentError
from corpus.grouped import ChangeReport, TargetChange
from corpus.keys import source_hash
from corpus.migrations import migrations
from corpus.model import (
    Document,
    DocumentImport,
    Draft,
    ImportedDocument,
    JournalEntry,
    JournalPlace,
    Segment,
    State,
    StateFilter,
    Touched,
)
from corpus.numbers.pace import WorkStep
from corpus.own_file import OwnFile
from corpus.progress import Tally
from corpus.revision import Revision
from corpus.store.changing import set_targets
from corpus.store.editing import Editor
from corpus.store.history import Moment, moments
from corpus.store.importing import Importer
from corpus.store.measuring import MeasuredSegment, measured_segments, work_steps
from corpus.store.merging import MergeReport, merge
from corpus.store.propagating import is_from_memory, propagate
from corpus.store.proving import Disagreement, unexplained
from corpus.store.reading import Reader
from corpus.store.resegmenting import Resegmenter
from corpus.store.risks import Risks
from corpus.store.settling import Conflict, open_conflicts, require_settled, settle
from corpus.store.undoing import Undoer
from corpus.store.windows import Windows
from corpus.store.writing import Cause, Writer
from corpus.uid import new_uid


class _DryRunError(Exception):
    """Ends a transaction whose outcome was only asked for."""


class CorpusStore:
    """One project file, open for reading and writing on the thread that opened it; ``windows`` reads it in parts."""

    def __init__(self, db: OwnFile, now: Callable[[], datetime] = lambda: datetime.now(UTC)) -> None:
        self._db = db
        self.windows = Windows(db)
        self.risks = Risks(db)
        self._reader = Reader(db)
        self._writer = Writer(db, now)
        self._importer = Importer(db, self._reader, self._writer)
        self._editor = Editor(self._reader, self._writer)
        self._resegmenter = Resegmenter(self._reader, self._writer)
        self._undoer = Undoer(db, self._reader, self._writer)

    @classmethod
    def create(cls, path: Path, properties: Mapping[str, str]) -> Self:
        """Make a new project file at ``path`` holding ``properties``; raise StoreError when that cannot be."""
        store = cls(_open(path, create=True))
        store._db.table("project").insert_all({"key": key, "value": properties[key]} for key in properties)
        return store

    @classmethod
    def open(cls, path: Path) -> Self:
        """Open the project file at ``path``; raise StoreError, leaving it untouched, when it is not one of ours."""
        return cls(_open(path, create=False))

    @property
    def path(self) -> Path:
        """The file that is written: another one after a MovedError."""
        return self._db.path

    def require_place(self) -> None:
        """Raise MovedError, having saved what the file held, when it is no longer where it was opened."""
        self._db.require_place()

    def close(self) -> None:
        """Close the file; what was written is already safe. Raise MovedError when the file was lost meanwhile."""
        self._db.close()

    def properties(self) -> dict[str, str]:
        """Return the project's own properties, such as its languages."""
        return self._reader.properties()

    def uid(self) -> str:
        """Return what tells this project from others, whatever their names; copies of a project have the same."""
        if "uid" not in self.properties():
            with transaction(self._db, "project"):
                self._db.execute("INSERT OR IGNORE INTO project (key, value) VALUES ('uid', ?)", [new_uid()])
        return self.properties()["uid"]

    # Documents

    def add_document(self, imported: ImportedDocument, actor: str) -> Document:
        """Store ``imported`` after the documents already there, whole or not at all."""
        with transaction(self._db, "project"):
            return self._importer.add(imported, actor)

    def import_document(self, imported: ImportedDocument, actor: str, *, update: bool | None = None) -> DocumentImport:
        """Store ``imported`` as a new document, or as the newer version of the one that has its name.

        ``update`` says which; None means the newer version when the two have enough in common, and raises DocumentError
        when they have not. The same file again changes nothing.
        """
        with transaction(self._db, "project"):
            return self._importer.add_or_update(imported, actor, update=update)

    def import_documents(
        self, imported: Sequence[ImportedDocument], actor: str, *, update: bool | None = None
    ) -> list[DocumentImport | DocumentError]:
        """Store documents as ``import_document`` does, each whole or not at all, in one transaction for all.

        One that is refused does not stop the others: its error is returned in its place.
        """
        with transaction(self._db, "project"):
            return [self._imported_or_refused(document, actor, update=update) for document in imported]

    def _imported_or_refused(
        self, imported: ImportedDocument, actor: str, *, update: bool | None
    ) -> DocumentImport | DocumentError:
        try:
            return self.import_document(imported, actor, update=update)
        except DocumentError as error:
            return error

    def revision(self, uid: str, imported: ImportedDocument) -> Revision:
        """Compare ``imported`` with the document ``uid`` as it stands."""
        return self._importer.revision(uid, imported)

    def update_document(self, uid: str, imported: ImportedDocument, actor: str) -> DocumentImport:
        """Let ``imported`` take the place of the document ``uid``, in one change of the journal.

        Translations of unchanged and moved segments stay, those of changed ones go back to *edited* with a note
        (``corpus.revision``). Segments that are gone leave the document; the journal keeps them.
        """
        with transaction(self._db, "project"):
            return self._importer.update(self._reader.document(uid), imported, actor)

    def documents(self) -> list[Document]:
        """Return the documents in order of import."""
        return self._reader.documents()

    def document(self, name_or_uid: str) -> Document:
        """Return the document with this uid or, failing that, this name; the latest when a name occurs twice."""
        return self._reader.document(name_or_uid)

    def has_document(self, name: str) -> bool:
        """Tell whether there is a document with exactly this name."""
        return self._reader.document_named(name) is not None

    def tallies(self) -> list[Tally]:
        """Return how many segments of each document are in each state; see ``Tally``."""
        return self._reader.tallies()

    # Segments

    def segments(self, document_uid: str | None = None, states: StateFilter | None = None) -> list[Segment]:
        """Return segments in reading order, all or those of one document or in some states."""
        return self._reader.segments(document_uid, states)

    def sources(self) -> Iterator[tuple[str, str]]:
        """Yield (uid, source) of all segments in reading order: enough to look for those that matter."""
        return self._reader.sources()

    def sources_by_document(self) -> Iterator[tuple[str, str, str]]:
        """Yield (uid, document uid, source) of all segments but boilerplate, in reading order."""
        return self._reader.sources_by_document()

    def sources_named(self, uids: Sequence[str]) -> dict[str, str]:
        """Return the sources of these segments by uid; those that are not there are left out."""
        return self._reader.sources_named(uids)

    def sources_version(self) -> tuple[object, ...]:
        """Return what changes whenever sources do, so that an index of them knows whether it is up to date."""
        return self._reader.sources_version()

    def segments_named(self, uids: Sequence[str]) -> list[Segment]:
        """Return the segments with these uids, in the order of the uids; those that are not there are left out."""
        return self._reader.segments_named(uids)

    def segment(self, uid: str) -> Segment:
        """Return the segment ``uid``; raise NotFoundError when there is none."""
        return self._reader.segment(uid)

    def set_target(
        self, uid: str, target: str, state: State, actor: str, expected_version: int | None = None
    ) -> Segment:
        """Write a human's text and the state it has reached.

        With ``expected_version`` raise ConflictError, writing nothing, when the segment has changed since. A segment
        that already stands so is returned as it is. A locked segment raises ConflictError.
        """
        with transaction(self._db, "project"):
            return self._editor.set_target(uid, target, state, actor, expected_version)

    def restore(self, uid: str, number: int, actor: str) -> Segment:
        """Bring back the translation that a segment had at ``number`` of its history; return it as it stands then.

        Where the source was another one, the translation is *edited* at most. Raise NotFoundError for an unknown
        number, ConflictError for a locked segment.
        """
        with transaction(self._db, "project"):
            return self._editor.restore(uid, number, actor)

    def add_drafts(self, drafts: Iterable[tuple[str, Draft]], actor: str) -> list[Segment]:
        """Store drafts by segment uid, in one transaction; return the segments that took theirs.

        A segment that a human has touched since, whose source is no longer the drafted one, or whose draft is what a
        human has confirmed for the same source, keeps what it has.
        """
        changes = []
        with transaction(self._db, "project"):
            for uid, draft in drafts:
                old = self._reader.segment(uid)
                if old.state > State.DRAFTED or draft.source_hash != source_hash(old.source):
                    continue
                if is_from_memory(old):
                    continue
                state = State.DRAFTED if draft.text else State.UNTRANSLATED
                changes.append((old, replace(old, draft=draft, state=state, version=old.version + 1)))
            self._writer.write(changes, Cause(actor, "draft"))
        return [new for _, new in changes]

    # Splitting and joining

    def split_segment(
        self,
        uid: str,
        cuts: Sequence[int],
        actor: str,
        *,
        target_cuts: Sequence[int] | None = None,
        expected_version: int | None = None,
    ) -> ChangeReport:
        """Cut a segment at offsets in its source, in one change of the journal; return the parts.

        White space at a cut stays with the part before it. ``target_cuts`` are as many offsets in the translation; None
        cuts it at the sentence ends that fit best. Raise CorpusError where it cannot be cut, ConflictError when the
        segment is locked or no longer has ``expected_version``.
        """
        with transaction(self._db, "project"):
            require_settled(self._db, [uid])
            return self._resegmenter.split(uid, cuts, target_cuts, actor, expected_version)

    def join_segments(self, uids: Sequence[str], actor: str) -> ChangeReport:
        """Make one segment of neighbors in a document, in one change of the journal; return it.

        Raise CorpusError for segments that are no neighbors, ConflictError for locked ones.
        """
        with transaction(self._db, "project"):
            require_settled(self._db, uids)
            return self._resegmenter.join(uids, actor)

    # Working together

    def merge(self, other: Path, actor: str, *, takes_strangers: bool = False, dry_run: bool = False) -> MergeReport:
        """Take in another copy of this project, which is only read; with ``dry_run`` only say what would come of it.

        What only one side has done since they were one is taken; where both have given a segment a translation, the
        later one stands and a conflict is filed. Merging again changes nothing. Raise ConflictError, changing nothing,
        for a project that has nothing in common with this one, unless ``takes_strangers``, that is of other languages,
        or is this very one; StoreError for a file that is no project or is damaged.
        """
        if other.exists() and other.samefile(self.path):
            raise ConflictError("A project cannot be merged with itself.", "Name another file.")
        with (
            opened_copy(other, application_id=PROJECT_APPLICATION_ID, migrations=migrations, what="project") as copy,
            suppress(_DryRunError),
            transaction(self._db, "project"),
        ):
            report = merge(self._db, copy, self._writer, actor, takes_strangers=takes_strangers)
            if dry_run:
                raise _DryRunError
        return report

    def conflicts(self) -> list[Conflict]:
        """Return the conflicts nobody has decided yet, the oldest first."""
        return open_conflicts(self._db)

    def settle_conflict(self, uid: str, actor: str, *, takes_offered: bool) -> None:
        """Decide a conflict: leave what stands, or take what was offered.

        Raise NotFoundError when there is none, ConflictError when what was offered cannot be taken.
        """
        with transaction(self._db, "project"):
            settle(self._db, self._reader, self._writer, uid, actor, takes_offered=takes_offered)

    # Changes of many segments

    def set_targets(self, changes: Sequence[TargetChange], actor: str, action: str = "bulk") -> ChangeReport:
        """Write translations, all in one transaction and as one change of the journal, called ``action`` there.

        What must not be overwritten is left as it stands and reported: a segment that has changed since its
        ``expected_version``, is locked or reviewed. A uid that is not there counts for nothing.
        """
        with transaction(self._db, "project"):
            return set_targets(self._reader, self._writer, changes, actor, action)

    def key_sources(self, limit: int) -> bool:
        """Make ready at most ``limit`` segments that are new for ``propagate``; return whether there may be more."""
        with transaction(self._db, "project"):
            return self._writer.key_sources(limit) == limit

    def propagate(self, uid: str, actor: str) -> ChangeReport:
        """Make the translation of a confirmed segment the draft of all that have the same source, as one change.

        The source may differ in what Arabic writers vary. Texts of humans and locked segments stay as they are. When
        many segments are new this takes some time, see ``key_sources``.
        """
        with transaction(self._db, "project"):
            return propagate(self._reader, self._writer, self._reader.segment(uid), actor)

    def undo_change(self, change_uid: str, actor: str) -> ChangeReport:
        """Take back a change; the undoing is a change itself, and can be taken back.

        A segment that no longer stands as the change has left it, or was locked since, is left and reported. Raise
        NotFoundError when there is no such change.
        """
        with transaction(self._db, "project"):
            return self._undoer.take_back(change_uid, Cause(actor, "undo"))

    def undo(self, actor: str) -> ChangeReport:
        """Take back the last change of ``actor`` that stands, imports left aside; see ``undo_change``.

        Raise NotFoundError when there is none.
        """
        with transaction(self._db, "project"):
            return self._undoer.undo_newest(actor)

    def redo(self, actor: str) -> ChangeReport:
        """Do again what ``actor`` has taken back last, as long as that person has done nothing new since.

        Raise NotFoundError when there is nothing.
        """
        with transaction(self._db, "project"):
            return self._undoer.redo_newest(actor)

    def newest_change(self, actor: str, action: str = "bulk") -> str:
        """Return the uid of the last change of many segments by ``actor`` that still stands; empty for none."""
        return self._reader.newest_change(actor, action)

    # The journal

    def journal(self, entity_uid: str | None = None) -> Iterator[JournalEntry]:
        """Yield the journal, oldest first, whole or of one document or segment."""
        return self._reader.journal(entity_uid)

    def history(self, uid: str) -> list[Moment]:
        """Return how a segment stood after each step, the oldest first; also one that was taken out.

        Raise NotFoundError when there never was such a segment.
        """
        history = moments(step for step in self._reader.journal(uid) if step.entity == "segment")
        if not history:
            self._reader.segment(uid)  # raises
        return history

    def unexplained(self) -> Iterator[Disagreement]:
        """Yield the documents and segments that do not stand as the journal tells; see ``Disagreement``."""
        return unexplained(self._db)

    # Numbers

    def work_steps(self, document_uid: str | None = None) -> Iterator[WorkStep]:
        """Yield what people did to segments, oldest first; with ``document_uid`` those of other documents have no row.

        What a program did by itself, such as importing and drafting, is left out.
        """
        return work_steps(self._db, document_uid)

    def measured_segments(self, document_uid: str | None = None) -> Iterator[MeasuredSegment]:
        """Yield segments in reading order, as far as they are measured, without keeping them all in memory."""
        return measured_segments(self._db, document_uid)

    # What the memory follows

    def journal_place(self, number: int | None = None) -> JournalPlace:
        """Return the place of the entry ``number`` of the journal, or of the last one; number 0 where it has none."""
        return self._reader.place(number)

    def touched(self, after: int, up_to: int) -> list[Touched]:
        """Return which confirmed segments the entries numbered ``after`` + 1 to ``up_to`` of the journal have changed.

        Confirmed now, or before the change.
        """
        return self._reader.touched(after, up_to)

    def problems(self) -> list[str]:
        """Return what SQLite finds wrong with the file; empty for a sound one."""
        found = [row["integrity_check"] for row in self._db.query("PRAGMA integrity_check")]
        found += [f"broken reference in {row['table']}" for row in self._db.query("PRAGMA foreign_key_check")]
        return [problem for problem in found if problem != "ok"]

    def inconsistencies(self) -> list[str]:
        """Return in what the documents, their segments and the journal do not agree; this reads all of them."""
        found = [f"The {one.entity} {one.uid} is not as the journal tells." for one in self.unexplained()]
        names = {document.uid: document.name for document in self.documents()}
        lost = self._reader.documents_out_of_order()
        return [*found, *(f"Segments of “{names.get(uid, uid)}” have no place in it." for uid in lost)]


def _open(path: Path, *, create: bool) -> OwnFile:
    return open_database(
        path, application_id=PROJECT_APPLICATION_ID, migrations=migrations, what="project", create=create
    )
