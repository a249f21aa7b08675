"""How long a changed term takes in a large project: ``uv run python tests/benchmarks/term_impact.py``.

100,000 segments of news, prose and software with their translations, from ../shared/train. Beside it, in the same run,
what it would take to read and analyze every one of them.
"""

from __future__ import annotations

import gzip
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from corpus.grouped import TargetChange
from corpus.model import ImportedDocument, ImportedSegment, State
from corpus.store import CorpusStore
from glossary.matcher import Matcher, _readings
from glossary.model import TermEntry, TermStatus
from workbench.impact import ChangedTerm, impact_of

SHARED = Path(__file__).parents[3] / "shared"
TERMS = (
    ("مدينة", "town", "city"),
    ("حرب", "warfare", "war"),
    ("الباغوز", "Baghouz", "Baghuz"),
    ("ملف", "record", "file"),
)
T = TypeVar("T")


def pairs(count: int) -> list[tuple[str, str]]:
    found = []
    for path in sorted((SHARED / "train").glob("[ABCS]_*.tsv.gz")):
        with gzip.open(path, "rt", encoding="utf-8") as file:
            found += [(line.split("\t")[0], line.split("\t")[1]) for line in file if len(line) > 80]
    return (found * (count // len(found) + 1))[:count]


def seconds(what: str, work: Callable[[], T]) -> T:
    start, cpu = time.perf_counter(), time.process_time()
    result = work()
    print(f"  {what:<52} {time.perf_counter() - start:6.2f} s   (CPU {time.process_time() - cpu:6.2f} s)")
    return result


def measure(count: int) -> None:
    texts = pairs(count)
    print(f"{count} segments of {sum(len(source.split()) for source, _ in texts) / count:.0f} words")
    with tempfile.TemporaryDirectory() as folder:
        store = CorpusStore.create(Path(folder) / "p.tarjama", {})
        segments = tuple(ImportedSegment(source) for source, _ in texts)
        store.add_document(ImportedDocument("a", "text", "utf-8", "0" * 64, segments), "benchmark")
        changes = [
            TargetChange(uid, target, State.TRANSLATED, 1)
            for (uid, _), (_, target) in zip(store.sources(), texts, strict=True)
        ]
        seconds("write all as one change", lambda: store.set_targets(changes, "benchmark"))
        for source, new, old in TERMS:
            entry = TermEntry("n", "c", source, new)
            term = ChangedTerm(entry, (entry, TermEntry("o", "c", source, old, TermStatus.FORBIDDEN)))
            _readings.cache_clear()
            found = seconds(f"impact of {source} = {new}", lambda term=term: impact_of(term, store))
            print(f"    {len(found.affected)} affected, {len(found.certain)} with a certain new text")
        applied = [one.change for one in found.certain if one.change]
        report = seconds(f"apply {len(applied)}", lambda: store.set_targets(applied, "benchmark"))
        seconds("take it back", lambda: store.undo_change(report.change, "benchmark"))
        _readings.cache_clear()
        matcher = Matcher([TermEntry("n", "c", "مدينة", "town")])
        seconds("beside it: read and analyze all", lambda: [matcher.find(one.source) for one in store.segments()])
        store.close()


if __name__ == "__main__":
    measure(int((sys.argv[1:] or ("100000",))[0]))
