"""How long terms take: ``uv run python tests/benchmarks/term_speed.py`` (needs ../shared/terms and ../shared/eval).

Real word lists, combined in pairs until there are enough terms, against paragraphs of 150 words of news. Beside it, in
the same run, what others do: one pass of Aho-Corasick for exact terms (Weblate), one regex for each term (Pontoon).
Paragraphs as people write them are much shorter than those: some are read on as they come.
"""

from __future__ import annotations

import gzip
import random
import re
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import ahocorasick

from glossary import matcher
from glossary.live import LiveMatcher
from glossary.model import NewTerm
from glossary.store import GlossaryStore

SHARED = Path(__file__).parents[3] / "shared"
WORDS = 150
REGEX_PARAGRAPHS = 3


def terms(count: int) -> list[NewTerm]:
    pairs = set()
    for path in sorted((SHARED / "terms").glob("*_en_ar.tsv.gz")):
        with gzip.open(path, "rt", encoding="utf-8") as file:
            for line in file:
                english, arabic = (field.strip(" \u0640\n") for field in line.split("\t")[:2])
                if arabic and english and len(arabic) < 60:
                    pairs.add((arabic, english))
    known = sorted(pairs)
    chance = random.Random(1)
    chance.shuffle(known)
    while len(known) < count:
        first, second = chance.choice(known), chance.choice(known)
        known.append((f"{first[0]} {second[0]}", f"{first[1]} {second[1]}"))
    return [NewTerm(*pair) for pair in known[:count]]


def paragraphs() -> list[str]:
    words = (SHARED / "eval" / "ntrex128-dev.ar").read_text(encoding="utf-8").split()
    return [" ".join(words[start : start + WORDS]) for start in range(0, len(words) - WORDS, WORDS)]


def milliseconds(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return 1000 * (time.perf_counter() - start)


def spread(
    name: str, find: Callable[[str], object], texts: list[str], *, before: Callable[[], None] | None = None
) -> None:
    times = []
    for text in texts:
        if before is not None:
            before()
        times.append(milliseconds(lambda text=text: find(text)))
    times.sort()
    print(f"  {name:<40} p50 {times[len(times) // 2]:9.2f} ms   p95 {times[int(len(times) * 0.95)]:9.2f} ms")


def forget_words(live: LiveMatcher) -> None:
    matcher._analyzed.cache_clear()
    live._matcher._words.clear()


def as_read(store: GlossaryStore) -> None:
    """Time real texts read on from the first paragraph after opening, when nothing is known yet."""
    pud = (SHARED / "terms" / "ar_pud-dev.conllu").read_text(encoding="utf-8")
    texts = re.findall("^# text = (.*)$", pud, re.MULTILINE)
    for name in ("ntrex128-dev.ar", "flores200-devtest.ar"):
        texts += (SHARED / "eval" / name).read_text(encoding="utf-8").splitlines()
    live = LiveMatcher(store)
    forget_words(live)
    spread(f"{len(texts)} real paragraphs, read on", live.find, texts)


def measure(count: int) -> None:
    entries, texts = terms(count), paragraphs()
    with tempfile.TemporaryDirectory() as folder, GlossaryStore.open_or_create(Path(folder) / "g.db") as store:
        print(f"{count} terms, {len(texts)} paragraphs of {WORDS} words")
        print(f"  import {milliseconds(lambda: store.add_many(entries, 'benchmark')) / 1000:.1f} s")
        live: list[LiveMatcher] = []
        print(f"  load {milliseconds(lambda: live.append(LiveMatcher(store))):.0f} ms")
        find = live[0].find
        spread("scan, as one begins to read", find, texts)
        spread("scan, no word ever seen before", find, texts, before=lambda: forget_words(live[0]))
        for text in texts:
            find(text)
        spread("scan, words seen before", find, texts)
        as_read(store)
        added = milliseconds(lambda: store.add(NewTerm("كلمة لم تكن", "a new term"), "benchmark"))
        seen = milliseconds(lambda: find("والكلمة لم تكن"))
        print(f"  add a term {added:.1f} ms, find it {seen:.1f} ms")
    automaton = ahocorasick.Automaton()
    for entry in entries:
        automaton.add_word(entry.source, entry.source)
    automaton.make_automaton()
    spread("Aho-Corasick, exact", lambda text: list(automaton.iter(text)), texts)
    patterns = [re.compile(rf"\b{re.escape(entry.source)}") for entry in entries]
    spread("a regex for each term", lambda text: [p for p in patterns if p.search(text)], texts[:REGEX_PARAGRAPHS])


if __name__ == "__main__":
    for size in sys.argv[1:] or ("100000", "350000"):
        measure(int(size))
