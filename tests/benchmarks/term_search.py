"""How long a key takes in the glossary's search: ``uv run python tests/benchmarks/term_search.py`` (needs ../shared).

Real word lists, as in ``term_speed.py``. Words of the list are typed letter by letter, some with a mistake, so that
similar words are looked for too; beside it, in the same run, ``GlossaryStore.search``, which asks SQLite.
"""

from __future__ import annotations

import random
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from term_speed import milliseconds, terms

from glossary.live import LiveMatcher
from glossary.model import NewTerm
from glossary.query import parse_query
from glossary.search import TermIndex
from glossary.store import GlossaryStore

TYPED = 60
SQL_KEYS = 60


def typed(entries: list[NewTerm], chance: random.Random) -> Iterator[str]:
    """Yield what stands in the search line after each key."""
    for number in range(TYPED):
        entry = chance.choice(entries)
        text = entry.source if number % 2 else entry.target
        if number % 3 == 0 and len(text) > 5:
            place = chance.randrange(1, len(text) - 1)
            text = text[:place] + text[place + 1] + text[place] + text[place + 2 :]
        yield from (text[:end] for end in range(1, len(text) + 1))


def spread(name: str, search: Callable[[str], object], keys: list[str]) -> None:
    times = []
    for text in keys:
        started = time.perf_counter()
        search(text)
        times.append((time.perf_counter() - started) * 1000)
    times.sort()
    middle, high = times[len(times) // 2], times[int(len(times) * 0.95)]
    print(f"  {name:<32} p50 {middle:7.2f} ms   p95 {high:7.2f} ms   worst {times[-1]:7.2f} ms   ({len(times)} keys)")


def measure(count: int) -> None:
    entries = terms(count)
    chance = random.Random(1)
    with tempfile.TemporaryDirectory() as folder, GlossaryStore.open_or_create(Path(folder) / "g.db") as store:
        store.add_many(entries, "benchmark")
        print(f"{count} pairs")
        index = TermIndex(store)
        print(f"  the matcher reads them  {milliseconds(lambda: LiveMatcher(store)):.0f} ms")
        print(f"  read them, first search {milliseconds(lambda: index.search(parse_query(''))):.0f} ms")
        print(f"  first similar words     {milliseconds(lambda: index.search(parse_query('qxjzvkw'))):.0f} ms")
        keys = list(typed(entries, chance))
        spread("search, letter by letter", lambda text: index.search(parse_query(text)), keys)
        spread("with a filter", lambda text: index.search(parse_query(f"status:preferred {text}")), keys)
        spread("SQLite, no ranks, no mistakes", store.search, chance.sample(keys, SQL_KEYS))
        store.add(NewTerm("كلمة لم تكن", "a new term"), "benchmark")
        print(f"  first key after a change {milliseconds(lambda: index.search(parse_query('new term'))):.1f} ms")


if __name__ == "__main__":
    for size in sys.argv[1:] or ("100000",):
        measure(int(size))
