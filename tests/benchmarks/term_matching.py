"""How many occurrences of terms are found: ``uv run python tests/benchmarks/term_matching.py`` (needs ../shared/terms).

On a treebank (UD_Arabic-PUD, CC BY-SA 3.0) the terms are the lemmas of nouns, adjectives and proper nouns that occur
three times or more, as a dictionary has them: without vowel marks. An occurrence is a word that holds such a lemma. A
word that is found for a term and does not hold it is wrong; strictly, or, relaxed, only if it holds no other lemma that
is written alike (a homograph, which no glossary without vowel marks can tell apart).
"""

from __future__ import annotations

import re
import sys
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path

from corpus.arabic import strip_marks
from glossary import analysis, matcher
from glossary.matcher import Matcher
from glossary.model import TermEntry

TREEBANK = Path(__file__).parents[3] / "shared" / "terms" / "ar_pud-dev.conllu"
FEWEST_OCCURRENCES = 3
SHORTEST_TERM = 3
CONTENT = {"NOUN", "ADJ", "PROPN"}
WITH_LEMMA = CONTENT | {"VERB", "ADV", "NUM", "DET"}

ALEFS = str.maketrans({"أ": "ا", "إ": "ا", "آ": "ا", "ٱ": "ا", "ى": "ي"})


def plain(text: str) -> str:
    return strip_marks(text).translate(ALEFS)


@dataclass
class Word:
    """A word of running text, clitics and all; ``lemmas`` by identifier, ``spellings`` of all lemmas in it."""

    surface: str = ""
    lemmas: set[str] = field(default_factory=set)
    spellings: set[str] = field(default_factory=set)


@dataclass(frozen=True)
class Gold:
    sentences: list[list[Word]]
    terms: dict[str, str]


def read(path: Path) -> Gold:
    blocks = path.read_text(encoding="utf-8").split("\n\n")
    sentences = [_sentence(block.splitlines()) for block in blocks if block.strip()]
    counts = Counter(lemma for sentence in sentences for word in sentence for lemma in word.lemmas)
    spelled = {lemma: strip_marks(re.sub(r"[_\-].*$", "", lemma)) for lemma in counts}
    terms = {
        lemma: term
        for lemma, term in spelled.items()
        if counts[lemma] >= FEWEST_OCCURRENCES
        and len(plain(term)) >= SHORTEST_TERM
        and re.fullmatch("[\u0621-\u064a\u0671]+", term)
    }
    return Gold(sentences, terms)


def _sentence(lines: Iterable[str]) -> list[Word]:
    words: list[Word] = []
    word = Word()
    for line in lines:
        columns = line.split("\t")
        if line.startswith("#") or len(columns) < 10 or not columns[0].isdecimal():
            continue
        _, form, lemma, pos, *_, misc = columns
        if pos == "PUNCT":
            words += [word] if word.surface else []
            word = Word()
            continue
        word.surface += form
        named = re.search(r"LId=([^|]+)", misc)
        if named and pos in CONTENT:
            word.lemmas.add(named[1])
        if pos in WITH_LEMMA:
            word.spellings |= {plain(re.sub(r"[_\-].*$", "", named[1]))} if named else set()
            word.spellings |= {plain(lemma)} if lemma != "_" else set()
        if "SpaceAfter=No" not in misc:
            words.append(word)
            word = Word()
    return words + ([word] if word.surface else [])


@dataclass
class Score:
    right: int = 0
    wrong: int = 0
    wrong_but_homograph: int = 0
    missed: int = 0

    def __str__(self) -> str:
        strict = self.right / (self.right + self.wrong)
        relaxed = self.right / (self.right + self.wrong - self.wrong_but_homograph)
        recall = self.right / (self.right + self.missed)
        return f"precision {strict:.3f}  relaxed {relaxed:.3f}  recall {recall:.3f}"


Finder = Callable[[list[Word]], list[set[str]]]


def score(gold: Gold, find: Finder, wrong: Counter[tuple[str, str]], missed: Counter[tuple[str, str]]) -> Score:
    result = Score()
    for sentence in gold.sentences:
        for word, found in zip(sentence, find(sentence), strict=True):
            wanted = {lemma for lemma in word.lemmas if lemma in gold.terms}
            result.right += len(found & wanted)
            result.missed += len(wanted - found)
            missed.update((gold.terms[lemma], word.surface) for lemma in wanted - found)
            for lemma in found - wanted:
                result.wrong += 1
                homograph = plain(gold.terms[lemma]) in word.spellings
                result.wrong_but_homograph += homograph
                wrong.update([] if homograph else [(gold.terms[lemma], word.surface)])
    return result


def ours(gold: Gold) -> Finder:
    terms = Matcher(TermEntry(lemma, lemma, term, term) for lemma, term in gold.terms.items())

    def find(sentence: list[Word]) -> list[set[str]]:
        return [{match.entry.uid for match in terms.find(word.surface)} for word in sentence]

    return find


def without_list(find: Finder) -> Finder:
    """Return a finder that knows broken plurals by their shape alone: how it does on words that nobody listed."""

    def find_by_shape(sentence: list[Word]) -> list[set[str]]:
        listed, analysis.listed_singulars = analysis.listed_singulars, lambda _: ()
        matcher._analyzed.cache_clear()
        try:
            return find(sentence)
        finally:
            analysis.listed_singulars = listed
            matcher._analyzed.cache_clear()

    return find_by_shape


def by_key(gold: Gold, key: Callable[[str], str]) -> Finder:
    terms = defaultdict(set)
    for lemma, term in gold.terms.items():
        terms[key(term)].add(lemma)
    return lambda sentence: [terms.get(key(word.surface), set()) for word in sentence]


def main() -> None:
    gold = read(TREEBANK)
    from snowballstemmer import stemmer

    arabic = stemmer("arabic")
    finders = {
        "exact": by_key(gold, lambda word: word),
        "exact but for marks and alefs": by_key(gold, plain),
        "Snowball stem": by_key(gold, lambda word: arabic.stemWord(plain(word))),
        "Tarjama": ours(gold),
        "Tarjama without its list of plurals": without_list(ours(gold)),
    }
    print(f"{len(gold.sentences)} sentences, {sum(map(len, gold.sentences))} words, {len(gold.terms)} terms")
    for name, find in finders.items():
        wrong: Counter[tuple[str, str]] = Counter()
        missed: Counter[tuple[str, str]] = Counter()
        print(f"{name:<36}{score(gold, find, wrong, missed)}")
    if "-v" in sys.argv:
        print("wrong", wrong.most_common(400))
        print("missed", missed.most_common(400))


if __name__ == "__main__":
    main()
