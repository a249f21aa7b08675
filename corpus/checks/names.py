"""Names that are in the source and not in the translation, told by what the rest of the text does with them.

Nothing in Arabic writing shows a name. In English a capital does: an Arabic word that stands beside a capitalized word
of the same consonants in other pairs is a name, and then it is missed where nothing like it stands. The consonants of a
transliteration are compared by classes: Arabic writes no p and v, English no difference between س and ص.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import lru_cache

from corpus.arabic import fold, words
from corpus.checks.finding import Finding, Severity

_CLASSES = {
    **dict.fromkeys("بپبb p".replace(" ", ""), "b"),
    **dict.fromkeys("تطدضةdt", "t"),
    **dict.fromkeys("ثسصزذظشsz", "s"),
    **dict.fromkeys("جغقكخcgkqx", "k"),
    **dict.fromkeys("هحh", ""),
    **dict.fromkeys("رr", "r"),
    **dict.fromkeys("لl", "l"),
    **dict.fromkeys("مm", "m"),
    **dict.fromkeys("نn", "n"),
    **dict.fromkeys("فڤfv", "f"),
    **dict.fromkeys("j", "k"),
}
# Letter pairs that are one sound, before single letters are looked at.
_PAIRS = (
    ("ph", "f"),
    ("sh", "s"),
    ("ch", "s"),
    ("th", "s"),
    ("dh", "s"),
    ("kh", "k"),
    ("gh", "k"),
    ("ts", "s"),
    ("x", "ks"),
)
_ENGLISH_WORD = re.compile(r"[\w’'-]+")
_CAPITALIZED = re.compile(r"(?:al-|el-|Al-|El-)?[A-Z][\w’'‘ʿʾ]+")
_PARTICLES = ("و", "ف", "ب", "ل", "ك", "ال", "وال", "بال", "لل", "وب", "ول")

_FEWEST_PAIRS, _SHORTEST_SKELETON = 3, 3
_MOST_EXCEPTIONS = 0.2


def check_names(pairs: Sequence[tuple[str, str, str]]) -> Iterator[tuple[str, Finding]]:
    """Yield (uid, finding) where a name of the source, known from other pairs (uid, source, target), is missing."""
    seen: Counter[str] = Counter()
    kept: Counter[str] = Counter()
    missing: list[tuple[int, tuple[str, ...], tuple[int, int]]] = []
    for number, (_, source, target) in enumerate(pairs):
        if not target.strip():
            continue
        capitalized = {skeleton(name.group()) for name in _CAPITALIZED.finditer(target)}
        for readings, span in _arabic_words(source):
            here = [reading for reading in readings if skeleton(reading) in capitalized]
            seen.update(readings)
            kept.update(here)
            if not here:
                missing.append((number, readings, span))
    candidates = {reading for reading, count in kept.items() if count >= _FEWEST_PAIRS}
    gone = [
        (number, reading, span)
        for number, readings, span in missing
        for reading in readings
        if reading in candidates and not _is_near(skeleton(reading), pairs[number][2])
    ]
    without = Counter(reading for _, reading, _ in gone)
    told: set[tuple[int, tuple[int, int]]] = set()
    for number, reading, span in gone:
        if without[reading] <= _MOST_EXCEPTIONS * seen[reading] and (number, span) not in told:
            told.add((number, span))
            message = "This seems to be a name, and is not in the translation."
            yield pairs[number][0], Finding("name", Severity.WARNING, message, source_span=span)


@lru_cache(1 << 16)
def skeleton(word: str) -> str:
    """Return the classes of a word's consonants, doubled ones once: the same for بغداد and Baghdad."""
    text = fold(word)
    for pair, sound in _PAIRS:
        text = text.replace(pair, sound)
    classes = [_CLASSES.get(letter, "") for letter in text.removeprefix("al-").removeprefix("el-")]
    found: list[str] = []
    for letter in classes:
        if letter and found[-1:] != [letter]:
            found.append(letter)
    return "".join(found)


def _arabic_words(source: str) -> Iterator[tuple[tuple[str, ...], tuple[int, int]]]:
    """Yield the words of a source, each once: as it stands and without what may be a particle, and its place."""
    once: dict[tuple[str, ...], tuple[int, int]] = {}
    for start, end in words(source):
        word = fold(source[start:end])
        found = (word, *(word[len(particle) :] for particle in _PARTICLES if word.startswith(particle)))
        readings = tuple(reading for reading in found if len(skeleton(reading)) >= _SHORTEST_SKELETON)
        if readings:
            once.setdefault(readings, (start, end))
    yield from once.items()


def _is_near(name: str, target: str) -> bool:
    """Tell whether a target has a word with the skeleton ``name``, or one that holds it or is one letter away."""
    from rapidfuzz.distance import Levenshtein

    others = {skeleton(word) for word in _ENGLISH_WORD.findall(target)} - {""}
    return any(name in other or Levenshtein.distance(name, other, score_cutoff=1) <= 1 for other in others)
