"""The memory follows the journals of projects: whatever confirmed a segment, or took that back, comes to it.

The journal is the truth, the memory a copy of what it says that can be made again. So nothing has to be told to the
memory, and nothing is missed: not a change made by another program, nor one made while the memory could not be written.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from corpus.memory.model import Provenance, Unit
from corpus.memory.sentences import sentence_pairs
from corpus.memory.store import PART_SIGN, MemoryStore
from corpus.model import JournalPlace, Segment, State, Touched
from corpus.store import CorpusStore

_AT_ONCE = 10_000


@dataclass(frozen=True, slots=True)
class FollowedProject:
    """A project with what the memory has to know of it; ``languages`` are those of its sources and targets."""

    store: CorpusStore
    provenance: Provenance
    languages: tuple[str, str]


def place_to_follow_from(project: FollowedProject, memory: MemoryStore, otherwise: JournalPlace) -> JournalPlace:
    """Return up to where the memory has followed the journal; ``otherwise`` when it does not know this project.

    Nor does it know a copy that has gone another way since.
    """
    followed = memory.followed(project.provenance.uid)
    if followed is None or (followed.number and project.store.journal_place(followed.number) != followed):
        return otherwise
    return followed


def follow(project: FollowedProject, memory: MemoryStore, touched: Sequence[Touched], place: JournalPlace) -> int:
    """Bring into the memory what the ``touched`` segments, those of the journal up to ``place``, say now.

    Return how many units the memory has of them. Raise StoreError, changing nothing, when it cannot be written.
    """
    return memory.replace_segments(project.provenance, _current(project, touched), place)


def _current(project: FollowedProject, touched: Sequence[Touched]) -> Iterator[tuple[str, list[Unit]]]:
    names = {document.uid: document.name for document in project.store.documents()}
    todo = iter(touched)
    while part := list(islice(todo, _AT_ONCE)):
        by_uid = {one.uid: one for one in part}
        stands = {segment.uid: segment for segment in project.store.segments_named(list(by_uid))}
        for uid, one in by_uid.items():
            segment = stands.get(uid)
            yield uid, list(_units(project, segment, one, names[segment.document_uid])) if segment else []


def _units(project: FollowedProject, segment: Segment, touched: Touched, document: str) -> Iterator[Unit]:
    """Yield what the memory keeps of a segment: nothing of one that is not confirmed."""
    if segment.state < State.TRANSLATED or segment.rejected or not segment.target.strip():
        return
    pairs = [(segment.source, segment.target), *sentence_pairs(segment.source, segment.target, project.languages)]
    for number, (source, target) in enumerate(pairs):
        yield Unit(
            source,
            target,
            *project.languages,
            project.provenance,
            uid=f"{segment.uid}{PART_SIGN}{number}" if number else segment.uid,
            author=touched.actor,
            changed_at=touched.at,
            document=document,
        )
