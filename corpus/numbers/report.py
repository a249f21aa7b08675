"""Put the numbers of a project together, by document, segment, author or day, in one pass over journal and segments.

What is kept of a segment meanwhile are three numbers, so that a project may be large.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, tzinfo
from enum import StrEnum
from itertools import groupby
from typing import TYPE_CHECKING

from corpus.model import DraftKind, SegmentKind, State
from corpus.numbers.counts import Count, count_of
from corpus.numbers.effort import Effort, EffortMeter
from corpus.numbers.pace import Pauses, worked

if TYPE_CHECKING:
    from corpus.store import CorpusStore
    from corpus.store.measuring import MeasuredSegment


_MINUTE = len("2026-05-01T09:00")


class Grouping(StrEnum):
    """What each row of the numbers is about."""

    DOCUMENT = "document"
    SEGMENT = "segment"
    AUTHOR = "author"
    DAY = "day"


KEYS: dict[Grouping, tuple[str, ...]] = {
    Grouping.DOCUMENT: ("document",),
    Grouping.SEGMENT: ("document", "order", "uid", "state"),
    Grouping.AUTHOR: ("author",),
    Grouping.DAY: ("day",),
}
"""The names of what tells rows apart."""


@dataclass(slots=True)
class Row:
    """The numbers of a document, a segment, an author or a day; ``key`` is empty in that of the whole.

    ``boilerplate`` are the segments around a text that nobody needs to translate, and nobody has: they are in no other
    number. ``confirmed`` are the segments that people have confirmed here, each counted once; ``seconds`` is the time
    worked (``corpus.numbers.pace``).
    """

    key: tuple[str | int, ...] = ()
    states: dict[State, Count] = field(default_factory=dict)
    boilerplate: int = 0
    confirmed: Count = field(default_factory=Count)
    seconds: float = 0.0
    effort: dict[DraftKind, Effort] = field(default_factory=dict)

    def all_states(self) -> Count:
        """Return the count of all states together."""
        total = Count()
        for count in self.states.values():
            total.add(count)
        return total

    @property
    def words_per_hour(self) -> float | None:
        """Source words confirmed for each hour worked; None where nobody has worked."""
        return self.confirmed.source_words * 3600 / self.seconds if self.seconds else None


@dataclass(slots=True)
class _Work:
    """What the journal says: seconds by segment, author and day; who confirmed each segment first, and on which day."""

    by_author: dict[str, float] = field(default_factory=dict)
    by_day: dict[date, float] = field(default_factory=dict)
    authors: list[str] = field(default_factory=list)
    seconds: array[float] = field(default_factory=lambda: array("d"))
    author: array[int] = field(default_factory=lambda: array("i"))  # a place in authors from 1; 0 for nobody
    day: array[int] = field(default_factory=lambda: array("i"))
    elsewhere: float = 0.0

    def of(self, row: int) -> tuple[float, str | None, date | None]:
        """Return the seconds on a segment, and who has confirmed it when."""
        if row >= len(self.seconds):
            return 0.0, None, None
        author = self.author[row]
        if not author:
            return self.seconds[row], None, None
        return self.seconds[row], self.authors[author - 1], date.fromordinal(self.day[row])


def measure(
    store: CorpusStore,
    by: Grouping,
    *,
    document_uid: str | None = None,
    pauses: Pauses,
    meter: EffortMeter | None,
    zone: tzinfo | None = None,
) -> Iterator[Row]:
    """Yield the rows and, last, that of the whole; effort is measured when there is a ``meter``.

    Days are those of the time zone ``zone``, by default the computer's.
    """
    work = _work(store, document_uid, pauses, zone)
    total = Row()
    groups: dict[str, Row] = {}
    if by is Grouping.AUTHOR:
        groups = {author: Row((author,), seconds=seconds) for author, seconds in sorted(work.by_author.items())}
    elif by is Grouping.DAY:
        days = ((day.isoformat(), seconds) for day, seconds in sorted(work.by_day.items()))
        groups = {day: Row((day,), seconds=seconds) for day, seconds in days}
    for _, segments in groupby(store.measured_segments(document_uid), lambda segment: segment.document_uid):
        document = Row()
        for segment in segments:
            one, author, day = _row_of(segment, work, meter)
            document.key = (segment.document,)
            _add(document, one)
            if by is Grouping.SEGMENT:
                yield one
            elif groups and author is not None and day is not None:
                _add(groups[author if by is Grouping.AUTHOR else day.isoformat()], one, time=False)
        _add(total, document)
        if by is Grouping.DOCUMENT:
            yield document
    yield from groups.values()
    total.seconds += work.elsewhere
    yield total


def _row_of(segment: MeasuredSegment, work: _Work, meter: EffortMeter | None) -> tuple[Row, str | None, date | None]:
    seconds, author, day = work.of(segment.row)
    row = Row((segment.document, segment.position, segment.uid, segment.state.label), seconds=seconds)
    if segment.kind is SegmentKind.BOILERPLATE and segment.state is State.UNTRANSLATED:
        row.boilerplate = 1
        return row, author, day
    count = count_of(segment.source, segment.target)
    row.states[segment.state] = count
    if author is not None:
        row.confirmed.add(count)
    if meter is not None and segment.draft and segment.draft_kind and segment.target:
        row.effort[segment.draft_kind] = meter.measure(segment.draft, segment.target)
    return row, author, day


def _add(group: Row, one: Row, *, time: bool = True) -> None:
    for state, count in one.states.items():
        group.states.setdefault(state, Count()).add(count)
    group.boilerplate += one.boilerplate
    group.confirmed.add(one.confirmed)
    if time:
        group.seconds += one.seconds
    for kind, effort in one.effort.items():
        group.effort.setdefault(kind, Effort()).add(effort)


def _work(store: CorpusStore, document_uid: str | None, pauses: Pauses, zone: tzinfo | None) -> _Work:
    work = _Work()
    places: dict[str, int] = {}
    minute, day = "", date.min  # asked for anew each minute: a time zone takes longer than all else
    for done in worked(store.work_steps(document_uid), pauses):
        row, actor = done.step.row, done.step.actor
        if not row and document_uid is not None:
            continue  # the time was spent in another document
        if done.step.at[:_MINUTE] != minute:
            minute, day = done.step.at[:_MINUTE], done.at.astimezone(zone).date()
        work.by_author[actor] = work.by_author.get(actor, 0.0) + done.seconds
        work.by_day[day] = work.by_day.get(day, 0.0) + done.seconds
        if not row:
            work.elsewhere += done.seconds
            continue
        missing = row + 1 - len(work.seconds)
        if missing > 0:
            for numbers in (work.seconds, work.author, work.day):
                numbers.frombytes(bytes(missing * numbers.itemsize))
        work.seconds[row] += done.seconds
        if done.step.confirms and not work.author[row]:
            work.author[row] = places.setdefault(actor, len(places) + 1)
            work.day[row] = day.toordinal()
    work.authors = list(places)
    return work
