import random

import pytest

from corpus.duplicates.comparing import ComparedText, Relation, compare
from corpus.duplicates.finding import all_duplicates, duplicates_of
from corpus.duplicates.index import SourceIndex
from corpus.importing import import_file
from corpus.importing.content import ImportOptions

LETTERS = "بتثجحخدذرزسشصضطظعغفقكلمن"


def prose(number, words=30):
    """Return a text that has next to nothing in common with others, and no stem twice."""
    rng = random.Random(number)  # noqa: S311  (texts of a test)
    return " ".join("".join(rng.choices(LETTERS, k=6)) for _ in range(words))


@pytest.fixture
def texts():
    """Return sources by uid; the first letter of a uid is its document."""
    return {f"{document}{number}": prose(f"{document}{number}") for document in "abc" for number in range(20)}


def index_of(texts):
    index = SourceIndex()
    index.synchronize((uid, uid[0], source) for uid, source in texts.items())
    return index


def found(texts, uid, index=None):
    def sources(uids):
        return {uid: texts[uid] for uid in uids if uid in texts}

    return [(one.uid, one.likeness.relation) for one in duplicates_of(index or index_of(texts), uid, sources)]


def test_the_same_and_the_nearly_the_same_are_found_in_all_documents(texts):
    texts["b3"] = texts["a1"]
    texts["c7"] = " ".join([*texts["a1"].split()[:-2], "كلمتان", "أخريان"])
    assert found(texts, "a1") == [("b3", Relation.SAME), ("c7", Relation.NEARLY)]
    assert found(texts, "c7") == [("a1", Relation.NEARLY), ("b3", Relation.NEARLY)]
    assert found(texts, "a2") == []


def test_quotations_are_found_from_both_sides(texts):
    texts["b0"] = f"{texts['b0']} {' '.join(texts['a1'].split()[:15])} {prose('more')}"
    texts["c0"] = " ".join(texts["a1"].split()[:15])
    assert found(texts, "c0") == [("a1", Relation.QUOTED), ("b0", Relation.QUOTED)]
    assert found(texts, "b0") == [("c0", Relation.QUOTES), ("a1", Relation.SHARES)]


def test_the_same_told_in_other_words_is_found_in_other_documents_only(texts):
    words = texts["a1"].split()
    texts["b1"] = " ".join(words[:16][::-1] + prose("x", 14).split())
    texts["a2"] = " ".join(words[14:][::-1] + prose("y", 14).split())
    assert found(texts, "a1") == [("b1", Relation.RETELLS)]


def test_an_index_keeps_up_with_what_comes_changes_and_goes(texts):
    index = index_of(texts)
    assert found(texts, "a1", index) == []
    texts["b3"] = texts["a1"]
    texts["d0"] = texts["a1"] + " زيادة"
    del texts["c0"]
    index.synchronize((uid, uid[0], source) for uid, source in texts.items())
    assert len(index) == len(texts)
    assert found(texts, "a1", index) == [("b3", Relation.SAME), ("d0", Relation.NEARLY)]
    texts["b3"] = prose("b3")
    del texts["d0"]
    index.synchronize((uid, uid[0], source) for uid, source in texts.items())
    assert found(texts, "a1", index) == []


def test_a_segment_the_index_has_not_got_has_none(texts):
    assert found(texts, "none") == []
    assert found({}, "a1", SourceIndex()) == []


def test_one_by_one_and_all_at_once_find_the_same(texts):
    texts["b3"] = texts["c3"] = texts["a1"]
    texts["c7"] = " ".join([*texts["a1"].split()[:-2], "كلمتان", "أخريان"])
    texts["c8"] = f"{texts['c8']} {texts['a5']}"
    index = index_of(texts)
    everything = all_duplicates(index, lambda uids: {uid: texts[uid] for uid in uids})
    assert everything.groups == (("a1", "b3", "c3", "c7"),)
    (pair,) = everything.pairs
    assert {(pair.uid, pair.other, pair.likeness.relation)} == {("a5", "c8", Relation.QUOTED)}
    assert found(texts, "a5", index) == [("c8", Relation.QUOTED)]


def test_outlets_that_tell_the_same_are_linked(shared):
    """Three outlets report on one film; two of them tell it paragraph by paragraph, in words of their own."""
    texts = {}
    for path in sorted((shared / "seeds").glob("*.txt")):
        for number, segment in enumerate(import_file(path, ImportOptions()).segments):
            texts[f"{path.name[2]}{number}"] = segment.source
    linked = {uid: [other for other, _ in found(texts, uid)] for uid in texts}
    assert linked["02"] == ["11"]
    assert linked["04"] == ["13"]
    assert "14" in linked["05"]


def test_small_steps_do_not_join_what_is_not_alike(texts):
    words = texts["a1"].split()
    for step in range(1, 6):
        texts[f"b{step}"] = " ".join([*prose(f"step{step}", 4 * step).split(), *words[4 * step :]])
    groups = all_duplicates(index_of(texts), lambda uids: {uid: texts[uid] for uid in uids}).groups
    assert "b5" not in groups[0]
    for first, *others in groups:
        relations = {compare(ComparedText(texts[first]), ComparedText(texts[other])).relation for other in others}
        assert relations <= {Relation.SAME, Relation.NEARLY}
