"""TMX as it is found in the world: every version and encoding, inline codes, regions, and files that mean harm."""

from pathlib import Path

import pytest
from lxml import etree

from corpus.errors import MarkupError
from corpus.tmx import TmxText, tmx_units

SHARED = Path(__file__).parents[3] / "shared" / "formats" / "tmx"
FILES = sorted(path for path in SHARED.rglob("*") if path.suffix.lower() == ".tmx") or [None]


def tmx(body, doctype='<!DOCTYPE tmx SYSTEM "tmx14.dtd">', declaration='<?xml version="1.0"?>'):
    return f'{declaration}{doctype}\n<tmx version="1.4"><header/><body>\n{body}\n</body></tmx>'


def unit(arabic, english="x"):
    return f'<tu><tuv xml:lang="ar"><seg>{arabic}</seg></tuv><tuv xml:lang="en"><seg>{english}</seg></tuv></tu>'


@pytest.fixture
def written(tmp_path):
    def write(text, encoding="utf-8"):
        path = tmp_path / "a.tmx"
        path.write_bytes(text if isinstance(text, bytes) else text.encode(encoding))
        return path

    return write


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name if path else "none")
def test_every_file_that_is_well_formed_gives_all_its_units(path):
    if path is None:
        pytest.skip("the shared TMX files are not beside this checkout")
    try:
        parser = etree.XMLParser(load_dtd=False, no_network=True, resolve_entities=False)
        wanted = sum(1 for _ in etree.parse(path, parser).iter("{*}tu"))
    except etree.XMLSyntaxError:
        with pytest.raises(MarkupError, match=r"Line \d+ \(column \d+\)"):
            list(tmx_units(path))
        return
    units = list(tmx_units(path))
    assert len(units) == wanted
    assert all(one.texts and all(text.language for text in one.texts) for one in units)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "windows-1256"])
def test_it_is_read_in_the_encoding_it_says(written, encoding):
    declared = "utf-8" if encoding == "utf-8-sig" else encoding
    text = tmx(unit("مرحبا", "hello"), declaration=f'<?xml version="1.0" encoding="{declared}"?>')
    (one,) = tmx_units(written(text, encoding))
    assert [text.text for text in one.texts] == ["مرحبا", "hello"]


@pytest.mark.parametrize(
    ("segment", "text"),
    [
        ('the <bpt i="1">&lt;b&gt;</bpt>big<ept i="1">&lt;/b&gt;</ept> cat', "the big cat"),
        ("one<ph>&lt;br/&gt;</ph>two", "one two"),
        ("100<ph>&lt;x/&gt;</ph> %", "100 %"),
        ('<it pos="begin">[</it>a <hi type="term">word</hi>', "a word"),
        ("see<ph>\\footnote{<sub>a note</sub>}</ph>.", "see."),
        ("<ut>{\\b </ut>bold<ut>}</ut>", "bold"),
        ("\n   on a line of its own\n  ", "on a line of its own"),
        ("a<!-- no text -->b", "ab"),
        ("no&nbsp;break", "no\xa0break"),
        ("a &lt;b&gt; &amp; <![CDATA[<c>]]>", "a <b> & <c>"),
    ],
)
def test_codes_are_no_text(written, segment, text):
    (one,) = tmx_units(written(tmx(unit(segment))))
    assert one.texts[0].text == text


def test_languages_are_found_whatever_their_region(written):
    body = """<tu><tuv xml:lang="ar-SA"><seg>أ</seg></tuv><tuv lang="EN_us"><seg>a</seg></tuv>
    <tuv xml:lang="en-GB"><seg>b</seg></tuv><tuv xml:lang="eng"><seg>c</seg></tuv></tu>"""
    (one,) = tmx_units(written(tmx(body)))
    assert [text.text for text in one.in_language("ar")] == ["أ"]
    assert [text.text for text in one.in_language("en-US")] == ["a", "b"]


def test_who_and_when_properties_and_notes_are_kept(written):
    body = """<tu creationdate="20200102T030405Z" creationid="anna"><note>n</note><prop type="x-a">p</prop>
    <tuv xml:lang="ar" changedate="20210102T030405Z" changeid="omar"><seg>أ</seg></tuv>
    <tuv xml:lang="en" changedate="soon"><seg>a</seg></tuv></tu>"""
    (one,) = tmx_units(written(tmx(body)))
    assert one.texts == (
        TmxText("ar", "أ", "omar", "2021-01-02T03:04:05Z"),
        TmxText("en", "a", "anna", ""),
    )
    assert (one.properties, one.notes) == ((("x-a", "p"),), ("n",))


LAUGHS = '<!DOCTYPE tmx [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;">]>'
OUTSIDE = '<!DOCTYPE tmx [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
PARAMETER = '<!DOCTYPE tmx [<!ENTITY % x SYSTEM "http://localhost/x.dtd"> %x;]>'


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (tmx(unit("&c;"), LAUGHS), "declares entities"),
        (tmx(unit("&x;"), OUTSIDE), "declares entities"),
        (tmx(unit("x"), PARAMETER), "declares entities"),
        (tmx(unit("<b>x")), r"Line 3 \(column \d+\) .*not valid XML"),
        (tmx(unit("x"))[:-20], r"Line 3 \(column \d+\) .*not valid XML"),
        (b'<?xml version="1.0"?><tmx><body>\xff\xfe</body></tmx>', r"Line 1 \(column \d+\)"),
        ("<xliff><tu/></xliff>", "root “xliff”, not tmx"),
        ("<html/>", "its root is “html”"),
        ("", "not valid XML"),
    ],
)
def test_a_file_that_is_damaged_or_means_harm_is_told(written, content, told):
    with pytest.raises(MarkupError, match=told):
        list(tmx_units(written(content)))


def test_a_file_that_is_not_there_is_told(tmp_path):
    with pytest.raises(MarkupError, match="cannot be read"):
        list(tmx_units(tmp_path / "none.tmx"))
