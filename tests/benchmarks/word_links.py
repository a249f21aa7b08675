"""Make ``corpus/data/word_links.tsv`` anew: ``uv run python tests/benchmarks/word_links.py`` (a minute).

It reads ../shared/train, and of it only texts under CC0, CC BY and MIT, none of which is copied: what is written are
stems that stand together, with the class of how probable one is where the other stands (IBM model 1). None of the
sentences that drafts are measured on is in these texts.
"""

from __future__ import annotations

import gzip
from collections import Counter
from collections.abc import Iterator
from math import log2
from pathlib import Path

from corpus.alignment.items import stems
from corpus.alignment.lexicon import StemPair, translation_probabilities
from corpus.risk.word_links import LAST_CLASS

ROOT = Path(__file__).parents[2]
TRAIN = ROOT.parent / "shared" / "train"
FILE = ROOT / "corpus" / "data" / "word_links.tsv"
SOURCES = {
    "S_written_news.tsv.gz": ("conflict", "economy", "general", "humanitarian", "longnews", "politics", "society"),
    "B_general_prose.tsv.gz": ("tatoeba", "prose_opensource_guide"),
    "A_news_humanitarian.tsv.gz": ("prose_nextstrain_sitreps", "prose_un_sdg"),
}
HEADER = """\
# Made by tests/benchmarks/word_links.py; not by hand. A stem of Arabic, and the stems of English that go with it, each
# with two classes: how probable it is for the Arabic one, and the Arabic one for it (class n: 2 to the power of -n).
# Counted, not copied, from: sentences written for Tarjama (CC0 1.0); Tatoeba, tatoeba.org (CC BY 2.0 FR); the Arabic
# Open Source Guides, github/opensource.guide (CC BY 4.0); Nextstrain's situation reports, nextstrain/narratives
# (CC BY 4.0); the Sustainable Development Goals, open-sdg/translations-un-sdg (MIT).
"""
# Rarer words and weaker links double the file and gain a hundredth of rank correlation.
FEWEST, LEAST, NEGLIGIBLE = 4, 0.05, 0.003


def pairs() -> Iterator[StemPair]:
    for name, sources in SOURCES.items():
        for line in gzip.decompress((TRAIN / name).read_bytes()).decode().splitlines():
            arabic, english, source = line.split("\t")
            if source in sources:
                yield stems(arabic), stems(english)


def probability_class(probability: float) -> int:
    return min(LAST_CLASS, round(-log2(probability))) if probability else LAST_CLASS


def main() -> None:
    given = list(pairs())
    forward = translation_probabilities(given, least=NEGLIGIBLE)
    backward = translation_probabilities([(target, source) for source, target in given], least=NEGLIGIBLE)
    counts = tuple(Counter(stem for pair in given for stem in pair[side]) for side in (0, 1))
    links: dict[str, list[str]] = {}
    for source, target in sorted({*forward, *((one, other) for other, one in backward)}):
        there, back = forward.get((source, target), 0.0), backward.get((target, source), 0.0)
        if max(there, back) >= LEAST and min(counts[0][source], counts[1][target]) >= FEWEST:
            links.setdefault(source, []).append(f"{target}{probability_class(there)}{probability_class(back)}")
    lines = (f"{source}\t{' '.join(targets)}\n" for source, targets in links.items())
    FILE.write_text(HEADER + "".join(lines), encoding="utf-8", newline="\n")
    print(f"{len(given)} pairs, {sum(map(len, links.values()))} links, {FILE.stat().st_size} bytes")


if __name__ == "__main__":
    main()
