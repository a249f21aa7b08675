"""What the glossary does to drafts: ``uv run python tests/benchmarks/draft_terms.py`` (needs ../shared).

Drafts test sets with and without terms, and prints how many of the terms wanted are used, and chrF against the human
translation, before and after. By default with the bundled gloss; ``--package FOLDER`` takes an installed Argos package.

The terms are those of ../shared/terms for the field: TICO-19's two lists for its health texts, CLDR's and the
gazetteer's names for news. They were made without the test sets. A list has many words for a thing, and a translation
is free to use others: so a second run keeps only the terms that the human translation of some sentence uses, as a desk
would that has written down its own usage. That second figure is an upper bound: it has seen the references.

``--cost`` builds a package of full size, gives it terms for some of its words, and prints what it takes to draft with
and without them. That model's output is no language: nothing is said about quality there.
"""

from __future__ import annotations

import argparse
import csv
import gzip
import sys
import tempfile
import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import full_size_package
from sacrebleu.metrics import CHRF

from glossary.checks import REQUIRED, Pair, check_pair
from glossary.matcher import Matcher
from glossary.model import Match, TermEntry
from workbench.engines.argos.engine import ArgosEngine
from workbench.engines.argos.packages import bundled, read_package
from workbench.engines.protocol import DraftedText
from workbench.obeying import DraftWithTerms, put_terms_in

SHARED = Path(__file__).parents[2].parent / "shared"
SETS = {
    "tico19-test": ("tico19_google_en_ar.csv", "tico19_facebook_en_ar.csv"),
    "ntrex128-dev": ("cldr_en_ar.tsv.gz", "gaz_dr5hn_en_ar.tsv.gz"),
    "flores200-devtest": ("cldr_en_ar.tsv.gz", "gaz_dr5hn_en_ar.tsv.gz"),
}
GROUP = 64  # as many drafts as are stored together


@dataclass(frozen=True, slots=True)
class Test:
    """A set of sentences with human translations, and the terms found in it."""

    sources: Sequence[str]
    references: Sequence[str]
    matches: Sequence[Sequence[Match]]


def read_test(name: str, limit: int) -> tuple[list[str], list[str]]:
    sides = [(SHARED / "eval" / f"{name}.{side}").read_text(encoding="utf-8").split("\n") for side in ("ar", "en")]
    pairs = [pair for pair in zip(*sides, strict=True) if all(pair)]
    every = max(len(pairs) // limit, 1) if limit else 1
    chosen = pairs[::every][: limit or None]
    return [source for source, _ in chosen], [reference for _, reference in chosen]


def read_terms(names: Iterable[str]) -> list[TermEntry]:
    """Return the pairs of the lists; two Englishes for one Arabic are one concept, whose second is admitted too."""
    entries = {}
    for name in names:
        path = SHARED / "terms" / name
        if path.suffix == ".gz":
            with gzip.open(path, "rt", encoding="utf-8") as file:
                rows = [line.rstrip("\n").split("\t")[:2] for line in file][1:]
        else:
            with path.open(encoding="utf-8-sig", newline="") as file:
                rows = [(row["sourceString"], row["targetString"]) for row in csv.DictReader(file)]
        for english, arabic in ([cell.strip() for cell in row] for row in rows):
            if english and len(arabic) > 2 and "{" not in english:
                entries.setdefault((arabic, english), TermEntry(f"{arabic}={english}", arabic, arabic, english))
    return list(entries.values())


def used_in_references(entries: Sequence[TermEntry], test: Test) -> list[TermEntry]:
    """Keep the terms that some human translation has for their Arabic."""
    used = set()
    for matches, reference in zip(test.matches, test.references, strict=True):
        for concept in Pair(matches, reference).concepts.values():
            used |= {one.entry.uid for one in concept.occurrences}
    return [entry for entry in entries if entry.uid in used]


def usage(texts: Sequence[str], matches: Sequence[Sequence[Match]]) -> tuple[int, int]:
    """Return how many of the places that want a term have it, and how many there are."""
    wanted = missing = 0
    for text, found in zip(texts, matches, strict=True):
        pair = Pair(found, text)
        wanting = [here for here in pair.places.values() if any(_wants(pair, uid) for uid in here)]
        wanted += len(wanting)
        missing += sum(not any(pair.satisfies(pair.concepts[uid]) for uid in here) for here in wanting)
    return wanted - missing, wanted


def _wants(pair: Pair, uid: str) -> bool:
    return any(entry.status in REQUIRED for entry in pair.concepts[uid].entries.values())


def draft(engine: ArgosEngine, sources: Sequence[str]) -> list[DraftedText]:
    return list(engine.draft(sources))


def obey(
    engine: ArgosEngine, sources: Sequence[str], plain: Sequence[DraftedText], matches: object
) -> list[DraftedText]:
    drafts = [DraftWithTerms(*one) for one in zip(sources, plain, matches, strict=True)]
    return [
        drafted
        for first in range(0, len(drafts), GROUP)
        for drafted in put_terms_in(drafts[first : first + GROUP], engine)
    ]


def compare(engine: ArgosEngine, test: Test, title: str) -> None:
    plain = draft(engine, test.sources)
    put = obey(engine, test.sources, plain, test.matches)
    chrf = [CHRF().corpus_score([one.text for one in drafts], [list(test.references)]).score for drafts in (plain, put)]
    before, after = (usage([one.text for one in drafts], test.matches) for drafts in (plain, put))
    humans = usage(test.references, test.matches)
    changed = sum(bool(one.before_terms) for one in put)
    unused = sum(not term.applied for one in put for term in one.terms)
    print(
        f"{title:44}{before[1]:7}{_share(before):>13}{_share(after):>9}{_share(humans):>9}{chrf[0]:13.2f}{chrf[1]:8.2f}"
        f"{changed:9}{unused:8}"
    )


def _share(counts: tuple[int, int]) -> str:
    return f"{100 * counts[0] / counts[1]:.1f} %" if counts[1] else "-"


def found(entries: Sequence[TermEntry], sources: Sequence[str]) -> list[list[Match]]:
    matcher = Matcher(entries)
    return [matcher.find(source) for source in sources]


def quality(engine: ArgosEngine, limit: int) -> None:
    print(f"{engine.identity.name}\n")
    heads = f"{'places':>7}{'used before':>13}{'after':>9}{'human':>9}{'chrF before':>13}{'after':>8}"
    print(f"{'':44}{heads}{'changed':>9}{'unused':>8}")
    for name, lists in SETS.items():
        sources, references = read_test(name, limit)
        entries = read_terms(lists)
        test = Test(sources, references, found(entries, sources))
        compare(engine, test, f"{name}, {len(sources)} sentences, lists")
        own = used_in_references(entries, test)
        compare(engine, Test(sources, references, found(own, sources)), f"{name}, terms that references use")


def cost(limit: int) -> None:
    sources, _ = read_test("tico19-test", limit)
    with tempfile.TemporaryDirectory() as scratch:
        engine = ArgosEngine(read_package(full_size_package.build(Path(scratch), sources)), threads=1)
        draft(engine, sources[:2])
        wall, cpu = time.perf_counter(), time.process_time()
        plain = draft(engine, sources)
        plain_took = time.perf_counter() - wall, time.process_time() - cpu
        print(f"\nfull-size package, {len(sources)} sentences, beam 2, one core: drafts {_took(plain_took)}")
        entries = read_terms(SETS["tico19-test"])
        matches = found(entries, sources)
        asking = sum(bool(check_pair(one, drafted.text)) for one, drafted in zip(matches, plain, strict=True))
        wall, cpu = time.perf_counter(), time.process_time()
        put = obey(engine, sources, plain, matches)
        took = time.perf_counter() - wall, time.process_time() - cpu
        print(
            f"{asking} sentences lack a term: putting terms in takes {_took(took)}, {took[1] / plain_took[1]:.0%} more "
            f"CPU; {sum(bool(one.before_terms) for one in put)} changed"
        )


def _took(seconds: tuple[float, float]) -> str:
    return f"{seconds[0]:.1f} s ({seconds[1]:.1f} s CPU)"


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--package", type=Path, help="folder of an installed Argos package")
    parser.add_argument("--limit", type=int, default=0, help="so many sentences of each set")
    parser.add_argument("--cost", action="store_true")
    options = parser.parse_args()
    if not SHARED.exists():
        sys.exit(f"needs {SHARED}")
    if options.cost:
        cost(options.limit or 100)
    else:
        quality(ArgosEngine(read_package(options.package) if options.package else bundled()[0]), options.limit)


if __name__ == "__main__":
    main()
