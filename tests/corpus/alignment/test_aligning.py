"""Alignment of sentences: of the kinds there are, of missing passages, of anything at all."""

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from corpus.alignment import align

SENTENCES = st.lists(st.text("باكتسم 3٣.؟?!abcdeABC\n", max_size=30), max_size=12)


def kinds(beads):
    return [bead.kind for bead in beads]


def ranges(beads):
    return [(bead.source_start, bead.source_end, bead.target_start, bead.target_end) for bead in beads]


def sides(news):
    return [arabic for arabic, _ in news], [english for _, english in news]


def test_sentences_in_the_same_order_are_paired_one_by_one(news):
    beads = align(*sides(news))
    assert ranges(beads) == [(n, n + 1, n, n + 1) for n in range(len(news))]
    assert sorted(bead.score for bead in beads)[5] > 0.8


def test_two_sentences_may_be_translated_by_one_and_one_by_two(news):
    source, target = sides(news)
    source[5:7] = [" ".join(source[5:7])]
    target[20:22] = [" ".join(target[20:22])]
    target[30:32] = [" ".join(target[30:32])]
    assert [(kind, number) for number, kind in enumerate(kinds(align(source, target))) if kind != "1-1"] == [
        ("1-2", 5),
        ("2-1", 19),
        ("2-1", 29),
    ]


def test_three_sentences_may_be_translated_by_one(news):
    source, target = sides(news)
    target[10:13] = [" ".join(target[10:13])]
    beads = align(source, target)
    assert [bead.kind for bead in beads if bead.kind != "1-1"] == ["3-1"]
    assert beads[10].source_start == 10


def test_a_sentence_that_the_other_side_has_not_stays_alone(news):
    source, target = sides(news)
    del target[12]
    del source[25]
    beads = align(source, target)
    assert [(bead.kind, bead.source_start, bead.target_start) for bead in beads if not bead.is_pair] == [
        ("1-0", 12, 12),
        ("0-1", 25, 24),
    ]
    assert all(bead.score == 0 for bead in beads if not bead.is_pair)


def test_a_passage_that_one_side_has_not_leaves_the_rest_in_order(news):
    source, target = sides(news)
    del source[8:28]
    beads = align(source, target)
    assert ranges(bead for bead in beads if bead.is_pair) == [
        *((n, n + 1, n, n + 1) for n in range(8)),
        *((n, n + 1, n + 20, n + 21) for n in range(8, 20)),
    ]


def test_an_empty_side_leaves_all_of_the_other_alone(news):
    source, target = sides(news[:3])
    assert kinds(align(source, [])) == ["1-0"] * 3
    assert kinds(align([], target)) == ["0-1"] * 3
    assert align([], []) == []


def test_texts_that_are_no_translations_score_low(news):
    source, target = sides(news)
    scores = [bead.score for bead in align(source[:20], target[20:]) if bead.is_pair]
    assert sum(score > 0.5 for score in scores) <= len(scores) / 4


class Terms:
    """Two made-up words that mean the same."""

    def in_source(self, text):
        return {"one"} if "طظظط" in text else ()

    def in_target(self, text):
        return {"one"} if "qqqq" in text else ()


@pytest.mark.parametrize("place", range(3))
def test_terms_from_outside_decide_where_lengths_do_not(place):
    source = ["ضضضض " * 30] * 3
    source[place] = "طظظط " + "ضضضض " * 29
    target = ["qqqq " + "wwww " * 33]
    beads = align(source, target, Terms())
    assert [bead.source_start for bead in beads if bead.is_pair] == [place]


def test_paragraphs_decide_where_a_sentence_belongs():
    source = ["ضضضض ضضضض.", "ططط.", "ضضضض ضضضض."]
    target = ["wwww wwww wwww vvv.", "wwww wwww wwww."]
    starts = {"source_starts": frozenset({0, 2}), "target_starts": frozenset({0, 1})}
    assert ranges(align(source, target, **starts)) == [(0, 2, 0, 1), (2, 3, 1, 2)]


@settings(max_examples=60)
@given(SENTENCES, SENTENCES)
@example(["."] * 12, [])
def test_every_sentence_is_in_exactly_one_bead_and_in_order(source, target):
    beads = align(source, target)
    at = (0, 0)
    for bead in beads:
        assert (bead.source_start, bead.target_start) == at
        assert bead.source_end + bead.target_end > sum(at)
        assert 0 <= bead.score <= 1
        at = (bead.source_end, bead.target_end)
    assert at == (len(source), len(target))
