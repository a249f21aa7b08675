"""What was done in a project, in numbers."""

from __future__ import annotations

from collections.abc import Iterator

from corpus.numbers.effort import EffortMeter
from corpus.numbers.pace import Pauses
from corpus.numbers.report import Grouping, Row, measure
from corpus.numbers.table import Head
from corpus.store import CorpusStore


def measure_project(
    store: CorpusStore, name: str, by: Grouping, *, document: str | None, longest_pause: float, effort: bool
) -> tuple[Head, Iterator[Row]]:
    """Return what the numbers of the project ``name`` are of, and their rows, that of the whole last.

    Time between two changes counts up to ``longest_pause`` seconds. With ``effort`` drafts are compared with what
    became of them, which takes up to a second for a long paragraph. Read the rows before the store is closed.
    """
    of_document = None if document is None else store.document(document)
    head = Head(
        project=name,
        by=by,
        document=of_document.name if of_document else None,
        pauses=Pauses(longest_pause),
        meter=EffortMeter() if effort else None,
    )
    uid = of_document.uid if of_document else None
    return head, measure(store, by, document_uid=uid, pauses=head.pauses, meter=head.meter)
