import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.checks import Severity, check_pair, check_pairs
from corpus.checks.names import skeleton
from corpus.checks.numbers import numbers


def found(source, target):
    return [finding.check for finding in check_pair(source, target)]


def fixed(source, target):
    """Return the target with all certain fixes put in."""
    for finding in sorted(check_pair(source, target), key=lambda f: -(f.target_span or (0, 0))[0]):
        if finding.fix is not None:
            start, end = finding.target_span
            target = target[:start] + finding.fix + target[end:]
    return target


@pytest.mark.parametrize(
    ("source", "target"),
    [
        ("وصل ٣ جرحى.", "3 wounded arrived."),
        ("وصل ثلاثة جرحى.", "3 wounded arrived."),
        ("وصل 3 جرحى.", "Three wounded arrived."),
        ("بلغت النسبة ٪٤٥٫٥", "It reached 45.5%"),
        ("بلغ العدد 1.500 شخص", "There were 1,500 people"),
        ("دفع 1.5 مليون دولار", "He paid 1,500,000 dollars"),
        ("دفع 3 آلاف دولار", "He paid $3,000"),
        ("منذ أسبوعين", "For 2 weeks"),
        ("في 2/9/2019", "on 2 September 2019"),
        ("في خمسينيات القرن التاسع عشر", "in the 1850s"),
        ("عام ألف وتسعمائة وستين", "in 1960"),
        ("خمسة وعشرون لاجئا", "25 refugees"),
        ("في الساعة 14:30", "at 2:30 p.m."),
        ("الفوج الـ 21", "the twenty-first regiment"),
        ("النوع 2", "type II"),
    ],
)
def test_numbers_are_the_same_however_they_are_written(source, target):
    assert found(source, target) == []


@pytest.mark.parametrize(
    ("source", "target"),
    [("وصل 30 جريحا", "13 wounded arrived"), ("عام 2011", "in 2012"), ("300 ألف تلميذ", "30,000 pupils")],
)
def test_other_numbers_are_found_on_both_sides(source, target):
    first, second = (f for f in check_pair(source, target) if f.check == "number")
    assert {first.source_span is None, second.source_span is None} == {True, False}


def test_a_missing_number_is_shown_where_it_stands():
    (finding,) = check_pair("قتل ٤٧ شخصا", "People were killed")
    assert "قتل ٤٧ شخصا"[slice(*finding.source_span)] == "٤٧"
    assert finding.severity is Severity.WARNING


@pytest.mark.parametrize(
    ("source", "target", "check", "better"),
    [
        ("ما هذا؟", "What is this.", "final-mark", "What is this?"),
        ("ما هذا؟", "What is this", "final-mark", "What is this?"),
        ("ما هذا؟", "What is this؟", "arabic-mark", "What is this?"),
        ("نعم، لا", "Yes، no", "arabic-mark", "Yes, no"),
        ("قال نعم", "They said said yes", "word-twice", "They said yes"),
        ("قال نعم", "He  said yes ", "spaces", "He said yes"),
        ("قال نعم", "He said yes .", "spaces", "He said yes."),
        ("قال نعم", "He said &#39;yes&#39;", "entity", "He said 'yes'"),
        ("قال نعم", "He \u202bsaid yes", "directions", "He said yes"),
    ],
)
def test_what_is_certain_is_mended(source, target, check, better):
    assert check in found(source, target)
    assert fixed(source, target) == better
    assert found(source, better) == []


@pytest.mark.parametrize(
    ("source", "target", "checks"),
    [
        ("قال نعم", " ", ["empty"]),
        ("قال نعم", "قال نعم", ["same-as-source"]),
        ("قال نعم", "He قال yes", ["arabic-left"]),
        ("قال (نعم)", "He said (yes", ["brackets"]),
        ("قال «نعم»", 'He said "yes', ["quotes"]),
        ("قال إن المدينة كلها تنتظر وصول المساعدات الآن", "He said.", ["length"]),
        ("قال نعم.", "Did he say yes?", ["final-mark"]),
        ("NATO", "NATO", []),
        ("", "", []),
        ("أ) نعم", "a) yes", []),
        ("قال ... نعم", "He said ... yes", []),
    ],
)
def test_a_pair_has_these_findings(source, target, checks):
    assert found(source, target) == checks


def test_the_same_source_is_translated_one_way():
    pairs = [
        ("a", "قال المتحدث نعم", "Yes, said he"),
        ("b", "قال المتحدث نَعَم", "Yes, said he"),
        ("c", "قال المتحدث نعم", "He agreed"),
    ]
    assert [(uid, f.check) for uid, f in check_pairs(pairs)] == [("c", "same-source")]
    pairs = [("a", "قال المتحدث نعم", "He said so"), ("b", "نفى المتحدث ذلك", "He said so")]
    assert [(uid, f.check) for uid, f in check_pairs(pairs)] == [("b", "same-target")]


def test_a_name_is_missed_where_other_pairs_have_it():
    pairs = [
        ("1", "وصل بايدن إلى المدينة", "Biden came to the city"),
        ("2", "قال بايدن ذلك أمس", "That is what Biden said yesterday"),
        ("3", "التقى الوزير ببايدن", "The minister met Biden"),
        ("4", "غادر بايدن العاصمة", "Biden left the capital"),
        ("5", "وصرح بايدن للصحافة", "Biden told the press"),
        ("6", "سافر بايدن اليوم", "The president traveled today"),
    ]
    ((uid, finding),) = [(uid, f) for uid, f in check_pairs(pairs) if f.check == "name"]
    assert uid == "6"
    assert pairs[5][1][slice(*finding.source_span)] == "بايدن"


@pytest.mark.parametrize(
    ("arabic", "english"),
    [
        ("بغداد", "Baghdad"),
        ("محمد", "Muhammad"),
        ("الباغوز", "al-Baghouz"),
        ("شيكاغو", "Chicago"),
    ],
)
def test_names_have_the_same_consonants(arabic, english):
    one, two = skeleton(arabic.removeprefix("ال")), skeleton(english)
    assert one == two or one.startswith(two) or two.startswith(one)


@given(st.text(max_size=60), st.text(max_size=60))
def test_any_pair_can_be_checked_and_spans_lie_in_it(source, target):
    for finding in check_pair(source, target):
        for span, text in ((finding.source_span, source), (finding.target_span, target)):
            if span is not None:
                assert 0 <= span[0] <= span[1] <= len(text)


@given(st.text(alphabet="0123456789٠١٢٫٬.,٪% ألفمليون", max_size=30))
def test_numbers_lie_in_the_text_in_order(text):
    position = 0
    for number in numbers(text):
        assert position <= number.start < number.end <= len(text)
        position = number.end
