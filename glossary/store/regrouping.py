"""What becomes of concepts that two glossaries have changed separately: removed by one, joined by one, added to.

Pure and symmetric, as ``deciding.py`` is for a single row.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from corpus.model import JournalEntry
from glossary.store.changing import MERGE
from glossary.store.deciding import Clash, Trace, decide, removal_clash, touches
from glossary.store.rows import Fields

Key = tuple[str, str]
"""The entity and the uid of a row."""

Traces = Mapping[Key, tuple[Trace, Trace]]


@dataclass(slots=True)
class Regrouped:
    """What becomes of rows, None for nothing, and what somebody has to look at."""

    rows: dict[Key, Fields | None] = field(default_factory=dict)
    clashes: list[Clash] = field(default_factory=list)


def regroup(traces: Traces) -> Regrouped:
    """Decide rows that hang together, each with its trace on both sides.

    A concept that one side has removed is kept, with its terms, when the other has changed something of it. To one that
    a side has joined with another goes what the other side has added to it.
    """
    joined = _joined(traces)
    result = Regrouped()
    for key, (mine, theirs) in traces.items():
        for gone, there in ((mine, theirs), (theirs, mine)):
            if key[0] == "concept" and gone.removal and there.row is not None:
                _decide_concept(result, traces, joined, key[1], gone.removal, there is theirs)
    for key, (mine, theirs) in traces.items():
        if key not in result.rows:
            decision = decide(*key, mine, theirs)
            result.rows[key] = decision.row and {**decision.row}
            result.clashes += decision.clashes
    for row in filter(None, result.rows.values()):
        if row.get("concept_uid") in joined:
            row["concept_uid"] = _end(joined, str(row["concept_uid"]))
    return result


def _decide_concept(
    result: Regrouped, traces: Traces, joined: Mapping[str, str], uid: str, removal: JournalEntry, there_is_theirs: bool
) -> None:
    """Decide a concept that one side has removed and the other has, and the rows of it that are gone with it."""
    key = ("concept", uid)
    there = {other: pair[there_is_theirs] for other, pair in traces.items()}
    own = touches("concept", there[key])
    if uid in joined:
        result.rows[key] = None
        row = there[key].row or {}
        result.clashes += [
            Clash("concept", _end(joined, uid), name, str(touch.base), str(row[name]), touch.actor, touch.at)
            for name, touch in own.items()
        ]
        return
    rows = {other: trace for other, trace in there.items() if trace.row and trace.concept_uid(other[1]) == uid}
    if not any(touches(entity, trace) for (entity, _), trace in rows.items() if entity != "conflict"):
        return
    gone = {other for other, pair in traces.items() if pair[not there_is_theirs].row is None}
    result.rows |= {other: dict(trace.row or {}) for other, trace in rows.items() if other in gone}
    result.clashes.append(removal_clash("concept", uid, removal))


def _joined(traces: Traces) -> dict[str, str]:
    """Return the concepts that a side has joined with another: its terms were moved and it is gone."""
    ends: dict[str, tuple[str, str]] = {}
    for mine_or_theirs in (0, 1):
        for step in _moves(traces, mine_or_theirs):
            left, reached = str(step.before["concept_uid"]), str(step.after["concept_uid"])
            concept = traces.get(("concept", left))
            if concept and concept[mine_or_theirs].removal:
                ends[left] = max(ends.get(left, ("", "")), (step.at, reached))
    joined = {left: reached for left, (_, reached) in ends.items()}
    for uid in sorted(joined):
        if _is_in_circle(joined, uid):  # one side has joined them this way, the other that way
            del joined[uid]
    return joined


def _moves(traces: Traces, side: int) -> Iterator[JournalEntry]:
    for (entity, _), pair in traces.items():
        if entity == "term":
            for step in pair[side].steps:
                left, reached = step.before.get("concept_uid"), step.after.get("concept_uid")
                if left and reached and left != reached and step.action != MERGE:
                    yield step


def _is_in_circle(joined: Mapping[str, str], uid: str) -> bool:
    seen = {uid}
    at = joined[uid]
    while at in joined and at not in seen:
        seen.add(at)
        at = joined[at]
    return at == uid


def _end(joined: Mapping[str, str], uid: str) -> str:
    while uid in joined:
        uid = joined[uid]
    return uid
