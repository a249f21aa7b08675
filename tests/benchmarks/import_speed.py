"""How fast documents come in: ``uv run python tests/benchmarks/import_speed.py [PARAGRAPHS]``.

One plain text file of generated news paragraphs, from its bytes to a project file on disk; beside it, in the same run,
what SQLite itself needs for as many rows in one table, what as many paragraphs cost in files of 100, as a folder is
imported, together and one by one, and what importing the file again costs when one paragraph in ten has changed.
"""

from __future__ import annotations

import random
import sqlite3
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from corpus.importing import import_file
from corpus.importing.found import FoundFile
from corpus.model import State
from corpus.store import CorpusStore
from workbench.paths import Home
from workbench.session import Session

WORDS = [
    "قال", "المتحدث", "إن", "القافلة", "وصلت", "إلى", "المدينة", "صباح", "الثلاثاء", "بعد", "ثلاث", "سنوات",
    "من", "الحصار", "وأضاف", "أن", "السكان", "عادوا", "في", "هدوء",
]  # fmt: skip


def paragraph(chance: random.Random) -> str:
    return " ".join(chance.choices(WORDS, k=chance.randint(15, 60))) + "."


@contextmanager
def measured(what: str, count: int) -> Iterator[None]:
    start, worked = time.perf_counter(), time.process_time()
    yield
    seconds, work = time.perf_counter() - start, time.process_time() - worked
    print(f"{what:<44} {seconds:6.2f} s {count / seconds:9,.0f}/s    {work:6.2f} s {count / work:9,.0f}/s")


def bare_sqlite(path: Path, texts: list[str]) -> None:
    db = sqlite3.connect(path)
    db.execute("PRAGMA journal_mode = WAL")
    db.execute("PRAGMA synchronous = FULL")
    db.execute("CREATE TABLE segments (uid TEXT PRIMARY KEY, source TEXT NOT NULL)")
    with db:
        db.executemany("INSERT INTO segments VALUES (?, ?)", ((f"{n:036}", text) for n, text in enumerate(texts)))
    db.close()


def many_files(folder: Path, texts: list[str]) -> None:
    names = []
    for start in range(0, len(texts), 100):
        path = folder / f"{start:07}.txt"
        path.write_text("\n".join(texts[start : start + 100]), encoding="utf-8")
        names.append(FoundFile(path, path.name))
    session = Session.create(folder / "many.tarjama", home=Home(folder / "home"))
    with measured("files of 100 paragraphs, together", len(texts)):
        imported = list(session.import_files(names))
    assert len(imported) == len(names)
    session.close()
    session = Session.create(folder / "each.tarjama", home=Home(folder / "home"))
    with measured("  one by one", len(texts)):
        for found in names:
            session.import_file(found.path)
    session.close()


def main(count: int) -> None:
    print(f"{count} paragraphs{'':<31} by the clock         at work (other programs do not count)")
    chance = random.Random(1)
    texts = [paragraph(chance) for _ in range(count)]
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        file = folder / "news.txt"
        file.write_text("\n".join(texts), encoding="utf-8")
        with measured("SQLite alone, one table", count):
            bare_sqlite(folder / "bare.db", texts)
        many_files(folder, texts)
        store = CorpusStore.create(folder / "p.tarjama", {})
        with measured("end to end", count):
            with measured("  bytes to segments", count):
                imported = import_file(file)
            with measured("  segments to project file with journal", count):
                document = store.add_document(imported, "benchmark")
        for segment in store.segments()[:1000]:
            store.set_target(segment.uid, "done", State.TRANSLATED, "benchmark")
        changed = [text.replace("المتحدث", "الناطق") if n % 10 == 0 else text for n, text in enumerate(texts)]
        file.write_text("\n".join(changed), encoding="utf-8")
        with measured("again, one paragraph in ten changed", count):
            outcome = store.update_document(document.uid, import_file(file), "benchmark")
        print({fate.value: number for fate, number in outcome.fates.items() if number})
        store.close()


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 100_000)
