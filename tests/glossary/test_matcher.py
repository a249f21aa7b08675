import pytest
from hypothesis import given
from hypothesis import strategies as st

from glossary.matcher import Matcher, as_json
from glossary.model import TermEntry

TERMS = ["الباغوز", "حكومة", "وقف إطلاق النار", "الأمم المتحدة", "متحدث", "قصف", "قصف مدفعي", "مستشفى", "الله", "فقير"]
MATCHER = Matcher(TermEntry(str(n), str(n), term, f"english {n}") for n, term in enumerate(TERMS))


def found(text):
    return [(match.entry.source, match.surface) for match in MATCHER.find(text)]


@pytest.mark.parametrize(
    ("text", "term", "proclitics", "stem", "enclitic"),
    [
        ("الباغوز", "الباغوز", ["ال"], "باغوز", ""),
        ("باغوز", "الباغوز", [], "باغوز", ""),
        ("وبالباغوز", "الباغوز", ["و", "ب", "ال"], "باغوز", ""),
        ("للباغوز", "الباغوز", ["ل", "ال"], "باغوز", ""),
        ("وللحكومة", "حكومة", ["و", "ل", "ال"], "حكومة", ""),
        ("حكومتهم", "حكومة", [], "حكومت", "هم"),
        ("فحكومتنا", "حكومة", ["ف"], "حكومت", "نا"),
        ("الحكومات", "حكومة", ["ال"], "حكومات", ""),
        ("مستشفاها", "مستشفى", [], "مستشفا", "ها"),
        ("المتحدثون", "متحدث", ["ال"], "متحدثون", ""),
        ("وَالحُكومَةِ", "حكومة", ["و", "ال"], "حكومة", ""),
        ("الحكـــومة", "حكومة", ["ال"], "حكومة", ""),
    ],
)
def test_a_term_is_found_in_the_forms_arabic_gives_it(text, term, proclitics, stem, enclitic):
    (match,) = MATCHER.find(text)
    assert match.entry.source == term
    assert (list(match.analysis.proclitics), match.analysis.stem, match.analysis.enclitic) == (
        proclitics,
        stem,
        enclitic,
    )


def test_terms_of_several_words_may_have_the_article_anywhere():
    assert found("ودعت الأمم المتحدة إلى وقف لإطلاق النار") == [("الأمم المتحدة", "الأمم المتحدة")]
    assert found("وبوقف إطلاق النار") == [("وقف إطلاق النار", "وبوقف إطلاق النار")]
    assert found("القصف المدفعي") == [("قصف مدفعي", "القصف المدفعي")]


def test_the_longest_term_wins():
    assert found("قصف مدفعي ثم قصف") == [("قصف مدفعي", "قصف مدفعي"), ("قصف", "قصف")]


def test_short_words_are_not_taken_apart():
    assert found("له ولله") == []
    assert found("والله") == [("الله", "والله")]


def test_all_translations_of_a_term_are_returned():
    matcher = Matcher([TermEntry("a", "c", "قصف", "shelling"), TermEntry("b", "c", "قصف", "bombing")])
    assert [match.entry.target for match in matcher.find("القصف")] == ["shelling", "bombing"]


def test_offsets_count_code_points_of_the_text_as_given():
    text = "😀\u200f قَصْفٌ، ثم الحكومةُ."
    for match in MATCHER.find(text):
        assert text[match.start : match.end] == match.surface
    assert len(MATCHER.find(text)) == 2


def test_a_match_is_reported_as_the_contract_says():
    (match,) = MATCHER.find("وبالباغوز")
    assert as_json(match) == {
        "start": 0,
        "end": 9,
        "surface": "وبالباغوز",
        "term": "الباغوز",
        "target": "english 0",
        "status": "preferred",
        "analysis": {"proclitics": ["و", "ب", "ال"], "stem": "باغوز", "enclitic": "", "rule": "proclitic"},
    }


@given(st.text(alphabet=st.one_of(st.sampled_from("قصفالحكومةوبهمنا \u0640\u064eﷲﻻ.،"), st.characters()), max_size=100))
def test_any_text_gives_ordered_matches_that_are_in_it(text):
    position = 0
    for match in MATCHER.find(text):
        assert position <= match.start < match.end <= len(text)
        assert text[match.start : match.end] == match.surface
        position = match.end


def test_a_matcher_can_be_changed():
    matcher = Matcher([TermEntry("a", "c", "قصف", "shelling")])
    matcher.replace("d", [TermEntry("b", "d", "مدينة", "city")])
    assert [match.entry.target for match in matcher.find("قصف المدينة")] == ["shelling", "city"]
    matcher.replace("c", [TermEntry("a", "c", "قصف مدفعي", "artillery fire")])
    assert [match.entry.target for match in matcher.find("قصف المدينة")] == ["city"]
    assert [match.entry.target for match in matcher.find("القصف المدفعي")] == ["artillery fire"]
    matcher.replace("d", [])
    assert matcher.find("المدينة") == []


@pytest.mark.parametrize(
    ("text", "term"),
    [
        ("بالأحداث", "حدث"),
        ("أحوالهم", "حال"),
        ("العواصف", "عاصفة"),
        ("مشاريعنا", "مشروع"),
        ("والوزراء", "وزير"),
        ("أصدقائه", "صديق"),
        ("للأسئلة", "سؤال"),
        ("القرى", "قرية"),
        ("شؤونها", "شأن"),
        ("مواد", "مادة"),
        ("الكبرى", "أكبر"),
        ("لغات", "لغة"),
        ("مبارياته", "مباراة"),
        ("حساباتهم", "حساب"),
        ("معلميهم", "معلم"),
        ("ارتداؤه", "ارتداء"),
        ("الشمالية", "شمالي"),
        ("الإلكترونية", "إلكتروني"),
        ("لمستشفيات", "مستشفى"),
        ("أطفالاً", "طفل"),
    ],
)
def test_plurals_and_endings_lead_to_the_dictionary_form(text, term):
    (match,) = Matcher([TermEntry("a", "a", term, "x")]).find(text)
    assert match.entry.source == term


@pytest.mark.parametrize(
    ("text", "term"),
    [("البرية", "رئة"), ("لإحداث", "حدث"), ("الشمالية", "شمال"), ("أبحر", "بحر"), ("سرية", "رئة")],
)
def test_other_words_are_not_taken_for_a_term(text, term):
    assert Matcher([TermEntry("a", "a", term, "x")]).find(text) == []
