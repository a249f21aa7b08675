"""Alignment of whole texts, by sentences and by paragraphs."""

from corpus.alignment import align_texts


def paragraphs(texts, size):
    return [" ".join(texts[start : start + size]) for start in range(0, len(texts), size)]


def test_paragraphs_of_other_sizes_are_cut_into_pairs_of_sentences(news):
    source = paragraphs([arabic for arabic, _ in news], 3)
    target = paragraphs([english for _, english in news], 4)
    found = align_texts(source, target)
    assert [(pair.source, pair.target) for pair in found.pairs] == news
    assert found.kinds == {"1-1": 40}
    assert found.counts == (40, 40)
    assert found.are_translations


def test_pairs_of_paragraphs_end_where_both_texts_have_an_end(news):
    source = paragraphs([arabic for arabic, _ in news[:24]], 3)
    target = paragraphs([english for _, english in news[:24]], 4)
    found = align_texts(source, target, by_paragraphs=True)
    assert [pair.bead.kind for pair in found.pairs] == ["12-12", "12-12"]
    assert found.pairs[1].source == "\n".join(source[4:])
    assert found.pairs[1].target == "\n".join(target[3:])
    assert found.pairs[0].bead.score == min(bead.score for bead in found.beads[:12])


def test_a_text_without_paragraphs_is_aligned_with_one_that_has_them(news):
    source = [" ".join(arabic for arabic, _ in news)]
    found = align_texts(source, [english for _, english in news])
    assert [(pair.source, pair.target) for pair in found.pairs] == news


def test_what_is_alone_has_an_empty_text_on_the_other_side(news):
    found = align_texts([arabic for arabic, _ in news[:9]], [english for _, english in news[1:9]])
    alone = [pair for pair in found.pairs if not pair.is_whole]
    assert [(pair.source, pair.target) for pair in alone] == [(news[0][0], "")]


def test_texts_that_have_nothing_to_do_with_each_other_are_told(news):
    found = align_texts([arabic for arabic, _ in news[:20]], [english for _, english in news[20:]])
    assert not found.are_translations
    assert found.share < 0.4


def test_nothing_is_no_translation():
    found = align_texts([], [])
    assert (found.pairs, found.share, found.are_translations) == ((), 0.0, False)
