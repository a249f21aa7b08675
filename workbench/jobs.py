"""The threads behind the screen: one owns the project's database, one waits for the engine."""

from __future__ import annotations

import asyncio
import sqlite3
import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING, Generic, Protocol, TypeVar

from corpus.disk_errors import is_of_disk, told
from corpus.errors import TarjamaError
from workbench.draft_parts import DraftPart, parts_to_draft
from workbench.drafting import draft_in_groups
from workbench.session import Session

if TYPE_CHECKING:
    from corpus.model import Segment
    from workbench.engines.protocol import Engine
    from workbench.terminology import SourceTerms

T = TypeVar("T")


class Closable(Protocol):
    """What has the file ``path`` open."""

    @property
    def path(self) -> Path:
        """The file."""

    def close(self) -> None:
        """Close the file."""


OwnedT = TypeVar("OwnedT", bound=Closable)


class OwnerThread(Generic[OwnedT]):
    """The one thread that may touch what ``open_owned`` opens; everybody else asks it and waits without blocking."""

    def __init__(self, open_owned: Callable[[], OwnedT]) -> None:
        self._pool = ThreadPoolExecutor(1, thread_name_prefix="store")
        self._owned = self._pool.submit(open_owned)

    async def run(self, use_case: Callable[[OwnedT], T]) -> T:
        """Run ``use_case`` on the thread after all earlier ones and await its result."""
        return await asyncio.wrap_future(self.submit(use_case))

    def submit(self, use_case: Callable[[OwnedT], T]) -> Future[T]:
        """Queue ``use_case`` for the thread; its error, or the one of opening, is the future's.

        What the disk refuses, or a damaged file, is a StoreError.
        """
        return self._pool.submit(lambda: _told_in_words(use_case, self._owned.result()))

    def close(self) -> None:
        """Finish what is queued, close what is owned, end the thread."""
        if self._owned.exception() is None:
            self.submit(lambda owned: owned.close()).result()
        self._pool.shutdown()


def _told_in_words(use_case: Callable[[OwnedT], T], owned: OwnedT) -> T:
    try:
        return use_case(owned)
    except sqlite3.DatabaseError as error:
        if not is_of_disk(error):
            raise
        raise told(error, "file", owned.path) from error


class StoreThread(OwnerThread[Session]):
    """The thread that owns a project's session."""


async def in_background(work: Callable[[], T]) -> T:
    """Run ``work``, which nobody waits for when the program ends, in a thread of its own, and await its result."""
    result: Future[T] = Future()

    def run() -> None:
        try:
            result.set_result(work())
        except Exception as error:  # noqa: BLE001  (it is raised where the result is awaited)
            result.set_exception(error)

    threading.Thread(target=run, name="background", daemon=True).start()
    return await asyncio.wrap_future(result)


class DraftJob:
    """Draft what is missing, the given rows first, in a thread of its own.

    The callbacks are called from that thread. ``on_progress`` gets (done, total) segments; ``on_end`` gets None, or
    the TarjamaError or RuntimeError that stopped the job.
    """

    def __init__(
        self,
        store: StoreThread,
        engine: Engine,
        *,
        on_drafts: Callable[[list[Segment]], None],
        on_progress: Callable[[int, int], None],
        on_end: Callable[[BaseException | None], None],
    ) -> None:
        self._store = store
        self._engine = engine
        self._on_drafts = on_drafts
        self._on_progress = on_progress
        self._on_end = on_end
        self._cancelled = threading.Event()
        self._thread: threading.Thread | None = None

    def start(self, first: Sequence[str] = ()) -> None:
        """Begin; the segments with the uids in ``first`` come before the others."""
        self._thread = threading.Thread(target=self._run, args=(frozenset(first),), name="draft", daemon=True)
        self._thread.start()

    def cancel(self) -> None:
        """Ask the job to stop after the chunk at hand."""
        self._cancelled.set()

    def join(self) -> None:
        """Wait until the job has ended."""
        if self._thread is not None:
            self._thread.join()

    def _run(self, first: frozenset[str]) -> None:
        try:
            self._draft(first)
        except (TarjamaError, RuntimeError) as error:
            self._on_end(error)
        else:
            self._on_end(None)

    def _draft(self, first: frozenset[str]) -> None:
        parts = self._store.submit(lambda session: parts_to_draft(session, first)).result()
        done, total = 0, sum(part.undrafted for part in parts)
        for part in parts:
            wanted = self._wanted(part)
            wanted.sort(key=lambda segment: segment.uid not in first)
            total += len(wanted) - part.undrafted
            for stored, drafted in self._stored(wanted):
                done += drafted
                self._on_drafts(stored)
                self._on_progress(done, total)

    def _wanted(self, part: DraftPart) -> list[Segment]:
        """Return the segments of a part that want a draft, none once the job is cancelled."""
        identity = self._engine.identity
        wanted: list[Segment] = []
        for document in part.documents:
            if not self._cancelled.is_set():
                wanted += self._store.submit(
                    lambda session, document=document: session.drafts.to_draft(  # type: ignore[misc]
                        document, identity=identity, terms=session.drafts.term_keys(obeyed=session.drafts.obey_terms)
                    )
                ).result()
        return wanted

    def _stored(self, wanted: Sequence[Segment]) -> Iterator[tuple[list[Segment], int]]:
        """Draft segments; yield those that took theirs, and how many were drafted, as they are stored."""
        identity = self._engine.identity
        uses_terms = self._store.submit(lambda session: session.drafts.obey_terms).result()
        find_terms = self._terms_of if uses_terms else None
        for group in draft_in_groups(self._engine, wanted, self._cancelled.is_set, find_terms):
            stored = self._store.submit(
                lambda session, group=group: session.drafts.store(group, identity)  # type: ignore[misc]
            ).result()
            yield stored, len(group)

    def _terms_of(self, segments: Sequence[Segment]) -> list[SourceTerms]:
        return self._store.submit(lambda session: session.drafts.terms_of(segments)).result()
