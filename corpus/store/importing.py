"""Documents come into a project: as new ones, or as newer versions of those that are there."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from sqlite_utils import Database

from corpus.errors import DocumentError
from corpus.model import Document, DocumentImport, Fate, ImportedDocument
from corpus.paragraphs import Block, arrange, blocks_of
from corpus.revision import Revision, compare
from corpus.store.reading import Reader
from corpus.store.rows import DOCUMENT_COLUMNS, changed, document_fields, without_uid
from corpus.store.writing import Cause, Writer
from corpus.uid import new_uid

_INSERT_DOCUMENT = f"""
    INSERT INTO documents ({DOCUMENT_COLUMNS})
    VALUES ({", ".join(f":{name}" for name in DOCUMENT_COLUMNS.split(", "))})
"""  # noqa: S608  (our own column names)


class Importer:
    """Stores imported documents, in the caller's transaction."""

    def __init__(self, db: Database, reader: Reader, writer: Writer) -> None:
        self._db = db
        self._reader = reader
        self._writer = writer

    def add(self, imported: ImportedDocument, actor: str) -> Document:
        """Store a document after those already there."""
        cause = Cause(actor, "import")
        document = Document(
            uid=new_uid(),
            position=self._reader.last_position() + 1,
            name=imported.name,
            format=imported.format,
            encoding=imported.encoding,
            sha256=imported.sha256,
            imported_at=self._writer.at(),
        )
        row = document_fields(document)
        self._db.execute(_INSERT_DOCUMENT, row)
        self._writer.record("document", [(document.uid, {}, without_uid(row))], cause)
        self._writer.insert(document.uid, enumerate(imported.segments, 1), cause)
        return document

    def add_or_update(self, imported: ImportedDocument, actor: str, *, update: bool | None) -> DocumentImport:
        """Store a document as a new one, or as the newer version of the one that has its name."""
        document = None if update is False else self._reader.document_named(imported.name)
        if document is None:
            fates = {**dict.fromkeys(Fate, 0), Fate.NEW: len(imported.segments)}
            return DocumentImport(self.add(imported, actor), fates)
        if document.sha256 == imported.sha256 and not update:
            kept = self._reader.count_segments(document.uid)
            return DocumentImport(document, {**dict.fromkeys(Fate, 0), Fate.KEPT: kept})
        blocks = self._blocks(document.uid)
        revision = _compared(blocks, imported)
        if update is None and not revision.is_familiar:
            raise DocumentError(
                f"There is already a document “{imported.name}”, and this one has next to nothing in common with it.",
                "`--update` puts it in its place, `--new` imports it beside the other. Nothing was changed.",
            )
        return self._update(document, imported, blocks, revision, actor)

    def revision(self, uid: str, imported: ImportedDocument) -> Revision:
        """Compare ``imported`` with the paragraphs of the document ``uid`` as it stands."""
        return _compared(self._blocks(uid), imported)

    def update(self, old: Document, imported: ImportedDocument, actor: str) -> DocumentImport:
        """Let ``imported`` take the place of a document, in one change of the journal."""
        blocks = self._blocks(old.uid)
        return self._update(old, imported, blocks, _compared(blocks, imported), actor)

    def _blocks(self, uid: str) -> list[Block]:
        return blocks_of(self._reader.segments(uid))

    def _update(
        self, old: Document, imported: ImportedDocument, blocks: Sequence[Block], revision: Revision, actor: str
    ) -> DocumentImport:
        cause = Cause(actor, "update", new_uid())
        document = replace(
            old,
            format=imported.format,
            encoding=imported.encoding,
            sha256=imported.sha256,
            imported_at=self._writer.at(),
        )
        before, after = changed(document_fields(old), document_fields(document))
        if after:
            self._db.table("documents").update(old.uid, after)
            self._writer.record("document", [(old.uid, before, after)], cause)
        arranged = arrange(blocks, revision)
        self._writer.rearrange(arranged.known, cause, removed=arranged.gone)
        self._writer.insert(old.uid, arranged.new, cause)
        return DocumentImport(document, arranged.counts())


def _compared(blocks: Sequence[Block], imported: ImportedDocument) -> Revision:
    return compare([paragraph for block in blocks for paragraph in block.paragraphs()], imported.segments)
