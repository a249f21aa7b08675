import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from glossary.errors import ExchangeError
from glossary.exchange import COLUMNS, ReadOptions, WriteOptions, open_termbase, read_terms, write_termbase
from glossary.exchange.cells import guarded, joined, parted, unguarded
from glossary.exchange.delimited import Delimited
from glossary.exchange.pairs import pairs_of
from glossary.model import Concept, NewTerm, Term, TermStatus

CELLS = st.text(alphabet=st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=12)
RISKY = st.sampled_from(["=1+1", "+1", "-1", "@x", "\tx", "\rx", "'=x", "''", "'", "plain", "a|b", "a\\|b"]) | CELLS
FILLED = RISKY.filter(str.strip)
PARTS = st.lists(FILLED.map(str.strip).filter(bool), max_size=3).map(tuple)
ARABIC = st.builds(
    Term, st.just("a"), st.just("ar"), FILLED, st.sampled_from(TermStatus), gender=RISKY, number=RISKY, forms=PARTS
)
ENGLISH = st.builds(
    Term,
    st.just("e"),
    st.just("en"),
    FILLED,
    st.sampled_from(TermStatus),
    *[RISKY] * 3,
    register=RISKY,
    term_type=RISKY,
    geography=RISKY,
    example=RISKY,
    reference=RISKY,
    note=RISKY,
    case_sensitive=st.booleans(),
    forms=PARTS,
)
CONCEPTS = st.builds(
    Concept,
    st.just(""),
    RISKY,
    RISKY,
    RISKY,
    RISKY,
    st.booleans(),
    PARTS,
    st.sampled_from([(), (("column:Mark", "x"),), (("column:مصدر", "=y"), ("id", "c1"))]),
    terms=st.tuples(ARABIC, ENGLISH),
)


def as_cells(pair: NewTerm) -> NewTerm:
    """Return a pair with the extras that a table holds."""
    extras = sorted(extra for extra in pair.extras if extra[0].startswith("column:"))
    return NewTerm(**{**{name: getattr(pair, name) for name in COLUMNS}, "extras": tuple(extras)})


def taken(pair: NewTerm) -> NewTerm:
    """Return what was read, with what says nothing as a pair that says everything has it."""
    fields = {name: getattr(pair, name) for name in COLUMNS}
    fields["source_status"] = fields["source_status"] or TermStatus.PREFERRED
    return NewTerm(**{**fields, "extras": tuple(sorted(pair.extras))})


@pytest.mark.parametrize("suffix", [".csv", ".tsv"])
@given(concepts=st.lists(CONCEPTS, max_size=3))
@settings(max_examples=40, deadline=None)
def test_what_is_written_is_read_back_exactly(tmp_path_factory, suffix, concepts):
    path = tmp_path_factory.mktemp("exchange") / f"terms{suffix}"
    write_termbase(concepts, path)
    expected = [as_cells(pair) for concept in concepts for pair in pairs_of(concept)]
    assert [taken(pair) for pair in read_terms(path)] == expected


@given(concept=CONCEPTS)
def test_no_cell_begins_as_a_formula_does(concept):
    stream = io.BytesIO()
    Delimited("csv", ",", (".csv",)).write([concept], stream, WriteOptions())
    import csv

    for row in csv.reader(io.StringIO(stream.getvalue().decode(), newline="")):
        assert not any(cell.startswith(("=", "+", "-", "@", "\t", "\r")) for cell in row)


def test_raw_cells_are_exact(tmp_path):
    path = tmp_path / "t.csv"
    terms = (Term("a", "ar", "=قال"), Term("e", "en", "'=x"))
    write_termbase([Concept("", terms=terms)], path, options=WriteOptions(raw=True))
    assert "\n=قال,'=x," in path.read_text(encoding="utf-8")
    (found,) = open_termbase(path, options=ReadOptions(raw=True)).entries()
    assert (found.item.source, found.item.target) == ("=قال", "'=x")


@given(RISKY)
def test_guarding_is_undone(cell):
    assert unguarded(guarded(cell)) == cell


@given(PARTS)
def test_joining_is_undone(values):
    assert parted(joined(values)) == values


def written(tmp_path, content, name="terms.csv"):
    path = tmp_path / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def test_headers_may_stand_in_any_order_and_case_with_a_mark(tmp_path):
    path = written(tmp_path, '\ufeffTarget,Comment,SOURCE,Status,Mark\r\ntruce,"a, b",هدنة,Deprecated,x\r\n\r\n')
    term = NewTerm("هدنة", "truce", TermStatus.FORBIDDEN, note="a, b", extras=(("column:Mark", "x"),))
    assert read_terms(path) == [term]


@pytest.mark.parametrize(
    "content",
    [
        "Arabic,English\nهدنة,truce\n",
        "English;Arabic\ntruce;هدنة\n",
        "term\ttranslation\ntruce\tهدنة\n",
        "المصطلح العربي,الترجمة\nهدنة,truce\n",
        "en-US,ar_SA\ntruce,هدنة\n",
        "sourceLang,targetLang,sourceString,targetString\nen,ar_AR,truce,هدنة\n",
        "source,target\nهدنة,truce\n",
        "إنجليزي,عربي\ntruce,هدنة\n",
    ],
)
def test_common_headers_are_understood(tmp_path, content):
    assert read_terms(written(tmp_path, content)) == [NewTerm("هدنة", "truce")]


def test_the_user_says_which_column_is_which(tmp_path):
    path = written(tmp_path, "A,B,Remark,Status\nهدنة,truce,n,fine\n")
    columns = {"source": "A", "target": "2", "note": "remark", "status": ""}
    termbase = open_termbase(path, options=ReadOptions(columns))
    (found,) = termbase.entries()
    assert found.item == NewTerm("هدنة", "truce", note="n", extras=(("column:Status", "fine"),))
    assert ("source", "A") in termbase.columns


def test_a_file_without_header_is_read_by_numbers(tmp_path):
    path = written(tmp_path, "1,truce,هدنة\n2,war,حرب\n")
    options = ReadOptions({"source": "3", "target": "2"}, has_header=False)
    assert [found.item.source for found in open_termbase(path, options=options).entries()] == ["هدنة", "حرب"]


@pytest.mark.parametrize("codec", ["utf-16", "windows-1256", "utf-8-sig", "iso8859-6"])
def test_other_encodings_are_found_out(tmp_path, codec):
    rows = "source,target\n" + "".join(f"الهدنة في المدينة {number},truce {number}\n" for number in range(30))
    assert len(read_terms(written(tmp_path, rows.encode(codec)))) == 30
    options = ReadOptions(encoding=codec)
    assert next(open_termbase(tmp_path / "terms.csv", options=options).entries()).item.source == "الهدنة في المدينة 0"


def test_rows_of_other_languages_are_left_out(tmp_path):
    path = written(tmp_path, "sourceLang,targetLang,source,target\nen,fr,truce,trêve\nen,ar,truce,هدنة\n")
    assert [found.item is None for found in open_termbase(path).entries()] == [True, False]


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("t.csv", "a,b\n1,2\n", "source and target"),
        ("t.csv", "", "source and target"),
        ("t.csv", "source,target\nقال,\n", "Row 2 .*no target"),
        ("t.csv", "source,target\n\nقال,said\n , x\n", "Row 4 .*no source"),
        ("t.csv", "source,target,status\nقال,said,fine\n", "Row 2 .*fine"),
        ("t.csv", "source,target,case_sensitive\nقال,said,perhaps\n", "Row 2 .*neither"),
        ("t.csv", "source,target\nقال,said,more\n", "Row 2 .*3 cells"),
        ("t.csv", 'source,target\n"قال,said\n', "Line"),
        ("t.csv", "source,target\nقا\0ل,said\n", "NUL"),
        ("t.doc", "source,target\n", "format"),
        ("t.csv", "source,target\nقال,said\n".encode() + "كتب,wrote\n".encode("cp1256") + b"x,y\n", "Line 3 .*UTF-8"),
        ("t.csv", "source,target\nقال,said\nكان,was\n".encode() + "كتب,wrote\n".encode("cp1256"), "Line 4 .*UTF-8"),
        ("t.csv", b"\x89PNG\r\n\x1a\n\0\0", "not text"),
        ("t.csv", "<?xml version='1.0'?><tbx/>", "looks like tbx"),
        ("t.tbx", b"PK\x03\x04xx", "looks like xlsx"),
    ],
)
def test_a_bad_file_is_told_with_the_place(tmp_path, name, content, told):
    path = written(tmp_path, content, name)
    with pytest.raises(ExchangeError, match=told) as caught:
        read_terms(path)
    assert caught.value.hint


@pytest.mark.parametrize("columns", [{"source": "Z"}, {"colour": "A"}, {"source": "9"}])
def test_a_column_that_is_not_there_is_told(tmp_path, columns):
    with pytest.raises(ExchangeError, match="There is no"):
        open_termbase(written(tmp_path, "A,B\n1,2\n"), options=ReadOptions(columns))


def test_a_missing_file_is_told(tmp_path):
    with pytest.raises(ExchangeError, match="cannot be read"):
        read_terms(tmp_path / "missing.csv")


def test_a_huge_file_is_told(tmp_path, monkeypatch):
    monkeypatch.setattr("glossary.exchange.termbase.LARGEST_FILE", 10)
    with pytest.raises(ExchangeError, match="MB"):
        read_terms(written(tmp_path, "source,target\nقال,said\n"))


@pytest.mark.parametrize(("name", "count"), [("google", 337), ("facebook", 306)])
def test_public_termbases_are_read_as_they_are(shared, name, count):
    terms = read_terms(shared / "terms" / f"tico19_{name}_en_ar.csv")
    assert len(terms) == count
    assert sum(any("\u0621" <= letter <= "\u064a" for letter in term.source) for term in terms) > 0.97 * count
    assert all(term.extras for term in terms)
