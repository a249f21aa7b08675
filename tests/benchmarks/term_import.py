"""How long a termbase takes to import: ``uv run python tests/benchmarks/term_import.py [terms]``.

Real word lists (../shared/terms), combined until there are enough, written as each format and imported into a glossary
that is empty; and, beside it, once more, when all of them are duplicates. Reading alone is told apart.
"""

from __future__ import annotations

import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
from term_speed import terms

from glossary.exchange import import_termbase, open_termbase, write_termbase
from glossary.store import GlossaryStore

SUFFIXES = (".csv", ".tbx")


def main(count: int) -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        with GlossaryStore.open_or_create(folder / "all.db") as store:
            store.add_many(terms(count), "benchmark")
            concepts = store.concepts()
        print(f"{'format':8}{'MB':>8}{'write':>9}{'read':>9}{'import':>9}{'again':>9}   seconds, {count:,} pairs")
        for suffix in SUFFIXES:
            path = folder / f"terms{suffix}"
            written = seconds(lambda path=path: write_termbase(concepts, path))
            read = seconds(lambda path=path: sum(1 for _ in open_termbase(path).entries()))
            with GlossaryStore.open_or_create(folder / f"{suffix[1:]}.db") as store:

                def take(path: Path = path, store: GlossaryStore = store) -> None:
                    import_termbase(store, open_termbase(path), "benchmark")

                first, again = seconds(take), seconds(take)
            size = path.stat().st_size / 1e6
            print(f"{suffix[1:]:8}{size:8.1f}{written:9.1f}{read:9.1f}{first:9.1f}{again:9.1f}", flush=True)


def seconds(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 100_000)
