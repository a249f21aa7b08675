from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from corpus.errors import SegmentationError
from corpus.segmentation import Splitter
from corpus.segmentation.default_rules import DEFAULT_RULES
from corpus.segmentation.rules import Rule, RuleSet
from corpus.segmentation.srx import read_srx, write_srx

TEXTS = st.text(alphabet=st.sampled_from('قالدم .؟!…،؛:"”»)\n\t3aU\u00a0\u200f'), max_size=150)


def cut(text, rules, language):
    splitter = Splitter(rules.for_language(language))
    return [text[span.start : span.end] for span in splitter.sentences(text)]


def test_our_rules_come_back_from_a_file(tmp_path):
    write_srx(DEFAULT_RULES, tmp_path / "ours.srx")
    assert read_srx(tmp_path / "ours.srx") == DEFAULT_RULES


def test_what_is_written_is_valid(tmp_path, shared):
    write_srx(DEFAULT_RULES, tmp_path / "ours.srx")
    schema = etree.parse(shared / "formats" / "srx" / "srx20.xsd")
    for imported in schema.findall("{*}import"):  # only xml:lang, which the file has not, from a remote address
        imported.getparent().remove(imported)
    etree.XMLSchema(schema).assertValid(etree.parse(tmp_path / "ours.srx"))


@pytest.mark.parametrize("name", ["omegat_defaultRules.srx", "openxliff_default.srx", "segment_default.srx"])
def test_rules_of_other_tools_are_read_and_used(shared, name):
    rules = read_srx(shared / "formats" / "srx" / name)
    text = "Dr. Smith is here. He is late! Is he?\nNo."
    assert cut(text, rules, "en")[:1] in (["Dr. Smith is here."], ["Dr."])
    for pattern, _ in rules.maps:  # every expression in them is understood
        Splitter(rules.for_language(pattern.rstrip(".*")))


def test_the_first_rule_that_matches_decides():
    rules = RuleSet(
        {"x": (Rule(True, r"!", r"\s"), Rule(False, r"a!", r"\s"), Rule(True, r"\.", r"\s"))}, ((".*", "x"),)
    )
    assert cut("a! b. c", rules, "ar") == ["a!", "b.", "c"]
    excepted = RuleSet({"x": (Rule(False, r"b\.", r"\s"), Rule(True, r"[.!]", r"\s"))}, ((".*", "x"),))
    assert cut("a! b. c", excepted, "ar") == ["a!", "b. c"]


def test_without_cascade_only_the_first_map_holds():
    maps = (("ar.*", "x"), (".*", "y"))
    rules = {"x": (Rule(True, "؟", r"\s"),), "y": (Rule(True, r"\.", r"\s"),)}
    assert cut("ما؟ نعم. لا", RuleSet(rules, maps, cascade=False), "ar") == ["ما؟", "نعم. لا"]
    assert cut("ما؟ نعم. لا", RuleSet(rules, maps, cascade=True), "AR") == ["ما؟", "نعم.", "لا"]


@given(TEXTS)
def test_a_text_is_its_sentences_and_white_space(text):
    spans = Splitter(DEFAULT_RULES.for_language("ar")).sentences(text)
    edges = [0, *(edge for span in spans for edge in (span.start, span.end)), len(text)]
    pieces = [text[start:end] for start, end in pairwise(edges)]
    assert "".join(pieces) == text
    assert not "".join(pieces[::2]).strip()


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"", "not valid XML"),
        (b"<tmx/>", "not an SRX"),
        (b"<srx/>", "no segmentation rules"),
        (b'<!DOCTYPE srx [<!ENTITY a "aaaa">]><srx>&a;</srx>', "has a DOCTYPE"),
    ],
)
def test_a_file_that_is_none_is_told(tmp_path, content, told):
    (tmp_path / "bad.srx").write_bytes(content)
    with pytest.raises(SegmentationError, match=told):
        read_srx(tmp_path / "bad.srx")
    with pytest.raises(SegmentationError, match="cannot be read"):
        read_srx(tmp_path / "none.srx")


def test_a_rule_that_is_no_expression_is_told():
    with pytest.raises(SegmentationError, match="not a regular expression"):
        Splitter([Rule(True, "(")])


def test_a_rule_that_never_ends_is_given_up():
    slow = Splitter([Rule(True, r"b(?:(?:a|aa)+)+\.", "")], seconds=0.05)
    with pytest.raises(SegmentationError, match="too long"):
        slow.sentences("a" * 60 + ".b")
