"""Put an English term in the place of words that are no term: what a draft has for the Arabic one."""

from __future__ import annotations

from glossary.english.finder import Occurrence
from glossary.english.fitting import Inflection, begins_sentence
from glossary.english.inflection import is_plural
from glossary.english.replacing import Replacement, head_of, replacement
from glossary.english.words import folded, words
from glossary.model import TermEntry
from glossary.word_classes import english_function_words


def placed(text: str, span: tuple[int, int], term: TermEntry, *, may_be_plural: bool) -> Replacement | None:
    """Return what puts ``term`` in the place of the words at ``span``; None when these say nothing of their own.

    Articles, prepositions and the like at either end of them stay. The term gets a capital letter at the start of a
    sentence, and becomes a plural when both what it replaces and the Arabic, which ``may_be_plural``, are one.
    """
    content = [word for word in words(text[slice(*span)]) if word.letters.lower() not in english_function_words()]
    if not content:
        return None
    start, end = span[0] + content[0].start, span[0] + content[-1].end
    surface = text[start:end]
    begins = begins_sentence(text, start)
    shown = surface if begins else surface.lower()
    head = head_of(surface[:1].lower() + surface[1:] if begins else surface)
    if may_be_plural and head.islower() and is_plural(folded(head)):
        several = Occurrence(start, end, shown, term, surface.lower(), Inflection.PLURAL)
        fitting = replacement(text, several, term.target)
        if fitting is not None:
            return fitting
    return replacement(text, Occurrence(start, end, shown, term, term.target, Inflection.SAME), term.target)
