"""Going on with a translation, and word links, on a package whose every word is known."""

from __future__ import annotations

import pytest

from corpus.alignment.words import link_words
from workbench.engines.argos.engine import ArgosEngine
from workbench.engines.argos.packages import bundled, read_package
from workbench.engines.argos.word_links import places_of
from workbench.engines.protocol import Aligns, Completes
from workbench.linking import linker_of, links_between

SOURCE = "قال المتحدث في المدينة مساء الأحد ."


@pytest.fixture(scope="module")
def engine(tiny_folder):
    return ArgosEngine(read_package(tiny_folder), threads=1)


def rests(engine, typed, sentence=SOURCE):
    return [completion.rest for completion in engine.complete(sentence, typed)]


def test_the_engine_can_complete_and_align(engine):
    assert isinstance(engine, Completes)
    assert isinstance(engine, Aligns)


@pytest.mark.parametrize(
    ("typed", "rest"),
    [
        ("", "said spokesman in city evening Sunday ."),
        ("said ", "spokesman in city evening Sunday ."),
        ("said", " spokesman in city evening Sunday ."),
        ("said spo", "kesman in city evening Sunday ."),
        ("Told spo", "kesman in city evening Sunday ."),
        ("said speaker ", "in city evening Sunday ."),
        ("said spokesman in city evening Sunday .", None),
    ],
)
def test_it_goes_on_from_the_words_and_letters_that_were_typed(engine, typed, rest):
    assert rests(engine, typed)[-1:] == ([] if rest is None else [rest])


def test_a_few_words_come_first_then_the_whole(engine):
    first, *_, last = engine.complete(SOURCE, "")
    assert last.rest.startswith(first.rest)
    assert not first.whole
    assert last.whole
    assert list(engine.complete(SOURCE, "", lambda: True)) == [first]


def test_other_ways_begin_with_other_words_and_with_the_letters_typed(engine):
    first = next(engine.complete(SOURCE, "said "))
    begun = [first.rest.split()[0], *(other.split()[0] for other in first.others)]
    assert len(set(begun)) == len(begun) > 1
    for completion in engine.complete(SOURCE, "said s"):
        assert not any(other.startswith(" ") for other in completion.others)


def test_nothing_to_translate_completes_nothing(engine):
    assert rests(engine, "", "") == []


def test_words_are_linked_as_they_were_translated(engine):
    target = "said spokesman in city evening Sunday ."
    found = [(SOURCE[a.start : a.end], target[b.start : b.end]) for a, b in engine.link_words(SOURCE, target)]
    assert found == list(zip(SOURCE.split()[:-1], target.split()[:-1], strict=True))
    assert engine.link_words("", target) == engine.link_words(SOURCE, "") == []


def test_links_of_a_paragraph_have_their_places_in_it(engine):
    source, target = f"{SOURCE} {SOURCE}", "said spokesman in city evening Sunday . Said spokesman in city."
    links = links_between(source, target, linker_of(engine))
    assert [(source[a.start : a.end], target[b.start : b.end]) for a, b in links][:2] == [
        ("قال", "said"),
        ("المتحدث", "spokesman"),
    ]
    assert max(link.target.end for link in links) > len(target) // 2
    assert links_between(source, target, linker_of(engine), lambda: True) == []


def test_without_an_engine_only_what_is_sure_is_linked():
    source, target = "وصل 24 لاجئا إلى برلين", "24 refugees came to Berlin"
    found = {(source[a.start : a.end], target[b.start : b.end]) for a, b in link_words(source, target)}
    assert ("24", "24") in found
    assert ("برلين", "Berlin") in found
    assert linker_of(object()) is link_words


def test_the_bundled_gloss_links_each_word_with_its_gloss():
    engine = ArgosEngine(bundled()[0], threads=1)
    source = "وقال المتحدث في المدينة"
    (drafted,) = engine.draft([source])
    links = engine.link_words(source, drafted.text)
    assert [source[link.source.start : link.source.end] for link in links if link.target.start == 0] == ["وقال"]
    assert {source[link.source.start : link.source.end] for link in links} == set(source.split())


def test_tokens_that_the_tokenizer_writes_otherwise_have_no_place():
    assert [(span.start, span.end) for span in places_of(["▁ab", "c", "…", "▁d▁e"], "abc ... d e")] == [
        (0, 2),
        (2, 3),
        (3, 3),
        (8, 11),
    ]
