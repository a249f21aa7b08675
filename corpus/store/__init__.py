"""A project file: its documents and segments, and the journal that every change goes through.

With ``migrations.py`` the only place that knows SQL about documents and segments.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Self

from sqlite_utils import Database

from corpus.database import PROJECT_APPLICATION_ID, open_database, transaction
from corpus.errors import ConflictError
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
from corpus.revision import Revision
from corpus.store.changing import set_targets, undo_change
from corpus.store.importing import Importer
from corpus.store.propagating import is_from_memory, propagate
from corpus.store.reading import Reader
from corpus.store.writing import Cause, Writer
from corpus.uid import new_uid


class CorpusStore:
    """One project file, open for reading and writing on the thread that opened it."""

    def __init__(self, db: Database, now: Callable[[], datetime] = lambda: datetime.now(UTC)) -> None:
        self._db = db
        self._reader = Reader(db)
        self._writer = Writer(db, now)
        self._importer = Importer(db, self._reader, self._writer)

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

    def close(self) -> None:
        """Close the file; what was written is already safe."""
        self._db.close()

    def properties(self) -> dict[str, str]:
        """Return the project's own properties, such as its languages."""
        return {row["key"]: row["value"] for row in self._db.query("SELECT key, value FROM project")}

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

    def revision(self, uid: str, imported: ImportedDocument) -> Revision:
        """Compare ``imported`` with the document ``uid`` as it stands."""
        return self._importer.revision(uid, imported)

    def update_document(self, uid: str, imported: ImportedDocument, actor: str) -> DocumentImport:
        """Let ``imported`` take the place of the document ``uid``, in one change of the journal.

        Translations of unchanged and moved segments stay, those of changed ones go back to *edited* with a note
        (``corpus.revision``). Segments that are gone leave the document; the journal keeps them.
        """
        with transaction(self._db, "project"):
            old = self._reader.document(uid)
            return self._importer.update(old, imported, self._importer.revision(uid, imported), actor)

    def documents(self) -> list[Document]:
        """Return the documents in order of import."""
        return self._reader.documents()

    def document(self, name_or_uid: str) -> Document:
        """Return the document with this uid or, failing that, this name; the latest when a name occurs twice."""
        return self._reader.document(name_or_uid)

    # Segments

    def segments(self, document_uid: str | None = None, states: StateFilter | None = None) -> list[Segment]:
        """Return segments in reading order, all or those of one document or in some states."""
        return self._reader.segments(document_uid, states)

    def sources(self) -> Iterator[tuple[str, str]]:
        """Yield (uid, source) of all segments in reading order: enough to look for those that matter."""
        return self._reader.sources()

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
            old = self._reader.segment(uid)
            if expected_version is not None and old.version != expected_version:
                raise ConflictError(
                    "This segment was changed elsewhere while it was open here.",
                    "Compare the two texts and save again; your text has not been thrown away.",
                )
            if old.locked:
                raise ConflictError("This segment is locked.", "Unlock it before changing its translation.")
            if (old.target, old.state) == (target, state):
                return old
            new = replace(old, target=target, state=state, version=old.version + 1)
            action = "confirm" if state >= State.TRANSLATED else "edit"
            self._writer.write([(old, new)], Cause(actor, action))
        return new

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
        """Take back a change of many segments; the undoing is a change itself, and can be taken back.

        A segment that no longer stands as the change has left it, or was locked since, is left and reported. Raise
        NotFoundError when there is no such change.
        """
        with transaction(self._db, "project"):
            return undo_change(self._reader, self._writer, change_uid, actor)

    def newest_change(self, actor: str, action: str = "bulk") -> str:
        """Return the uid of the last change of many segments by ``actor`` that still stands; empty for none."""
        return self._reader.newest_change(actor, action)

    # The journal

    def journal(self, entity_uid: str | None = None) -> Iterator[JournalEntry]:
        """Yield the journal, oldest first, whole or of one document or segment."""
        return self._reader.journal(entity_uid)

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


def _open(path: Path, *, create: bool) -> Database:
    return open_database(
        path, application_id=PROJECT_APPLICATION_ID, migrations=migrations, what="project", create=create
    )
