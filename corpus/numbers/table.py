"""The numbers as files: one JSON document, or CSV with a line for each row and one for the whole."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass

from corpus.delimited import delimited_line
from corpus.model import DraftKind, State
from corpus.numbers.counts import Count
from corpus.numbers.effort import Effort, EffortMeter
from corpus.numbers.pace import Pauses
from corpus.numbers.report import KEYS, Grouping, Row
from corpus.visible import visible

Record = dict[str, object]

# What Excel, LibreOffice and Google Sheets take for the beginning of a formula (OWASP, "CSV Injection").
_RUNS = ("=", "+", "-", "@")


@dataclass(frozen=True, slots=True)
class Head:
    """What the numbers are of, and how they were measured."""

    project: str
    by: Grouping
    document: str | None
    pauses: Pauses
    meter: EffortMeter | None


def as_json(head: Head, rows: Iterable[Row]) -> str:
    """Return the numbers as one JSON document; ``rows`` are those of ``measure``."""
    *records, total = [record(head, row) for row in rows]
    document = {
        "project": head.project,
        "by": head.by.value,
        "document": head.document,
        "longest_pause_seconds": head.pauses.longest,
        "after_pause_seconds": head.pauses.worked(None),
        "metrics": head.meter.signatures() if head.meter else None,
        "rows": records,
        "total": total,
    }
    return json.dumps(document, ensure_ascii=False, indent=2) + "\n"


def as_csv(head: Head, rows: Iterable[Row]) -> Iterator[str]:
    """Yield the lines of a CSV file, RFC 4180; the whole comes last and is called “total”.

    Fields within fields are columns of both names: ``states_drafted_segments``.
    """
    keys = KEYS[head.by]
    for number, row in enumerate(rows):
        cells = dict(_flat(record(head, row)))
        if not row.key:
            cells = {**dict.fromkeys(keys, ""), keys[0]: "total"} | cells
        if not number:
            yield delimited_line(cells, ",")
        yield delimited_line(cells.values(), ",")


def record(head: Head, row: Row) -> Record:
    """Return a row as the object that stands in JSON."""
    keys = dict(zip(KEYS[head.by], row.key, strict=True)) if row.key else {}
    hours = row.words_per_hour
    return {
        **keys,
        **asdict(row.all_states()),
        "boilerplate_segments": row.boilerplate,
        "states": {state.label: asdict(row.states.get(state, Count())) for state in State},
        "seconds": round(row.seconds, 1),
        "confirmed_segments": row.confirmed.segments,
        "confirmed_source_words": row.confirmed.source_words,
        "words_per_hour": None if hours is None else round(hours, 1),
        "effort": {kind.value: _effort(head.meter, row.effort.get(kind, Effort())) for kind in DraftKind}
        if head.meter
        else None,
    }


def _effort(meter: EffortMeter, effort: Effort) -> Record:
    hter, chrf = meter.hter(effort), meter.chrf(effort)
    return {
        "segments": effort.segments,
        "unchanged": effort.unchanged,
        "too_long": effort.too_long,
        "edits": effort.edits,
        "words": effort.words,
        "hter": None if hter is None else round(hter, 2),
        "chrf": None if chrf is None else round(chrf, 2),
    }


def _flat(fields: Record, prefix: str = "") -> Iterator[tuple[str, str]]:
    for name, value in fields.items():
        if isinstance(value, dict):
            yield from _flat(value, f"{prefix}{name}_")
        elif not (name == "effort" and value is None):
            yield prefix + name, _cell(value)


def _cell(value: object) -> str:
    if isinstance(value, str):
        shown = visible(value)
        return f"'{shown}" if shown.startswith(_RUNS) else shown
    return "" if value is None else str(value)
