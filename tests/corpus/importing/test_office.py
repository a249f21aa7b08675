from io import BytesIO

import openpyxl
import pytest
from documents import W, docx, odt, paragraph

from corpus.errors import DocumentError
from corpus.importing import import_bytes
from corpus.importing.content import ImportOptions
from corpus.model import SegmentKind, State

K = SegmentKind


def found(data, name="a"):
    return [(segment.kind, segment.source) for segment in import_bytes(data, name).segments]


def test_a_word_document_gives_paragraphs_with_their_kinds():
    body = (
        paragraph("هدنة هشة", '<w:pStyle w:val="1"/>')
        + paragraph("عنوان فرعي", '<w:pStyle w:val="b"/>')
        + paragraph("صورة للمدينة القديمة", '<w:pStyle w:val="a"/>')
        + paragraph("بند", '<w:numPr><w:numId w:val="1"/></w:numPr>')
        + paragraph("اقرأ أيضا: عودة السكان")
        + f"<w:tbl><w:tr><w:tc>{paragraph('خلية')}</w:tc></w:tr></w:tbl>"
        + paragraph("قال المتحدث ذلك.")
        + paragraph("")
    )
    notes = f"<w:footnotes {W}><w:footnote>{paragraph('حاشية')}</w:footnote></w:footnotes>"
    header = f"<w:hdr {W}>{paragraph('جريدة')}</w:hdr>"
    assert found(docx(body, footnotes=notes, header1=header)) == [
        (K.HEADING, "هدنة هشة"),
        (K.HEADING, "عنوان فرعي"),
        (K.CAPTION, "صورة للمدينة القديمة"),
        (K.LIST_ITEM, "بند"),
        (K.RELATED, "اقرأ أيضا: عودة السكان"),
        (K.CELL, "خلية"),
        (K.PARAGRAPH, "قال المتحدث ذلك."),
        (K.FOOTNOTE, "حاشية"),
        (K.BOILERPLATE, "جريدة"),
    ]


def test_text_of_word_is_exact_with_its_changes_accepted():
    runs = (
        "<w:p><w:r><w:t>قال</w:t></w:r><w:ins><w:r><w:t xml:space='preserve'> المتحدث </w:t></w:r></w:ins>"
        "<w:del><w:r><w:delText>الناطق</w:delText></w:r></w:del><w:hyperlink><w:r><w:t>أمس</w:t></w:r></w:hyperlink>"
        "<w:r><w:tab/><w:t>ثم</w:t><w:br/><w:t>مضى</w:t></w:r></w:p>"
    )
    assert found(docx(runs)) == [(K.PARAGRAPH, "قال المتحدث أمس\tثم\nمضى")]


def test_a_text_box_is_read_once_and_by_itself():
    box = f"<w:txbxContent>{paragraph('في الإطار')}</w:txbxContent>"
    body = (
        "<w:p><w:r><w:t>قبل</w:t></w:r><w:r><mc:AlternateContent xmlns:mc='urn:x'>"
        f"<mc:Choice>{box}</mc:Choice><mc:Fallback>{box}</mc:Fallback></mc:AlternateContent></w:r></w:p>"
    )
    assert [source for _, source in found(docx(body))] == ["قبل", "في الإطار"]


def test_an_opendocument_text_gives_paragraphs_with_their_kinds():
    body = (
        '<text:h text:outline-level="1">هدنة هشة</text:h>'
        '<text:p>قال<text:s text:c="2"/>المتحدث\n   أمس<text:line-break/>ثم<text:tab/>مضى'
        "<text:note><text:note-body><text:p>حاشية</text:p></text:note-body></text:note>.</text:p>"
        '<text:p text:style-name="P1">صورة للمدينة القديمة</text:p>'
        "<text:list><text:list-item><text:p>بند</text:p></text:list-item></text:list>"
        "<table:table><table:table-row><table:table-cell><text:p>خلية</text:p></table:table-cell></table:table-row>"
        "</table:table><office:annotation><text:p>تعليق مراجع</text:p></office:annotation>"
    )
    assert found(odt(body)) == [
        (K.HEADING, "هدنة هشة"),
        (K.PARAGRAPH, "قال  المتحدث أمس\nثم\tمضى."),
        (K.FOOTNOTE, "حاشية"),
        (K.CAPTION, "صورة للمدينة القديمة"),
        (K.LIST_ITEM, "بند"),
        (K.CELL, "خلية"),
    ]


def test_an_encrypted_opendocument_text_is_refused():
    with pytest.raises(DocumentError, match="password"):
        import_bytes(odt("<text:p>x</text:p>", "<encryption-data/>"), "a.odt")


def workbook(*sheets):
    book = openpyxl.Workbook()
    book.remove(book.active)
    for title, rows in sheets:
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append(row)
    stream = BytesIO()
    book.save(stream)
    return stream.getvalue()


def test_a_workbook_gives_the_columns_its_headings_name():
    data = workbook(
        (
            "أخبار",
            [("id", "Arabic", "English", "Notes"), (1, "قال نعم", "He said yes", "انتبه"), (2, "ثم مضى", None, None)],
        ),
        ("فارغ", []),
    )
    document = import_bytes(data, "a.xlsx")
    assert document.format == "xlsx"
    assert [(s.place, s.source, s.target, s.state, s.note) for s in document.segments] == [
        ("أخبار!B2", "قال نعم", "He said yes", State.TRANSLATED, "انتبه"),
        ("أخبار!B3", "ثم مضى", "", State.UNTRANSLATED, ""),
    ]


def test_a_workbook_gives_the_columns_a_person_names():
    data = workbook(("S", [("قال نعم", "كلا", "no")]))
    (segment,) = import_bytes(data, "a.xlsx", ImportOptions(source_column="B", target_column="3")).segments
    assert (segment.place, segment.source, segment.target) == ("S!B1", "كلا", "no")
    with pytest.raises(DocumentError, match="no column"):
        import_bytes(data, "a.xlsx", ImportOptions(source_column="Z"))
