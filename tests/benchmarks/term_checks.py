"""Score the checks of terms: ``uv run python tests/benchmarks/term_checks.py [HOW_MANY]`` (needs ../shared).

On human translations, which are taken to be right, every finding is looked at as a false alarm: terms of health on
health texts (TICO-19), names of places on news (NTREX-128). Then errors are planted: an English term that was found is
taken out of the translation, or a forbidden one put in its place, and those found are counted. HOW_MANY findings of
each set are printed for a look by eye. Last, the time a table of 100,000 English terms takes.
"""

from __future__ import annotations

import csv
import gzip
import random
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from glossary.checks import TermCheck, TermFinding, check_pair
from glossary.consistency import check_segments
from glossary.english import EnglishFinder
from glossary.matcher import Matcher
from glossary.model import Match, NewTerm, TermEntry, TermStatus
from glossary.store import GlossaryStore

SHARED = Path(__file__).parents[3] / "shared"
WRONG = "zzyzx"
FORBIDDEN = "quux"


@dataclass(frozen=True)
class Texts:
    name: str
    terms: Sequence[NewTerm]
    segments: Sequence[tuple[str, str, str]]


def texts(name: str, terms: Iterable[NewTerm], stem: str) -> Texts:
    source, target = (
        (SHARED / "eval" / f"{stem}.{language}").read_text(encoding="utf-8").splitlines() for language in ("ar", "en")
    )
    numbered = [(str(number), *pair) for number, pair in enumerate(zip(source, target, strict=True), 1)]
    return Texts(name, list(terms), numbered)


def health() -> Iterable[NewTerm]:
    for name in ("facebook", "google"):
        with (SHARED / "terms" / f"tico19_{name}_en_ar.csv").open(encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file):
                yield NewTerm(row["targetString"], row["sourceString"], pos=row.get("pos", ""))


def places() -> Iterable[NewTerm]:
    """Names of places: what CLDR and Wiktionary write with a capital, but for languages and days."""
    for name in ("cldr", "wiktionary"):
        with gzip.open(SHARED / "terms" / f"{name}_en_ar.tsv.gz", "rt", encoding="utf-8") as file:
            next(file)
            for line in file:
                english, arabic = line.rstrip("\n").split("\t")[:2]
                if english[:1].isupper() and "{" not in line and len(arabic) > 3:
                    yield NewTerm(arabic, english, pos="proper noun")


def entries_of(terms: Iterable[NewTerm]) -> list[TermEntry]:
    with tempfile.TemporaryDirectory() as folder, GlossaryStore.open_or_create(Path(folder) / "g.db") as store:
        store.add_many(terms, "benchmark")
        return store.entries()


def false_alarms(given: Texts, find: Matcher, how_many: int) -> None:
    begun = time.perf_counter()
    found = list(check_segments(given.segments, find.find))
    taken = time.perf_counter() - begun
    uncovered = sum(not match.covered for _, source, _ in given.segments for match in find.find(source))
    counts = Counter(finding.id.value for _, finding in found)
    print(f"{given.name}: {len(given.terms)} terms, {len(given.segments)} segments, {uncovered} pairs of terms matched")
    for name, count in sorted(counts.items()):
        print(f"  {name:<18} {count:5}, {1000 * count / len(given.segments):6.1f} in 1,000 segments")
    print(f"  {1000 * taken / len(given.segments):.2f} ms a segment, matching included")
    by_uid = {uid: (source, target) for uid, source, target in given.segments}
    missing = [one for one in found if one[1].id is TermCheck.MISSING]
    for uid, finding in random.Random(3).sample(missing, min(how_many, len(missing))):
        show(uid, finding, *by_uid[uid])


def show(uid: str, finding: TermFinding, source: str, target: str) -> None:
    start, end = finding.source_span or (0, 0)
    print(f"    {uid} {finding.message}\n      {source[max(start - 50, 0) : end + 50]}\n      {target}")


def planted(given: Texts, find: Matcher) -> None:
    """Print how many of the errors planted in good translations are found, and how many are put right."""
    removed = [0, 0]
    forbidden = [0, 0, 0]
    for _, source, target in given.segments:
        matches = find.find(source)
        told = {finding.concept_uid for finding in check_pair(matches, target)}
        for match in first_of_each_concept(matches):
            concept = match.entry.concept_uid
            own = [one for one in matches if one.entry.concept_uid == concept]
            stands = EnglishFinder(one.entry for one in own).find(target)
            if not stands or concept in told:
                continue
            without = put(target, [(one.start, one.end) for one in stands], WRONG)
            removed[0] += 1
            removed[1] += any(finding.id is TermCheck.MISSING for finding in check_pair(matches, without))
            bad = replace(match.entry, uid="bad", target=FORBIDDEN, status=TermStatus.FORBIDDEN)
            used = put(target, [(one.start, one.end) for one in stands], FORBIDDEN)
            found = check_pair([*matches, replace(match, entry=bad)], used)
            right = [one for one in found if one.id is TermCheck.FORBIDDEN]
            forbidden[0] += 1
            forbidden[1] += bool(right)
            forbidden[2] += bool(right) and all(one.replacement is not None for one in right)
    print(f"  planted: {removed[1]} of {removed[0]} terms taken out are found ({removed[1] / removed[0]:.3f})")
    share = forbidden[1] / forbidden[0]
    print(
        f"  planted: {forbidden[1]} of {forbidden[0]} forbidden terms are found ({share:.3f}), {forbidden[2]} with a fix"
    )


def first_of_each_concept(matches: Sequence[Match]) -> Iterable[Match]:
    seen = set()
    for match in matches:
        if not match.covered and match.entry.concept_uid not in seen:
            seen.add(match.entry.concept_uid)
            yield match


def put(text: str, spans: Iterable[tuple[int, int]], word: str) -> str:
    end = len(text) + 1
    for start, stop in sorted(spans, reverse=True):
        if stop <= end:  # the inner of two terms is gone with the outer
            text = text[:start] + word + text[stop:]
            end = start
    return text


def speed(given: Texts) -> None:
    known = []
    for path in sorted((SHARED / "terms").glob("*_en_ar.tsv.gz")):
        with gzip.open(path, "rt", encoding="utf-8") as file:
            known += [line.split("\t")[0] for line in file]
    names = sorted({name for name in known if 1 < len(name) < 60})
    chance = random.Random(1)
    while len(names) < 100_000:
        names.append(f"{chance.choice(names)} {chance.choice(names)}")
    chance.shuffle(names)
    entries = [TermEntry(str(n), str(n), "س", name) for n, name in enumerate(names[:100_000])]
    begun = time.perf_counter()
    finder = EnglishFinder(entries)
    print(f"100,000 English terms: table made in {time.perf_counter() - begun:.2f} s")
    times = []
    for _, _, target in given.segments:
        begun = time.perf_counter()
        finder.find(target)
        times.append(1000 * (time.perf_counter() - begun))
    times.sort()
    print(f"  a segment p50 {times[len(times) // 2]:.2f} ms, p95 {times[int(len(times) * 0.95)]:.2f} ms")
    begun = time.perf_counter()
    finder.replace("5", [TermEntry("5", "5", "س", "a new term")])
    print(f"  one concept changed in {1000 * (time.perf_counter() - begun):.3f} ms")


def main() -> None:
    how_many = int(sys.argv[1]) if len(sys.argv) > 1 else 0
    sets = [
        texts("health (TICO-19)", health(), "tico19-test"),
        texts("places (CLDR, Wiktionary) in news (NTREX-128)", places(), "ntrex128-dev"),
    ]
    for given in sets:
        matcher = Matcher(entries_of(given.terms))
        false_alarms(given, matcher, how_many)
        planted(given, matcher)
    speed(sets[1])


if __name__ == "__main__":
    main()
