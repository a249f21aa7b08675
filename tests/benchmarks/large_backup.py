"""What safety costs on a large project: ``uv run python tests/benchmarks/large_backup.py FILE [--repair]``.

FILE is the project that ``large_project.py`` keeps; a copy of it is worked on. While the backup is made somebody types:
the longest wait for a saved text is told beside the longest without a backup. ``--repair`` also damages the copy, looks
at all of it and repairs it.
"""

from __future__ import annotations

import argparse
import resource
import shutil
import tempfile
import threading
import time
from contextlib import closing
from pathlib import Path

from corpus.backup import back_up
from corpus.model import State
from corpus.repair import repair
from corpus.repair.project import PROJECT
from corpus.store import CorpusStore


def longest_wait(store: CorpusStore, is_over: threading.Event, at_least: float) -> float:
    document = store.documents()[0].uid
    longest, begin = 0.0, time.perf_counter()
    while not is_over.is_set() or time.perf_counter() - begin < at_least:
        segment = store.segments(document)[0]
        before = time.perf_counter()
        store.set_target(segment.uid, f"typed at {before}", State.EDITED, "benchmark", segment.version)
        longest = max(longest, time.perf_counter() - before)
        time.sleep(0.05)
    return longest


def main(file: Path, *, repairs: bool) -> None:
    with tempfile.TemporaryDirectory() as name:
        path = Path(name) / "p.tarjama"
        shutil.copyfile(file, path)
        print(f"{path.stat().st_size / 1e6:,.0f} MB")
        with closing(CorpusStore.open(path)) as store:
            over = threading.Event()
            over.set()
            print(f"longest wait for a saved text, nothing else going on: {1000 * longest_wait(store, over, 5):.0f} ms")
            over = threading.Event()

            def make() -> None:
                begin = time.perf_counter()
                back_up(path, Path(name) / "backups")
                print(f"backup with its proof: {time.perf_counter() - begin:.1f} s")
                over.set()

            thread = threading.Thread(target=make)
            thread.start()
            print(f"longest wait while the backup was made: {1000 * longest_wait(store, over, 0):.0f} ms")
            thread.join()
            shutil.rmtree(Path(name) / "backups")
            if not repairs:
                return
            begin = time.perf_counter()
            print(f"{sum(1 for _ in store.unexplained())} rows are not as the journal tells", end=", ")
            print(f"asked in {time.perf_counter() - begin:.1f} s")
        with path.open("r+b") as stream:
            for page in range(1000, 200_000, 20_000):
                stream.seek(page * 4096)
                stream.write(bytes(4096))
        begin = time.perf_counter()
        report = repair(path, PROJECT)
        print(f"ten pages damaged, repaired in {time.perf_counter() - begin:.1f} s:", *report.sentences)
        print(f"{resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:,.0f} MB of memory at most")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("file", type=Path)
    parser.add_argument("--repair", action="store_true")
    given = parser.parse_args()
    main(given.file, repairs=given.repair)
