import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.errors import DocumentError
from corpus.importing import import_bytes
from corpus.model import SegmentKind

K = SegmentKind

PAGE = """<!DOCTYPE html>
<html lang="ar" dir="rtl"><head><meta charset="utf-8"><title>هدنة هشة في طرابلس - موقع الخبر</title>
<style>p { color: red }</style><script>var a = "لا يقرأ";</script></head>
<body class="single has-sidebar">
<header class="site-header"><div class="logo"><a href="/">موقع الخبر</a></div>
<nav><ul><li><a href="/w">العالم</a></li><li><a href="/s">رياضة</a></li></ul></nav></header>
<div class="breadcrumb"><a href="/">الرئيسية</a> &gt; <a href="/w">العالم</a></div>
<div id="page"><div class="post">
<h1>هدنة هشة
   في طرابلس</h1>
<div class="meta"><span class="author">أحمد علي</span> <time>14 مارس 2019</time></div>
<div class="share-buttons"><a href="#">فيسبوك</a> <a href="#">تويتر</a></div>
<figure><img src="a.jpg"><figcaption>سكان عائدون إلى بيوتهم في حي الأندلس</figcaption>
<span class="image-credit">Getty Images</span></figure>
<div class="post-body">
<p>قال المتحدث باسم البلدية <b>أحمد</b>&nbsp;علي إن الهدنة صامدة، وإن السكان عادوا
إلى منازلهم في المدينة.</p>
<div class="ad-slot"><span>إعلان</span></div>
<h2>عودة السكان</h2>
<p>وأضاف أن القافلة وصلت صباح الثلاثاء محملة بالدواء والغذاء،<br>
وأن خمسين عائلة تسلمت حصصها.<br><br>وكانت المعارك قد توقفت قبل ثلاثة أيام بعد وساطة قادها أعيان المدينة.</p>
<p><a href="/x">اقرأ أيضا: القافلة الأولى تصل إلى المدينة بعد عام من الحصار</a></p>
<p><a href="/y">وزير الخارجية يزور العاصمة في أول زيارة منذ خمس سنوات</a></p>
<blockquote><p>لا نعرف متى تصل القافلة الثانية، لكننا ننتظرها كل يوم.</p></blockquote>
<ul><li>وصلت ثلاث شاحنات</li><li>بقيت اثنتان عند الحاجز</li></ul>
<table><tr><th>الحي</th><th>العائلات</th></tr><tr><td>الأندلس</td><td>50</td></tr></table>
<p>وكان السكان قد غادروا بيوتهم في الشتاء حين وصلت المعارك إلى أطراف المدينة، ولم يعودوا حتى اليوم.</p>
</div></div>
<aside><h3>الأكثر قراءة</h3><ul>
<li><a href="/1">خبر أول من أخبار اليوم الكثيرة التي لا تخص هذا المقال في شيء</a></li></ul></aside>
<div class="comments"><p>تعليق من قارئ طويل بما يكفي ليبدو كأنه فقرة من المقال نفسه وهو ليس منه.</p></div>
</div>
<footer><p>جميع الحقوق محفوظة لموقع الخبر، ولا يجوز نسخ شيء مما ينشر فيه دون إذن مكتوب من الإدارة.</p></footer>
</body></html>
"""


def read(text, name="a.html", encoding="utf-8"):
    return import_bytes(text.encode(encoding), name)


def kinds(document):
    return [(segment.kind, segment.source) for segment in document.segments]


def test_a_saved_news_page_is_its_article_and_what_is_around_it():
    document = read(PAGE)
    article = [pair for pair in kinds(document) if pair[0] is not K.BOILERPLATE]
    assert article == [
        (K.HEADING, "هدنة هشة في طرابلس"),
        (K.BYLINE, "أحمد علي 14 مارس 2019"),
        (K.CAPTION, "سكان عائدون إلى بيوتهم في حي الأندلس"),
        (K.CREDIT, "Getty Images"),
        (
            K.PARAGRAPH,
            "قال المتحدث باسم البلدية أحمد\u00a0علي إن الهدنة صامدة، وإن السكان عادوا إلى منازلهم في المدينة.",
        ),
        (K.HEADING, "عودة السكان"),
        (K.PARAGRAPH, "وأضاف أن القافلة وصلت صباح الثلاثاء محملة بالدواء والغذاء،\nوأن خمسين عائلة تسلمت حصصها."),
        (K.PARAGRAPH, "وكانت المعارك قد توقفت قبل ثلاثة أيام بعد وساطة قادها أعيان المدينة."),
        (K.RELATED, "اقرأ أيضا: القافلة الأولى تصل إلى المدينة بعد عام من الحصار"),
        (K.RELATED, "وزير الخارجية يزور العاصمة في أول زيارة منذ خمس سنوات"),
        (K.QUOTE, "لا نعرف متى تصل القافلة الثانية، لكننا ننتظرها كل يوم."),
        (K.LIST_ITEM, "وصلت ثلاث شاحنات"),
        (K.LIST_ITEM, "بقيت اثنتان عند الحاجز"),
        (K.CELL, "الحي"),
        (K.CELL, "العائلات"),
        (K.CELL, "الأندلس"),
        (K.CELL, "50"),
        (
            K.PARAGRAPH,
            "وكان السكان قد غادروا بيوتهم في الشتاء حين وصلت المعارك إلى أطراف المدينة، ولم يعودوا حتى اليوم.",
        ),
    ]
    around = [source for kind, source in kinds(document) if kind is K.BOILERPLATE]
    assert {"موقع الخبر", "العالم", "فيسبوك تويتر", "إعلان", "الأكثر قراءة"} <= set(around)
    assert any(source.startswith("جميع الحقوق") for source in around)
    assert any(source.startswith("تعليق من قارئ") for source in around)
    assert not any("لا يقرأ" in source or "color" in source for source in around)


@pytest.mark.parametrize("charset", ["windows-1256", "iso-8859-6", "utf-8"])
def test_a_page_is_read_as_it_says(charset):
    text = f'<html><head><meta http-equiv="Content-Type" content="text/html; charset={charset}"></head><p>قال نعم'
    assert read(text, encoding=charset).segments[0].source == "قال نعم"


@pytest.mark.parametrize("charset", ["utf-8", "iso-8859-1"])
def test_a_page_that_lies_about_its_encoding_is_read_as_it_looks(charset):
    text = f'<html><head><meta charset="{charset}"></head><body><p>قال المتحدث في المدينة إن الهدنة صامدة</p>'
    document = read(text, encoding="cp1256")
    assert (document.encoding, document.segments[0].source) == (
        "windows-1256",
        "قال المتحدث في المدينة إن الهدنة صامدة",
    )


def test_a_western_page_is_read_as_it_says():
    document = read('<html><meta charset="iso-8859-1"><p>Fête nationale à Genève', encoding="latin-1")
    assert (document.encoding, document.segments[0].source) == ("iso8859-1", "Fête nationale à Genève")


def test_white_space_is_what_a_browser_shows():
    document = read("<p>  قال\n\t المتحدث <i> أمس</i>\u200f  \n</p><pre>سطر\n  آخر</pre>")
    assert [segment.source for segment in document.segments] == ["قال المتحدث أمس\u200f", "سطر\nآخر"]


def test_a_page_without_an_article_loses_nothing():
    document = read("<html><body><ul><li><a href=x>عنوان</a><li>قصير</ul>")
    assert [segment.source for segment in document.segments] == ["عنوان", "قصير"]


def test_text_between_blocks_stays_in_order():
    document = read("<div>قبل<p>وسط</p>بعد</div>")
    assert [segment.source for segment in document.segments] == ["قبل", "وسط", "بعد"]


def test_a_page_saved_as_one_file_with_its_pictures():
    text = (
        "From: <Saved by Blink>\r\nMIME-Version: 1.0\r\n"
        'Content-Type: multipart/related; type="text/html"; boundary="--x"\r\n\r\n'
        "----x\r\nContent-Type: text/html\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n"
        '<html><head><meta charset=3D"utf-8"></head><p>=D9=82=D8=A7=D9=84</p></html>\r\n----x--\r\n'
    )
    document = read(text, "page.mhtml")
    assert (document.format, [segment.source for segment in document.segments]) == ("html", ["قال"])


def test_a_page_without_text_is_refused():
    with pytest.raises(DocumentError, match="no text"):
        read("<html><body><img src=a.png></body></html>")


PIECES = "<p> </p> <div> </div> <a> </a> <br> <ul><li> نص كلمة & <!--x--> <pre> </pre>"


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from(PIECES.split(" "))))
def test_the_words_of_any_page_come_out_in_order(pieces):
    text = "<html><body> " + " ".join(pieces) + " نهاية"
    words = [word for segment in read(text).segments for word in segment.source.split()]
    assert [word for word in words if word in {"نص", "كلمة", "نهاية"}] == [
        word for word in text.split() if word in {"نص", "كلمة", "نهاية"}
    ]


def test_code_is_no_text_but_verses_are():
    document = read("<pre>بيت أول\nبيت ثان</pre><pre><code>x = 1</code></pre>")
    assert kinds(document) == [(K.PARAGRAPH, "بيت أول\nبيت ثان"), (K.BOILERPLATE, "x = 1")]
