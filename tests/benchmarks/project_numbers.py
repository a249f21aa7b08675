"""How long the numbers of a large project take, and how much memory; what comparing drafts takes by length.

Run: uv run python tests/benchmarks/project_numbers.py [SEGMENTS]
"""

from __future__ import annotations

import random
import resource
import sys
import tempfile
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

from sqlite_utils import Database

from corpus.journal import timestamp
from corpus.model import ImportedDocument, ImportedSegment
from corpus.numbers.effort import EffortMeter
from corpus.numbers.pace import Pauses
from corpus.numbers.report import Grouping, measure
from corpus.store import CorpusStore

_STEPS_EACH = 10
_WORDS = ["قال", "المتحدث", "إن", "الهدنة", "صامدة", "في", "المدينة", "منذ", "صباح", "اليوم", "وعاد", "السكان"]


def make_project(path: Path, segments: int) -> None:
    """Make a project of 100 documents in which two people have changed every segment ten times."""
    rng = random.Random(1)
    store = CorpusStore.create(path, {})
    for number in range(100):
        texts = (" ".join(rng.choices(_WORDS, k=40)) for _ in range(segments // 100))
        found = tuple(ImportedSegment(text) for text in texts)
        store.add_document(ImportedDocument(f"{number}.txt", "text", "utf-8", str(number), found), "anna")
    store.close()
    db = Database(path)
    at = datetime(2026, 1, 1, tzinfo=UTC)
    rows = []
    for (uid,) in db.execute("SELECT uid FROM segments").fetchall():
        for step in range(_STEPS_EACH):
            at += timedelta(seconds=rng.expovariate(1 / 20))
            after = f'{{"target": "{"word " * 40}", "state": {3 if step == _STEPS_EACH - 1 else 2}, "version": {step}}}'
            rows.append((timestamp(at), rng.choice(("anna", "omar")), "edit", "segment", uid, "{}", after))
    with db.conn:
        db.conn.executemany(
            "INSERT INTO journal (at, actor, action, entity, entity_uid, before, after) VALUES (?, ?, ?, ?, ?, ?, ?)",
            rows,
        )
        db.conn.execute("UPDATE segments SET state = 3, target = ?", ["word " * 40])
    db.close()


def main() -> None:
    """Print seconds and megabytes for each grouping, then the time for comparing drafts."""
    segments = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "p.tarjama"
        make_project(path, segments)
        before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
        store = CorpusStore.open(path)
        for by in Grouping:
            start = time.perf_counter()
            rows = sum(1 for _ in measure(store, by, pauses=Pauses(), meter=None))
            peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
            print(f"{segments} segments by {by.value}: {rows} rows, {time.perf_counter() - start:.1f} s,", end=" ")
            print(f"peak {peak} MB ({before} before)")
        store.close()
    meter, rng = EffortMeter(), random.Random(2)
    for length in (20, 40, 80, 150):
        start = time.perf_counter()
        for _ in range(5):
            final = [f"w{rng.randrange(length)}" for _ in range(length)]
            draft = [word if rng.random() > 0.3 else rng.choice(final) for word in final]
            meter.measure(" ".join(draft), " ".join(final))
        print(f"comparing a draft of {length} words, 3 in 10 changed: {(time.perf_counter() - start) * 200:.0f} ms")


if __name__ == "__main__":
    main()
