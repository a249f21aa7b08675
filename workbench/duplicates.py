"""The near-duplicates of a project's segments, with their documents and translations."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from corpus.duplicates.comparing import Relation
from corpus.duplicates.finding import ProjectDuplicates, all_duplicates, duplicates_of
from corpus.duplicates.index import SourceIndex
from corpus.model import Segment
from corpus.store import CorpusStore


@dataclass(frozen=True, slots=True)
class NearDuplicate:
    """A segment whose source is like that of another: ``relation`` says what that one is to it.

    ``likeness`` is in percent (``corpus.duplicates.comparing.Likeness``), ``document`` the name of its document; its
    translation is ``segment.text``.
    """

    segment: Segment
    document: str
    likeness: float
    relation: Relation


class Duplicates:
    """Finds near-duplicates in a project, by an index that keeps up with what is imported."""

    def __init__(self, store: CorpusStore) -> None:
        self._store = store
        self._index = SourceIndex()
        self._version: tuple[object, ...] = ()

    def take(self, index: SourceIndex) -> None:
        """Use an index that was made elsewhere; what has changed since is looked for at the next question."""
        self._index, self._version = index, ()

    def of(self, uid: str) -> list[NearDuplicate]:
        """Return the segments whose sources are like that of ``uid``, the likest first."""
        self._keep_up()
        found = {one.uid: one.likeness for one in duplicates_of(self._index, uid, self._store.sources_named)}
        segments = self._store.segments_named(list(found))
        names = {document.uid: document.name for document in self._store.documents()} if segments else {}
        return [
            NearDuplicate(segment, names[segment.document_uid], found[segment.uid].percent, found[segment.uid].relation)
            for segment in segments
        ]

    def all(self) -> ProjectDuplicates:
        """Return all groups and pairs of the project."""
        self._keep_up()
        return all_duplicates(self._index, self._store.sources_named)

    def _keep_up(self) -> None:
        version = self._store.sources_version()
        if version != self._version:
            self._index.synchronize(self._store.sources_by_document())
            self._version = version


def load_index(path: Path) -> SourceIndex:
    """Make the index of the project at ``path``, with a connection of its own: for a thread that nobody waits for."""
    store = CorpusStore.open(path)
    try:
        index = SourceIndex()
        index.synchronize(store.sources_by_document())
    finally:
        store.close()
    return index


def other_documents(found: Iterable[NearDuplicate], document_uid: str) -> list[str]:
    """Return the names of the documents but ``document_uid`` in which the same stands: “also in 3 documents”.

    Where it may only be told in other words is left out.
    """
    certain = [one for one in found if one.relation is not Relation.RETELLS]
    names = {one.segment.document_uid: one.document for one in certain if one.segment.document_uid != document_uid}
    return list(names.values())
