"""Score the checks of terms: ``uv run python tests/benchmarks/term_checks.py [HOW_MANY]`` (needs ../shared).

On human translations, which are taken to be right, every finding is looked at as a false alarm: terms of health on
health texts (TICO-19), names on news (NTREX-128). Then errors are planted: an English term that was found is
replaced by another one, wrong or forbidden, and those found are counted. HOW_MANY findings of each set are printed for
a look by eye. Last, the processor time a table of 100,000 English terms takes.
"""

from __future__ import annotations

import csv
import gzip
import random
import re
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from corpus.checks.finding import Severity
from glossary.checks import Pair, TermCheck, TermFinding, check_pair
from glossary.consistency import check_segments
from glossary.english import EnglishFinder, Occurrence
from glossary.english.fitting import Inflection
from glossary.english.inflection import plural
from glossary.matcher import Matcher
from glossary.model import Match, NewTerm, TermEntry, TermStatus
from glossary.store import GlossaryStore

SHARED = Path(__file__).parents[3] / "shared"


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
    """Names, most of them of places: what CLDR and Wiktionary write with a capital."""
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
    begun = time.process_time()
    found = list(check_segments(given.segments, find.find))
    taken = time.process_time() - begun
    uncovered = sum(not match.covered for _, source, _ in given.segments for match in find.find(source))
    counts = Counter(f"{finding.check.value} ({finding.severity.value})" for _, finding in found)
    print(f"{given.name}: {len(given.terms)} terms, {len(given.segments)} segments, {uncovered} pairs of terms matched")
    for name, count in sorted(counts.items()):
        print(f"  {name:<28} {count:5}, {1000 * count / len(given.segments):6.1f} in 1,000 segments")
    print(f"  {1000 * taken / len(given.segments):.2f} ms a segment, matching included")
    by_uid = {uid: (source, target) for uid, source, target in given.segments}
    missing = [one for one in found if one[1].check is TermCheck.MISSING and one[1].severity is Severity.WARNING]
    for uid, finding in random.Random(3).sample(missing, min(how_many, len(missing))):
        show(uid, finding, *by_uid[uid])


def show(uid: str, finding: TermFinding, source: str, target: str) -> None:
    start, end = finding.source_span or (0, 0)
    print(f"    {uid} {finding.message}\n      {source[max(start - 50, 0) : end + 50]}\n      {target}")


def planted(given: Texts, find: Matcher) -> None:
    """Print how many of the errors planted in good translations are found, and how many are put right.

    In place of the English of a concept stands that of another term, drawn by chance: as a plural where the right one
    was a plural. First it is nothing but wrong, then it is forbidden.
    """
    chance = random.Random(5)
    wrong = sorted({term.target for term in given.terms if plural(term.target) is not None})
    missing = forbidden = mended = mendable = planted = 0
    for _, source, target in given.segments:
        matches = find.find(source)
        told = {finding.concept_uid for finding in check_pair(matches, target)}
        for match in first_of_each_concept(matches):
            concept = match.entry.concept_uid
            own = {one.entry.uid: one.entry for one in matches if one.entry.concept_uid == concept}
            stands = outermost(EnglishFinder(own.values()).find(target))
            if not stands or concept in told:
                continue
            planted += 1
            word = chance.choice(wrong)
            bad = put(target, stands, word)
            missing += any(
                finding.check is TermCheck.MISSING and finding.severity is Severity.WARNING
                for finding in check_pair(matches, bad)
            )
            entry = replace(match.entry, uid="bad", target=word, status=TermStatus.FORBIDDEN, target_forms=())
            found = [one for one in check_pair([*matches, replace(match, entry=entry)], bad) if one.entry_uid == "bad"]
            forbidden += bool(found)
            for one in sorted(found, key=lambda one: one.target_span or (0, 0), reverse=True):
                if one.target_span and one.fix:
                    bad = bad[: one.target_span[0]] + one.fix + bad[one.target_span[1] :]
            wanted = Pair(matches, target).concepts[concept].wanted
            if wanted is not None and all(one.entry.uid == wanted.uid for one in stands):
                mendable += bool(found) and all(one.fix is not None for one in found)
                mended += plain(bad) == plain(target)
    for count, total, what in (
        (missing, planted, "wrong terms are found missing"),
        (forbidden, planted, "forbidden terms are found"),
        (mended, mendable, "that can be put right become what stood there, but for case and hyphens"),
    ):
        print(f"  planted: {count:5} of {total} {what} ({count / total:.3f})")


def plain(text: str) -> str:
    return re.sub(r"[\s-]", "", text).casefold()


def outermost(stands: Sequence[Occurrence]) -> list[Occurrence]:
    end = 0
    found = []
    for one in stands:
        if one.start >= end:
            found.append(one)
            end = one.end
    return found


def put(text: str, stands: Sequence[Occurrence], word: str) -> str:
    for one in reversed(stands):
        new = (plural(word) or word) if one.inflection is Inflection.PLURAL else word
        new = new[:1].upper() + new[1:] if one.surface[:1].isupper() else new
        text = text[: one.start] + new + text[one.end :]
    return text


def first_of_each_concept(matches: Sequence[Match]) -> Iterable[Match]:
    seen = set()
    for match in matches:
        if not match.covered and match.entry.concept_uid not in seen:
            seen.add(match.entry.concept_uid)
            yield match


def relevant(given: Texts) -> Texts:
    """Return the texts with those terms only whose English the translations have: a glossary made for them."""
    translations = "\n".join(target for _, _, target in given.segments)
    entries = [TermEntry(str(n), str(n), term.source, term.target) for n, term in enumerate(given.terms)]
    used = {int(one.entry.uid) for one in EnglishFinder(entries).find(translations)}
    return replace(given, name=f"{given.name}, terms in use", terms=[given.terms[number] for number in sorted(used)])


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
    begun = time.process_time()
    finder = EnglishFinder(entries)
    print(f"100,000 English terms: table made in {time.process_time() - begun:.2f} s")
    times = []
    for _, _, target in given.segments:
        begun = time.process_time()
        finder.find(target)
        times.append(1000 * (time.process_time() - begun))
    times.sort()
    print(f"  a segment p50 {times[len(times) // 2]:.2f} ms, p95 {times[int(len(times) * 0.95)]:.2f} ms")
    begun = time.process_time()
    finder.replace("5", [TermEntry("5", "5", "س", "a new term")])
    print(f"  one concept changed in {1000 * (time.process_time() - begun):.3f} ms")


def main() -> None:
    how_many = int(sys.argv[1]) if len(sys.argv) > 1 else 0
    sets = [
        texts("health (TICO-19)", health(), "tico19-test"),
        texts("names (CLDR, Wiktionary) in news (NTREX-128)", places(), "ntrex128-dev"),
    ]
    for given in sets:
        matcher = Matcher(entries_of(given.terms))
        false_alarms(given, matcher, 0)
        planted(given, matcher)
        in_use = relevant(given)
        false_alarms(in_use, Matcher(entries_of(in_use.terms)), how_many)
    speed(sets[1])


if __name__ == "__main__":
    main()
