"""Formats that bring translations: PO, XLIFF, CSV and TSV."""

import pytest

from corpus.errors import DocumentError
from corpus.importing import import_bytes, import_file
from corpus.importing.content import ImportOptions
from corpus.model import SegmentKind, State


def rows(text, name):
    return [(s.source, s.target, s.state, s.place, s.note) for s in import_bytes(text.encode(), name).segments]


PO = """# A translator
msgid ""
msgstr ""
"Content-Type: text/plain; charset=UTF-8\\n"

#. shown at the door
# ask the architect
msgctxt "door"
msgid "افتح\\n"
"الباب"
msgstr "Open the door"

#, fuzzy
#| msgid "أغلق"
msgid "أغلق الباب"
msgstr "Close"

msgid "باب"
msgid_plural "أبواب"
msgstr[0] "door"
msgstr[1] "doors"

msgid "نافذة"
msgstr ""

#~ msgid "قديم"
#~ msgstr "old"
"""


def test_po_brings_translations_states_and_comments():
    assert rows(PO, "a.po") == [
        ("افتح\nالباب", "Open the door", State.TRANSLATED, "door", "shown at the door\nask the architect"),
        ("أغلق الباب", "Close", State.EDITED, "", "Fuzzy in the file. It translates: أغلق"),
        ("باب", "door", State.TRANSLATED, "", ""),
        ("أبواب", "doors", State.TRANSLATED, "", ""),
        ("نافذة", "", State.UNTRANSLATED, "", ""),
    ]


def test_po_is_read_in_the_encoding_of_its_header():
    document = import_bytes(PO.replace("UTF-8", "CP1256").encode("cp1256"), "a.po")
    assert (document.format, document.encoding) == ("po", "cp1256")
    assert document.segments[0].source == "افتح\nالباب"


def test_a_damaged_po_file_says_where():
    with pytest.raises(DocumentError, match=r"a\.po: .* wrong in line \d") as caught:
        rows('msgid "a"\nmsgstr "b"\nmsgxyz "c"\n', "a.po")
    assert caught.value.hint


XLIFF_1 = """<?xml version="1.0" encoding="UTF-8"?>
<xliff version="1.2" xmlns="urn:oasis:names:tc:xliff:document:1.2"><file original="a" source-language="ar"
 target-language="en" datatype="plaintext"><body>
<trans-unit id="1" approved="yes"><source>قال <g id="1">نعم</g><x id="2"/></source>
 <target>He said <g id="1">yes</g></target>
 <note>انتبه</note></trans-unit>
<trans-unit id="2" resname="title"><source>عنوان</source>
 <target state="needs-review-translation">Title</target></trans-unit>
<trans-unit id="3"><source>بلا ترجمة</source></trans-unit>
<trans-unit id="4"><source>آلة</source><target state-qualifier="mt-suggestion">machine</target></trans-unit>
<trans-unit id="5"><source>نسخة</source><target>نسخة</target></trans-unit>
<group translate="no"><trans-unit id="6"><source>رمز</source></trans-unit></group>
<trans-unit id="7"><source>
   سطر
 </source><alt-trans><target>old</target></alt-trans></trans-unit>
<trans-unit id="8" xml:space="preserve"><source> محفوظ
</source></trans-unit>
</body></file></xliff>
"""


def test_xliff_1_brings_translations_states_and_notes():
    assert rows(XLIFF_1, "a.xlf") == [
        ("قال نعم", "He said yes", State.REVIEWED, "1", "انتبه"),
        ("عنوان", "Title", State.EDITED, "title", ""),
        ("بلا ترجمة", "", State.UNTRANSLATED, "3", ""),
        ("آلة", "", State.UNTRANSLATED, "4", "Machine translation in the file: machine"),
        ("نسخة", "", State.UNTRANSLATED, "5", ""),
        ("رمز", "", State.UNTRANSLATED, "6", ""),
        ("سطر", "", State.UNTRANSLATED, "7", ""),
        (" محفوظ\n", "", State.UNTRANSLATED, "8", ""),
    ]
    assert import_bytes(XLIFF_1.encode(), "a.xlf").segments[5].kind is SegmentKind.BOILERPLATE


XLIFF_2 = """<xliff xmlns="urn:oasis:names:tc:xliff:document:2.0" version="2.1" srcLang="ar" trgLang="en"><file id="f">
<unit id="u1"><notes><note>انتبه</note></notes>
 <segment state="final"><source>قال <pc id="1">نعم</pc>.</source><target>He said <pc id="1">yes</pc>.</target></segment>
 <ignorable><source> </source></ignorable>
 <segment state="translated"><source>ثم مضى<cp hex="0003"/></source><target>Then he left</target></segment></unit>
<unit id="u2" name="n"><segment><source>عنوان<ph id="1"/></source></segment></unit>
<unit id="u3"><segment state="initial"><source>نص</source><target>Text</target></segment></unit>
</file></xliff>
"""


def test_xliff_2_joins_the_segments_of_a_unit():
    assert rows(XLIFF_2, "a.xlf") == [
        ("قال نعم. ثم مضى\x03", "He said yes. Then he left", State.TRANSLATED, "u1", "انتبه"),
        ("عنوان", "", State.UNTRANSLATED, "n", ""),
        ("نص", "Text", State.EDITED, "u3", ""),
    ]


@pytest.mark.parametrize("folder", ["xliff/real-1.2", "xliff/sap-samples"])
def test_real_xliff_files_are_read(shared, folder):
    files = sorted((shared / "formats" / folder).glob("*.xl*"))
    assert files
    for file in files:
        document = import_file(file)
        assert document.format == "xliff"
        assert all((segment.state > State.UNTRANSLATED) == bool(segment.target) for segment in document.segments)


def test_damaged_xliff_files_are_refused_in_a_sentence(shared):
    for file in (shared / "formats" / "malformed").glob("*.xl*"):
        with pytest.raises(DocumentError, match="damaged"):
            import_file(file)


def test_an_own_export_comes_back_without_what_machines_wrote():
    text = (
        "source\ttarget\tstate\torigin\tdocument\torder\tuid\n"
        "قال\tHe said\treviewed\thuman\ta\t1\tx\nمضى\tleave\tdrafted\tgloss\ta\t2\ty\n"
        '"سطر\nآخر"\t"a ""line"""\tedited\thuman\ta\t3\tz\n'
    )
    assert rows(text, "a.tsv") == [
        ("قال", "He said", State.REVIEWED, "A2", ""),
        ("مضى", "", State.UNTRANSLATED, "A3", ""),
        ("سطر\nآخر", 'a "line"', State.EDITED, "A4", ""),
    ]


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_a_table_without_headings_has_its_arabic_as_source(delimiter):
    text = "\n".join(delimiter.join(row) for row in [("yes", "نعم يا سيدي"), ("no", "لا")])
    assert rows(text, "a.csv") == [
        ("نعم يا سيدي", "yes", State.TRANSLATED, "B1", ""),
        ("لا", "no", State.TRANSLATED, "B2", ""),
    ]


def test_a_third_column_is_no_translation_unless_a_person_says_so():
    text = "1,نعم,yes\n2,لا,no\n"
    assert [(source, target) for source, target, *_ in rows(text, "a.csv")] == [("نعم", ""), ("لا", "")]
    document = import_bytes(text.encode(), "a.csv", ImportOptions(target_column="C"))
    assert [(segment.source, segment.target) for segment in document.segments] == [("نعم", "yes"), ("لا", "no")]
