"""One contract for all formats, then what is particular to each."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from corpus.errors import ExportError
from corpus.export import export, exporter, exporters
from corpus.export.jsonl import JsonLines
from corpus.export.tmx import Tmx
from corpus.export.tsv import Tsv
from corpus.model import Origin, State
from corpus.pairs import Bilingual, Pair
from corpus.visible import xml_text

GOLDEN = Path(__file__).parent / "golden"
FORMATS = [one.name for one in exporters()]


def pair(source, target, order=1, *, state=State.TRANSLATED, origin=Origin.HUMAN, engine="", note=""):
    return Pair(f"uid-{order}", "news.txt", order, source, target, state, origin, engine, note)


PAIRS = (
    pair("هدنة هشة في طرابلس", "Fragile truce in Tripoli"),
    pair("قال «نعم»، ثم مضى.", 'He said "yes"\tand left.\nThen\r\nnothing.', 2, note="check <tone> & register"),
    pair("\x1b[31m[bold]نص[/bold] \u202eقلب", "<script>alert(1)</script> & ]]> \x07", 3, state=State.REVIEWED),
    pair(
        "عادت المياه.",
        "returned the water.",
        4,
        state=State.DRAFTED,
        origin=Origin.GLOSS,
        engine="argos translate-ar_en-gloss 1.0",
    ),
    pair("لا ترجمة", "", 5, state=State.UNTRANSLATED, origin=Origin.NONE),
)


def bilingual(*pairs):
    return Bilingual("ar", "en", "news <1>", pairs or PAIRS, "2026-01-02T03:04:05Z", "Tarjama 0.1.0")


def written(name, content):
    stream = io.BytesIO()
    exporter(name).write(content, stream)
    return stream.getvalue()


@pytest.mark.parametrize("name", FORMATS)
def test_the_bytes_are_the_golden_ones(name):
    golden = GOLDEN / f"pairs{exporter(name).suffix}"
    assert written(name, bilingual()) == golden.read_bytes()


@pytest.mark.parametrize("name", FORMATS)
def test_lines_end_in_lf_and_no_control_character_acts(name):
    data = written(name, bilingual(PAIRS[2]))
    assert data.endswith(b"\n")
    assert b"\r" not in data
    if name != "tsv":
        assert b"\x1b" not in data


@pytest.mark.parametrize("name", FORMATS)
def test_a_gloss_is_called_gloss_and_never_a_translation(name):
    text = written(name, bilingual(PAIRS[3])).decode()
    assert "gloss" in text
    assert "machine translation" not in text


@pytest.mark.parametrize("name", FORMATS)
def test_nothing_to_export_is_a_valid_empty_file(name, tmp_path):
    content = Bilingual("ar", "en", "empty", (), "2026-01-02T03:04:05Z", "Tarjama 0.1.0")
    export(content, name, tmp_path / "out")
    assert (tmp_path / "out").stat().st_size == 0 or name != "jsonl"


def test_an_unknown_format_is_answered_with_the_valid_ones(tmp_path):
    with pytest.raises(ExportError) as caught:
        export(bilingual(), "wordstar", tmp_path / "out")
    assert "tmx" in caught.value.hint
    assert list(tmp_path.iterdir()) == []


TEXTS = st.text(
    alphabet=st.one_of(
        st.sampled_from("قال \t\n\r\"'<&]>\x1b\u2028\u2029\x85\u202e"), st.characters(exclude_categories=["Cs"])
    )
)


@given(st.lists(st.tuples(TEXTS, TEXTS), min_size=1, max_size=5))
def test_tsv_gives_every_text_back(texts):
    data = written("tsv", bilingual(*(pair(*one, order) for order, one in enumerate(texts, 1))))
    rows = list(csv.DictReader(io.StringIO(data.decode(), newline=""), delimiter="\t", strict=True))
    assert [(row["source"], row["target"]) for row in rows] == texts


@given(st.lists(st.tuples(TEXTS, TEXTS), min_size=1, max_size=5))
def test_json_lines_give_every_text_back_line_by_line(texts):
    data = written("jsonl", bilingual(*(pair(*one, order) for order, one in enumerate(texts, 1))))
    records = [json.loads(line) for line in data.decode().splitlines()]
    assert [(record["source"], record["target"]) for record in records] == texts


@given(TEXTS, TEXTS)
def test_tmx_gives_back_what_xml_can_hold_and_pictures_of_the_rest(source, target):
    tree = etree.fromstring(written("tmx", bilingual(pair(source, target))))
    assert [segment.text or "" for segment in tree.iter("seg")] == [xml_text(source), xml_text(target)]


def test_tmx_is_valid_and_tells_state_and_origin(shared):
    tree = etree.fromstring(written("tmx", bilingual()))
    dtd = etree.DTD(str(shared / "formats" / "tmx" / "tmx14.dtd"))
    assert dtd.validate(tree), dtd.error_log
    assert [unit.findtext("prop[@type='x-state']") for unit in tree.iter("tu")] == [
        "translated",
        "translated",
        "reviewed",
        "drafted",
        "untranslated",
    ]
    assert tree.findtext(".//note") == "check <tone> & register"


def test_html_runs_nothing_and_turns_the_right_way():
    data = written("html", bilingual())
    page = etree.fromstring(data, etree.HTMLParser(encoding="utf-8"))
    assert page.xpath("//script | //*[@src] | //link") == []
    assert page.xpath("//meta[@http-equiv='Content-Security-Policy']")
    arabic = page.xpath("//td[@lang='ar']")
    english = page.xpath("//td[@lang='en']")
    assert (len(arabic), {cell.get("dir") for cell in arabic}) == (5, {"rtl"})
    assert (len(english), {cell.get("dir") for cell in english}) == (5, {"ltr"})
    assert "<script>alert(1)</script>" in "".join(page.itertext())


def test_the_formats_are_the_ones_promised():
    assert [type(one) for one in exporters()][:3] == [Tmx, Tsv, JsonLines]
    assert FORMATS == ["tmx", "tsv", "jsonl", "html"]


if __name__ == "__main__":
    for format_name in FORMATS:
        (GOLDEN / f"pairs{exporter(format_name).suffix}").write_bytes(written(format_name, bilingual()))
