"""How much the memory finds and how fast: ``uv run python tests/benchmarks/memory_search.py [COUNT ...]``.

Needs ../shared/train. The units are real Arabic sources of up to 400 characters, spliced until there are enough.
Queries are units with 10 to 30 % of their words replaced, put in, left out or with a particle before them, and
sentences that are in no unit. In the same run each is compared with every unit (rapidfuzz): the best match there is.
"""

from __future__ import annotations

import gzip
import random
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from rapidfuzz import fuzz, process

from corpus.arabic import fold
from corpus.memory.model import Provenance, Unit
from corpus.memory.search import MemorySearch
from corpus.memory.store import MemoryStore

SHARED = Path(__file__).parents[3] / "shared"
LANGUAGES = ("ar", "en")
QUERIES, UNSEEN = 150, 50
ENOUGH = 75


def pairs(count: int, chance: random.Random) -> list[tuple[str, str]]:
    known = {}
    for path in sorted((SHARED / "train").glob("[A-S]_*.tsv.gz")):
        with gzip.open(path, "rt", encoding="utf-8") as file:
            for line in file:
                arabic, english = line.rstrip("\n").split("\t")[:2]
                if len(arabic.split()) >= 3 and len(arabic) <= 400:
                    known[arabic] = english
    found = list(known.items())
    chance.shuffle(found)
    real = len(found)
    while len(found) < count:
        (one, english), (two, other) = found[chance.randrange(real)], found[chance.randrange(real)]
        first, second = one.split(), two.split()
        spliced = " ".join(first[: len(first) // 2 + 1] + second[len(second) // 2 :])
        if len(spliced) <= 400:
            found.append((spliced, f"{english} / {other}"))
    return found[:count]


def perturbed(text: str, vocabulary: list[str], chance: random.Random) -> str:
    words = text.split()
    for _ in range(max(1, round(len(words) * chance.choice((0.1, 0.15, 0.2, 0.25, 0.3))))):
        place, what = chance.randrange(len(words)), chance.random()
        if what < 0.45:
            words[place] = chance.choice(vocabulary)
        elif what < 0.65:
            words.insert(place, chance.choice(vocabulary))
        elif what < 0.85 and len(words) > 3:
            words.pop(place)
        else:
            words[place] = chance.choice(("و", "ف", "ال", "ب", "ل")) + words[place]
    return " ".join(words)


def timed(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return 1000 * (time.perf_counter() - start)


def spread(name: str, times: list[float]) -> str:
    times = sorted(times)
    at = {share: times[min(len(times) - 1, int(len(times) * share))] for share in (0.5, 0.95)}
    return f"  {name:<48} p50 {at[0.5]:8.1f} ms   p95 {at[0.95]:8.1f} ms"


def measure(count: int) -> None:
    chance = random.Random(7)
    units = pairs(count, chance)
    vocabulary = sorted({word for source, _ in units[:200_000] for word in source.split()})
    queries = [perturbed(source, vocabulary, chance) for source, _ in chance.sample(units, QUERIES)]
    unseen = (SHARED / "eval" / "ntrex128-dev.ar").read_text(encoding="utf-8").splitlines()
    queries += chance.sample(unseen, UNSEEN)
    origin = Provenance("o", "benchmark.tmx")
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "memory.db"
        store = MemoryStore.open_or_create(path)
        text_bytes = sum(len(source.encode()) + len(target.encode()) for source, target in units)
        print(f"{count} units, {text_bytes / count:.0f} bytes of text each")
        made = (Unit(source, target, *LANGUAGES, origin, str(n), "b", "") for n, (source, target) in enumerate(units))
        took = timed(lambda: store.add_many(made)) / 1000
        store.close()
        store = MemoryStore.open_or_create(path)
        print(
            f"  import {took:.1f} s, file {(path.stat().st_size - text_bytes) / count:.0f} bytes a unit beside the text"
        )
        search = MemorySearch(store)
        print(f"  first search {timed(lambda: search.similar('قال المتحدث', LANGUAGES)):.1f} ms")
        keys = [fold(source) for source, _ in units]
        ours, at_work, brute, found, wanted, right = [], [], [], 0, 0, 0
        for query in queries:
            start, work = time.perf_counter(), time.process_time()
            got = max((match.score for match in search.similar(query, LANGUAGES, limit=1)), default=0.0)
            middle = time.perf_counter()
            at_work.append(1000 * (time.process_time() - work))
            best = (process.extractOne(fold(query), keys, scorer=fuzz.ratio) or ("", 0.0))[1]
            ours.append(1000 * (middle - start))
            brute.append(1000 * (time.perf_counter() - middle))
            hit = got >= min(best, 98.9) - 1e-6
            wanted += best >= ENOUGH
            right += best >= ENOUGH and hit
            found += hit
        print(spread("similar, by the clock", ours))
        print(spread("similar, at work (other programs do not count)", at_work))
        print(spread("rapidfuzz on every unit", brute))
        print(f"  best match of {ENOUGH} % or more found: {right} of {wanted}; of any score: {found} of {len(queries)}")
        new = Unit("جملة لم تكن في الذاكرة", "a new sentence", *LANGUAGES, origin, "new", "b", "")
        added, seen = timed(lambda: store.add(new)), timed(lambda: search.similar(new.source, LANGUAGES))
        print(f"  add {added:.1f} ms, find it {seen:.1f} ms")
        for words, target in (("وقف إطلاق النار", False), ("في هذا", False), ("the file", True), ("من", False)):
            took = timed(lambda w=words, t=target: search.concordance(w, LANGUAGES, target=t))
            print(f"  concordance “{words}” {took:.1f} ms")
        store.close()


if __name__ == "__main__":
    for size in sys.argv[1:] or ("100000", "1000000"):
        measure(int(size))
