import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.errors import DocumentError
from corpus.importing import MAX_BYTES, import_file
from corpus.importing.plain import PlainText
from corpus.model import SegmentKind


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


def test_a_document_knows_its_bytes(tmp_path):
    path = tmp_path / "old.txt"
    path.write_bytes("قال المتحدث في المدينة نعم".encode("cp1256"))
    document = import_file(path)
    assert (document.name, document.format, document.encoding) == ("old.txt", "text", "windows-1256")
    assert document.sha256 == hashlib.sha256(path.read_bytes()).hexdigest()


def test_a_file_that_is_too_large_is_refused_unread(tmp_path):
    path = tmp_path / "large.txt"
    with path.open("wb") as file:
        file.truncate(100 * 1024 * 1024)
    assert path.stat().st_size > MAX_BYTES
    with pytest.raises(DocumentError, match="too large"):
        import_file(path)
