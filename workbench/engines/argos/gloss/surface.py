"""Spell out the whole word forms that a lexicon entry has in text, each with its own gloss.

The model knows whole words only, so that an unknown word can never be taken apart into known pieces and a gloss be
invented for it. What Arabic writes together (وبالمدينة) must therefore be in the vocabulary as one word ("and in the
city"). Nouns and adjectives take "and", a preposition, and the article or a pronoun; verbs and function words take
"and" or "so". What the lexicon says of a form always goes before what is spelled out here, and a form that two entries
would gloss differently is left out.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from workbench.engines.argos.gloss.lexicon import Entry, WordClass

_AND, _SO = ("و", "and "), ("ف", "so ")
_PREPOSITIONS = (("ب", "in "), ("ل", "for "))
_PRONOUNS = (("ه", "his "), ("ها", "her "), ("هم", "their "), ("نا", "our "))
_SHORTEST_STEM = 3  # a preposition or article before two letters spells too many other words


def surface_forms(entries: Iterable[Entry]) -> dict[str, str]:
    """Return the gloss of every form, the entries' own forms included; the first of two equal entries wins."""
    entries = list(entries)
    forms: dict[str, str] = {}
    for entry in entries:
        forms.setdefault(entry.arabic, entry.english)
    spelled: dict[str, str | None] = {}
    for entry in entries:
        for arabic, english in _spelled_out(entry):
            known = spelled.setdefault(arabic, english)
            if known != english:
                spelled[arabic] = None
    forms |= {arabic: english for arabic, english in spelled.items() if english is not None and arabic not in forms}
    return forms


def _spelled_out(entry: Entry) -> Iterator[tuple[str, str]]:
    if entry.word_class in {WordClass.EXACT, WordClass.MARK}:
        return
    if entry.word_class in {WordClass.VERB, WordClass.FUNCTION}:
        for letter, meaning in (_AND, _SO):
            yield letter + entry.arabic, meaning + entry.english
        return
    if len(entry.arabic) < _SHORTEST_STEM:
        return
    for arabic, english in _inflected(entry):
        yield arabic, english
        yield _AND[0] + arabic, _AND[1] + english


def _inflected(entry: Entry) -> Iterator[tuple[str, str]]:
    yield from _with_article(entry)
    if entry.word_class in {WordClass.NOUN, WordClass.ADJECTIVE} and entry.arabic[-1] not in "ةاءى":
        yield entry.arabic + "ا", entry.english  # the indefinite accusative: صفا
    if entry.word_class is WordClass.NOUN:
        yield from _possessed(entry)


def _possessed(entry: Entry) -> Iterator[tuple[str, str]]:
    """Yield the stem with each pronoun behind it; ta marbuta opens before one: مدرسة, مدرستهم."""
    stem = entry.arabic.removesuffix("ة") + "ت" if entry.arabic.endswith("ة") else entry.arabic
    for pronoun, whose in _PRONOUNS:
        yield stem + pronoun, whose + entry.english


def _with_article(entry: Entry) -> Iterator[tuple[str, str]]:
    """Yield the stem, the stem with the article, and both behind each preposition."""
    has_own_article = entry.arabic.startswith("ال") and entry.word_class is WordClass.NAME
    yield entry.arabic, entry.english
    for letter, meaning in _PREPOSITIONS:
        if not (has_own_article and letter == "ل"):
            yield letter + entry.arabic, meaning + entry.english
    if has_own_article:
        yield "لل" + entry.arabic.removeprefix("ال"), "for " + entry.english
        return
    the = "" if entry.word_class is not WordClass.NOUN else "the "
    yield "ال" + entry.arabic, the + entry.english
    yield "بال" + entry.arabic, "in " + the + entry.english
    yield "لل" + entry.arabic, "for " + the + entry.english
