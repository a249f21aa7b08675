"""Searching while typing: what is found, in which order, and that it keeps up with the file."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.arabic import fold
from glossary.errors import TermError
from glossary.model import NewTerm, TermStatus
from glossary.query import parse_query
from glossary.search import TermIndex
from glossary.store import GlossaryStore
from glossary.word_index import NOT_FOUND, WordIndex

TERMS = [
    NewTerm("الباغوز", "Baghouz", domain="places", tags=("acme",)),
    NewTerm("مخيم", "camp", domain="humanitarian"),
    NewTerm("مخيم اللاجئين", "refugee camp", TermStatus.PROPOSED, domain="humanitarian"),
    NewTerm("معسكر", "encampment", TermStatus.ADMITTED, domain="military"),
    NewTerm("الأُمَم المتّحدة", "United Nations", tags=("un",)),
    NewTerm("وزارة التربية", "Ministry of Education"),
    NewTerm("ولد", "boy", forms=("أولاد",), target_forms=("lads",)),
    NewTerm("قصف", "shelling", domain="conflict"),
    NewTerm("قصف", "bombardment", domain="conflict"),
]


@pytest.fixture
def store(tmp_path):
    with GlossaryStore.open_or_create(tmp_path / "g.db") as opened:
        opened.add_many(TERMS, "anna")
        yield opened


@pytest.fixture
def find(store):
    index = TermIndex(store)

    def search(text, **options):
        return [entry.target for entry in index.search(parse_query(text), **options).entries]

    return search


@pytest.mark.parametrize(
    "text", ["باغوز", "الباغوز", "وبالباغوز", "باغ", "baghouz", "BAG", "houz", "baghuoz", "bagouz"]
)
def test_a_term_is_found_by_its_beginning_its_inside_and_with_mistakes(find, text):
    assert find(text) == ["Baghouz"]


def test_the_article_may_be_missing_on_either_side(find):
    assert find("المخيم") == ["camp", "refugee camp"]
    assert find("متحدة") == ["United Nations"]
    assert find("لاجئين") == ["refugee camp"]


def test_better_fits_come_first_and_then_shorter_texts(find):
    assert find("camp") == ["camp", "refugee camp", "encampment"]


def test_all_words_must_be_there_in_either_language(find):
    assert find("camp refugee") == ["refugee camp"]
    assert find("camp لاجئين") == ["refugee camp"]
    assert find("camp education") == []


def test_marks_alefs_and_case_do_not_matter(find):
    assert find("الامم") == find("أُمَم") == find("uNiTed") == ["United Nations"]


def test_further_forms_are_found(find):
    assert find("أولاد") == find("lads") == ["boy"]


def test_similar_words_come_only_where_little_else_is_found(find, store):
    store.add_many([NewTerm(f"كلمة {number}", f"campus {number}") for number in range(12)], "anna")
    store.add(NewTerm("شيء", "cramp"), "anna")
    assert "cramp" not in find("camp")
    assert find("crmap") == ["cramp"]
    assert find("campuss 3") == ["campus 3"]


def test_short_words_are_not_taken_for_mistakes(find):
    assert find("bog") == []


def test_filters_narrow_alone_and_with_words(find, store):
    assert find("status:proposed") == ["refugee camp"]
    assert find("status:preferred camp") == ["camp"]
    assert find("domain:hum") == ["camp", "refugee camp"]
    assert find("tag:acme") == ["Baghouz"]
    assert find("author:anna tag:un") == ["United Nations"]
    assert find("author:bashir") == []
    camp = next(entry for entry in store.entries() if entry.target == "camp")
    unused = find("is:unused domain:hum", used={camp.concept_uid})
    assert unused == ["refugee camp"]


def test_nobody_knows_what_is_unused_without_a_project(find):
    with pytest.raises(TermError):
        find("is:unused")


def test_two_preferred_translations_and_open_conflicts_are_conflicting(find, store):
    assert find("is:conflicting") == ["shelling", "bombardment"]
    baghouz = store.search("Baghouz")[0]
    store.change(baghouz.uid, {"note": "a"}, "anna", {"note": ""})
    store.change(baghouz.uid, {"note": "b"}, "bashir", {"note": ""})
    assert find("is:conflicting") == ["Baghouz", "shelling", "bombardment"]
    (conflict,) = store.conflicts()
    store.settle_conflict(conflict.uid, "anna", take_offered=False)
    shelling = store.search("shelling")[0]
    store.change(shelling.uid, {"status": TermStatus.ADMITTED}, "anna")
    assert find("is:conflicting") == []


def test_changes_of_others_are_seen_and_rows_keep_their_places(find, store, tmp_path):
    everything = find("")
    with GlossaryStore.open(tmp_path / "g.db") as other:
        camp = next(entry for entry in other.entries() if entry.target == "camp")
        other.change(camp.uid, {"target": "camping ground", "tags": ("acme",)}, "bashir")
        other.remove(other.search("Baghouz")[0].uid, "bashir")
        other.add(NewTerm("جديد", "brand new"), "bashir")
    expected = ["camping ground" if target == "camp" else target for target in everything if target != "Baghouz"]
    assert find("") == [*expected, "brand new"]
    assert find("ground") == ["camping ground"]
    assert find("tag:acme") == ["camping ground"]
    assert find("بغوز") == []


def test_an_import_is_read_anew(store):
    index = TermIndex(store)
    before = len(index)
    store.add_many([NewTerm(f"كلمة{number}", f"word{number}") for number in range(800)], "anna")
    assert len(index) == before + 800
    assert index.search(parse_query("word799")).entries[0].target == "word799"


def test_results_are_capped_and_counted(store):
    store.add_many([NewTerm(f"كلمة {number}", f"word {number}") for number in range(300)], "anna")
    found = TermIndex(store).search(parse_query("word"), 20)
    assert (len(found.entries), found.total) == (20, 300)
    assert [entry.target for entry in found.entries] == [f"word {number}" for number in range(10)] + [
        f"word {number}" for number in range(10, 20)
    ]


def test_an_empty_glossary_has_nothing(tmp_path):
    with GlossaryStore.open_or_create(tmp_path / "empty.db") as store:
        index = TermIndex(store)
        assert index.search(parse_query("x")).total == 0
        store.add(NewTerm("أول", "first"), "anna")
        assert index.search(parse_query("firts")).total == 1


@given(
    st.lists(st.text("abال \né\u0651\x1f\U0001f600", max_size=12), max_size=8),
    st.text("abال", min_size=1, max_size=3),
)
def test_a_word_is_found_wherever_it_stands(texts, word):
    scores = WordIndex(texts, [()] * len(texts)).scores(word)
    for text, score in zip(texts, scores, strict=True):
        if fold(word) in fold(text):
            assert score < NOT_FOUND
