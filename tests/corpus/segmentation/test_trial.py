import pytest

from corpus.errors import SegmentationError
from corpus.segmentation.default_rules import DEFAULT_RULES
from corpus.segmentation.rules import Rule, RuleSet
from corpus.segmentation.srx import read_srx
from corpus.segmentation.trial import try_rules


def of(*rules, maps=((".*", "x"),)):
    return RuleSet({"x": rules}, maps)


def test_our_own_rules_are_good():
    try_rules(DEFAULT_RULES)


@pytest.mark.parametrize("name", ["omegat_defaultRules.srx", "openxliff_default.srx", "segment_default.srx"])
def test_those_of_other_tools_are_good(shared, name):
    try_rules(read_srx(shared / "formats" / "srx" / name))


@pytest.mark.parametrize(
    "pattern",
    [
        "(",
        "[a-z",
        r"\p{Foo}",
        "a{99999999}",
        r"(?:(?:a{1000}){1000}){1000}",
        r"(?:[a-z]{1,300}){300}",
        "(" * 3000 + "a" + ")" * 3000,
        "x" * 60_000,
    ],
    ids=lambda pattern: pattern[:20],
)
def test_expressions_that_are_none_or_would_take_all_memory_are_refused(pattern):
    for rule in (Rule(True, pattern), Rule(False, "", pattern)):
        with pytest.raises(SegmentationError, match="not a regular expression"):
            try_rules(of(Rule(True, "!"), rule))


@pytest.mark.parametrize(
    "pattern", [r"\d{1,3}(?:[.,]\d{3}){0,5}\s", r"[{(]a{2}", r"\{100000\}", r"[]{99999}x]", "(?:a|b){3}c{,4}"]
)
def test_ordinary_repetitions_are_none_of_these(pattern):
    try_rules(of(Rule(True, pattern)))


def test_a_rule_that_takes_too_long_is_named(monkeypatch):
    monkeypatch.setattr("corpus.segmentation.trial._SECONDS", 0.5)
    with pytest.raises(SegmentationError, match="Rule 2 of “x” takes too long"):
        try_rules(of(Rule(True, "!"), Rule(True, "", r"(\w+\s?)+#")))


@pytest.mark.parametrize("maps", [(("(", "x"),), ((".*", "y"),)])
def test_language_maps_are_tried_too(maps):
    with pytest.raises(SegmentationError):
        try_rules(of(Rule(True, "!"), maps=maps))
