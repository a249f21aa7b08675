"""Alignment within a paragraph, which loses nothing of either text."""

from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.alignment import align_paragraph

TEXTS = st.text("باكتس 3٣.؟?!abcAB\n", max_size=60)


def pieces(source, target):
    return [
        (source[here.start : here.end], target[there.start : there.end])
        for here, there in align_paragraph(source, target)
    ]


def test_sentences_of_a_paragraph_are_paired(news):
    source = "  " + " ".join(arabic for arabic, _ in news[:4])
    target = " ".join(english for _, english in news[:4]) + "\n"
    found = [(here.strip(), there.strip()) for here, there in pieces(source, target)]
    assert found == news[:4]


def test_a_sentence_without_a_counterpart_goes_with_its_neighbor(news):
    source = " ".join(arabic for arabic, _ in news[:4])
    target = " ".join(english for _, english in (news[0], news[2], news[3]))
    found = pieces(source, target)
    assert len(found) == 3
    assert found[0][0] == f"{news[0][0]} {news[1][0]} "


def test_one_sentence_and_an_empty_text_are_one_piece():
    assert pieces("مرحبا.", "Hello. Hello.") == [("مرحبا.", "Hello. Hello.")]
    assert pieces("مرحبا. مرحبا.", "") == [("مرحبا. مرحبا.", "")]
    assert pieces("", "") == [("", "")]


@settings(max_examples=100)
@given(TEXTS, TEXTS)
def test_pieces_join_to_both_texts(source, target):
    found = pieces(source, target)
    assert "".join(here for here, _ in found) == source
    assert "".join(there for _, there in found) == target
    assert len(found) == 1 or all(here.strip() and there.strip() for here, there in found)
