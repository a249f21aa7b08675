import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rapidfuzz import fuzz

from corpus.arabic import fold
from corpus.errors import StoreError
from corpus.memory.features import source_features
from corpus.memory.model import Provenance, Unit
from corpus.memory.search import SAME_KEY, SAME_TEXT, MemorySearch
from corpus.memory.store import MemoryStore

LANGUAGES = ("ar", "en")
NEWS = Provenance("p1", "news.tarjama")


def unit(source, target, uid="", provenance=NEWS, languages=LANGUAGES):
    return Unit(source, target, *languages, provenance, uid or source, "anna", "2026-01-01T00:00:00Z")


@pytest.fixture
def store(tmp_path):
    made = MemoryStore.open_or_create(tmp_path / "memory.db")
    yield made
    made.close()


def found(store, source, **options):
    return [(m.unit.target, round(m.score)) for m in MemorySearch(store).similar(source, LANGUAGES, **options)]


def test_the_same_text_comes_before_one_with_other_marks(store):
    store.add(unit("أعلن المجلس هدنة", "marks differ"))
    store.add(unit("أعلن المجلس هُدنة", "same"))
    assert found(store, "أعلن المجلس هُدنة") == [("same", SAME_TEXT), ("marks differ", SAME_KEY)]


def test_a_similar_source_is_found_with_its_share_of_letters(store):
    store.add(unit("قال المتحدث إن الهدنة صامدة في المدينة", "The truce is holding"))
    store.add(unit("وصلت قافلة المساعدات إلى المخيم", "The convoy arrived"))
    query = "وقال المتحدث إن الهدنة صامدة في القرية"
    ((target, score),) = found(store, query)
    assert (target, score) == (
        "The truce is holding",
        round(
            fuzz.ratio(fold(query), fold(store.with_key("قال المتحدث إن الهدنة صامدة في المدينة", LANGUAGES)[0].source))
        ),
    )


def test_a_short_source_is_found_by_its_letters(store):
    store.add(unit("المستشفيات", "hospitals"))
    assert found(store, "المستشفى", at_least=60) != []


def test_a_unit_is_replaced_by_its_newer_self(store):
    store.add(unit("أعلن المجلس هدنة", "old", uid="s1"))
    store.add(unit("أعلن المجلس هدنة", "new", uid="s1"))
    store.add(unit("أعلن المجلس هدنة", "elsewhere", uid="s1", provenance=Provenance("p2", "b")))
    assert found(store, "أعلن المجلس هدنة") == [("elsewhere", 100), ("new", 100)]
    store.remove("p1", "s1")
    assert found(store, "أعلن المجلس هدنة") == [("elsewhere", 100)]
    assert len(store) == 1


def test_units_of_other_languages_are_left_out(store):
    store.add(unit("أعلن المجلس هدنة", "une trêve", languages=("ar", "fr")))
    store.add(unit("أعلن المجلس هدنة اليوم", "un jour", languages=("ar", "fr")))
    assert found(store, "أعلن المجلس هدنة") == []


def test_what_somebody_else_adds_is_found_by_the_next_search(store, tmp_path):
    search = MemorySearch(store)
    assert search.similar("أعلن المجلس هدنة", LANGUAGES) == []
    colleague = MemoryStore.open_or_create(tmp_path / "memory.db")
    colleague.add(unit("أعلن المجلس هدنة", "a truce"))
    colleague.close()
    assert [match.score for match in search.similar("أعلن المجلس هدنة", LANGUAGES)] == [SAME_TEXT]
    assert len(search.similar("أعلن المجلس هدنة أمس", LANGUAGES)) == 1


WORDS = [
    "قال",
    "المتحدث",
    "إن",
    "الهدنة",
    "صامدة",
    "في",
    "المدينة",
    "وصلت",
    "قافلة",
    "المساعدات",
    "إلى",
    "المخيم",
    "عاد",
    "السكان",
    "بيوتهم",
    "أمس",
    "اليوم",
    "غدا",
]


def sentences(count, chance):
    return sorted({" ".join(chance.choices(WORDS, k=chance.randint(3, 12))) for _ in range(count)})


@pytest.mark.parametrize("pack_after", [7, 100_000])
def test_packed_or_not_the_same_is_found(store, monkeypatch, pack_after):
    monkeypatch.setattr("corpus.memory.index.PACK_AFTER", pack_after)
    chance = random.Random(1)  # noqa: S311
    texts = sentences(150, chance)
    for text in texts[:100]:
        store.add(unit(text, text[::-1]))
    store.add_many(unit(text, text[::-1]) for text in texts[100:])
    store.remove("p1", texts[-1])
    for query in [*chance.sample(texts[:-1], 10), *sentences(10, chance)]:
        best = max(texts[:-1], key=lambda text: fuzz.ratio(fold(query), fold(text)))
        want = fuzz.ratio(fold(query), fold(best))
        (match,) = MemorySearch(store).similar(query, LANGUAGES, limit=1, at_least=60) or [None]
        if want >= 75:
            assert match.score >= min(want, 98.9) - 1e-6


def test_words_are_found_where_they_follow_each_other(store):
    store.add(unit("وقف إطلاق النار في المدينة", "A ceasefire in the city"))
    store.add(unit("إطلاق سراح الأسرى", "Release of the captives"))
    search = MemorySearch(store)

    def targets(text, **options):
        return [unit.target for unit in search.concordance(text, LANGUAGES, **options).units]

    assert targets("اطلاق") == ["Release of the captives", "A ceasefire in the city"]
    assert targets("إطلاقُ النار") == ["A ceasefire in the city"]
    assert targets("النار إطلاق") == []
    assert targets("THE CITY", target=True) == ["A ceasefire in the city"]
    assert targets("the city") == []
    assert targets("،") == []
    assert not search.concordance("إطلاق", LANGUAGES, limit=1).complete


def test_many_are_kept_all_or_none(store):
    def units():
        yield unit("أعلن", "a")
        raise RuntimeError("the file ends early")

    with pytest.raises(RuntimeError):
        store.add_many(units())
    assert len(store) == 0


def test_a_file_that_is_no_memory_is_refused(tmp_path):
    (tmp_path / "x.db").write_text("not a memory, but long enough to be looked at")
    with pytest.raises(StoreError):
        MemoryStore.open_or_create(tmp_path / "x.db")


@given(st.text(max_size=80))
@settings(max_examples=150)
def test_any_text_has_features_of_its_kind(text):
    features = source_features(text)
    assert all(0 <= feature < 1 << 23 for feature in features)
    assert features == source_features(text)


def test_what_is_forgotten_is_found_no_more_and_leaves_room_for_others(store, monkeypatch):
    monkeypatch.setattr("corpus.memory.store.PACK_AFTER", 5)
    monkeypatch.setattr("corpus.memory.search._MOST_CANDIDATES", 10)
    monkeypatch.setattr("corpus.memory.search._MOST_SHORT_CANDIDATES", 10)
    other = Provenance("f", "client.tmx")
    store.add_many(unit(f"أعلن المجلس هدنة {number}", "his", provenance=other) for number in range(40))
    store.add(unit("أعلن المجلس هدنة أمس الأول", "hers"))
    search = MemorySearch(store)
    assert {match.unit.target for match in search.similar("أعلن المجلس هدنة أمس", LANGUAGES)} == {"his"}
    assert store.forget("f") == 40
    assert [match.unit.target for match in search.similar("أعلن المجلس هدنة أمس", LANGUAGES)] == ["hers"]
    assert [one.name for one, _ in store.provenances()] == ["news.tarjama"]
    assert store.problems() == []


def test_units_added_one_by_one_are_packed_when_they_are_many(store, monkeypatch):
    monkeypatch.setattr("corpus.memory.index.PACK_AFTER", 8)
    for number in range(10):
        store.add(unit(f"أعلن المجلس هدنة {number}", str(number)))
        store.tidy()
    search = MemorySearch(store)
    assert len(search.similar("أعلن المجلس هدنة", LANGUAGES, limit=20)) == 10
    assert store._db.table("blocks").count == 1
