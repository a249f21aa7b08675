"""Propose gloss entries from parallel text: `python -m workbench.engines.argos.gloss.derive PAIRS.tsv.gz OUT.tsv`.

Word translation probabilities are those of IBM Model 1 (Brown et al. 1993, "The Mathematics of Statistical Machine
Translation"), trained in both directions; a pair is proposed when each word is the other's best translation.
The proposals are meant to be read and corrected by a person before they enter the lexicon.
"""

from __future__ import annotations

import gzip
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TypeAlias

from workbench.engines.argos.gloss.spelling import bare

Pair: TypeAlias = tuple[list[str], list[str]]
Table: TypeAlias = dict[tuple[str, str], float]

ROUNDS = 8
LEAST_COUNT = 3
LEAST_PROBABILITY = 0.35
_ARABIC_WORD = re.compile(r"[\u0621-\u064a]+")
_ENGLISH_WORD = re.compile(r"[A-Za-z]+(?:[-'’][A-Za-z]+)*")
# Function words of English answer no single Arabic word; the hand-written part covers their Arabic side.
_IGNORED = frozenset(
    """
    a an the of to in on at by for from with and or but as that which who whom whose is are was were be been being
    has have had do does did it its he she they them his her their this these those not no will would can could may
    after before into out up over under than then there said also during while when if so all more most
    """.split()  # noqa: SIM905  (a list of words reads better as text)
)
_PREFIXES = ("وال", "بال", "كال", "فال", "ولل", "وبال", "لل", "ال")


def main(arguments: Sequence[str]) -> None:
    """Read pairs from the first path and write proposals, most frequent first, to the second."""
    pairs_path, out_path = map(Path, arguments)
    with gzip.open(pairs_path, "rt", encoding="utf-8") as lines:
        rows = [line.rstrip("\n").split("\t") for line in lines]
    proposals = propose([(row[0], row[1]) for row in rows])
    text = "".join(f"{arabic}\t{english}\t{count}\t{share:.2f}\n" for arabic, english, count, share in proposals)
    out_path.write_text(text, encoding="utf-8")


def propose(texts: Iterable[tuple[str, str]]) -> list[tuple[str, str, int, float]]:
    """Return (Arabic stem, English word, occurrences, probability), most frequent first."""
    texts = list(texts)
    stems = _stemmer(Counter(word for arabic, _ in texts for word in _ARABIC_WORD.findall(bare(arabic))))
    pairs: list[Pair] = []
    cases: dict[str, Counter[str]] = defaultdict(Counter)
    for arabic, english in texts:
        words = _ENGLISH_WORD.findall(english)
        for word in words[1:]:  # the first word is capitalized whatever it is
            cases[word.lower()][word] += 1
        kept = [word.lower() for word in words if word.lower() not in _IGNORED]
        pairs.append(([stems[word] for word in _ARABIC_WORD.findall(bare(arabic))], kept))
    forward = best(train(pairs))
    backward = best(train([(target, source) for source, target in pairs]))
    counts = Counter(stem for source, _ in pairs for stem in source)
    return [
        (stem, cases[word].most_common(1)[0][0] if cases[word] else word, count, forward[stem][1])
        for stem, count in counts.most_common()
        if count >= LEAST_COUNT and stem in forward
        for word, share in [forward[stem]]
        if share >= LEAST_PROBABILITY and backward.get(word, ("", 0.0))[0] == stem
    ]


def train(pairs: Sequence[Pair]) -> Table:
    """Return P(target word | source word) after `ROUNDS` rounds of expectation maximization."""
    table: Table = {}
    for round_number in range(ROUNDS):
        counts: Table = defaultdict(float)
        totals: dict[str, float] = defaultdict(float)
        for source, target in pairs:
            for word in target:
                weights = [table.get((stem, word), 0.0) if round_number else 1.0 for stem in source]
                whole = sum(weights)
                if whole <= 0.0:
                    continue
                for stem, weight in zip(source, weights, strict=True):
                    counts[stem, word] += weight / whole
                    totals[stem] += weight / whole
        table = {key: count / totals[key[0]] for key, count in counts.items() if count > 1e-6}
    return table


def best(table: Table) -> dict[str, tuple[str, float]]:
    """Return each source word's most probable target word and its probability; ties go to the first word."""
    found: dict[str, tuple[str, float]] = {}
    for (source, target), share in sorted(table.items()):
        if share > found.get(source, ("", 0.0))[1]:
            found[source] = (target, share)
    return found


def _stemmer(counts: Counter[str]) -> dict[str, str]:
    """Map every word to its form without article and conjunction, where the rest is a word of the text itself."""
    stems: dict[str, str] = {}
    for word in counts:
        stem = word
        for prefix in sorted(_PREFIXES, key=len, reverse=True):
            if word.startswith(prefix) and len(word) - len(prefix) >= 3:
                stem = word[len(prefix) :]
                break
        else:
            if word[0] in "وف" and len(word) > 4 and counts[word[1:]] >= LEAST_COUNT:
                stem = word[1:]
        stems[word] = stem
    return stems


if __name__ == "__main__":
    main(sys.argv[1:])
