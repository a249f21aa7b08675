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


@lru_cache(1)
def _by_length() -> dict[int, list[tuple[re.Pattern[str], tuple[str, ...]]]]:
    """Return the shapes by the number of letters, which each has fixed: most words need few of them."""
    patterns: dict[int, list[tuple[re.Pattern[str], tuple[str, ...]]]] = {}
    for shape, singulars in _SHAPES:
        length = len(re.sub(r"\(?\[[^]]*\]\)?", "x", shape))
        patterns.setdefault(length, []).append((re.compile(shape), singulars))
    return patterns


@lru_cache(1)
def _listed() -> Mapping[str, tuple[str, ...]]:
    text = files("glossary").joinpath("data", "broken_plurals.tsv").read_text(encoding="utf-8")
    singulars: dict[str, tuple[str, ...]] = {}
    for line in text.splitlines():
        if line and not line.startswith("#"):
            singular, plurals = line.split("\t")
            for plural in plurals.split():
                singulars[key(plural)] = (*singulars.get(key(plural), ()), key(singular))
    return singulars


def listed_singulars(plural: str) -> tuple[str, ...]:
    """Return the keys of the singulars that the list gives for the key of a plural."""
    return _listed().get(plural, ())


def listed_plurals(singular: str) -> list[str]:
    """Return the keys of the plurals that the list gives for the key of a singular."""
    return [plural for plural, singulars in _listed().items() if singular in singulars]


def shaped_singulars(plural: str) -> list[str]:
    """Return the keys of words that ``plural``, a key, may be the broken plural of by its shape."""
    found = []
    for pattern, singulars in _by_length().get(len(plural), ()):
        if match := pattern.fullmatch(plural):
            found += [match.expand(singular) for singular in singulars]
    return found
