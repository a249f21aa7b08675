"""Numbers that one side has and the other has not, in whatever digits, groups, scales or words they are written."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from itertools import product

from corpus.arabic import fold
from corpus.checks.finding import Finding, Severity

# Digits of all three kinds, with what groups them and what begins the fraction (Arabic: U+066B, U+066C).
_DIGIT = "0-9\u0660-\u0669\u06f0-\u06f9"
# Digits after a Latin letter are a name (R0, B0AT1), after a colon the minutes of a time, after &# an HTML character.
_NUMBER = re.compile(rf"(?<!&#)(?<![A-Za-z:{_DIGIT}])[{_DIGIT}]+(?:[.,،\u066b\u066c'’][{_DIGIT}]+)*")
_IN_NAME = re.compile(r"(?<=[A-Za-z])[0-9]{1,6}")
_FULL_HOUR = re.compile(r"[.,،]00$")
_TO_ASCII = {**{0x0660 + n: str(n) for n in range(10)}, **{0x06F0 + n: str(n) for n in range(10)}}
_WORD = re.compile(r"[^\W\d_]+")
_PROCLITICS = ("و", "ف", "ب", "ل", "ك", "ال", "وال", "بال", "لل", "كال", "فال", "ولل", "وب", "ول")

# A scale may follow after a word or two: 3 أو 4 ملايين.
_SCALE_WITHIN = 16


@dataclass(frozen=True, slots=True)
class Number:
    """A number written in digits; ``values`` are what it may mean: 1.500 is one and a half, or fifteen hundred."""

    start: int
    end: int
    values: frozenset[float]


def check_numbers(source: str, target: str) -> Iterator[Finding]:
    """Yield a warning for each number in digits that the other side has neither in digits nor in words."""
    in_source, in_target = numbers(source), numbers(target)
    said_in_source, said_in_target = _said(source, in_source), _said(target, in_target)
    for number in in_source:
        if not _is_said(number, said_in_target):
            digits = source[number.start : number.end]
            message = f"The number {digits} of the source is not in the translation."
            yield Finding("number", Severity.WARNING, message, source_span=(number.start, number.end))
    for number in in_target:
        if not _is_said(number, said_in_source):
            digits = target[number.start : number.end]
            message = f"The number {digits} is not in the source."
            yield Finding("number", Severity.WARNING, message, target_span=(number.start, number.end))


def numbers(text: str) -> list[Number]:
    """Return the numbers that ``text`` has in digits, in order."""
    found = []
    for match in _NUMBER.finditer(text):
        values = _values(match.group().translate(_TO_ASCII))
        if text[match.end() : match.end() + 1] == "s":  # the 1850s are fifties of the 19th century
            values |= {part for value in values if 1000 <= value < 3000 for part in (value % 100, value // 100 + 1)}
        scale = _scale_after(text[match.end() : match.end() + _SCALE_WITHIN])
        found.append(Number(match.start(), match.end(), values | {value * scale for value in values}))
    return found


def said_values(text: str) -> set[float]:
    """Return all values that ``text`` says, in digits or in words."""
    return _said(text, numbers(text))


def _values(digits: str) -> frozenset[float]:
    parts = re.split(r"[.,،\u066b\u066c'’]", digits)
    values = {float("".join(parts))}
    if _FULL_HOUR.search(digits):
        values.add(float(parts[0] + parts[-1]))
    if len(parts) > 1:
        values.add(float("".join(parts[:-1]) + "." + parts[-1]))
    return frozenset(values)


def _scale_after(text: str) -> float:
    for word in _WORD.findall(text):
        if scale := _reading(word).scale:
            return scale
    return 1


def _is_said(number: Number, said: set[float]) -> bool:
    return any(round(value, 6) in said for value in _equivalents(number.values))


def _equivalents(values: frozenset[float]) -> set[float]:
    """Return values that say the same: a year by its last two digits, noon by twelve hours more."""
    short_years = {value % 100 for value in values if 1900 <= value < 2100}
    hours = {value + 12 for value in values if 1 <= value <= 11} | {value - 12 for value in values if 13 <= value <= 24}
    return set(values) | short_years | hours


def _said(text: str, in_digits: list[Number]) -> set[float]:
    """Return all values that ``text`` says, in digits or in words, words of one phrase added up and multiplied."""
    said = {round(value, 6) for number in in_digits for value in number.values}
    said |= {float(digits) for digits in _IN_NAME.findall(text)}
    said |= {value % 100 for value in said if 1900 <= value < 2100}
    said |= {float(_ROMAN.index(word)) for word in _WORD.findall(text) if word in _ROMAN}
    if _DUAL.search(text):
        said.add(2.0)
    phrase: list[_Reading] = []
    for word in (*_WORD.findall(text), ""):
        reading = _reading(word) if word else _NOTHING
        if reading is not _NOTHING:
            phrase.append(reading)
        elif phrase and word not in _LINKS:
            said |= _sums(phrase)
            phrase = []
    return said


_LINKS = {"and", "و", "of"}
_ROMAN = ("", *["I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII"])
_DUAL = re.compile(r"\w{3,}(?:ين|ان)\b")  # أسبوعين are two weeks; plurals end so as well
_MOST_WORDS = 8


@dataclass(frozen=True, slots=True)
class _Reading:
    """What a word says: values, or a scale."""

    values: frozenset[float]
    scale: float


_NOTHING = _Reading(frozenset(), 0)


def _sums(phrase: list[_Reading]) -> set[float]:
    """Return what the words say one by one, and together: twenty five, ألف وتسعمائة وستون."""
    found = {value for reading in phrase for value in reading.values} | {reading.scale for reading in phrase} - {0.0}
    for start in range(len(phrase)):
        part = phrase[start : start + _MOST_WORDS]
        choices = [sorted(reading.values) or [0.0] for reading in part]
        for values in product(*(choice[:2] for choice in choices)):
            total = group = 0.0
            for value, reading in zip(values, part, strict=True):
                if reading.scale:
                    group = max(group, 1) * reading.scale
                    if reading.scale >= 1000:
                        total, group = total + group, 0.0
                else:
                    group += value
                found.add(total + group)
    return found


@lru_cache(1 << 12)
def _reading(word: str) -> _Reading:
    words = _number_words()
    key = fold(word)
    if key in words:
        return words[key]
    for proclitic in _PROCLITICS:
        if key.startswith(proclitic) and (known := words.get(key[len(proclitic) :])):
            return known
    return _NOTHING


@lru_cache(1)
def _number_words() -> dict[str, _Reading]:
    text = files("corpus").joinpath("data", "number_words.tsv").read_text(encoding="utf-8")
    values: dict[str, set[float]] = {}
    scales: dict[str, float] = {}
    for line in text.splitlines():
        if line.startswith("#"):
            continue
        value, words = line.split("\t")
        for word in words.split():
            if value.startswith("x"):
                scales[fold(word)] = float(value[1:])
            else:
                values.setdefault(fold(word), set()).add(float(value))
    return {
        word: _Reading(frozenset(values.get(word, ())), scales.get(word, 0.0)) for word in values.keys() | scales.keys()
    }
