"""How well texts are aligned with their translations, and how fast: ``uv run python tests/benchmarks/alignment.py``.

Needs ../shared/eval. Lines of human translations, in the order of their documents, are made into texts whose right
alignment is known:

    clean       a line is a sentence
    sentences   lines cut into sentences by our rules
    merged      one line in seven joined with the next on one side, cut on the other, or joined on both
    deleted     the same, and one in ten missing on one side
    passage     fifty sentences in a row that one side does not have
    one line    all lines of all documents as one line, which our rules cut
    paragraphs  four lines as a paragraph, by ``align_paragraph``

A bead is right when it has exactly the right sentences on both sides; beads inside one right bead count as that bead.
Links are pairs of sentences in a bead. Constants were tuned on every other document (``tuned``), the others were looked
at only here (``held out``). Documents are aligned one by one, and all together as one long text. Length only is Gale
and Church's algorithm (1993), with the ratio and variance that ours has. ``--fast`` leaves out the long texts.
"""

from __future__ import annotations

import argparse
import math
import random
import time
from collections.abc import Callable, Iterable, Sequence
from itertools import groupby
from pathlib import Path

from corpus.alignment import align, align_paragraph
from corpus.alignment.lengths import ENGLISH_PER_ARABIC, VARIANCE, length
from corpus.segmentation import sentences

SHARED = Path(__file__).parents[3] / "shared" / "eval"
SETS = ("ntrex128-dev", "tico19-test", "flores200-devtest")
LINES_OF_DOCUMENT = 20  # where documents are not marked

Line = tuple[str, str]
Range = tuple[int, int, int, int]
Piece = tuple[list[str], list[str]]
Aligner = Callable[[Sequence[str], Sequence[str]], list[Range]]


def lines(name: str) -> list[str]:
    return (SHARED / name).read_text(encoding="utf-8").split("\n")[:-1]


def documents(name: str) -> list[list[Line]]:
    pairs = list(zip(lines(f"{name}.ar"), lines(f"{name}.en"), strict=True))
    marked = f"{name}.docids.tsv"
    names = lines(marked) if (SHARED / marked).exists() else [n // LINES_OF_DOCUMENT for n in range(len(pairs))]
    return [[pair for _, pair in group] for _, group in groupby(zip(names, pairs, strict=True), key=lambda one: one[0])]


# Texts with a known alignment


def cut(text: str, language: str) -> list[str]:
    return [text[span.start : span.end] for span in sentences(text, language)]


def clean(document: list[Line], _: random.Random) -> list[Piece]:
    return [([arabic], [english]) for arabic, english in document]


def by_rules(document: list[Line], _: random.Random) -> list[Piece]:
    return [(cut(arabic, "ar"), cut(english, "en")) for arabic, english in document]


def merged(document: list[Line], chance: random.Random, rate: float = 0.15) -> list[Piece]:
    pieces, place = [], 0
    while place < len(document):
        here, there = ([text] for text in document[place])
        place += 1
        choice = chance.random()
        if choice < rate and place < len(document):
            here.append(document[place][0])
            there.append(document[place][1])
            place += 1
            here = [" ".join(here)] if choice < rate * 0.55 else here
            there = [" ".join(there)] if choice > rate * 0.45 else there
        pieces.append((here, there))
    return pieces


def deleted(document: list[Line], chance: random.Random, rate: float = 0.05) -> list[Piece]:
    pieces = []
    for here, there in merged(document, chance, 0.1):
        choice = chance.random()
        pieces.append(([] if choice < rate else here, [] if rate <= choice < 2 * rate else there))
    return pieces


def passage(document: list[Line], _: random.Random) -> list[Piece]:
    at = len(document) // 3
    return [(here, [] if at <= place < at + 50 else there) for place, (here, there) in enumerate(clean(document, _))]


def one_line(document: list[Line], _: random.Random) -> list[Piece]:
    """Return what our rules make of all lines as one, in pieces that end at the end of a line on both sides."""
    sides = []
    for texts, language in zip(zip(*document, strict=True), ("ar", "en"), strict=True):
        spans = sentences(" ".join(texts), language)
        ends, at = [], -1
        for text in texts:
            at += len(text.rstrip()) + 1 + len(text) - len(text.rstrip())
            ends.append(at)
        numbers = {span.end: number for number, span in enumerate(spans, 1)}
        sides.append((cut(" ".join(texts), language), [numbers.get(end) for end in ends]))
    (here, here_ends), (there, there_ends) = sides
    pieces, first = [], (0, 0)
    for last in zip(here_ends, there_ends, strict=True):
        if None not in last:
            pieces.append((here[first[0] : last[0]], there[first[1] : last[1]]))
            first = last
    return [*pieces, (here[first[0] :], there[first[1] :])]


MAKERS = {
    "clean": clean,
    "sentences": by_rules,
    "merged": merged,
    "deleted": deleted,
    "passage": passage,
    "one line": one_line,
}


# Aligners


def ours(source: Sequence[str], target: Sequence[str]) -> list[Range]:
    beads = align(source, target)
    return [(bead.source_start, bead.source_end, bead.target_start, bead.target_end) for bead in beads if bead.is_pair]


def length_only(source: Sequence[str], target: Sequence[str]) -> list[Range]:
    """Align as Gale and Church do: 1-1 0.89, 1-0 and 0-1 0.0099, 2-1 and 1-2 0.089, 2-2 0.011."""
    kinds = {(1, 1): 0.89, (1, 0): 0.005, (0, 1): 0.005, (2, 1): 0.0445, (1, 2): 0.0445, (2, 2): 0.011}
    here, there = list(map(length, source)), list(map(length, target))
    reach = abs(len(here) - len(there)) + max(30, len(here) // 20)
    best: dict[tuple[int, int], tuple[float, tuple[int, int]]] = {(0, 0): (0.0, (0, 0))}
    for i in range(len(here) + 1):
        middle = i * len(there) // max(len(here), 1)
        for j in range(max(0, middle - reach), min(len(there), middle + reach) + 1):
            for (m, n), share in kinds.items():
                before = best.get((i - m, j - n))
                if before is None:
                    continue
                cost = before[0] - math.log(share) + deviation(sum(here[i - m : i]), sum(there[j - n : j]))
                if (i, j) not in best or cost < best[i, j][0]:
                    best[i, j] = (cost, (m, n))
    found, i, j = [], len(here), len(there)
    while i or j:
        m, n = best[i, j][1]
        i, j = i - m, j - n
        if m and n:
            found.append((i, i + m, j, j + n))
    return found[::-1]


def deviation(source: int, target: int) -> float:
    mean = max((source + target / ENGLISH_PER_ARABIC) / 2, 1.0)
    delta = abs(target - source * ENGLISH_PER_ARABIC) / math.sqrt(VARIANCE * mean)
    return -math.log(max(math.erfc(delta / math.sqrt(2)), 1e-30))


# Scores


class Score:
    def __init__(self) -> None:
        self.right = self.found = self.wanted = 0
        self.links = [0, 0, 0]
        self.sentences = 0
        self.seconds = 0.0

    def add(self, pieces: Iterable[Piece], aligner: Aligner) -> None:
        source, target, gold = [], [], []
        for here, there in pieces:
            if here and there:
                gold.append((len(source), len(source) + len(here), len(target), len(target) + len(there)))
            source += here
            target += there
        began = time.process_time()
        beads = aligner(source, target)
        self.seconds += time.process_time() - began
        self.sentences += max(len(source), len(target))
        self.count(joined(beads, gold), gold)

    def count(self, beads: Sequence[Range], gold: Sequence[Range]) -> None:
        self.right += len(set(beads) & set(gold))
        self.found += len(beads)
        self.wanted += len(gold)
        found, wanted = links(beads), links(gold)
        for place, number in enumerate((len(found & wanted), len(found), len(wanted))):
            self.links[place] += number

    def __str__(self) -> str:
        precision, recall = self.right / max(self.found, 1), self.right / max(self.wanted, 1)
        on_links = 2 * self.links[0] / max(self.links[1] + self.links[2], 1)
        f1 = 2 * self.right / max(self.found + self.wanted, 1)
        rate = 1000 * self.seconds / max(self.sentences, 1)
        return f"F1 {f1:.4f} (P {precision:.4f} R {recall:.4f})  links {on_links:.4f}  {rate:5.2f} s CPU per 1,000"


def joined(beads: Sequence[Range], gold: Sequence[Range]) -> list[Range]:
    by_sentence = {number: bead for bead in gold for number in range(bead[0], bead[1])}
    found: list[Range] = []
    around = None
    for bead in beads:
        its = by_sentence.get(bead[0])
        inside = its is not None and bead[1] <= its[1] and its[2] <= bead[2] and bead[3] <= its[3]
        if inside and its == around:
            found[-1] = (found[-1][0], bead[1], found[-1][2], bead[3])
        else:
            found.append(bead)
        around = its if inside else None
    return found


def links(beads: Iterable[Range]) -> set[tuple[int, int]]:
    return {(i, j) for a, b, c, d in beads for i in range(a, b) for j in range(c, d)}


def within_paragraphs(documents_: Iterable[list[Line]]) -> Score:
    """Score the ends of pieces: a piece is right when it begins and ends where the right one does, on both sides."""
    score = Score()
    for document in documents_:
        for start in range(0, len(document), 4):
            part = document[start : start + 4]
            pieces = [piece for piece in one_line(part, random.Random(0)) if piece[0] or piece[1]]
            source, target = (" ".join(texts) for texts in zip(*part, strict=True))
            gold, here, there = [], 0, 0
            for piece in pieces:
                ends = here + len(" ".join(piece[0])) + 1, there + len(" ".join(piece[1])) + 1
                gold.append((here, min(ends[0], len(source)), there, min(ends[1], len(target))))
                here, there = ends
            began = time.process_time()
            found = [(a.start, a.end, b.start, b.end) for a, b in align_paragraph(source, target)]
            score.seconds += time.process_time() - began
            score.sentences += len(part)
            score.count(joined(found, gold), gold)
    return score


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--fast", action="store_true")
    parser.add_argument("--only", help="one condition")
    given = parser.parse_args()
    for name in SETS:
        for half, part in (("tuned", documents(name)[::2]), ("held out", documents(name)[1::2])):
            print(f"\n{name}, {half}: {len(part)} documents, {sum(map(len, part))} lines", flush=True)
            for condition, make in MAKERS.items():
                if given.only not in (None, condition):
                    continue
                whole = [line for document in part for line in document]
                for what, texts in (("", part), ("long", [whole])):
                    if (what and given.fast) or (not what and condition in ("passage", "one line")):
                        continue
                    for label, aligner in (("length only", length_only), ("ours", ours)):
                        score, chance = Score(), random.Random(1)
                        for text in texts:
                            score.add(make(text, chance), aligner)
                        print(f"  {condition:<11}{what:<6}{label:<12}{score}", flush=True)
            if given.only in (None, "paragraphs"):
                print(f"  {'paragraphs':<17}{'ours':<12}{within_paragraphs(part)}", flush=True)


if __name__ == "__main__":
    main()
