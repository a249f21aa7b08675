import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from glossary.errors import ExchangeError
from glossary.exchange import COLUMNS, read_terms, write_terms
from glossary.model import NewTerm, TermEntry, TermStatus

CELLS = st.text(alphabet=st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=20)
FILLED = CELLS.filter(str.strip)


@pytest.mark.parametrize("suffix", [".csv", ".tsv"])
@given(
    terms=st.lists(
        st.builds(TermEntry, CELLS, CELLS, FILLED, FILLED, st.sampled_from(TermStatus), CELLS, CELLS, CELLS, CELLS),
        max_size=4,
    )
)
@settings(max_examples=40)
def test_what_is_written_is_read_back_exactly(tmp_path_factory, suffix, terms):
    path = tmp_path_factory.mktemp("exchange") / f"terms{suffix}"
    write_terms(terms, path)
    assert read_terms(path) == [NewTerm(**{name: getattr(term, name) for name in COLUMNS}) for term in terms]


def test_headers_may_stand_in_any_order_and_case_with_a_mark(tmp_path):
    path = tmp_path / "terms.csv"
    path.write_bytes('\ufeffTarget,Comment,SOURCE,Status\r\ntruce,"a, b",هدنة,Forbidden\r\n\r\n'.encode())
    assert read_terms(path) == [NewTerm("هدنة", "truce", TermStatus.FORBIDDEN)]


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("t.csv", "a,b\n1,2\n", "source and target"),
        ("t.csv", "", "source and target"),
        ("t.csv", "source,target\nقال,\n", "Record 2"),
        ("t.csv", "source,target,status\nقال,said,fine\n", "fine"),
        ("t.csv", 'source,target\n"قال,said\n', "Line"),
        ("t.csv", "source,target\nقا\0ل,said\n", "NUL"),
        ("t.doc", "source,target\n", "format"),
        ("t.csv", b"source,target\n\xff\xfe,x\n", "UTF-8"),
    ],
)
def test_a_bad_file_is_told_with_the_place(tmp_path, name, content, told):
    path = tmp_path / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    with pytest.raises(ExchangeError, match=told) as caught:
        read_terms(path)
    assert caught.value.hint


def test_a_missing_file_is_told(tmp_path):
    with pytest.raises(ExchangeError, match="cannot be read"):
        read_terms(tmp_path / "missing.csv")
