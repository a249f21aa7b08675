"""What is learned from edits, and what is not."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from glossary.edits import EditedSegment, replacements, suggestions_from_edits


def edited(uid, source, draft, target):
    return EditedSegment(uid, source, draft, target)


BAGUZ = [
    edited("1", "سقطت الباغوز أمس.", "Baguz fell yesterday.", "Baghouz fell yesterday."),
    edited("2", "خرجوا من الباغوز.", "They left Baguz.", "They left Baghouz."),
    edited("3", "وبالباغوز مدنيون كثيرون.", "In Baguz are many civilians.", "In Baghouz are many civilians."),
    edited("4", "عاد المدنيون إلى المدينة.", "The civilians returned to the town.", "Civilians returned to town."),
]


def test_an_edit_made_three_times_is_suggested_with_its_evidence():
    (suggestion,) = suggestions_from_edits(BAGUZ)
    assert (suggestion.source, suggestion.target, suggestion.draft) == ("الباغوز", "Baghouz", "Baguz")
    assert suggestion.segments == ("1", "2", "3")
    assert (suggestion.left_alone, suggestion.score) == (0, 1.0)


def test_what_was_left_alone_is_counted():
    left = edited("5", "الباغوز بعيدة.", "Baguz is far.", "Baguz is far away.")
    (suggestion,) = suggestions_from_edits([*BAGUZ, left])
    assert suggestion.left_alone == 1
    assert suggestion.score < 1


def test_an_edit_made_less_often_is_not_suggested():
    assert suggestions_from_edits(BAGUZ[1:]) == []
    assert len(suggestions_from_edits(BAGUZ[1:], least=2)) == 1


def test_an_edit_whose_sources_have_nothing_in_common_is_style():
    changes = [("كبير", "1"), ("ضخم", "2"), ("هائل", "3")]
    segments = [edited(uid, f"بيت {word}", "a big thing", "a large thing") for word, uid in changes]
    others = [edited(f"x{n}", "بيت صغير", "a small house", "a small house") for n in range(9)]
    assert suggestions_from_edits([*segments, *others]) == []


def test_plural_and_case_make_no_other_edit():
    segments = [
        edited("1", "غارة جوية", "the Strike came", "the raid came"),
        edited("2", "الغارة", "one strike came", "one raid came"),
        edited("3", "غارات", "many strikes came", "many raids came"),
    ]
    (suggestion,) = suggestions_from_edits(segments)
    assert suggestion.segments == ("1", "2", "3")
    assert suggestion.target in {"raid", "raids"}


def test_function_words_alone_are_no_edit():
    assert list(replacements("He sat on the mat", "He sat by the mat")) == []
    assert list(replacements("a strike on it", "the raid on it")) == [(["strike"], ["raid"])]


def test_a_rewritten_sentence_is_no_edit():
    draft = "one two three four five six"
    assert list(replacements(draft, "seven eight nine ten eleven twelve")) == []


@given(st.text(), st.text())
def test_replacements_are_one_to_four_words(draft, target):
    for before, after in replacements(draft, target):
        assert 1 <= len(before) <= 4
        assert 1 <= len(after) <= 4
