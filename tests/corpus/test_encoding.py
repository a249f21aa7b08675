import codecs

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.encoding import decode
from corpus.errors import DocumentError

SENTENCES = [
    "أعلن المجلس المحلي إعادة افتتاح المدرسة الابتدائية بعد ثلاث سنوات من الإغلاق.",
    "غارات جوية على صنعاء",
    "وقال المتحدث: «لا نعرف متى تصل القافلة»، ثم غادر في 14 مارس 2019.",
    "مصدر الصورة: theguardian",
]


@pytest.mark.parametrize("text", SENTENCES)
@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("utf-8", "utf-8"),
        ("utf-8-sig", "utf-8-sig"),
        ("utf-16", "utf-16"),
        ("utf-16-le", "utf-16-le"),
        ("utf-16-be", "utf-16-be"),
        ("utf-32", "utf-32"),
        ("cp1256", "windows-1256"),
    ],
)
def test_the_encodings_of_arabic_are_recognized(text, written, read):
    assert decode(text.encode(written)) == (text, read)


@pytest.mark.parametrize("text", SENTENCES[:2])
def test_iso_8859_6_is_told_from_windows_1256(text):
    assert decode(text.encode("iso8859-6")) == (text, "iso8859-6")


@pytest.mark.parametrize("text", SENTENCES[:3])
def test_mac_arabic_is_told_from_iso_8859_6(text):
    text = text.replace("«", "(").replace("»", ")")
    assert decode(text.encode("mac-arabic")) == (text, "mac-arabic")


def test_arabic_punctuation_and_harakat_in_windows_1256():
    text = "ماذا قالَ؟ قال: نعم، ثمّ مضى؛ وكان ذلك أمس."
    assert decode(text.encode("cp1256")) == (text, "windows-1256")


def test_a_named_encoding_is_taken_at_its_word():
    assert decode(SENTENCES[0].encode("cp1256"), "windows-1256") == (SENTENCES[0], "cp1256")
    assert decode(codecs.BOM_UTF8 + b"abc", "utf-8") == ("abc", "utf-8")


@pytest.mark.parametrize(
    ("data", "encoding"),
    [
        (b"abc", "klingon"),
        (b"abc", "base64"),
        ("قال".encode(), "ascii"),
        (b"\xff\xfe\x00", "utf-16"),
        (b"a\0b", "utf-8"),
        (bytes(range(256)) * 3, None),
        (b"%PDF-1.7 something", None),
        (b"PK\x03\x04 zip", None),
        ("قال\0قال".encode(), None),
        (codecs.BOM_UTF16_LE + b"a", None),
        (b"\x01\x02\x03\x04\x05\x06", None),
    ],
)
def test_what_is_no_text_is_refused_in_a_sentence(data, encoding):
    with pytest.raises(DocumentError) as caught:
        decode(data, encoding)
    assert caught.value.hint


@settings(deadline=None)  # the first bytes of no Arabic encoding load charset-normalizer
@given(st.binary(max_size=300))
def test_any_bytes_are_text_or_refused(data):
    try:
        text, codec = decode(data)
    except DocumentError:
        return
    assert "\0" not in text
    codecs.lookup(codec)


@given(st.text(alphabet=st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), max_size=200))
def test_utf_8_is_read_exactly(text):
    if not text.startswith("\ufeff") and b"\0" not in text.encode():
        assert decode(text.encode()) == (text, "utf-8")
