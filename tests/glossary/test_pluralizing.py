import pytest
from hypothesis import given
from hypothesis import strategies as st

from glossary.hamza import seated
from glossary.matcher import Matcher
from glossary.model import TermEntry
from glossary.pluralizing import plural_candidates


@pytest.mark.parametrize(
    ("singular", "plural"),
    [
        ("حدث", "أحداث"),
        ("حرب", "حروب"),
        ("أمر", "أمور"),
        ("أثر", "آثار"),
        ("رأس", "رؤوس"),
        ("باب", "أبواب"),
        ("قاعدة", "قواعد"),
        ("ساحل", "سواحل"),
        ("عالم", "علماء"),
        ("رئيس", "رؤساء"),
        ("صديق", "أصدقاء"),
        ("نبي", "أنبياء"),
        ("سؤال", "أسئلة"),
        ("كتاب", "كتب"),
        ("رسالة", "رسائل"),
        ("وسيلة", "وسائل"),
        ("مدينة", "مدن"),
        ("قضية", "قضايا"),
        ("مكتب", "مكاتب"),
        ("منطقة", "مناطق"),
        ("مأزق", "مآزق"),
        ("مشروع", "مشاريع"),
        ("مفتاح", "مفاتيح"),
        ("أسبوع", "أسابيع"),
        ("عنصر", "عناصر"),
        ("عصفور", "عصافير"),
        ("جدول", "جداول"),
        ("صحراء", "صحاري"),
        ("فتوى", "فتاوى"),
        ("مُشْرِف", "مشارف"),
    ],
)
def test_a_word_gets_the_plurals_of_its_pattern(singular, plural):
    assert plural in plural_candidates(singular)


def test_what_the_list_knows_comes_first():
    assert plural_candidates("جزيرة")[:2] == ("جزر", "جزائر")


@pytest.mark.parametrize("text", ["", "قصف مدفعي", "Baghouz", "إلكتروني", "استقلال"])
def test_what_has_no_such_pattern_gets_none(text):
    assert plural_candidates(text) == ()


@pytest.mark.parametrize(
    ("vowelled", "spelled"),
    [
        ("رُءَسَاء", "رؤساء"),
        ("رُءُوس", "رؤوس"),
        ("ءَسْءِلَة", "أسئلة"),
        ("ءَءْثَار", "آثار"),
        ("مَسْءَلَة", "مسألة"),
        ("قِرَاءَة", "قراءة"),
        ("بِيءَة", "بيئة"),
        ("مَبْدَء", "مبدأ"),
        ("قَارِء", "قارئ"),
        ("مَءَازِق", "مآزق"),
        ("ءِسْلَام", "إسلام"),
    ],
)
def test_a_hamza_sits_where_its_vowels_put_it(vowelled, spelled):
    assert seated(vowelled) == spelled


@given(st.text(alphabet="ابتسمهويةىأإؤئءآ\u064e", max_size=8))
def test_candidates_are_words_other_than_the_singular(word):
    for plural in plural_candidates(word):
        assert plural != word
        assert not set("0123456789\u064e\u064f\u0650") & set(plural)


def test_a_candidate_that_is_stored_is_found_as_the_term_is():
    (first, *_) = plural_candidates("قنبلة")
    matcher = Matcher([TermEntry("a", "a", "قنبلة", "bomb", forms=(first,))])
    assert [match.analysis.rule for match in matcher.find("بالقنابل")] == ["stored form"]
