"""The bases of a text's words: what is left of each without particles, article and pronoun.

Letters alone leave it open where a word begins: وزير is one word and وقال two. What decides is evidence: a reading
holds when its base stands alone elsewhere, in the corpus or in general Arabic, often enough beside the word as it is.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from corpus.arabic import strip_marks
from glossary.analysis import Reading, Rule, readings
from glossary.plurals import listed_singulars
from glossary.spelling import ARTICLE, key, letters
from glossary.word_classes import function_words

_SHORTEST = 3
# How often the base must stand alone, as a share of how often the whole word occurs, to be believed. و and ف stand
# before any word, and in texts of few words often enough before one that is never seen without them.
_SHARE_AFTER_CONJUNCTION = 0.25
_SHARE_AFTER_PREPOSITION = 0.5
_SHARE_BEFORE_PRONOUN = 1.0
_CONJUNCTIONS = frozenset("وفا")
# Too many words end in these letters; a pronoun in them is left on.
_UNSURE_PRONOUNS = frozenset("كي")


@dataclass(frozen=True, slots=True)
class Base:
    """A word taken apart: ``key`` groups its inflected forms, ``bare`` is the key of the form itself.

    ``text`` is that form as it was written, without vowel marks, particles, article and pronoun.
    """

    key: str
    bare: str
    text: str
    particles: bool = False
    article: bool = False
    pronoun: bool = False


class Bases:
    """Take words apart by the evidence of a corpus's own words and of general Arabic.

    ``counts`` are the keys of all words of the corpus as they stand, with how often each occurs.
    """

    def __init__(self, counts: Mapping[str, int], general: Mapping[str, int]) -> None:
        self._counts = counts
        self._general = general

    def of(self, word: str) -> Base:
        """Return the base of a word as it was written."""
        return self._of(word, letters(word))

    def _of(self, word: str, folded: str) -> Base:
        whole = key(word)
        alone = self._alone(whole)
        if whole in function_words():
            return Base(whole, whole, strip_marks(word))
        if whole[:1] in _CONJUNCTIONS and whole[1:] in function_words():
            return Base(whole[1:], whole[1:], strip_marks(word)[1:], particles=True)
        best = (float(alone), Base(self._singular(whole), whole, strip_marks(word)))
        for its_key, raw in readings(folded).items():
            reading = Reading(*raw)
            bare = its_key
            if reading.enclitic:
                if reading.rule is not Rule.PRONOUN or reading.enclitic in _UNSURE_PRONOUNS:
                    continue
                restored = bare == key(reading.stem[:-1]) + "ة" and reading.stem.endswith("ت")
                if (bare != key(reading.stem) and not restored) or len(bare) < _SHORTEST:
                    continue
            elif reading.rule is not Rule.PROCLITIC or len(bare) < _SHORTEST:
                continue
            evidence = self._evidence(reading.proclitics, bare, whole, alone, pronoun=bool(reading.enclitic))
            if evidence > best[0]:
                particles = [particle for particle in reading.proclitics if particle != ARTICLE]
                best = (
                    evidence,
                    Base(
                        self._singular(bare),
                        bare,
                        _written(word, reading.stem, reading.enclitic, bare),
                        bool(particles),
                        ARTICLE in reading.proclitics,
                        bool(reading.enclitic),
                    ),
                )
        return best[1]

    def _evidence(self, proclitics: tuple[str, ...], bare: str, whole: str, alone: int, *, pronoun: bool) -> float:
        """Return how much speaks for a reading, on the scale of how often the whole word occurs; 0 for not enough."""
        seen = self._alone(bare)
        if pronoun:
            return seen / _SHARE_BEFORE_PRONOUN if seen >= alone else 0.0
        if ARTICLE in proclitics:
            # The article is plain to see but for a few words, which general Arabic knows: والد, بالغ, الله.
            known = self._general.get(whole, 0)
            return float(max(seen, alone) + 1) if seen >= known else 0.0
        if bare.startswith(ARTICLE) and bare not in self._general:
            return 0.0  # the reading with the article apart says more
        share = _SHARE_AFTER_CONJUNCTION if set(proclitics) <= _CONJUNCTIONS else _SHARE_AFTER_PREPOSITION
        return seen / share if seen >= share * alone else 0.0

    def _alone(self, bare: str) -> int:
        """Return how often a base occurs with nothing before it but the article."""
        return self._counts.get(bare, 0) + self._counts.get(ARTICLE + bare, 0) + self._general.get(bare, 0)

    def _singular(self, bare: str) -> str:
        """Return the key of the singular of a sound or listed plural, or of an adverb's noun; ``bare`` for others."""
        for singular in (*listed_singulars(bare), *_sound_singulars(bare)):
            if len(singular) >= _SHORTEST and self._alone(singular) and self._has_plural(bare, singular):
                return singular
        return bare

    def _has_plural(self, bare: str, singular: str) -> bool:
        """Tell whether more speaks for a plural than its ending: a dual and a construct state have other forms."""
        if bare == singular + "ان":  # سكان is no dual
            return bool(self._alone(singular + "ين"))
        if bare in {singular + "ي", singular + "و"}:  # مقاتلي is of مقاتلين, عسكري of no عسكرين
            return bool(self._alone(singular + "ين") or self._alone(singular + "ون"))
        return True


def _sound_singulars(bare: str) -> Iterator[str]:
    for ending in ("تين", "تان"):
        if bare.endswith(ending):
            yield bare[: -len(ending)] + "ة"
    if bare.endswith("ات"):
        yield from (bare[:-2] + "ة", bare[:-2])
    if bare.endswith(("ون", "ين", "ان")):
        yield bare[:-2]
    if bare.endswith(("ي", "و")) or (bare.endswith("ا") and not bare.endswith("يا")):  # سوريا is not of سوري
        yield bare[:-1]


def _written(word: str, stem: str, enclitic: str, bare: str) -> str:
    """Return a stem in the letters of the text where they can be told apart, else in those of its key."""
    stripped = strip_marks(word)
    end = len(stripped) - len(enclitic)
    as_written = stripped[end - len(stem) : end]
    if letters(as_written) != stem:
        return bare
    return as_written if bare == key(stem) else as_written[:-1] + "ة"
