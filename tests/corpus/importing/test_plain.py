import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.importing import import_file
from corpus.importing.plain import PlainText
from corpus.model import SegmentKind

K = SegmentKind


def sources(text):
    return [segment.source for segment in PlainText().segments(text)]


def test_a_line_is_a_paragraph_with_or_without_blank_lines():
    assert sources("عنوان\n\nفقرة أولى.\nفقرة ثانية.\r\n \n\u00a0\nثالثة\u2029رابعة") == [
        "عنوان",
        "فقرة أولى.",
        "فقرة ثانية.",
        "ثالثة",
        "رابعة",
    ]


def test_hard_wrapped_text_is_put_together_by_blank_lines_and_kept_exactly():
    line = "كلمات كثيرة تملأ السطر حتى الهامش ثم يتواصل الكلام في السطر التالي"
    paragraph = f"{line}\n{line}\n{line} انتهى."
    assert sources(f"{paragraph}\n\n{paragraph}\n") == [paragraph, paragraph]


def test_one_giant_line_stays_one_segment(shared):
    document = import_file(shared / "seeds" / "002_e60963f13bc75f7d.txt")
    assert len(document.segments) == 1


def test_a_short_first_line_alone_is_a_heading():
    kinds = [segment.kind for segment in PlainText().segments("عنوان قصير\n\nفقرة.")]
    assert kinds == [SegmentKind.HEADING, SegmentKind.PARAGRAPH]
    assert PlainText().segments("جملة كاملة.\n\nفقرة.")[0].kind is SegmentKind.PARAGRAPH


@given(st.text(alphabet=st.sampled_from("قال .\n\r\t\u00a0\u2028[b]\x1b"), max_size=200))
def test_segments_are_exact_pieces_in_order_and_only_white_space_is_left_out(text):
    position = 0
    for source in sources(text):
        start = text.index(source, position)
        assert text[position:start].strip() == ""
        position = start + len(source)
    assert text[position:].strip() == ""


PROSE = "وقال المتحدث إن القافلة وصلت صباح الثلاثاء محملة بالدواء والغذاء، وإن خمسين عائلة تسلمت حصصها أمس في المدينة."


def kinds(text):
    return [segment.kind for segment in PlainText().segments(text)]


def test_short_lines_between_paragraphs_are_headings():
    assert kinds(f"{PROSE}\nعودة السكان\n{PROSE}\n{PROSE}") == [K.PARAGRAPH, K.HEADING, K.PARAGRAPH, K.PARAGRAPH]


def test_verses_are_no_headings():
    assert set(kinds("بيت أول\nبيت ثان\nبيت ثالث\nبيت رابع\n" + PROSE)) == {K.PARAGRAPH}


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("اقرأ أيضاً: القافلة تصل", K.RELATED),
        ("إقرأ أيضا", K.RELATED),
        ("للمزيد:", K.RELATED),
        ("Read also: the convoy", K.RELATED),
        ("مصدر الصورة:\u00a0theguardian", K.CREDIT),
        ("مصدر الصورة، Getty Images", K.CREDIT),
        ("التعليق على الصورة، سكان عائدون", K.CAPTION),
        ("صورة أرشيفية للمدينة", K.CAPTION),
        ("بقلم: أحمد علي", K.BYLINE),
        ("كتب - أحمد علي", K.BYLINE),
        ("أخبار الآن | دبي – الإمارات العربية المتحدة (theguardian)", K.BYLINE),
        ("القدس – رويترز", K.BYLINE),
        ("دبي - العربية.نت", K.BYLINE),
        ("وقال للمزيد من الصحف إن الصورة واضحة.", K.PARAGRAPH),
        ("كتب المتحدث رسالة إلى السكان.", K.PARAGRAPH),
        (f"اقرأ أيضا {PROSE * 3}", K.PARAGRAPH),
    ],
)
def test_lines_of_news_are_told_by_their_words(line, kind):
    assert kinds(f"{PROSE}\n{line}\n{PROSE}\n{PROSE}")[1] is kind


def test_titles_after_a_bare_read_also_are_related_until_the_text_goes_on():
    text = f"{PROSE}\nللمزيد:\nالقافلة تصل إلى المدينة\nوزير يزور العاصمة\n{PROSE}\nوزير آخر"
    assert kinds(text)[1:5] == [K.RELATED, K.RELATED, K.RELATED, K.PARAGRAPH]


def test_the_lines_of_a_real_article_get_their_kinds(shared):
    document = import_file(shared / "seeds" / "000_69df54fd22f42460.txt")
    assert [segment.kind for segment in document.segments] == [
        K.BYLINE, *[K.PARAGRAPH] * 6, K.CREDIT, K.RELATED, K.RELATED,
    ]  # fmt: skip
