from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from glossary.matcher import Matcher, as_json
from glossary.model import TermEntry

TERMS = ["الباغوز", "حكومة", "وقف إطلاق النار", "الأمم المتحدة", "متحدث", "قصف", "قصف مدفعي", "مستشفى", "الله", "فقير"]
MATCHER = Matcher(TermEntry(str(n), str(n), term, f"english {n}") for n, term in enumerate(TERMS))


def found(text):
    return [(match.entry.source, match.surface) for match in MATCHER.find(text) if not match.covered]


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
        "covered": False,
        "analysis": {"proclitics": ["و", "ب", "ال"], "stem": "باغوز", "enclitic": "", "rule": "proclitic"},
    }


@given(st.text(alphabet=st.one_of(st.sampled_from("قصفالحكومةوبهمنا \u0640\u064eﷲﻻ.،"), st.characters()), max_size=100))
def test_any_text_gives_ordered_matches_that_are_in_it(text):
    matches = MATCHER.find(text)
    assert matches == sorted(matches, key=lambda match: (match.start, -match.end))
    for match in matches:
        assert 0 <= match.start < match.end <= len(text)
        assert text[match.start : match.end] == match.surface
    winners = [match for match in matches if not match.covered]
    assert all(before.end <= after.start or before.start == after.start for before, after in pairwise(winners))


def test_a_matcher_can_be_changed():
    matcher = Matcher([TermEntry("a", "c", "قصف", "shelling")])
    matcher.replace({"d": [TermEntry("b", "d", "مدينة", "city")]})
    assert [match.entry.target for match in matcher.find("قصف المدينة")] == ["shelling", "city"]
    matcher.replace({"c": [TermEntry("a", "c", "قصف مدفعي", "artillery fire")]})
    assert [match.entry.target for match in matcher.find("قصف المدينة")] == ["city"]
    assert [match.entry.target for match in matcher.find("القصف المدفعي")] == ["artillery fire"]
    matcher.replace({"d": []})
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


def test_what_a_longer_term_covers_or_overlaps_is_kept_and_marked():
    terms = ["قصف", "قصف مدفعي", "مدفعي ثقيل جدا"]
    matcher = Matcher(TermEntry(term, term, term, "x") for term in terms)
    assert [(match.entry.source, match.covered) for match in matcher.find("القصف المدفعي الثقيل جدا")] == [
        ("قصف مدفعي", True),
        ("قصف", False),
        ("مدفعي ثقيل جدا", False),
    ]
    assert [(match.entry.source, match.covered) for match in matcher.find("القصف المدفعي")] == [
        ("قصف مدفعي", False),
        ("قصف", True),
    ]


def test_terms_written_alike_are_all_found_and_derived_ones_only_where_no_term_stands_as_it_is():
    terms = ["والد", "ولد", "لد", "قوي", "قوة"]
    matcher = Matcher(TermEntry(f"{number}", f"{number}", term, "x") for number, term in enumerate([*terms, "قوي"]))
    assert [match.entry.uid for match in matcher.find("قوى")] == ["3", "5"]
    assert [match.entry.source for match in matcher.find("والد")] == ["والد"]


def test_stored_forms_are_found_as_their_term_is():
    matcher = Matcher(
        [
            TermEntry("a", "a", "منظمة الصحة العالمية", "WHO", forms=("الصحة العالمية", "هيلث")),
            TermEntry("b", "b", "كمرون", "Cameroon", forms=("الكاميرون",)),
        ]
    )
    found = [
        (match.surface, match.entry.target, match.analysis.rule)
        for match in matcher.find("وللصحة العالمية بالكاميرون وكمرون وهيلثهم")
    ]
    assert found == [
        ("وللصحة العالمية", "WHO", "stored form"),
        ("بالكاميرون", "Cameroon", "stored form"),
        ("وكمرون", "Cameroon", "proclitic"),
        ("وهيلثهم", "WHO", "pronoun"),
    ]


def test_forms_stored_or_taken_away_later_are_taken_in():
    matcher = Matcher([TermEntry("a", "c", "كمرون", "Cameroon")])
    assert matcher.find("الكاميرون") == []
    matcher.replace({"c": [TermEntry("a", "c", "كمرون", "Cameroon", forms=("كاميرون",))]})
    assert [match.entry.target for match in matcher.find("الكاميرون كمرون")] == ["Cameroon"] * 2
    matcher.replace({"c": [TermEntry("a", "c", "كمرون", "Cameroon")]})
    assert matcher.find("الكاميرون") == []


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("المُدَرِّسون", "مُدَرِّس"),
        ("المَدْرَسين", "مَدْرَس"),
        ("مدرس", "مَدْرَس"),
    ],
)
def test_vowel_marks_of_the_text_rank_terms_and_exclude_none(text, first):
    terms = ["مَدْرَس", "مُدَرِّس"]
    matcher = Matcher(TermEntry(f"{number}", f"{number}", term, "x") for number, term in enumerate(terms))
    matches = matcher.find(text)
    assert matches[0].entry.source == first
    assert {match.entry.source for match in matches} == set(terms)


@pytest.mark.parametrize(
    ("term", "text"),
    [
        ("منظمة غير حكومية", "المنظمات غير الحكومية"),
        ("منظمة غير حكومية", "لمنظمتين غير حكوميتين"),
        ("طائرة مسيرة", "الطائرات المسيرة"),
        ("طائرة مسيرة", "بطائراتهم المسيرة"),
        ("طائرة مسيرة", "وطائرتان مسيرتان"),
        ("الدولة الإسلامية", "للدولة الإسلامية"),
        ("خبير عسكري", "والخبراء العسكريون"),
        ("مشروع كبير", "المشاريع الكبيرة"),
        ("صحفي مستقل", "صحفيات مستقلات"),
        ("وقف إطلاق النار", "وبوقفهم إطلاق نارهم"),
        ("وزارة الدفاع والإنتاج", "لوزارة الدفاع والإنتاج"),
    ],
)
def test_each_word_of_a_term_may_be_inflected(term, text):
    matches = Matcher([TermEntry("a", "a", term, "x")]).find(text)
    assert [match.surface for match in matches] == [text]


@pytest.mark.parametrize(
    ("term", "text"),
    [("قصف مدفعي", "قصف ومدفعي"), ("وقف إطلاق النار", "وقف لإطلاق النار"), ("أمن دولة", "الأمن والدولة")],
)
def test_two_phrases_are_no_term(term, text):
    assert Matcher([TermEntry("a", "a", term, "x")]).find(text) == []


CONCEPTS = st.sampled_from(["a", "b", "c"])
SOURCES = st.sampled_from(["قصف", "القصف المدفعي", "مدينة", "مدفعي", "قصف مدفعي عنيف", "مدن"])


@given(st.lists(st.tuples(CONCEPTS, st.lists(SOURCES, max_size=3, unique=True)), max_size=8))
def test_a_matcher_that_was_used_and_changed_finds_what_a_new_one_finds(changes):
    text = "وقصف المدينة بقصف مدفعي عنيف، فالمدفعية والقصف المدفعي في مدنها"
    matcher, stands = Matcher(), {}
    for concept, sources in changes:
        stands[concept] = [TermEntry(f"{concept} {source}", concept, source, "x") for source in sources]
        matcher.replace({concept: stands[concept]})
        fresh = Matcher(entry for entries in stands.values() for entry in entries)
        assert places(matcher.find(text)) == places(fresh.find(text))


def places(matches):
    return sorted((match.start, match.end, match.entry.uid, match.analysis, match.covered) for match in matches)
