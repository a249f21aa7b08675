import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.duplicates.comparing import ComparedText, Relation, compare, longest_passage

STATEMENT = (
    "أعلنت وزارة الصحة في مؤتمر صحفي أن عدد المصابين ارتفع إلى ثلاثين شخصا في المدينة وأن المستشفى الميداني استقبلهم"
)
OTHER = "وعاد سكان القرى الشمالية إلى بيوتهم بعد أن فتح الجيش الطريق أمام القوافل التي تحمل الطعام والدواء"


def likeness(text, other):
    return compare(ComparedText(text), ComparedText(other))


def relation(text, other):
    found = likeness(text, other)
    return found and found.relation


def test_marks_and_alefs_make_no_difference():
    assert likeness(STATEMENT, STATEMENT).percent == 100
    assert likeness(STATEMENT, STATEMENT.replace("أ", "ا")).percent == 99
    assert relation(STATEMENT, STATEMENT.replace("أ", "ا")) is Relation.SAME


def test_a_few_words_changed_are_nearly_the_same():
    found = likeness(STATEMENT, STATEMENT.replace("ثلاثين", "أربعين"))
    assert found.relation is Relation.NEARLY
    assert 80 <= found.percent < 99


def test_few_words_of_which_one_differs_are_another_text():
    assert relation("5 مايو 2019", "6 مايو 2019") is None


def test_a_statement_is_found_in_a_longer_text_even_when_words_of_it_differ():
    article = f"{OTHER} . {STATEMENT.replace('مؤتمر صحفي', 'بيان لها')} . {OTHER}"
    assert relation(article, STATEMENT) is Relation.QUOTES
    assert relation(STATEMENT, article) is Relation.QUOTED


def test_a_part_of_both_is_a_shared_passage():
    assert relation(f"{OTHER} {STATEMENT}", f"{STATEMENT} قال متحدث {OTHER[::-1]}") is Relation.SHARES


def test_a_phrase_that_everybody_uses_is_none():
    phrase = "قال المتحدث باسم وزارة الخارجية في تصريح له اليوم"
    assert relation(f"{phrase} {OTHER}", f"{phrase} {STATEMENT}") is None


def test_a_passage_bears_a_word_put_in_and_one_left_out():
    words = [f"w{number}" for number in range(20)]
    changed = [*words[:7], "new", *words[7:14], *words[15:]]
    assert longest_passage(words, changed) == 19
    assert longest_passage(words[:12], [word for word in words[:12] for word in (word, "x", "y")]) == 1
    assert longest_passage(words, [*words[:4], "x", "y", *words[4:]]) == 20


@given(st.lists(st.sampled_from("abcdef"), max_size=30), st.lists(st.sampled_from("abcdef"), max_size=30))
def test_a_passage_is_no_longer_than_either_text(words, others):
    assert longest_passage(words, others) <= min(len(words), len(others))
    assert longest_passage(words, words) == len(words)


@pytest.mark.parametrize("text", ["", " ", "…", "12"])
def test_texts_without_words_are_alike_only_when_they_are_the_same(text):
    assert relation(text, STATEMENT) is None
    assert relation(text, text) is Relation.SAME
