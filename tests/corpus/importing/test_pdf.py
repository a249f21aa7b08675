import pytest
from documents import pdf

from corpus.errors import DocumentError
from corpus.importing import import_bytes
from corpus.importing.pdf_line import Glyph, logical_text
from corpus.model import SegmentKind

K = SegmentKind
FULL = "قال المتحدث باسم البلدية إن الهدنة صامدة منذ أسبوع وإن السكان"
OTHER = "وكان السكان قد غادروا بيوتهم في الشتاء حين وصلت المعارك إليهم"


def right_aligned(y, text, size=10.0):
    """Draw Arabic as programs do: from the left, the last letter first. Each glyph is half its size wide."""
    return (550 - size / 2 * len(text), y, size, text[::-1])


def found(data):
    return [(segment.kind, segment.place, segment.source) for segment in import_bytes(data, "a.pdf").segments]


def test_lines_become_paragraphs_and_large_ones_headings():
    page = [
        right_aligned(740, "هدنة هشة", 18.0),
        right_aligned(700, FULL),
        right_aligned(688, "عادوا إلى بيوتهم."),
        right_aligned(676, OTHER),
        right_aligned(664, "أمس."),
        right_aligned(600, "بعد فراغ كبير."),
    ]
    assert found(pdf([page])) == [
        (K.HEADING, "page 1", "هدنة هشة"),
        (K.PARAGRAPH, "page 1", f"{FULL} عادوا إلى بيوتهم."),
        (K.PARAGRAPH, "page 1", f"{OTHER} أمس."),
        (K.PARAGRAPH, "page 1", "بعد فراغ كبير."),
    ]


def test_a_paragraph_goes_on_over_the_page_and_furniture_does_not_stand_in_it():
    lines = [FULL, OTHER, f"{FULL[:-3]}."]
    pages = [
        [right_aligned(780, "صحيفة المدينة"), right_aligned(700, line), (300.0, 30, 10.0, str(n))]
        for n, line in enumerate(lines, 1)
    ]
    segments = found(pdf(pages))
    assert segments[0] == (K.PARAGRAPH, "page 1", " ".join(lines))
    assert {(kind, source) for kind, _, source in segments[1:]} == {
        (K.BOILERPLATE, "صحيفة المدينة"),
        *((K.BOILERPLATE, str(n)) for n in (1, 2, 3)),
    }


def test_english_stays_as_it_is():
    assert found(pdf([[(50.0, 700, 10.0, "The truce (in Tripoli), 14 March 2019, holds.")]])) == [
        (K.PARAGRAPH, "page 1", "The truce (in Tripoli), 14 March 2019, holds."),
    ]


def test_a_pdf_of_pictures_asks_for_text_recognition():
    with pytest.raises(DocumentError, match="no text") as caught:
        found(pdf([[]]))
    assert "OCR" in caught.value.hint


@pytest.mark.parametrize("keep", [20, 200, 700])
def test_a_damaged_pdf_is_refused_in_a_sentence(keep):
    with pytest.raises(DocumentError) as caught:
        found(pdf([[right_aligned(700, FULL)]])[:keep])
    assert caught.value.hint


def glyphs(*pieces):
    """Return glyphs as pdfium gives them: (text, left edge of its first character, step)."""
    return [
        Glyph(character, left + n * step, 0, left + n * step + 5, 10)
        for text, left, step in pieces
        for n, character in enumerate(text)
    ]


def test_a_ligature_comes_in_the_order_of_its_letters():
    together = [Glyph("ا", 40, 0, 46, 10), Glyph("ل", 40, 0, 46, 10)]
    assert logical_text([*together, *glyphs((" نعرف", 35, -5))]) == ("لا نعرف", True)


def test_brackets_that_were_mirrored_twice_are_turned_back():
    assert logical_text(glyphs(("قال )أحمد( نعم", 100, -5)))[0] == "قال (أحمد) نعم"
    assert logical_text(glyphs(("قال (أحمد) نعم", 100, -5)))[0] == "قال (أحمد) نعم"


def test_words_of_latin_and_commas_after_numbers_stand_where_they_are_read():
    latin = glyphs(("عن ", 100, -5), ("Guardian", 60, 5), (" ", 50, 5), ("The", 30, 5))
    assert logical_text(latin)[0] == "عن The Guardian"
    number = glyphs(("مارس ", 100, -5), ("،", 50, 5), ("2019", 55, 5), (" وإن", 45, -5))
    assert logical_text(number)[0] == "مارس 2019، وإن"


def test_presentation_forms_become_letters():
    assert logical_text(glyphs(("ﻗﺎﻝ ﻻ", 100, -5)))[0] == "قال لا"
