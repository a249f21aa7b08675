"""A project file: its documents and segments, and the journal that every change goes through.

With ``migrations.py`` the only place that knows SQL about documents and segments.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Self

from sqlite_utils import Database

from corpus.database import PROJECT_APPLICATION_ID, open_database, transaction
from corpus.draft_record import dump_draft, load_draft
from corpus.errors import ConflictError, DocumentError, NotFoundError
from corpus.grouped import ChangeReport, LeftSegment, TargetChange, obstacle_to, obstacle_to_undoing
from corpus.journal import journal_entry, journal_row, timestamp
from corpus.keys import source_hash
from corpus.migrations import migrations
from corpus.model import (
    Document,
    DocumentImport,
    Draft,
    Fate,
    ImportedDocument,
    ImportedSegment,
    JournalEntry,
    Segment,
    SegmentKind,
    State,
    StateFilter,
)
from corpus.revision import Revision, compare, revised
from corpus.uid import new_uid

Fields = dict[str, object]

_SEGMENT_COLUMNS = (
    "uid, document_uid, position, kind, source, target, state, draft, locked, rejected, note, version, place"
)
_NEWEST_CHANGE = """
    SELECT change FROM journal AS step WHERE actor = ? AND action = ? AND change != ''
    AND NOT EXISTS (SELECT 1 FROM journal AS undoing WHERE undoing.undoes = step.change AND undoing.undoes != '')
    ORDER BY number DESC LIMIT 1
"""
# SQLite takes so many parameters in every build of the last ten years.
_PARAMETERS = 900
_READING_ORDER = """
    SELECT {columns} FROM segments
    JOIN (SELECT uid AS of_document, position AS document_position FROM documents) ON document_uid = of_document
    {where} ORDER BY document_position, position
"""

_INSERT_SEGMENT = """
    INSERT INTO segments (uid, document_uid, position, kind, source, target, state, note, place)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
"""
_UPDATE_SEGMENT = f"""
    UPDATE segments SET {", ".join(f"{name} = ?" for name in _SEGMENT_COLUMNS.split(", ")[1:])} WHERE uid = ?
"""  # noqa: S608  (our own column names)
_RECORD_INSERTED = f"""
    INSERT INTO journal (at, actor, action, "change", entity, entity_uid, before, after)
    SELECT ?, ?, ?, ?, 'segment', uid, '{{}}',
        json_object({", ".join(f"'{name}', {name}" for name in _SEGMENT_COLUMNS.split(", ") if name != "uid")})
    FROM segments WHERE rowid > ? ORDER BY rowid
"""  # noqa: S608  (our own column names)


class CorpusStore:
    """One project file, open for reading and writing on the thread that opened it."""

    def __init__(self, db: Database, now: Callable[[], datetime] = lambda: datetime.now(UTC)) -> None:
        self._db = db
        self._now = now

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

    # Documents

    def add_document(self, imported: ImportedDocument, actor: str) -> Document:
        """Store ``imported`` after the documents already there, whole or not at all."""
        with transaction(self._db, "project"):
            document = Document(
                uid=new_uid(),
                position=self._scalar("SELECT coalesce(max(position), 0) + 1 FROM documents"),
                name=imported.name,
                format=imported.format,
                encoding=imported.encoding,
                sha256=imported.sha256,
                imported_at=timestamp(self._now()),
            )
            row = _document_fields(document)
            self._db.table("documents").insert(row)
            self._record(actor, "import", "document", [(document.uid, {}, _without_uid(row))])
            self._insert(document.uid, enumerate(imported.segments, 1), actor, "import")
        return document

    def import_document(self, imported: ImportedDocument, actor: str, *, update: bool | None = None) -> DocumentImport:
        """Store ``imported`` as a new document, or as the newer version of the one that has its name.

        ``update`` says which; None means the newer version when the two have enough in common, and raises DocumentError
        when they have not. The same file again changes nothing.
        """
        known = [] if update is False else [d for d in self.documents() if d.name == imported.name]
        if not known:
            fates = {**dict.fromkeys(Fate, 0), Fate.NEW: len(imported.segments)}
            return DocumentImport(self.add_document(imported, actor), fates)
        document = known[-1]
        if document.sha256 == imported.sha256 and not update:
            return DocumentImport(document, {**dict.fromkeys(Fate, 0), Fate.KEPT: len(self.segments(document.uid))})
        if update is None and not self.revision(document.uid, imported).is_familiar:
            raise DocumentError(
                f"There is already a document “{imported.name}”, and this one has next to nothing in common with it.",
                "`--update` puts it in its place, `--new` imports it beside the other. Nothing was changed.",
            )
        return self.update_document(document.uid, imported, actor)

    def revision(self, uid: str, imported: ImportedDocument) -> Revision:
        """Compare ``imported`` with the document ``uid`` as it stands."""
        return compare(self.segments(uid), imported.segments)

    def update_document(self, uid: str, imported: ImportedDocument, actor: str) -> DocumentImport:
        """Let ``imported`` take the place of the document ``uid``, in one change of the journal.

        Translations of unchanged and moved segments stay, those of changed ones go back to *edited* with a note
        (``corpus.revision``). Segments that are gone leave the document; the journal keeps them.
        """
        change = new_uid()
        with transaction(self._db, "project"):
            old = self.document(uid)
            revision = self.revision(uid, imported)
            document = replace(
                old,
                format=imported.format,
                encoding=imported.encoding,
                sha256=imported.sha256,
                imported_at=timestamp(self._now()),
            )
            before, after = _changed(_document_fields(old), _document_fields(document))
            self._db.table("documents").update(uid, after)
            self._record(actor, "update", "document", [(uid, before, after)], change)
            self._remove(revision.gone, actor, "update", change)
            # Positions are unique in a document, so all make room before any takes its new one.
            self._db.execute("UPDATE segments SET position = -position WHERE document_uid = ?", [uid])
            placed = list(enumerate(revision.matches, 1))
            known = [
                (match.old, revised(match.old, match.new, position))
                for position, match in placed
                if match.old is not None
            ]
            new = [(position, match.new) for position, match in placed if match.old is None]
            self._write(known, actor, "update", change)
            self._insert(uid, new, actor, "update", change)
            self._db.execute("UPDATE segments SET position = -position WHERE document_uid = ? AND position < 0", [uid])
        return DocumentImport(document, revision.counts())

    def documents(self) -> list[Document]:
        """Return the documents in order of import."""
        rows = self._db.query(
            "SELECT uid, position, name, format, encoding, sha256, imported_at FROM documents ORDER BY position"
        )
        return [Document(**row) for row in rows]

    def document(self, name_or_uid: str) -> Document:
        """Return the document with this uid or, failing that, this name; the latest when a name occurs twice."""
        documents = self.documents()
        for document in (
            *(d for d in documents if d.uid == name_or_uid),
            *(d for d in reversed(documents) if d.name == name_or_uid),
        ):
            return document
        known = ", ".join(document.name for document in documents) or "none yet"
        raise NotFoundError(f"There is no document “{name_or_uid}” in this project.", f"Its documents: {known}.")

    # Segments

    def segments(self, document_uid: str | None = None, states: StateFilter | None = None) -> list[Segment]:
        """Return segments in reading order, all or those of one document or in some states."""
        where, values = "", []
        if document_uid is not None:
            where, values = "WHERE document_uid = ?", [document_uid]
        query = _READING_ORDER.format(columns=_SEGMENT_COLUMNS, where=where)
        segments = (_segment(row) for row in self._db.query(query, values))
        return [segment for segment in segments if states is None or states.admits(segment.state)]

    def sources(self) -> Iterator[tuple[str, str]]:
        """Yield (uid, source) of all segments in reading order: enough to look for those that matter."""
        yield from self._db.execute(_READING_ORDER.format(columns="uid, source", where=""))

    def segments_named(self, uids: Sequence[str]) -> list[Segment]:
        """Return the segments with these uids, in the order of the uids; those that are not there are left out."""
        found: dict[str, Segment] = {}
        for start in range(0, len(uids), _PARAMETERS):
            some = uids[start : start + _PARAMETERS]
            places = ", ".join("?" * len(some))
            query = f"SELECT {_SEGMENT_COLUMNS} FROM segments WHERE uid IN ({places})"  # noqa: S608  (our own names)
            found.update((row["uid"], _segment(row)) for row in self._db.query(query, list(some)))
        return [found[uid] for uid in uids if uid in found]

    def segment(self, uid: str) -> Segment:
        """Return the segment ``uid``; raise NotFoundError when there is none."""
        query = f"SELECT {_SEGMENT_COLUMNS} FROM segments WHERE uid = ?"  # noqa: S608  (our own column names)
        for row in self._db.query(query, [uid]):
            return _segment(row)
        raise NotFoundError(f"There is no segment “{uid}” in this project.", "`tarjama segments` lists the uids.")

    def set_target(
        self, uid: str, target: str, state: State, actor: str, expected_version: int | None = None
    ) -> Segment:
        """Write a human's text and the state it has reached.

        With ``expected_version`` raise ConflictError, writing nothing, when the segment has changed since. A segment
        that already stands so is returned as it is. A locked segment raises ConflictError.
        """
        with transaction(self._db, "project"):
            old = self.segment(uid)
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
            self._write([(old, new)], actor, "confirm" if state >= State.TRANSLATED else "edit")
        return new

    def add_drafts(self, drafts: Iterable[tuple[str, Draft]], actor: str) -> list[Segment]:
        """Store drafts by segment uid, in one transaction; return the segments that took theirs.

        A segment that a human has touched since, or whose source is no longer the drafted one, keeps what it has.
        """
        changes = []
        with transaction(self._db, "project"):
            for uid, draft in drafts:
                old = self.segment(uid)
                if old.state > State.DRAFTED or draft.source_hash != source_hash(old.source):
                    continue
                state = State.DRAFTED if draft.text else State.UNTRANSLATED
                changes.append((old, replace(old, draft=draft, state=state, version=old.version + 1)))
            self._write(changes, actor, "draft")
        return [new for _, new in changes]

    # Changes of many segments

    def set_targets(self, changes: Sequence[TargetChange], actor: str, action: str = "bulk") -> ChangeReport:
        """Write translations, all in one transaction and as one change of the journal, called ``action`` there.

        What must not be overwritten is left as it stands and reported: a segment that has changed since its
        ``expected_version``, is locked or reviewed. A uid that is not there counts for nothing.
        """
        with transaction(self._db, "project"):
            stands = {segment.uid: segment for segment in self.segments_named([change.uid for change in changes])}
            pairs, left = [], []
            for change in changes:
                if (old := stands.get(change.uid)) is None:
                    continue
                if obstacle := obstacle_to(change, old):
                    left.append(LeftSegment(old, obstacle))
                else:
                    new = replace(old, target=change.target, state=change.state, version=old.version + 1)
                    pairs.append((old, new))
            return self._write_as_one(pairs, left, actor, action)

    def undo_change(self, change_uid: str, actor: str) -> ChangeReport:
        """Take back a change of many segments; the undoing is a change itself, and can be taken back.

        A segment that no longer stands as the change has left it, or was locked since, is left and reported. Raise
        NotFoundError when there is no such change.
        """
        with transaction(self._db, "project"):
            steps = [journal_entry(row) for row in self._db.query(*_steps_of(change_uid))]
            if not steps or not change_uid:
                raise NotFoundError(f"There is no change “{change_uid}” in this project.", "Check its uid.")
            if any(not (step.before and step.after) or step.entity != "segment" for step in steps):
                raise ConflictError("An import cannot be taken back.", "Import the former file again.")
            stands = {segment.uid: segment for segment in self.segments_named([step.entity_uid for step in steps])}
            pairs, left = [], []
            for step in steps:
                old = stands[step.entity_uid]
                fields = _segment_fields(old)
                if obstacle := obstacle_to_undoing(step, old, fields):
                    left.append(LeftSegment(old, obstacle))
                else:
                    restored = {**fields, **step.before, "uid": old.uid, "version": old.version + 1}
                    pairs.append((old, _segment(restored)))
            return self._write_as_one(pairs, left, actor, "undo", undoes=change_uid)

    def newest_change(self, actor: str, action: str = "bulk") -> str:
        """Return the uid of the last change of many segments by ``actor`` that still stands; empty for none."""
        for (uid,) in self._db.execute(_NEWEST_CHANGE, [actor, action]):
            return str(uid)
        return ""

    def _write_as_one(
        self,
        pairs: Sequence[tuple[Segment, Segment]],
        left: Sequence[LeftSegment],
        actor: str,
        action: str,
        undoes: str = "",
    ) -> ChangeReport:
        change_uid = new_uid() if pairs else ""
        self._write(pairs, actor, action, change_uid, undoes)
        return ChangeReport(change_uid, tuple(new for _, new in pairs), tuple(left))

    # The journal

    def journal(self, entity_uid: str | None = None) -> Iterator[JournalEntry]:
        """Yield the journal, oldest first, whole or of one document or segment."""
        where, values = ("", []) if entity_uid is None else ("WHERE entity_uid = ?", [entity_uid])
        query = f"SELECT * FROM journal {where} ORDER BY number"  # noqa: S608  (where is one of two constants)
        for row in self._db.query(query, values):
            yield journal_entry(row)

    def problems(self) -> list[str]:
        """Return what SQLite finds wrong with the file; empty for a sound one."""
        found = [row["integrity_check"] for row in self._db.query("PRAGMA integrity_check")]
        found += [f"broken reference in {row['table']}" for row in self._db.query("PRAGMA foreign_key_check")]
        return [problem for problem in found if problem != "ok"]

    def _write(
        self, changes: Sequence[tuple[Segment, Segment]], actor: str, action: str, change: str = "", undoes: str = ""
    ) -> None:
        entries = []
        for old, new in changes:
            before, after = _changed(_segment_fields(old), _segment_fields(new))
            if after:
                entries.append((new, before, after))
        rows = ((*_segment_values(new)[1:], new.uid) for new, _, _ in entries)
        self._db.conn.executemany(_UPDATE_SEGMENT, rows)
        self._record(
            actor, action, "segment", ((new.uid, before, after) for new, before, after in entries), change, undoes
        )

    def _insert(
        self,
        document_uid: str,
        placed: Iterable[tuple[int, ImportedSegment]],
        actor: str,
        action: str,
        change: str = "",
    ) -> None:
        """Insert new segments at their positions; SQLite itself writes their entries, as there may be thousands."""
        last = self._scalar("SELECT coalesce(max(rowid), 0) FROM segments")
        rows = (
            (
                new_uid(),
                document_uid,
                position,
                new.kind.value,
                new.source,
                new.target,
                int(new.state),
                new.note,
                new.place,
            )
            for position, new in placed
        )
        self._db.conn.executemany(_INSERT_SEGMENT, rows)
        self._db.execute(_RECORD_INSERTED, [timestamp(self._now()), actor, action, change, last])

    def _remove(self, segments: Sequence[Segment], actor: str, action: str, change: str) -> None:
        self._db.conn.executemany("DELETE FROM segments WHERE uid = ?", ([segment.uid] for segment in segments))
        entries = ((segment.uid, _segment_fields(segment), Fields()) for segment in segments)
        self._record(actor, action, "segment", entries, change)

    def _record(
        self,
        actor: str,
        action: str,
        entity: str,
        entries: Iterable[tuple[str, Fields, Fields]],
        change: str = "",
        undoes: str = "",
    ) -> None:
        at = timestamp(self._now())
        self._db.table("journal").insert_all(
            journal_row(at, actor, action, entity, uid, before=before, after=after, change=change, undoes=undoes)
            for uid, before, after in entries
        )

    def _scalar(self, query: str) -> int:
        value: int = self._db.execute(query).fetchone()[0]
        return value


def _open(path: Path, *, create: bool) -> Database:
    return open_database(
        path, application_id=PROJECT_APPLICATION_ID, migrations=migrations, what="project", create=create
    )


def _steps_of(change_uid: str) -> tuple[str, list[str]]:
    return "SELECT * FROM journal WHERE change = ? AND change != '' AND entity = 'segment' ORDER BY number", [
        change_uid
    ]


def _document_fields(document: Document) -> Fields:
    return {name: getattr(document, name) for name in Document.__dataclass_fields__}


def _segment(row: dict[str, Any]) -> Segment:
    return Segment(
        uid=row["uid"],
        document_uid=row["document_uid"],
        position=row["position"],
        kind=SegmentKind(row["kind"]),
        source=row["source"],
        target=row["target"],
        state=State(row["state"]),
        draft=load_draft(row["draft"]),
        locked=bool(row["locked"]),
        rejected=bool(row["rejected"]),
        note=row["note"],
        version=row["version"],
        place=row["place"],
    )


def _segment_fields(segment: Segment) -> Fields:
    return dict(zip(_SEGMENT_COLUMNS.split(", ")[1:], _segment_values(segment)[1:], strict=True))


def _segment_values(segment: Segment) -> tuple[object, ...]:
    """Return the row of ``segment`` in the order of ``_SEGMENT_COLUMNS``."""
    return (
        segment.uid,
        segment.document_uid,
        segment.position,
        segment.kind.value,
        segment.source,
        segment.target,
        int(segment.state),
        dump_draft(segment.draft) if segment.draft else None,
        int(segment.locked),
        int(segment.rejected),
        segment.note,
        segment.version,
        segment.place,
    )


def _changed(before: Fields, after: Fields) -> tuple[Fields, Fields]:
    """Return the fields that differ, as they were and as they are."""
    changed = {name: value for name, value in after.items() if value != before[name]}
    return {name: before[name] for name in changed}, changed


def _without_uid(fields: Mapping[str, object]) -> Fields:
    return {name: value for name, value in fields.items() if name != "uid"}
