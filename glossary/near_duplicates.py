"""Find terms that are nearly the same without comparing each with each: by keys, and by keys with a letter left out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from corpus.arabic import words
from glossary.analysis import Reading, Rule, readings
from glossary.spelling import ARTICLE, bare_key, letters

# A difference in the last letter is most often an ending: another word of the same family, and not a misspelling.
_LONG = 7
_PLURALS = frozenset({Rule.INFLECTION, Rule.PLURAL})


def one_letter_apart(keys: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Yield pairs of keys of seven letters or more that differ in one letter, which is not their last.

    A letter may be missing, another one, or in its neighbor's place. Each pair is yielded once.
    """
    shorter: dict[str, list[str]] = {}
    for one in sorted({key for key in keys if len(key) >= _LONG}):
        seen: set[str] = set()
        for variant in {one, *(one[:place] + one[place + 1 :] for place in range(len(one)))}:
            others = shorter.get(variant)
            if others is None:
                shorter[variant] = [one]
                continue
            for other in others:
                if other not in seen and _is_one_apart(other, one):
                    seen.add(other)
                    yield other, one
            others.append(one)


def _is_one_apart(first: str, second: str) -> bool:
    if len(first) > len(second):
        first, second = second, first
    place = next((place for place, letter in enumerate(first) if letter != second[place]), len(first))
    if place >= len(second) - 1:
        return False
    if first[place:] == second[place + 1 :] or (
        len(first) == len(second) and first[place + 1 :] == second[place + 1 :]
    ):
        return True
    swapped = second[place + 1 : place + 2] + second[place]
    return first[place:] == swapped + second[place + 2 :]


def singular_keys(term: str) -> Iterator[str]:
    """Yield the term keys of what an Arabic term may be the plural or dual of, in its first word."""
    folded = letters(term)
    spans = words(folded)
    if not spans:
        return
    first, *rest = (folded[start:end] for start, end in spans)
    behind = "".join(" " + bare_key(word) for word in rest)
    for its_key, raw in readings(first).items():
        reading = Reading(*raw)
        if reading.rule in _PLURALS and reading.proclitics in ((), (ARTICLE,)) and not reading.enclitic:
            yield its_key + behind
