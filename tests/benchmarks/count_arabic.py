"""Count general Arabic anew: ``uv run python tests/benchmarks/count_arabic.py > glossary/data/general_arabic.txt``.

It reads ../shared/train, and of it only texts under CC0, CC BY and MIT, none of which is copied: what is written are
bases of words in classes of frequency, and whether they behave as verbs.
"""

from __future__ import annotations

import gzip
from collections import Counter, defaultdict
from collections.abc import Iterator
from math import log2
from pathlib import Path

from corpus.arabic import is_arabic, words
from glossary.bases import Base, Bases
from glossary.general_arabic import CLASSES_PER_DOUBLING
from glossary.spelling import key
from glossary.word_classes import before_verbs, prepositions

TRAIN = Path(__file__).parents[3] / "shared" / "train"
SOURCES = {
    "S_written_news.tsv.gz": ("conflict", "economy", "general", "humanitarian", "longnews", "politics", "society"),
    "B_general_prose.tsv.gz": ("tatoeba", "prose_opensource_guide"),
    "A_news_humanitarian.tsv.gz": ("prose_nextstrain_sitreps", "prose_un_sdg"),
}
HEADER = """\
# Made by tests/benchmarks/count_arabic.py: how often words occur in Arabic at large; not by hand. A class (two for each
# doubling; class 0 is once in `total` words; v: behaves as a verb) and the words of it, as keys without clitics.
# Counted, not copied, from: sentences written for Tarjama (CC0 1.0); Tatoeba, tatoeba.org (CC BY 2.0 FR); the Arabic
# Open Source Guides, github/opensource.guide (CC BY 4.0); Nextstrain's situation reports, nextstrain/narratives
# (CC BY 4.0); the Sustainable Development Goals, open-sdg/translations-un-sdg (MIT)."""


def sentences() -> Iterator[str]:
    for name, sources in SOURCES.items():
        with gzip.open(TRAIN / name, "rt", encoding="utf-8") as file:
            for line in file:
                arabic, _, source = line.rstrip("\n").split("\t")
                if source in sources:
                    yield arabic


def main() -> None:
    texts = [[text[start:end] for start, end in words(text)] for text in sentences()]
    raw = Counter(key(word) for text in texts for word in text)
    bases = Bases(raw, {})
    known: dict[str, Base] = {}
    counts = Counter[str]()
    as_verb: dict[str, int] = defaultdict(int)
    for text in texts:
        before = ""
        for word in text:
            if word not in known:
                known[word] = bases.of(word)
            base = known[word]
            if is_arabic(word):
                counts[base.bare] += 1
                as_verb[base.bare] += _verbal(base, before)
            before = base.bare
    classes: dict[tuple[int, bool], list[str]] = defaultdict(list)
    for bare, count in counts.items():
        imperfect = bare[0] == "ي" or (bare[0] == "ت" and count > 1)
        verb = as_verb[bare] > 0 or (imperfect and as_verb[bare] == 0)
        classes[round(CLASSES_PER_DOUBLING * log2(count)), verb].append(bare)
    print(HEADER)
    print("total", counts.total())
    for (number, verb), members in sorted(classes.items(), reverse=True):
        print(f"{number}{'v' * verb}", *sorted(members))


def _verbal(base: Base, before: str) -> int:
    if base.article or base.bare.endswith("ة") or before in prepositions():
        return -1
    return 2 if before in before_verbs() else 0


if __name__ == "__main__":
    main()
