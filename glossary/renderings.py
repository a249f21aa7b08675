"""Which English goes with an Arabic term, told by the segments that have both (the Dice coefficient)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence

from glossary.english_words import english_key, english_words
from glossary.word_classes import english_function_words

_LONGEST = 4
_LEAST_TOGETHER = 3
_LEAST_DICE = 0.6
# Enough to know what is frequent among them; the figures are then those of all segments.
_SAMPLE = 200


def renderings(places: Sequence[Collection[str]], english: Mapping[str, str]) -> list[str]:
    """Return for each term the English phrase that most often goes with it, or nothing where the evidence is weak.

    ``places`` are the uids of the segments that have each term, ``english`` what segments say in English.
    """
    within = [{uid for uid in uids if english.get(uid)} for uids in places]
    asked = [_frequent(sorted(uids)[:_SAMPLE], english) for uids in within]
    wanted = set().union(*asked) if asked else set()
    where: dict[str, set[str]] = {}
    spellings: dict[str, Counter[str]] = {}
    for uid, text in english.items():
        for phrase, spelling in _phrases(text):
            if phrase in wanted:
                where.setdefault(phrase, set()).add(uid)
                spellings.setdefault(phrase, Counter())[spelling] += 1
    found = (_best(uids, phrases, where) for uids, phrases in zip(within, asked, strict=True))
    return [max(spellings[one], key=lambda text: (spellings[one][text], text)) if one else "" for one in found]


def _frequent(uids: Sequence[str], english: Mapping[str, str]) -> set[str]:
    counts = Counter(phrase for uid in uids for phrase in {phrase for phrase, _ in _phrases(english[uid])})
    return {phrase for phrase, count in counts.items() if count >= max(_LEAST_TOGETHER, len(uids) // 3)}


def _best(uids: set[str], phrases: set[str], where: Mapping[str, set[str]]) -> str:
    best = (0.0, 0, "")
    for phrase in phrases:
        together = len(uids & where[phrase])
        dice = 2 * together / (len(uids) + len(where[phrase]))
        if together >= _LEAST_TOGETHER and dice >= _LEAST_DICE:
            best = max(best, (dice, phrase.count(" "), phrase))
    return best[2]


def _phrases(text: str) -> Iterator[tuple[str, str]]:
    """Yield the keys and spellings of the phrases of ``text`` that neither begin nor end with a function word."""
    spelled = english_words(text)
    keys = [english_key(word) for word in spelled]
    content = [word.casefold() not in english_function_words() for word in spelled]
    for start in range(len(spelled)):
        if content[start]:
            for end in range(start + 1, min(start + _LONGEST, len(spelled)) + 1):
                if content[end - 1]:
                    yield " ".join(keys[start:end]), " ".join(spelled[start:end])
