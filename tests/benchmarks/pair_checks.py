"""How often checks are wrong and what they find: ``uv run python tests/benchmarks/pair_checks.py``.

Needs ../shared/eval. On human translations every finding is a false alarm, or a defect that nobody has noticed: ``-v``
prints them to be read. On the same translations with one error planted in each, a finding of the right check is a hit.
"""

from __future__ import annotations

import random
import re
import sys
from collections import Counter
from collections.abc import Callable
from pathlib import Path

from corpus.checks import check_pair, check_pairs
from corpus.checks.names import check_names, skeleton

SHARED = Path(__file__).parents[3] / "shared" / "eval"
SETS = ("ntrex128-dev", "flores200-devtest", "tico19-test")
ENGINES = ("argos", "opusmt", "nllb", "google", "microsoft", "bergamot-base")


def lines(name: str) -> list[str]:
    return (SHARED / name).read_text(encoding="utf-8").splitlines()


def pairs(source: str, target: str) -> list[tuple[str, str, str]]:
    return [(str(n), *pair) for n, pair in enumerate(zip(lines(source), lines(target), strict=True))]


def other_number(text: str, chance: random.Random) -> str:
    found = list(re.finditer(r"(?<![\w.,:-])\d{2,}(?![\w,:-])", text))
    if not found:
        return text
    match = chance.choice(found)
    return text[: match.start()] + str(int(match.group()) + chance.choice((7, 30, 100))) + text[match.end() :]


def twice(text: str, chance: random.Random) -> str:
    words = text.split(" ")
    places = [place for place, word in enumerate(words) if word.isalpha() and word.islower()]
    if not places:
        return text
    place = chance.choice(places)
    return " ".join([*words[: place + 1], *words[place:]])


PLANTED: dict[str, Callable[[str, random.Random], str]] = {
    "number": other_number,
    "word-twice": twice,
    "empty": lambda _, __: " ",
    "length": lambda text, _: text[: len(text) // 4],
    "spaces": lambda text, _: text.replace(" ", "  ", 1),
    "final-mark": lambda text, _: text[:-1] + "." if text.endswith("?") else text,
    "arabic-mark": lambda text, _: text.replace(",", "،", 1),
    "arabic-left": lambda text, _: text.replace(" ", " الذي ", 1),
    "brackets": lambda text, _: text.replace(")", "", 1),
    "quotes": lambda text, _: text.replace('"', "", 1),
    "directions": lambda text, _: "\u202b" + text,
    "entity": lambda text, _: text.replace("'", "&#39;", 1),
}


def false_alarms() -> None:
    every = total = 0
    for name in SETS:
        given = pairs(f"{name}.ar", f"{name}.en")
        found = list(check_pairs(given))
        with_any = len({uid for uid, _ in found})
        every, total = every + with_any, total + len(given)
        counts = dict(Counter(finding.check for _, finding in found).most_common())
        print(f"{name:<20}{1000 * with_any / len(given):6.1f} segments in 1,000 with a finding  {counts}")
        for uid, finding in found if "-v" in sys.argv else ():
            print("   ", finding, *given[int(uid)][1:], sep="\n      ")
    print(f"{'together':<20}{1000 * every / total:6.1f}")


def planted() -> None:
    chance = random.Random(1)
    given = [pair for name in SETS for pair in pairs(f"{name}.ar", f"{name}.en")]
    for check, spoil in PLANTED.items():
        tried = hit = 0
        for _, source, target in given:
            spoiled = spoil(target, chance)
            if spoiled == target or any(finding.check == check for finding in check_pair(source, target)):
                continue
            tried += 1
            hit += any(finding.check == check for finding in check_pair(source, spoiled))
        print(f"planted {check:<14}{hit:5} of {tried:5} found ({hit / max(tried, 1):.3f})")


def planted_names() -> None:
    """Take a name that five pairs or more have out of one translation at a time."""
    tried = hit = 0
    for name in SETS:
        given = pairs(f"{name}.ar", f"{name}.en")
        by_skeleton: dict[str, list[int]] = {}
        for place, (_, source, target) in enumerate(given):
            arabic = {skeleton(re.sub("^(?:ال|و)", "", word)) for word in source.split()}
            for word in set(re.findall(r"\b[A-Z][a-z]{3,}\b", target)):
                if len(skeleton(word)) >= 3 and skeleton(word) in arabic:
                    by_skeleton.setdefault(word, []).append(place)
        for word, places in by_skeleton.items():
            if len(places) < 5:
                continue
            uid, source, target = given[places[0]]
            spoiled = [*given]
            spoiled[places[0]] = (uid, source, re.sub(rf"\b{word}\b", "He", target))
            tried += 1
            hit += any(its == uid and finding.check == "name" for its, finding in check_names(spoiled))
    print(f"planted name          {hit:5} of {tried:5} found ({hit / max(tried, 1):.3f})")


def engines() -> None:
    for name in ENGINES:
        given = pairs("flores200-devtest.engines-source.ar", f"flores200-devtest.{name}.en")
        counts = Counter(finding.check for _, finding in check_pairs(given))
        print(f"engine {name:<16}{dict(counts.most_common())}")


if __name__ == "__main__":
    false_alarms()
    planted()
    planted_names()
    engines()
