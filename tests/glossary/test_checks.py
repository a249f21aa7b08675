import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.checks.finding import Severity, as_json
from glossary.checks import TermCheck, check_pair
from glossary.consistency import check_segments
from glossary.matcher import Matcher
from glossary.model import TermEntry, TermStatus

PREFERRED, ADMITTED, FORBIDDEN, PROPOSED = TermStatus


def entry(uid, concept, source, target, status=PREFERRED, **fields):
    return TermEntry(uid, concept, source, target, status, **fields)


SHELLING = [
    entry("shelling", "c1", "قصف", "shelling", pos="noun"),
    entry("bombardment", "c1", "قصف", "bombardment", ADMITTED, pos="noun"),
    entry("bombing", "c1", "قصف", "bombing", FORBIDDEN, pos="noun"),
    entry("pounding", "c1", "قصف", "pounding", PROPOSED, pos="noun"),
]
FIGHTER = [
    entry("fighter", "c2", "مقاتل", "fighter", pos="noun"),
    entry("gunman", "c2", "مقاتل", "gunman", FORBIDDEN, pos="noun"),
]
IPHONE = [entry("iphone", "c3", "آيفون", "iPhone", do_not_translate=True)]


def check(entries, source, target):
    return check_pair(Matcher(entries).find(source), target)


def ids(findings):
    return [(finding.check, finding.entry_uid) for finding in findings]


def test_any_usable_term_in_any_form_satisfies():
    for target in ("Shellings went on", "a bombardment", "the POUNDING", "shelling and shelling"):
        assert check(SHELLING, "استمر القصف", target) == []


def test_a_missing_term_is_told_once_with_its_place_and_the_preferred_term():
    source = "القصف ثم القصف"
    (finding,) = check(SHELLING, source, "The noise went on")
    assert (finding.check, finding.severity) == (TermCheck.MISSING, Severity.WARNING)
    assert source[slice(*finding.source_span)] == "القصف"
    assert (finding.source_span, finding.target_span, finding.fix) == ((0, 5), None, None)
    assert finding.suggestion == "shelling"
    assert finding.message == "“القصف” should be “shelling”, which the translation does not have."


def test_a_term_in_another_part_of_speech_is_only_worth_a_look():
    (finding,) = check([entry("e", "c", "عدوى", "infection", pos="noun")], "العدوى", "He was infected")
    assert (finding.severity, finding.target_span) == (Severity.INFO, (7, 15))
    (finding,) = check([entry("e", "c", "عدوى", "infection", pos="noun")], "العدوى", "It was informed")
    assert finding.severity is Severity.WARNING


def test_initials_of_a_term_are_only_worth_a_look():
    entries = [entry("e", "c", "الولايات المتحدة", "United States", pos="proper noun")]
    (finding,) = check(entries, "الولايات المتحدة", "in the U.S.")
    assert (finding.severity, finding.target_span) == (Severity.INFO, (7, 10))
    (finding,) = check(entries, "الولايات المتحدة", "in us")
    assert finding.severity is Severity.WARNING


def test_a_proposed_term_alone_demands_nothing():
    assert check([entry("e", "c", "قصف", "shelling", PROPOSED)], "القصف", "The noise") == []


def test_a_segment_without_a_translation_has_nothing_to_check():
    assert check(SHELLING, "القصف", " \n") == []
    assert list(check_segments([("1", "القصف", "")], Matcher(SHELLING).find)) == []


def test_of_concepts_that_are_written_alike_any_will_do():
    homographs = [entry("a", "c1", "عين", "eye"), entry("b", "c2", "عين", "spring")]
    assert check(homographs, "العين", "The eye") == []
    assert ids(check(homographs, "العين", "The nose")) == [(TermCheck.MISSING, "a")]


def test_a_term_inside_a_longer_one_demands_nothing():
    entries = [*SHELLING, entry("artillery", "c9", "قصف مدفعي", "artillery fire")]
    assert check(entries, "القصف المدفعي", "Artillery fire") == []


def test_a_name_found_only_by_taking_off_an_ending_demands_nothing():
    name = [entry("e", "c", "يسع", "Elisha", pos="proper noun")]
    assert Matcher(name).find("يسعون")
    assert check(name, "يسعون", "They seek") == []
    assert ids(check(name, "ويسع", "He seeks")) == [(TermCheck.MISSING, "e")]


@pytest.mark.parametrize(
    ("target", "mended"),
    [
        ("The gunmen came", "The fighters came"),
        ("Gunman shot", "Fighter shot"),
        ("the gunman's gun", "the fighter's gun"),
    ],
)
def test_a_forbidden_term_is_put_right_in_its_form(target, mended):
    (finding,) = check(FIGHTER, "المقاتل", target)
    assert (finding.check, finding.severity, finding.entry_uid) == (TermCheck.FORBIDDEN, Severity.ERROR, "gunman")
    start, end = finding.target_span
    assert target[:start] + finding.fix + target[end:] == mended
    assert finding.suggestion == "fighter"


def test_a_fix_that_is_not_certain_is_only_suggested():
    verb = [entry("a", "c", "قصف", "shell", pos="verb"), entry("b", "c", "قصف", "bomb", FORBIDDEN, pos="verb")]
    (finding,) = check(verb, "قصف", "They bombed it")
    assert (finding.fix, finding.suggestion, finding.target_span) == (None, "shell", (5, 11))


def test_a_concept_with_forbidden_terms_only_has_no_suggestion():
    (finding,) = check([FIGHTER[1]], "المقاتل", "The gunman")
    assert (finding.suggestion, finding.fix) == ("", None)
    assert finding.message == "“gunman” must not be used for “المقاتل”."


def test_a_forbidden_term_is_not_held_against_its_concept_when_the_source_has_it_not():
    assert check([*FIGHTER, *SHELLING], "القصف", "Shelling by gunmen") == []


def test_a_forbidden_word_that_is_right_for_another_term_of_the_sentence_is_no_mistake():
    entries = [*FIGHTER, entry("other", "c5", "مسلح", "gunman")]
    assert check(entries, "مقاتل ومسلح", "A fighter and a gunman") == []


def test_a_forbidden_word_inside_a_usable_term_is_no_mistake():
    entries = [entry("a", "c", "هدنة", "cease-fire"), entry("b", "c", "هدنة", "fire", FORBIDDEN)]
    assert check(entries, "الهدنة", "The cease-fire") == []
    assert ids(check(entries, "الهدنة", "The cease-fire and the fire")) == [(TermCheck.FORBIDDEN, "b")]


def test_a_usable_verb_does_not_excuse_a_forbidden_noun():
    entries = [entry("a", "c", "قصف", "bomb"), entry("b", "c", "قصف", "bombing", FORBIDDEN)]
    assert ids(check(entries, "القصف", "The bombing")) == [(TermCheck.FORBIDDEN, "b")]


def test_a_forbidden_arabic_term_is_told_of():
    old = [entry("a", "c", "إرهابي", "fighter", source_status=FORBIDDEN)]
    (finding,) = check(old, "الإرهابي", "The fighter")
    assert (finding.check, finding.severity, finding.source_span) == (TermCheck.FORBIDDEN, Severity.INFO, (0, 8))


@pytest.mark.parametrize("target", ["an iPhone", "iPhones", "the iPhone's"])
def test_what_is_not_translated_stands_exactly(target):
    assert check(IPHONE, "الآيفون", target) == []


def test_what_is_altered_is_put_right():
    (finding,) = check(IPHONE, "الآيفون", "an Iphone here")
    assert (finding.check, finding.severity) == (TermCheck.ALTERED, Severity.ERROR)
    assert (finding.target_span, finding.fix) == ((3, 9), "iPhone")
    (finding,) = check(IPHONE, "الآيفون", "a phone, or iPhoneX")
    assert (finding.target_span, finding.fix, finding.suggestion) == (None, None, "iPhone")


def document(*targets, entries=SHELLING):
    segments = [(str(number), "القصف", target) for number, target in enumerate(targets)]
    found = check_segments(segments, Matcher(entries).find)
    return [(uid, finding) for uid, finding in found if finding.check is TermCheck.INCONSISTENT]


def test_the_rarer_name_of_a_concept_is_told_with_the_commoner():
    ((uid, finding),) = document("Bombardments", "bombardment", "the shellings", "none")
    assert (uid, finding.severity) == ("2", Severity.WARNING)
    assert (finding.target_span, finding.fix) == ((4, 13), "bombardments")
    assert finding.message == "“القصف” is “shellings” here, but “bombardment” in most of the document."


def test_of_two_equally_common_names_the_preferred_one_stays():
    assert [(uid, finding.suggestion) for uid, finding in document("bombardment", "shelling")] == [("0", "shelling")]


def test_a_segment_with_both_names_and_abbreviations_are_consistent():
    assert document("shelling", "shelling and bombardment") == []
    abbreviated = [entry("a", "c", "قصف", "artillery fire"), entry("b", "c", "قصف", "AF", ADMITTED)]
    assert document("artillery fire", "AF", entries=abbreviated) == []


def test_a_part_of_a_longer_name_is_no_other_name():
    entries = [entry("a", "c", "قصف", "air strike"), entry("b", "c", "قصف", "strike", ADMITTED)]
    assert document("air strikes", "air strike", entries=entries) == []


def test_json_has_spans_as_lists():
    (finding,) = check(FIGHTER, "المقاتل", "The gunman")
    assert json.loads(json.dumps(as_json(finding))) == {
        "check": "term-forbidden",
        "severity": "error",
        "message": "“gunman” must not be used for “المقاتل”; use “fighter”.",
        "source_span": [0, 7],
        "target_span": [4, 10],
        "suggestion": "fighter",
        "fix": "fighter",
        "entry_uid": "gunman",
        "concept_uid": "c2",
    }


EVERYTHING = Matcher([*SHELLING, *FIGHTER, *IPHONE])
SOURCES = st.lists(st.sampled_from(["القصف", "مقاتلون", "آيفون", "كلمة", "،"]), max_size=6).map(" ".join)
TARGETS = st.lists(st.sampled_from(["bombing", "an", "gunmen", "Iphone", "shelling", "."]) | st.text(max_size=4)).map(
    " ".join
)


@given(st.lists(st.tuples(SOURCES, TARGETS), max_size=6))
def test_spans_are_inside_the_texts_and_a_fix_leaves_no_finding_at_its_place(pairs):
    segments = [(str(number), *pair) for number, pair in enumerate(pairs)]
    for uid, finding in check_segments(segments, EVERYTHING.find):
        source, target = pairs[int(uid)]
        for span, text in ((finding.source_span, source), (finding.target_span, target)):
            assert span is None or 0 <= span[0] < span[1] <= len(text)
        if finding.check is TermCheck.FORBIDDEN and finding.fix is not None:
            start, end = finding.target_span
            fixed = target[:start] + finding.fix + target[end:]
            place = (start, start + len(finding.fix))
            left = check_pair(EVERYTHING.find(source), fixed)
            assert all(one.check is not TermCheck.FORBIDDEN or one.target_span != place for one in left)
