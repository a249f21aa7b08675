import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.segmentation import Span, clauses, sentences

TEXTS = st.text(alphabet=st.sampled_from('قالدم .؟!…،؛:"”»)\n\t3aU\u00a0\u200f'), max_size=150)


def cut(text):
    return [text[span.start : span.end] for span in sentences(text)]


@pytest.mark.parametrize(
    "parts",
    [
        ["قال المتحدث نعم.", "وقالت المديرة لا."],
        ["ما هو ذنبنا؟", "ما هي جريمتنا؟", "لا نعرف!"],
        ["قال: “غداً سنكون هنا.”", "ثم مضى."],
        ["قال: «نعم.»", "ومضى…", "ثم عاد."],
        ["بلغ السعر 3.5 دولار في عام 2019.", "ثم ارتفع."],
        ["وصل د. علي إلى المدينة.", "وغادر م. حسن."],
        ["Dr. Smith met Mr. Jones at 5 p.m. on Monday.", "He left."],
        ["It begins at 7 p.m. ET tonight.", "Sen. Flake comes on Oct. 2, the last in the men's Super-G.", "No."],
        ["They are inquisitive ... they are not out to hurt you.", "He said no.", "5 came."],
        ["1. أولاً نعم.", "2. ثانياً لا."],
        ["قال أ.د. حسن إن ذلك كان عام 300 ق.م. تقريباً.", "ثم مضى."],
        ["انتظروا... ثم عادوا.", "هل عادوا؟!", "نعم."],
        ["العنوان www.example.com/a.b صحيح.", "نعم."],
        ["سطر أول", "سطر ثان"],
    ],
)
def test_sentences_end_where_a_reader_says(parts):
    joiner = "\n" if parts[0] == "سطر أول" or parts[0][0] == "1" else " "
    expected = parts
    if parts[0].startswith("انتظروا"):
        expected = ["انتظروا...", "ثم عادوا.", *parts[1:]]
    assert cut(joiner.join(parts)) == expected


def test_the_real_documents_are_cut_sensibly(shared):
    giant = (shared / "seeds" / "002_e60963f13bc75f7d.txt").read_text(encoding="utf-8")
    parts = cut(giant)
    assert len(parts) == 19
    assert max(len(part.split()) for part in parts) < 80


@given(TEXTS)
def test_nothing_but_white_space_lies_between_sentences(text):
    position = 0
    for span in sentences(text):
        assert position <= span.start < span.end
        assert text[position : span.start].strip() == ""
        assert text[span.start : span.end] == text[span.start : span.end].strip()
        position = span.end
    assert text[position:].strip() == ""


@given(TEXTS, st.integers(1, 12))
def test_clauses_fit_and_lose_nothing(text, most_words):
    whole = Span(0, len(text))

    def fits(piece):
        return len(piece.split()) <= most_words

    pieces = clauses(text, whole, fits)
    if pieces != [whole]:
        assert all(fits(text[piece.start : piece.end]) for piece in pieces)
    assert "".join("".join(text[p.start : p.end].split()) for p in pieces) == "".join(text.split())
    assert pieces == sorted(pieces, key=lambda piece: piece.start)


def test_a_long_sentence_is_cut_at_commas_before_words():
    text = "قال المتحدث نعم، وقالت المديرة لا، ثم مضى الجميع"
    pieces = clauses(text, Span(0, len(text)), lambda piece: len(piece.split()) <= 6)
    assert [text[piece.start : piece.end] for piece in pieces] == [
        "قال المتحدث نعم، وقالت المديرة لا،",
        "ثم مضى الجميع",
    ]


def test_a_word_that_does_not_fit_is_cut_inside_and_no_letter_is_lost():
    text = "قال " + "ق" * 100 + " نعم"
    pieces = clauses(text, Span(0, len(text)), lambda piece: len(piece) <= 30)
    assert all(piece.end - piece.start <= 30 for piece in pieces)
    assert "".join(text[piece.start : piece.end] for piece in pieces).replace(" ", "") == text.replace(" ", "")
    assert clauses(text, Span(0, 3), lambda _: False) == [Span(0, 1), Span(1, 2), Span(2, 3)]
