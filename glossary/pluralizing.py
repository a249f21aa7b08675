"""Which broken plurals a word may have, by its pattern: to offer them as further forms of a term.

The patterns and their plurals are those of Wright, A Grammar of the Arabic Language, volume I, sections 304 and 305, as
far as a singular without vowel marks shows its pattern. Only a dictionary knows which of them a word has: these are
candidates for a person to confirm.
"""

from __future__ import annotations

import re
from functools import lru_cache

from corpus.arabic import strip_marks
from glossary.hamza import seated
from glossary.plurals import listed_plurals

_R = "([^اةى])"  # a radical
_S = "([^اويةى])"  # one that is no weak letter

# A singular's letters, its hamzas as ء, and its plurals with their vowels, the most usual first. A digit is a radical.
_PATTERNS = (
    (f"{_R}ا{_R}", ("ءَ1ْوَا2", "ءَ1ْيَا2", "1ِي2َان")),  # باب، نار
    (f"{_R}{_R}ة", ("1ِ2َ2",)),  # قصة
    (f"{_R}ي{_R}", ("1ُيُو2", "ءَ1ْيَا2")),  # بيت، جيل
    (f"{_R}و{_R}", ("ءَ1ْوَا2",)),  # قوم
    (f"{_R}{_S}{_R}", ("ءَ1ْ2َا3", "1ُ2ُو3", "1ِ2َا3", "ءَ1ْ2ُ3")),  # حدث، حرب، جبل، شهر
    (f"{_R}{_R}{_R}ة", ("1ُ2َ3", "ءَ1ْ2َا3", "1ِ2َا3")),  # غرفة، ورقة، قلعة
    (f"{_R}ا{_R}ة", ("1َوَا2",)),  # مادة
    (f"{_R}ا{_R}{_R}", ("1ُ2َّا3", "1َوَا2ِ3", "1ُ2َ3َاء", "1َ2َ3َة", "ءَ1ْ2َا3")),  # عامل، ساحل، عالم، طالب، صاحب
    (f"{_R}ا{_R}{_R}ة", ("1َوَا2ِ3",)),  # عاصفة
    (f"{_R}ا{_R}[وي]{_R}", ("1َوَا2ِي3",)),  # قانون
    (f"{_R}{_R}ا{_R}", ("ءَ1ْ2ِ3َة", "1ُ2ُ3", "1ِ2ْ3َان")),  # سؤال، كتاب، غلام
    (f"{_R}{_R}ا{_R}ة", ("1َ2َاءِ3",)),  # رسالة
    (f"{_R}{_R}ي{_R}", ("1ُ2َ3َاء", "ءَ1ْ2ِ3َاء", "1ِ2َا3", "1ُ2ُ3", "ءَ1ْ2ِ3َة", "1َ2ْ3َى")),  # وزير، صديق، كبير، طريق
    (f"{_R}{_R}ي{_R}ة", ("1َ2َاءِ3", "1ُ2ُ3")),  # وسيلة، مدينة
    (f"{_R}{_R}و{_R}", ("1ُ2ُ3", "1َ2َاوِ3", "1َ2َاءِ3")),  # رسول، جدول، عجوز
    (f"{_R}{_R}و{_R}ة", ("1َ2َاءِ3",)),  # حمولة
    (f"{_R}{_R}ي", ("ءَ1ْ2ِيَاء",)),  # نبي
    (f"{_R}{_R}ية", ("1َ2َايَا",)),  # قضية
    (f"م{_R}{_R}{_R}ة?", ("مَ1َا2ِ3",)),  # مكتب، منطقة
    (f"م{_R}ا{_R}ة", ("مَ1َاوِ2",)),  # مغارة
    (f"م{_R}{_R}[ويا]{_R}", ("مَ1َا2ِي3",)),  # مشروع، مفتاح
    (f"ء{_S}{_S}{_S}", ("ءَ1َا2ِ3", "1ُ2ْ3")),  # إصبع، أحمر
    (f"ء{_R}{_R}[وا]{_R}ة?", ("ءَ1َا2ِي3",)),  # أسبوع
    (f"{_R}{_S}{_S}{_R}ة?", ("1َ2َا3ِ4",)),  # عنصر، قنبلة
    (f"{_R}{_S}{_S}[ويا]{_R}", ("1َ2َا3ِي4",)),  # عصفور، عنوان
    (f"{_R}{_R}{_R}اء", ("1َ2َا3ِي", "1َ2َا3َى")),  # صحراء
    (f"{_R}{_R}{_R}ى", ("1َ2َا3َى",)),  # فتوى
)


@lru_cache(1)
def _compiled() -> list[tuple[re.Pattern[str], tuple[str, ...]]]:
    return [(re.compile(pattern), plurals) for pattern, plurals in _PATTERNS]


def plural_candidates(singular: str) -> tuple[str, ...]:
    """Return broken plurals that an Arabic word may have, spelled with their hamzas, the likeliest first.

    Those that Tarjama's list gives come before those of the word's pattern. A word that has none, and a term of several
    words, gets none.
    """
    word = strip_marks(singular).strip()
    letters = _hamzas_bare(word)
    of_pattern = [
        seated(re.sub(r"\d", lambda radical, found=found: found[int(radical[0])], plural))  # type: ignore[misc]
        for pattern, plurals in _compiled()
        if (found := pattern.fullmatch(letters))
        for plural in plurals
    ]
    return tuple(dict.fromkeys(plural for plural in (*listed_plurals(word), *of_pattern) if plural != word))


def _hamzas_bare(word: str) -> str:
    """Return a word with each hamza as ء, whatever its seat."""
    return re.sub("[أإؤئ]", "ء", word.replace("آ", "ءا"))
