"""Conformance with Unicode's own test files."""

from __future__ import annotations

import gzip
import unicodedata

import pytest

from workbench.ui.bidi.explicit import base_level
from workbench.ui.bidi.levels import REMOVED, classes_of, resolve, visual_order


def after_l1(classes, levels, base):
    """Rule L1 for a paragraph on one line: white space at its end and before separators takes the base level."""
    levels, trailing = list(levels), True
    for i in range(len(levels) - 1, -1, -1):
        if classes[i] in {"B", "S"}:
            levels[i], trailing = base, True
        elif classes[i] in {"WS", "LRI", "RLI", "FSI", "PDI"}:
            levels[i] = base if trailing else levels[i]
        elif levels[i] != REMOVED:
            trailing = False
    return levels


def shown(levels):
    kept = [i for i, level in enumerate(levels) if level != REMOVED]
    return [kept[place] for place in visual_order([levels[i] for i in kept])]


def lines_of(path):
    with gzip.open(path, "rt", encoding="utf-8") as file:
        for line in file:
            content = line.partition("#")[0].strip()
            if content:
                yield content


@pytest.mark.slow
def test_every_case_of_bidi_character_test(shared):
    cases = 0
    for line in lines_of(shared / "unicode" / "BidiCharacterTest.txt.gz"):
        codes, direction, base, levels, order = line.split(";")
        text = "".join(chr(int(code, 16)) for code in codes.split())
        classes = classes_of(text)
        level = base_level(classes) if direction == "2" else int(direction)
        assert level == int(base), line
        found = after_l1(classes, resolve(text, classes, level), level)
        assert found == [REMOVED if one == "x" else int(one) for one in levels.split()], line
        assert shown(found) == [int(one) for one in order.split()], line
        cases += 1
    assert cases > 91_000


@pytest.mark.slow
def test_every_case_of_bidi_test(shared):
    cases, levels, order = 0, [], []
    for line in lines_of(shared / "unicode" / "BidiTest.txt.gz"):
        if line.startswith("@Levels:"):
            levels = [REMOVED if one == "x" else int(one) for one in line.removeprefix("@Levels:").split()]
        elif line.startswith("@Reorder:"):
            order = [int(one) for one in line.removeprefix("@Reorder:").split()]
        elif not line.startswith("@"):
            names, bits = line.split(";")
            classes = names.split()
            for bit, direction in ((1, None), (2, 0), (4, 1)):
                if int(bits) & bit:
                    base = base_level(classes) if direction is None else direction
                    found = after_l1(classes, resolve("x" * len(classes), classes, base), base)
                    assert (found, shown(found)) == (levels, order), line
                    cases += 1
    assert cases > 770_000


def test_arabic_with_latin_and_numbers_reads_in_its_order():
    text = "قال NATO في 12 مارس (آذار)"
    classes = classes_of(text)
    assert unicodedata.bidirectional("ق") == "AL"
    assert base_level(classes) == 1
    levels = resolve(text, classes, 1)
    assert levels[text.index("N")] == levels[text.index("1")] == 2
    assert levels[text.index("(")] == levels[text.index(")")] == 1
