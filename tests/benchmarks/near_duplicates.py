"""How fast near-duplicates are found, and how many: ``uv run python tests/benchmarks/near_duplicates.py [COUNT ...]``.

Needs ../shared/train. The sources are real Arabic ones, spliced until there are enough. Among them are copies of 200
with a word in ten replaced, and 200 that have a passage of at least 15 words of another in their middle: those that
``compare`` calls alike are to be found. ``--all`` also lists everything, as `tarjama duplicates` does.
"""

from __future__ import annotations

import gzip
import random
import resource
import sys
import time
from pathlib import Path

from corpus.duplicates.comparing import ComparedText, compare
from corpus.duplicates.finding import all_duplicates, duplicates_of
from corpus.duplicates.index import SourceIndex

SHARED = Path(__file__).parents[3] / "shared"
PLANTED, QUERIES = 200, 1000


def sources(count: int, chance: random.Random) -> list[str]:
    known = set()
    for path in sorted((SHARED / "train").glob("[ABCS]_*.tsv.gz")):
        with gzip.open(path, "rt", encoding="utf-8") as file:
            known.update(line.split("\t")[0] for line in file)
    found = sorted(known)
    chance.shuffle(found)
    real = len(found)
    while len(found) < count:
        first, second = found[chance.randrange(real)].split(), found[chance.randrange(real)].split()
        found.append(" ".join(first[: len(first) // 2 + 1] + second[len(second) // 2 :]))
    return found[:count]


def plant(texts: list[str], chance: random.Random) -> list[tuple[str, str]]:
    """Put copies and quotations among ``texts``; return the pairs of uids that are alike."""
    planted = []
    long = [place for place, text in enumerate(texts) if 25 <= len(text.split()) <= 120]
    vocabulary = " ".join(texts[:2000]).split()
    for number, place in enumerate(chance.sample(long, 2 * PLANTED)):
        words = texts[place].split()
        if number < PLANTED:
            changed = [chance.choice(vocabulary) if chance.random() < 0.1 else word for word in words]
        else:
            start = chance.randrange(len(words) - 20)
            around = texts[chance.choice(long)].split()
            changed = [*around[:20], *words[start : start + chance.randrange(15, 21)], *around[20:]]
        texts.append(" ".join(changed))
        if compare(ComparedText(texts[place]), ComparedText(texts[-1])):
            planted.append((str(place), str(len(texts) - 1)))
    return planted


def measure(count: int, *, everything: bool) -> None:
    chance = random.Random(7)
    texts = sources(count, chance)
    planted = plant(texts, chance)
    rows = [(str(place), str(place // 20), text) for place, text in enumerate(texts)]
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    start, cpu = time.perf_counter(), time.process_time()
    index = SourceIndex()
    index.synchronize(rows)
    index.candidates(0)
    print(f"{len(index)} sources of {sum(len(text.split()) for text in texts) / len(texts):.0f} words")
    print(f"  index made in {time.perf_counter() - start:.1f} s (CPU {time.process_time() - cpu:.1f} s),", end=" ")
    print(f"{resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024 - before} MB")
    start = time.perf_counter()
    index.synchronize([*rows, ("new", "new", texts[1])])
    index.candidates(0)
    print(f"  one source more: {time.perf_counter() - start:.2f} s")

    def named(uids: list[str]) -> dict[str, str]:
        return {uid: texts[int(uid)] for uid in uids if uid != "new"}

    taken = []
    for uid in chance.sample(range(len(texts)), QUERIES):
        cpu = time.process_time()
        duplicates_of(index, str(uid), named)
        taken.append(1000 * (time.process_time() - cpu))
    taken.sort()
    print(
        f"  one looked for, CPU: median {taken[QUERIES // 2]:.1f} ms, p95 {taken[-QUERIES // 20]:.1f} ms, at most",
        end=" ",
    )
    print(f"{taken[-1]:.1f} ms")
    hits = sum(
        other in {found.uid for found in duplicates_of(index, uid, named)}
        for pair in planted
        for uid, other in (pair, pair[::-1])
    )
    print(f"  found {hits} of {2 * len(planted)} planted ones, from both sides")
    if everything:
        cpu = time.process_time()
        found = all_duplicates(index, named)
        listed = {frozenset(pair) for group in found.groups for pair in ((group[0], other) for other in group[1:])}
        listed |= {frozenset((pair.uid, pair.other)) for pair in found.pairs}
        spent = time.process_time() - cpu
        print(f"  everything: CPU {spent:.0f} s, {len(found.groups)} groups, {len(found.pairs)} pairs,", end=" ")
        print(f"{sum(frozenset(pair) in listed for pair in planted)} of {len(planted)} planted ones")


if __name__ == "__main__":
    arguments = [argument for argument in sys.argv[1:] if argument != "--all"]
    for count in map(int, arguments or ["100000"]):
        measure(count, everything="--all" in sys.argv)
