"""Broken plurals: which singulars a word may be the plural of, by a list and by its shape.

Shapes are those of Wright, A Grammar of the Arabic Language, volume I, sections 304 and 305, as far as they can be told
without vowels from other words: أفعال is nearly always a plural, فعال and فعل are as often singular, so these stand in
the list. What a shape gives is a candidate; it counts when it is a term.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from importlib.resources import files

from glossary.spelling import key

_C = "([^اويىةء])"  # a consonant that stays
_R = "([^اةى])"  # a radical: waw, ya and hamza too

# A plural's shape (in keys: one alef, hamza without a seat) and the shapes of its singulars.
_SHAPES = (
    (f"ا{_R}{_R}ا{_R}", (r"\1\2\3", r"\1\2\3ة")),  # أفعال: حدث، ورقة
    (f"ا{_R}[وي]ا{_R}", (r"\1ا\2",)),  # أفعال: حال
    (f"([^ةى]){_R}و{_R}", (r"\1\2\3",)),  # فعول: حرب، أمر
    (f"{_R}وا{_R}", (r"\1ا\2ة", r"\1ا\2")),  # فواعّ: مادة
    (f"{_R}وا{_R}{_R}", (r"\1ا\2\3", r"\1ا\2\3ة")),  # فواعل: ساحل، عاصفة
    (f"{_R}وا{_R}ي{_R}", (r"\1ا\2و\3", r"\1ا\2و\3ة")),  # فواعيل: قانون
    (f"م{_R}ا{_R}{_R}", (r"م\1\2\3", r"م\1\2\3ة", r"م\1ا\3", r"م\1ا\3ة")),  # مفاعل: مكتب، منطقة
    (f"م{_R}ا{_R}ي{_R}", (r"م\1\2و\3", r"م\1\2ا\3", r"م\1\2ي\3")),  # مفاعيل: مشروع، مفتاح
    (f"{_R}{_R}اء{_C}", (r"\1\2ي\3ة", r"\1\2ا\3ة", r"\1\2ي\3", r"\1\2و\3")),  # فعائل: وسيلة، رسالة
    (f"ا{_R}ا{_R}ي{_R}", (r"ا\1\2و\3", r"ا\1\2ا\3")),  # أفاعيل: أسبوع
    (f"{_R}{_R}{_R}اء", (r"\1\2ي\3", r"\1ا\2\3")),  # فعلاء: وزير، عالم
    (f"ا{_R}{_R}{_R}اء", (r"\1\2ي\3",)),  # أفعلاء: صديق
    (f"ا{_R}{_R}ياء", (r"\1\2ي",)),  # أفعلاء: نبي
    (f"ا{_R}{_R}{_R}ة", (r"\1\2ا\3", r"\1\2ي\3")),  # أفعلة: سؤال، رغيف
    (f"{_C}{_C}ا{_C}{_C}", (r"\1\2\3\4", r"\1\2\3\4ة")),  # فعالل: عنصر
    (f"{_C}{_C}ا{_C}ي{_C}", (r"\1\2\3و\4", r"\1\2\3ي\4", r"\1\2\3ا\4", r"\1\2\3و\4ة")),  # فعاليل: عصفور
    (f"{_C}{_C}او{_C}", (r"\1\2و\3", r"\1\2و\3ة")),  # فعاول: جدول
    (f"{_C}{_C}ا{_C}ي", (r"\1\2\3اء", r"\1\2\3ي")),  # فعالي: صحراء، فتوى
    (f"{_C}{_C}ايا", (r"\1\2ية", r"\1\2يءة")),  # فعايا: قضية
    (f"{_R}{_R}{_R}ي", (r"ا\1\2\3",)),  # فعلى, the feminine of an elative: الكبرى، أكبر
)


# Shapes ask of a letter only whether it is one of these; all words alike in that have the same shapes.
_TOLD_APART = frozenset("اويىةءم")
_OUTLINE = {code: chr(code) if chr(code) in _TOLD_APART else "ب" for code in range(0x0621, 0x064B)}


@lru_cache(1)
def _patterns() -> list[tuple[re.Pattern[str], tuple[str, ...]]]:
    return [(re.compile(shape), singulars) for shape, singulars in _SHAPES]


@lru_cache(1 << 14)
def _recipes(outline: str) -> tuple[tuple[str | int, ...], ...]:
    """Return how to spell the singulars of words with this outline: letters, and places of letters of the word."""
    found = []
    for pattern, singulars in _patterns():
        if match := pattern.fullmatch(outline):
            places = {f"\\{group}": match.start(group) for group in range(1, pattern.groups + 1)}
            found += [tuple(places.get(part, part) for part in re.findall(r"\\\d|.", one)) for one in singulars]
    return tuple(found)


@lru_cache(1)
def _list() -> Mapping[str, tuple[str, ...]]:
    """Return the list: the plurals of each singular, as they are spelled."""
    text = files("glossary").joinpath("data", "broken_plurals.tsv").read_text(encoding="utf-8")
    listed: dict[str, tuple[str, ...]] = {}
    for line in text.splitlines():
        if line and not line.startswith("#"):
            singular, plurals = line.split("\t")
            listed[singular] = (*listed.get(singular, ()), *plurals.split())  # two words may be spelled alike
    return listed


@lru_cache(1)
def _singulars() -> Mapping[str, tuple[str, ...]]:
    singulars: dict[str, tuple[str, ...]] = {}
    for singular, plurals in _list().items():
        for plural in map(key, plurals):
            singulars[plural] = (*singulars.get(plural, ()), key(singular))
    return singulars


def listed_plurals(singular: str) -> tuple[str, ...]:
    """Return the plurals that the list gives for a word, as they are spelled."""
    return _list().get(singular, ())


def listed_singulars(plural: str) -> tuple[str, ...]:
    """Return the keys of the singulars that the list gives for the key of a plural."""
    return _singulars().get(plural, ())


def outline(word: str) -> str:
    """Return a word with only those letters told apart that shapes ask for; each stands for one letter."""
    return word.translate(_OUTLINE)


def shaped_singulars(plural: str, its_outline: str) -> list[str]:
    """Return the keys of words that ``plural``, a key, may be the broken plural of by its shape."""
    return [
        "".join([plural[part] if isinstance(part, int) else part for part in recipe])
        for recipe in _recipes(its_outline)
    ]
