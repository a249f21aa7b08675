"""The bundled gloss says what its lexicon says, word for word, and nothing else."""

from __future__ import annotations

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from workbench.engines.argos.engine import ArgosEngine
from workbench.engines.argos.gloss.build import DATA, NAME, build, glosses, read_entries
from workbench.engines.argos.gloss.lexicon import Entry, LexiconError, WordClass, read_lexicon
from workbench.engines.argos.gloss.spelling import bare
from workbench.engines.argos.gloss.surface import surface_forms
from workbench.engines.argos.packages import bundled

ENTRIES = read_entries()
FORMS = surface_forms(ENTRIES)
WORDS = sorted(form for form, english in FORMS.items() if form.isalpha())


@pytest.fixture(scope="module")
def engine():
    return ArgosEngine(bundled()[0], threads=1)


def gloss(engine, text):
    (drafted,) = engine.draft([text])
    return drafted.text


def test_every_word_of_the_lexicon_becomes_its_gloss(engine):
    """All of them, in sentences of a hundred words, as the real engine drafts them."""
    wrong = []
    groups = [WORDS[start : start + 100] for start in range(0, len(WORDS), 100)]
    for group, drafted in zip(groups, engine.draft([" ".join(group) for group in groups]), strict=True):
        expected = " ".join(FORMS[word] for word in group)
        if drafted.text != expected:
            wrong.append((expected, drafted.text))
    assert wrong == []
    assert len(WORDS) > 20_000


@given(st.lists(st.one_of(st.sampled_from(WORDS), st.sampled_from(["زخرفيل", "Kobani", "قغقغ", "3.5"])), max_size=40))
@settings(max_examples=100, deadline=None)
def test_a_gloss_never_invents(engine, words):
    """Each word of the output is the gloss of the word in its place, or that word itself."""
    assert gloss(engine, " ".join(words)) == " ".join(FORMS.get(word, word) for word in words)


@pytest.mark.parametrize(
    ("arabic", "english"),
    [
        ("وبالمدينة", "and in the city"),
        ("للحكومة", "for the government"),
        ("قواتهم", "their forces"),
        ("حكومتنا", "our government"),
        ("وقالَ المتحدّثُ", "and said the spokesman"),
        ("المـــدينة", "the city"),
        ("في عام ٢٠١٩، بلغ 3.5", "in year 2019, reached 3.5"),
        ("قال: «نعم».", "said: « نعم»."),
        ("https://www.example.com/a_b", "https://www.example.com/a_b"),
        ("الساعة 10:30؟", "the hour 10:30?"),
    ],
)
def test_what_readers_meet(engine, arabic, english):
    assert gloss(engine, arabic) == english


def test_vocabularies_are_whole():
    model = DATA / NAME / "model"
    source = json.loads((model / "source_vocabulary.json").read_text(encoding="utf-8"))
    assert glosses(ENTRIES).keys() <= set(source)


@pytest.mark.slow
def test_building_it_again_gives_the_same_bytes(tmp_path):
    build(tmp_path / NAME, ENTRIES)
    built = {path.relative_to(tmp_path): path.read_bytes() for path in (tmp_path / NAME).rglob("*") if path.is_file()}
    shipped = {path.relative_to(DATA): path.read_bytes() for path in (DATA / NAME).rglob("*") if path.is_file()}
    assert built.keys() == shipped.keys()
    assert [str(path) for path in built if built[path] != shipped[path]] == []


def test_what_the_lexicon_says_goes_before_what_is_spelled_out():
    forms = surface_forms(
        [Entry("ولد", "boy", WordClass.NOUN), Entry("لد", "Lod", WordClass.NAME), Entry("في", "in", WordClass.FUNCTION)]
    )
    assert forms["ولد"] == "boy"
    assert forms["الولد"] == "the boy"
    assert forms["وفي"] == "and in"
    assert "بالفي" not in forms


def test_a_form_of_two_meanings_is_left_out():
    forms = surface_forms([Entry("لعبة", "toy", WordClass.NOUN), Entry("عبة", "load", WordClass.NOUN)])
    assert forms["لعبة"] == "toy"
    forms = surface_forms([Entry("كتب", "books", WordClass.NOUN), Entry("كتبه", "his writings", WordClass.EXACT)])
    assert forms["كتبه"] == "his writings"


def test_entries_are_clean():
    assert all(entry.arabic == bare(entry.arabic) and entry.english.strip() for entry in ENTRIES)
    assert len(ENTRIES) > 2500


@pytest.mark.parametrize("line", ["قال", "قال\tsaid", "قال\tsaid\tz", "\tsaid\tv"])
def test_a_bad_line_is_told(tmp_path, line):
    (tmp_path / "bad.tsv").write_text(line + "\n", encoding="utf-8")
    with pytest.raises(LexiconError, match="line 1"):
        read_lexicon(tmp_path / "bad.tsv")
