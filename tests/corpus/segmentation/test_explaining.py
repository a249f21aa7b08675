import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.errors import SegmentationError
from corpus.segmentation import Splitter
from corpus.segmentation.default_rules import DEFAULT_RULES
from corpus.segmentation.explaining import explain
from corpus.segmentation.rules import Rule, RuleSet

TEXTS = st.text(alphabet=st.sampled_from('قالدم .؟!…،؛:"”»)\n\t3aU\u00a0\u200f'), max_size=80)


@given(TEXTS, st.sampled_from(["ar", "en", "fr"]))
def test_what_is_told_is_what_is_done(text, language):
    told = [decision.place for decision in explain(DEFAULT_RULES, language, text) if decision.breaks]
    assert told == Splitter(DEFAULT_RULES.for_language(language)).breaks(text)


def test_the_rule_that_decides_is_named():
    text = "قال د. علي نعم. ثم مضى"
    kept, cut = explain(DEFAULT_RULES, "ar", text)
    assert (kept.breaks, kept.by.name, kept.by.number, text[: kept.place]) == (False, "Arabic", 1, "قال د.")
    assert (cut.breaks, cut.by.name, cut.by.number) == (True, "Common", 2)


def test_a_slow_rule_is_named():
    rules = RuleSet({"x": (Rule(True, "!"), Rule(True, "", r"(\w+\s?)+#"))}, ((".*", "x"),))
    with pytest.raises(SegmentationError, match="Rule 2 of “x” takes too long"):
        explain(rules, "ar", "a" * 2000, seconds=0.05)
