"""What confirming a segment costs: ``uv run python tests/benchmarks/memory_confirm.py [SEGMENTS]``.

A project of generated paragraphs, each there twice. In one run, for the same segments: writing the translation into the
project, bringing it into the memory, filling the other segment of the same source, asking the memory for the next.
"""

from __future__ import annotations

import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from corpus.model import ImportedDocument, ImportedSegment, State
from workbench.paths import Home
from workbench.session import Session

CONFIRMED = 300


def spread(name: str, times: list[float]) -> str:
    times = sorted(times)
    median, late = times[len(times) // 2], times[int(len(times) * 0.95)]
    return f"  {name:<32} p50 {median:7.2f} ms   p95 {late:7.2f} ms   longest {times[-1]:7.2f} ms"


def measure(count: int) -> None:
    names = ("written", "remembered", "filled", "asked for the next")
    times: dict[str, list[float]] = {name: [] for name in names}

    def timed(name: str, work: Callable[[], object]) -> None:
        start = time.perf_counter()
        work()
        times[name].append(1000 * (time.perf_counter() - start))

    segments = tuple(
        ImportedSegment(f"قال المتحدث رقم {n % (count // 2)} إن الهدنة صامدة. وعاد {n % (count // 2)} من السكان أمس.")
        for n in range(count)
    )
    with (
        tempfile.TemporaryDirectory() as folder,
        Session.create(Path(folder) / "p.tarjama", home=Home(Path(folder)), actor="anna") as session,
    ):
        session._store.add_document(ImportedDocument("news", "text", "utf-8", "", segments), "anna")
        session.memory.prepare()
        start = time.perf_counter()
        while session.prepare_propagation():
            pass
        print(f"{count} segments, made ready in {time.perf_counter() - start:.1f} s")
        for place, segment in enumerate(session.segments()[:CONFIRMED]):
            text = f"Spokesman {place} said the truce holds. {place} residents returned yesterday."
            timed("written", lambda: session._store.set_target(segment.uid, text, State.TRANSLATED, "anna"))  # noqa: B023
            timed("remembered", session.memory.follow)
            timed("filled", lambda: session.propagate(segment.uid))  # noqa: B023
            timed("asked for the next", lambda: session.similar(segment.uid))  # noqa: B023
    for name in names:
        print(spread(name, times[name]))


if __name__ == "__main__":
    measure(int(sys.argv[1]) if len(sys.argv) > 1 else 100_000)
