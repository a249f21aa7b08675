import zipfile

import openpyxl
import pytest

from glossary.errors import ExchangeError
from glossary.exchange import open_termbase, read_terms, write_termbase
from glossary.exchange.pairs import pairs_of
from glossary.model import Concept, NewTerm, Term, TermStatus

PAIR = Concept(
    "",
    domain="law",
    definition="a, b\tc",
    do_not_translate=True,
    tags=("A", "B|C"),
    extras=(("column:Mark", "=x"),),
    terms=(
        Term("a", "ar", "=محكمة", forms=("محاكم", "م|ح"), gender="feminine"),
        Term("e", "en", "court", TermStatus.PROPOSED, pos="noun", note="x\ny", case_sensitive=True),
    ),
)


def fields(pair: NewTerm, *left_out: str) -> dict[str, object]:
    named = {name: getattr(pair, name) for name in NewTerm.__dataclass_fields__ if name not in left_out}
    return {name: value for name, value in named.items() if value and value != TermStatus.PREFERRED}


def test_a_workbook_comes_back_and_has_no_formula(tmp_path):
    path = tmp_path / "t.xlsx"
    write_termbase([PAIR], path)
    cell = openpyxl.load_workbook(path).worksheets[0]["A2"]
    assert (cell.value, cell.data_type) == ("=محكمة", "s")
    assert [fields(pair) for pair in read_terms(path)] == [fields(pair) for pair in pairs_of(PAIR)]


def test_numbers_and_dates_in_a_workbook_are_text(tmp_path):
    book = openpyxl.Workbook()
    book.active.append(["Arabic", "English", "Year", None])
    book.active.append(["إنفلونزا", 1918, 1.5, None])
    book.save(tmp_path / "t.xlsx")
    assert read_terms(tmp_path / "t.xlsx") == [NewTerm("إنفلونزا", "1918", extras=(("column:Year", "1.5"),))]


def test_control_characters_in_a_workbook_stay_visible(tmp_path):
    path = tmp_path / "t.xlsx"
    write_termbase([Concept("", terms=(Term("a", "ar", "ق\x01"), Term("e", "en", "a\x1b")))], path)
    assert [(pair.source, pair.target) for pair in read_terms(path)] == [("ق␁", "a␛")]


def test_a_bad_workbook_is_told(tmp_path, monkeypatch):
    path = tmp_path / "t.xlsx"
    path.write_bytes(b"PK\x03\x04 broken")
    with pytest.raises(ExchangeError, match="not a workbook"):
        open_termbase(path)
    with zipfile.ZipFile(path, "w") as parts:
        parts.writestr("xl/workbook.xml", "<!DOCTYPE x [<!ENTITY a 'b'>]><x>&a;</x>")
    with pytest.raises(ExchangeError, match="document type"):
        open_termbase(path)
    write_termbase([PAIR], path)
    monkeypatch.setattr("glossary.exchange.workbook._LARGEST_UNPACKED", 100)
    with pytest.raises(ExchangeError, match="unpacks"):
        open_termbase(path)


UTX = (
    "#UTX 1.11; en-US/ar; 2020-01-01T00:00:00Z; copyright: x (2020); bidirectional;\r\n"
    "#description: y\r\n"
    "#src\ttgt\tsrc:pos\ttgt:plural\tterm status\tConcept ID\r\n"
    "court\tمحكمة\tnoun\tمحاكم\tnon-standard\t7\r\n"
    "# a comment\r\n"
    "truce\tهدنة\t-\t\tforbidden\r\n"
)


def test_utx_is_read_in_either_direction(tmp_path):
    path = tmp_path / "t.utx"
    path.write_bytes(UTX.encode())
    first = NewTerm(
        "محكمة", "court", TermStatus.ADMITTED, "noun", forms=("محاكم",), extras=(("column:Concept ID", "7"),)
    )
    assert read_terms(path) == [first, NewTerm("هدنة", "truce", TermStatus.FORBIDDEN)]
    copy = tmp_path / "u.utx"
    write_termbase([PAIR], copy)
    (found,) = read_terms(copy)
    assert (found.source, found.target, found.status) == ("=محكمة", "court", TermStatus.PROPOSED)
    assert (found.pos, found.domain, found.note) == ("noun", "law", "x y")


@pytest.mark.parametrize(
    ("content", "told"),
    [
        ("#UTX 1.11; en/ja;\n#src\ttgt\n", "from en to ja"),
        ("#UTX 1.11; en/ar;\n#a\tb\n", "does not name"),
        ("#UTX 1.11; en/ar;\n#src\ttgt\nx\n", "Line 3 .*no source"),
        ("#UTX 1.11; en/ar;\n#src\ttgt\nx\ty\tz\n", "Line 3 .*3 cells"),
        ("#UTX 1.11; en/ar;\n#src\ttgt\tterm status\nx\ty\tfine\n", "Line 3 .*fine"),
        ("src\ttgt\n", "does not begin like UTX"),
    ],
)
def test_bad_utx_is_told(tmp_path, content, told):
    path = tmp_path / "t.utx"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(ExchangeError, match=told):
        read_terms(path)


def test_tmx_comes_back_but_for_kept_columns(tmp_path):
    path = tmp_path / "t.tmx"
    write_termbase([PAIR], path)
    assert [fields(pair) for pair in read_terms(path)] == [fields(pair, "extras") for pair in pairs_of(PAIR)]


def test_units_that_are_no_terms_are_left_out(tmp_path):
    long = "كلمة " * 300
    path = tmp_path / "t.tmx"
    path.write_text(
        f"""<?xml version="1.0"?><!DOCTYPE tmx SYSTEM "tmx14.dtd"><tmx version="1.4"><header/><body>
        <tu><prop type="x-Domain">law</prop><tuv xml:lang="EN-US">
        <seg>the <bpt i="1">&lt;b&gt;</bpt>court<ept i="1"/></seg></tuv>
        <tuv xml:lang="ar"><seg>محكمة</seg></tuv></tu>
        <tu><tuv xml:lang="en"><seg>x</seg></tuv><tuv xml:lang="ar"><seg>{long}</seg></tuv></tu>
        <tu><tuv xml:lang="en"><seg>x</seg></tuv><tuv xml:lang="fr"><seg>y</seg></tuv></tu></body></tmx>""",
        encoding="utf-8",
    )
    found = list(open_termbase(path).entries())
    assert found[0].item == NewTerm("محكمة", "the court", extras=(("prop:x-Domain", "law"),))
    assert [one.item for one in found[1:]] == [None, None]
    assert all(one.reason for one in found[1:])


def test_concepts_that_a_format_cannot_hold_are_counted(tmp_path):
    alone = Concept("", terms=(Term("a", "ar", "هدنة"), Term("f", "fr", "trêve")))
    for suffix in (".csv", ".xlsx", ".utx", ".tmx"):
        written = write_termbase([PAIR, alone], tmp_path / f"t{suffix}")
        assert (written.count, written.left_out) == (1, 1)
