"""Term candidates: what is grouped, what is left out, how it is written, and where it was found."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from glossary.candidates import CandidateKind, find_candidates
from glossary.general_arabic import general_arabic
from glossary.spelling import key
from glossary.word_classes import function_words

NEWS = [
    ("1", "تقدمت قوات سوريا الديمقراطية نحو الباغوز في شرق البلاد."),
    ("2", "وبالباغوز محاصرون كثيرون، كما أعلنت قوات سوريا الديمقراطية."),
    ("3", "خرج من الباغوز مدنيون، والباغوز بلدة صغيرة."),
    ("4", "وقال المتحدث إن القوات الكردية في الباغوز."),
    ("5", "وصلت القوات الكردية إلى البلدة."),
]


def texts_of(sources, **options):
    return [candidate.text for candidate in find_candidates(sources, **options)]


def test_forms_of_a_word_are_one_candidate_with_the_article_it_always_has():
    (baghouz,) = [one for one in find_candidates(NEWS) if "باغوز" in one.text]
    assert (baghouz.text, baghouz.count, baghouz.segments) == ("الباغوز", 5, 4)
    assert baghouz.kind is CandidateKind.NAME


def test_the_article_is_left_off_where_the_word_stands_without_it_too():
    assert "باغوز" in texts_of([*NEWS, ("6", "سقطت مدينة باغوز.")])


def test_examples_are_the_first_places_in_reading_order():
    found = {candidate.text: candidate for candidate in find_candidates(NEWS)}["الباغوز"]
    sources = dict(NEWS)
    assert [sources[one.segment][one.start : one.end] for one in found.examples] == ["الباغوز", "وبالباغوز", "الباغوز"]


def test_phrases_are_found_whole_and_what_stands_only_inside_them_is_not():
    found = texts_of(NEWS)
    assert "قوات سوريا الديمقراطية" in found
    assert "القوات الكردية" in found
    assert "سوريا الديمقراطية" not in found


def test_a_conjunction_ends_a_phrase():
    sources = [(str(number), "التقى الفريق وليفركوزن الفائز.") for number in range(3)]
    assert not [text for text in texts_of(sources) if text.startswith("الفريق ") or text == "فريق ليفركوزن"]


def test_punctuation_ends_a_phrase():
    sources = [(str(number), "التقت ليفركوزن، ميونيخ.") for number in range(3)]
    assert not [text for text in texts_of(sources) if " " in text]


def test_no_candidate_begins_or_ends_with_a_function_word(shared):
    lines = (shared / "eval" / "ntrex128-dev.ar").read_text(encoding="utf-8").splitlines()
    found = find_candidates(((str(number), line) for number, line in enumerate(lines)), limit=1000)
    assert len(found) > 300
    edges = {key(word) for candidate in found for word in (candidate.text.split()[0], candidate.text.split()[-1])}
    assert not edges & function_words()


def test_what_the_glossary_has_is_not_proposed():
    found = texts_of(NEWS, is_known=lambda text: text == "الباغوز")
    assert "الباغوز" not in found
    assert "قوات سوريا الديمقراطية" in found


def test_words_of_general_arabic_are_no_terms():
    sources = [(str(number), "كان الناس في البيت يوم الجمعة.") for number in range(3)]
    assert texts_of([*sources, *NEWS])[0] != "البيت"


def test_verbs_are_no_candidates():
    sources = [(str(number), "وهم سيقتحمون الحصن ولم يقتحموا الحصن.") for number in range(4)]
    assert not [text for text in texts_of(sources) if "يقتحمو" in text]


def test_english_that_goes_with_a_candidate_is_proposed():
    english = {"1": "near Baghouz", "2": "In Baghouz many", "3": "left Baghouz", "4": "are in Baghouz", "5": "The town"}
    found = {one.text: one.rendering for one in find_candidates(NEWS, english=english)}
    assert found["الباغوز"] == "Baghouz"
    assert found["القوات الكردية"] == ""  # twice is no evidence


@pytest.mark.parametrize("sources", [[], [("1", "")], [("1", "12 … ok")], [("1", "\u200f \u0640")]])
def test_a_corpus_without_arabic_has_no_candidates(sources):
    assert find_candidates(sources) == []


@given(st.lists(st.text(alphabet="اليوفبكمنرةتس ،.\u064b\u0640\u200f1a"), max_size=8))
def test_examples_are_places_in_the_text_and_the_order_is_fixed(lines):
    sources = [(str(number), line) for number, line in enumerate([*lines, *lines])]
    found = find_candidates(sources)
    assert found == find_candidates(sources)
    for candidate in found:
        assert candidate.text.strip()
        for example in candidate.examples:
            assert 0 <= example.start < example.end <= len(dict(sources)[example.segment])


def test_the_list_of_general_arabic_is_read_whole():
    general = general_arabic()
    assert len(general.counts) > 20_000
    assert general.counts["مدينة"] > general.counts["هدنة"] > 0
    assert "يقول" in general.verbs
    assert "مدينة" not in general.verbs
