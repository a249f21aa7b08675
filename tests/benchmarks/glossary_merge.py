"""Time the merging of two glossaries of 100,000 pairs: ``uv run python tests/benchmarks/glossary_merge.py [PAIRS]``.

Once two that never met; once two copies of one, in each of which every tenth term was changed.
"""

from __future__ import annotations

import shutil
import sys
import tempfile
import time
from pathlib import Path

from glossary.model import NewTerm
from glossary.store import GlossaryStore


def terms(name: str, count: int) -> list[NewTerm]:
    """Return pairs that differ from those of another name."""
    return [NewTerm(f"كلمة {name} {number}", f"word {name} {number}", domain="d") for number in range(count)]


def made(path: Path, name: str, count: int) -> Path:
    """Make a glossary and return its path."""
    with GlossaryStore.open_or_create(path) as store:
        store.add_many(terms(name, count), name)
    return path


def change_every_tenth(path: Path, actor: str) -> None:
    """Change the note of every tenth term."""
    with GlossaryStore.open(path) as store:
        store.change_many([entry.uid for entry in store.entries()[::10]], {"note": actor}, actor)


def merge(path: Path, other: Path, what: str) -> None:
    """Merge and print how long it took."""
    with GlossaryStore.open(path) as store:
        start = time.perf_counter()
        report = store.merge(other, "merger")
        seconds = time.perf_counter() - start
        print(f"{what}: {seconds:.1f} s, {report.steps:,} steps, {report.clashes:,} conflicts")
        start = time.perf_counter()
        store.merge(other, "merger")
        print(f"  the same again: {time.perf_counter() - start:.1f} s")


def main() -> None:
    """Print the times."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        first, second = made(folder / "a.db", "anna", count), made(folder / "b.db", "bashir", count)
        copy = Path(shutil.copy(first, folder / "copy.db"))
        merge(first, second, "two that never met")
        mine = Path(shutil.copy(copy, folder / "mine.db"))
        change_every_tenth(mine, "anna")
        change_every_tenth(copy, "bashir")
        merge(mine, copy, "two copies, every tenth term changed in both")


if __name__ == "__main__":
    main()
