"""A corpus as rows of numbers, one for each of its words: what it is, where it stands, what it may go on from."""

from __future__ import annotations

from array import array
from collections import Counter
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

from corpus.arabic import is_arabic, words
from glossary.bases import Base, Bases
from glossary.general_arabic import GeneralArabic
from glossary.spelling import key
from glossary.word_classes import before_verbs, function_words, prepositions

if TYPE_CHECKING:
    from glossary.phrases import Flags, Numbers

_SPACES = frozenset({" ", "\N{NO-BREAK SPACE}"})


class WordRows:
    """The words of a corpus, in reading order; a place is a number of a word in it.

    ``number`` is for each place the number of its word in ``words``, which are keys of bases, or 0 where it is no part
    of a term; ``joined`` tells whether a phrase may reach a place from the one before it. ``segment`` is the number of
    the segment in ``uids``, ``start`` and ``end`` are code-point offsets in it. ``counts`` says how often each of
    ``words`` occurs.
    """

    def __init__(self, sources: Iterable[tuple[str, str]], general: GeneralArabic) -> None:
        import numpy as np

        self.uids: list[str] = []
        self.start, self.end = array("q"), array("q")
        self._general = general
        self._read(sources)
        self._bases = self._taken_apart()
        numbers: dict[str, int] = {"": 0}
        of_form = np.array([numbers.setdefault(base.key, len(numbers)) for base in self._bases], dtype=np.int64)
        self.words = list(numbers)
        every: Numbers = of_form[self._form]
        self.counts: list[int] = np.bincount(every, minlength=len(self.words)).tolist()
        usable = ~self._where(_is_no_part) & ~self._verbs(every)
        self.number: Numbers = np.where(usable, every, 0)
        self.joined = self._joined(usable)

    def __len__(self) -> int:
        return len(self._form)

    def base(self, place: int) -> Base:
        """Return the base of the word at a place."""
        return self._bases[int(self._form[place])]

    def _read(self, sources: Iterable[tuple[str, str]]) -> None:
        import numpy as np

        self._forms: dict[str, int] = {}
        form, segment, goes_on = array("q"), array("q"), array("b")
        for number, (uid, source) in enumerate(sources):
            self.uids.append(uid)
            last = -1
            for start, end in words(source):
                form.append(self._forms.setdefault(source[start:end], len(self._forms)))
                segment.append(number)
                self.start.append(start)
                self.end.append(end)
                goes_on.append(last >= 0 and source[last:start] in _SPACES)
                last = end
        self._form: Numbers = np.asarray(form)
        self.segment: Numbers = np.asarray(segment)
        self._goes_on: Flags = np.asarray(goes_on).astype(bool)

    def _taken_apart(self) -> list[Base]:
        """Return the base of each word form, in the order of their numbers."""
        import numpy as np

        counts = np.bincount(self._form, minlength=len(self._forms)).tolist()
        raw = Counter[str]()
        for form, number in self._forms.items():
            raw[key(form)] += counts[number]
        bases = Bases(raw, self._general.counts)
        return [bases.of(form) for form in self._forms]

    def _where(self, test: Callable[[Base], bool]) -> Flags:
        """Return of each place whether the base of its word passes."""
        import numpy as np

        flags: Flags = np.array([test(base) for base in self._bases], dtype=bool)[self._form]
        return flags

    def _after(self, flags: Flags) -> Flags:
        """Return of each place whether the one before it is flagged and nothing but a space lies between."""
        import numpy as np

        moved = np.zeros_like(flags)
        moved[1:] = flags[:-1]
        after: Flags = moved & self._goes_on
        return after

    def _verbs(self, every: Numbers) -> Flags:
        """Return of each place whether its word is one that behaves as a verb, here or in general Arabic."""
        import numpy as np

        nouns = self._where(lambda base: base.article or base.bare.endswith("ة"))
        nouns |= self._after(self._where(lambda base: base.bare in prepositions()))
        verbs = self._after(self._where(lambda base: base.bare in before_verbs()))
        as_noun = np.bincount(every, weights=nouns, minlength=len(self.words))
        as_verb = np.bincount(every, weights=verbs, minlength=len(self.words))
        likely = np.array([word in self._general.verbs or self._has_shape_of_verb(word) for word in self.words])
        is_verb: Flags = (as_verb > as_noun) | (likely & (as_noun <= as_verb))
        return is_verb[every]

    def _has_shape_of_verb(self, word: str) -> bool:
        """Tell whether a word has the look of a verb: an imperfect, its future, or a perfect beside its imperfect."""
        known = self._general.verbs
        if word[:1] == "س" and word[1:2] in {"ي", "ت", "ن", "ا"}:
            future = "ي" + word[2:]
            return future in known or future.removesuffix("ون") in known or word[1:] in function_words()
        if word in self._general.counts:
            return False
        imperfect = "ي" + (word[1:] if word[:1] in {"ا", "ت", "ن"} else word)
        return word[:1] == "ي" or imperfect in known or imperfect.removesuffix("ت") in known

    def _joined(self, usable: Flags) -> Flags:
        """Return of each place whether a phrase may reach it from the place before.

        A particle begins a new phrase; after a word with a pronoun none goes on; and what follows a word with the
        article has it too, an adjective: without it it is another phrase.
        """
        article = self._where(lambda base: base.article)
        closed = self._where(lambda base: base.pronoun)
        joined = self._after(usable & ~closed) & ~self._where(lambda base: base.particles) & usable
        return joined & ~(self._after(article) & ~article)


def _is_no_part(base: Base) -> bool:
    is_function = base.bare in function_words() or base.key in function_words()
    return is_function or len(base.bare) < 2 or not is_arabic(base.bare)
