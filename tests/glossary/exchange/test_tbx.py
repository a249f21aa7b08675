import io
import sys
from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from lxml import etree

from corpus.visible import xml_text
from glossary.errors import ExchangeError
from glossary.exchange import WriteOptions, open_termbase, read_terms
from glossary.exchange.tbx import Tbx
from glossary.model import Concept, LanguageSection, Stamp, Term, TermStatus

sys.path.insert(0, str(Path(__file__).parent))
from tbx_schemas import Schemas

DIALECTS = [("basic", "dca"), ("basic", "dct"), ("min", "dca"), ("min", "dct"), ("core", "dca")]
SAMPLES = Path(__file__).parents[4] / "shared" / "formats" / "tbx"
VALID = sorted([*SAMPLES.glob("schemas-v3/**/Example*VALID.tbx"), *SAMPLES.glob("real/**/*.tbx")])

TEXT = st.text(st.sampled_from("aBز ع'\"<&>=%|:\n\r\t\0\x1b\ud800\ufffeé"), min_size=0, max_size=8)
FILLED = st.text(st.sampled_from("aز<&\x01 é"), min_size=1, max_size=6).map(lambda text: f"x{text}x")
NOTES = TEXT | st.sampled_from(["Tarjama form: x", "Tarjama note: y", "Tarjama extra: a = b", "Tarjama x: y"])
UIDS = st.uuids(version=4).map(str)
KINDS = st.sampled_from(["column:Mark = %", "termNote:processStatus", "termNote:termLocation", "prop:x", "مجال"])
EXTRAS = st.lists(st.tuples(KINDS, FILLED), max_size=3).map(tuple)
DATES = st.sampled_from(["", "2024-05-01", "2024-05-01T10:00:00.123Z", "yesterday"])
STAMPS = st.builds(Stamp, TEXT, DATES, TEXT, DATES)
POS = st.sampled_from(["", "noun", "proper noun", "particle"])
GENDERS = st.sampled_from(["", "feminine", "common"])
TYPES = st.sampled_from(["", "acronym", "nickname"])
TERMS = st.builds(
    Term,
    uid=UIDS,
    language=st.sampled_from(["ar", "en", "fr"]),
    text=FILLED,
    status=st.sampled_from(TermStatus),
    pos=POS,
    gender=GENDERS,
    number=TEXT,
    register=TEXT,
    term_type=TYPES,
    geography=TEXT,
    example=TEXT,
    reference=TEXT,
    note=NOTES,
    case_sensitive=st.booleans(),
    forms=st.lists(FILLED, max_size=2).map(tuple),
    extras=EXTRAS,
    stamp=STAMPS,
)
SECTIONS = st.builds(LanguageSection, st.sampled_from(["ar", "de", "en"]), FILLED, NOTES, EXTRAS)
CONCEPTS = st.builds(
    Concept,
    uid=UIDS,
    domain=TEXT,
    definition=TEXT,
    note=NOTES,
    url=st.sampled_from(["", "https://example.org/a?b=1&c#d", "file:///x y", "javascript:alert(1)", "http://كتاب.org"]),
    do_not_translate=st.booleans(),
    tags=st.lists(FILLED, max_size=2, unique=True).map(tuple),
    extras=EXTRAS,
    sections=st.lists(SECTIONS, max_size=2, unique_by=lambda section: section.language).map(tuple),
    terms=st.lists(TERMS, min_size=1, max_size=3, unique_by=lambda term: term.uid).map(tuple),
    stamp=STAMPS,
)


@pytest.fixture(scope="module")
def schemas() -> Schemas:
    if not SAMPLES.is_dir():
        pytest.skip("the shared test material is not beside this checkout")
    return Schemas(SAMPLES / "schemas-v3")


def written(concepts: list[Concept], dialect: str = "basic", style: str = "dca") -> bytes:
    stream = io.BytesIO()
    Tbx().write(concepts, stream, WriteOptions(dialect, style))
    return stream.getvalue()


def read(path: Path) -> list[Concept]:
    return [found.item for found in open_termbase(path).entries() if found.item is not None]


def in_xml(value: object) -> object:
    """Return a value as XML can hold it, with what has no order in a file sorted."""
    if isinstance(value, Concept):
        terms = sorted(value.terms, key=lambda term: term.uid or term.text)
        sections = sorted(value.sections, key=lambda section: section.language)
        value = replace(value, terms=tuple(terms), sections=tuple(sections), tags=tuple(sorted(value.tags)))
    if isinstance(value, Concept | LanguageSection | Term | Stamp):
        names = value.__dataclass_fields__
        return {
            name: sorted(getattr(value, name)) if name == "extras" else in_xml(getattr(value, name)) for name in names
        }
    if isinstance(value, tuple):
        return [in_xml(one) for one in value]
    return xml_text(value) if isinstance(value, str) and not isinstance(value, TermStatus) else value


def categories(data: bytes) -> Counter[tuple[str, ...]]:
    """Return what a file says: for each text its entry, its level and its category, in either style."""
    found: Counter[tuple[str, ...]] = Counter()
    for entry in etree.fromstring(data).iter("{*}conceptEntry"):
        for element in entry.iter("*"):
            name = etree.QName(element).localname
            text = " ".join((element.text or "").split())
            level = next(etree.QName(one).localname for one in element.iterancestors() if "Grp" not in one.tag)
            languages = element.xpath("ancestor::*/@xml:lang")
            if text:
                where = (entry.get("id"), level, languages[-1].lower() if level != "conceptEntry" else "")
                found[*where, element.get("type", name), text] += 1
    return found


@pytest.mark.parametrize("path", VALID, ids=lambda path: str(path.relative_to(SAMPLES)))
def test_valid_samples_are_read_and_written_without_loss(tmp_path, path):
    concepts = read(path)
    data = written(concepts)
    assert not categories(path.read_bytes()) - categories(data)
    for dialect, style in DIALECTS:
        copy = tmp_path / f"{dialect}-{style}.tbx"
        copy.write_bytes(written(concepts, dialect, style))
        assert [in_xml(one) for one in read(copy)] == [in_xml(one) for one in map(stable, concepts)]


@pytest.mark.parametrize(
    "path", [path for path in VALID if path.stat().st_size < 100_000], ids=lambda path: str(path.relative_to(SAMPLES))
)
@pytest.mark.parametrize(("dialect", "style"), DIALECTS)
def test_what_came_from_samples_is_written_valid(schemas, path, dialect, style):
    concepts = read(path)[:12]
    assert schemas.problems(written(concepts, dialect, style)) == []


@pytest.mark.slow
@pytest.mark.parametrize(("dialect", "style"), DIALECTS)
def test_large_samples_are_written_valid(schemas, dialect, style):
    for path in VALID:
        assert schemas.problems(written(read(path), dialect, style)) == []


@pytest.mark.parametrize(("dialect", "style"), DIALECTS)
@given(concepts=st.lists(CONCEPTS, min_size=1, max_size=2, unique_by=lambda concept: concept.uid))
@settings(max_examples=40, deadline=None, phases=[Phase.explicit, Phase.reuse, Phase.generate])
def test_every_field_comes_back(tmp_path_factory, dialect, style, concepts):
    path = tmp_path_factory.mktemp("tbx") / "terms.tbx"
    path.write_bytes(written(concepts, dialect, style))
    assert [in_xml(one) for one in read(path)] == [in_xml(one) for one in map(stable, concepts)]


def stable(concept: Concept) -> Concept:
    """Return a concept as a file has it: text as XML can hold it, stamps as Tarjama's files leave them out."""

    def dated(stamp: Stamp, default: Stamp) -> Stamp:
        if stamp == Stamp():
            return default
        never_changed = not (stamp.changed_by or stamp.changed_at)
        return replace(stamp, changed_by=stamp.created_by, changed_at=stamp.created_at) if never_changed else stamp

    def text(value: object) -> object:
        if isinstance(value, TermStatus | bool):
            return value
        if isinstance(value, str):
            return xml_text(value)
        if isinstance(value, tuple):
            return tuple(text(one) for one in value)
        names = value.__dataclass_fields__
        return replace(value, **{name: text(getattr(value, name)) for name in names})

    own = dated(concept.stamp, Stamp())
    stamps = [own if term.stamp == concept.stamp else dated(term.stamp, own) for term in concept.terms]
    terms = [replace(term, stamp=stamp) for term, stamp in zip(concept.terms, stamps, strict=True)]
    return text(replace(concept, stamp=own, terms=tuple(terms)))


@pytest.mark.parametrize(("dialect", "style"), DIALECTS)
@given(concepts=st.lists(CONCEPTS, min_size=1, max_size=2, unique_by=lambda concept: concept.uid))
@settings(max_examples=10, deadline=None, phases=[Phase.explicit, Phase.reuse, Phase.generate])
def test_every_concept_is_written_valid(schemas, dialect, style, concepts):
    assert schemas.problems(written(concepts, dialect, style)) == []


MARTIF = """<?xml version="1.0"?>
<!DOCTYPE martif SYSTEM "TBXcoreStructV02.dtd">
<martif type="TBX" xml:lang="en"><martifHeader><fileDesc><sourceDesc><p>x</p></sourceDesc></fileDesc></martifHeader>
<text><body><termEntry id="e1"><descrip type="subjectField">law</descrip>
<langSet xml:lang="ar-EG"><ntig><termGrp><term>محكمة</term><termNote type="processStatus">finalized</termNote>
<termNote type="grammaticalGender">feminine</termNote></termGrp><admin type="source">S1</admin></ntig></langSet>
<langSet xml:lang="en-US"><tig><term>court</term>
<termNote type="administrativeStatus">deprecatedTerm-admn-sts</termNote>
<termNote type="grammaticalNumber">singular</termNote></tig></langSet></termEntry></body></text></martif>"""


def test_version_2_is_read_with_its_countries(tmp_path):
    path = tmp_path / "old.tbx"
    path.write_text(MARTIF, encoding="utf-8")
    (concept,) = read(path)
    arabic, english = concept.terms
    assert (concept.domain, concept.extras) == ("law", (("id", "e1"),))
    assert (arabic.language, arabic.text, arabic.gender, arabic.reference) == ("ar", "محكمة", "feminine", "S1")
    assert arabic.extras == (("language", "ar-EG"), ("termNote:processStatus", "finalized"))
    assert (english.language, english.status, english.number) == ("en", TermStatus.FORBIDDEN, "singular")
    copy = tmp_path / "new.tbx"
    copy.write_bytes(written([concept]))
    assert b'xml:lang="ar-EG"' in copy.read_bytes()
    assert [in_xml(one) for one in read(copy)] == [in_xml(concept)]


def test_a_field_changed_since_it_was_read_is_written_as_it_is_now(tmp_path):
    path = tmp_path / "t.tbx"
    entry = """<conceptEntry id="c1"><descripGrp><descrip type="definition">old</descrip><admin type="source">S</admin>
    </descripGrp><langSec xml:lang="en"><termSec><term>a</term>
    <termNote type="administrativeStatus">supersededTerm-admn-sts</termNote></termSec></langSec></conceptEntry>"""
    path.write_text(tbx(entry), encoding="utf-8")
    (concept,) = read(path)
    changed = replace(concept, definition="new", terms=(replace(concept.terms[0], status=TermStatus.PREFERRED),))
    data = written([changed]).decode()
    assert '<descripGrp><descrip type="definition">new</descrip><admin type="source">S</admin></descripGrp>' in data
    assert "superseded" not in data
    assert "old" not in data


def tbx(entries: str, head: str = "") -> str:
    return (
        f'<?xml version="1.0"?>{head}<tbx type="TBX-Basic" style="dca" xml:lang="en" '
        f'xmlns="urn:iso:std:iso:30042:ed-2"><tbxHeader/><text><body>{entries}</body></text></tbx>'
    )


def entry_of(term: str, uid: str = "c1") -> str:
    section = f'<langSec xml:lang="ar">\n<termSec><term>{term}</term></termSec></langSec>'
    return f'<conceptEntry id="{uid}">\n{section}</conceptEntry>\n'


LAUGHS = '<!DOCTYPE tbx [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;">]>'
OUTSIDE = '<!DOCTYPE tbx [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
PARAMETER = '<!DOCTYPE tbx [<!ENTITY % x SYSTEM "http://localhost/x.dtd"> %x;]>'


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (tbx(entry_of("&c;"), LAUGHS), "declares entities"),
        (tbx(entry_of("&x;"), OUTSIDE), "declares entities"),
        (tbx(entry_of("x"), PARAMETER), "declares entities"),
        (tbx(entry_of("a") + entry_of("b")), "Line 4 .*has the id “c1” of the entry in line 1 again"),
        (tbx(entry_of("a") + entry_of(" ", "c2") + "<x>y</x>"), None),
        (tbx(entry_of("a") + "<conceptEntry id='c2'><note>n</note></conceptEntry>"), "Line 4 .*without a term"),
        (tbx(entry_of("a").replace('xml:lang="ar"', "")), "Line 2 .*does not name its language"),
        (tbx(entry_of("<hi/>").replace("<term>", "<note>n</note><term>")), "Line 3 .*empty term"),
        (tbx(entry_of("a"))[:-20], "Line 4 .*not valid XML"),
        ("<?xml version='1.0'?><html><body>hi</body></html>", "root is “html”"),
        ("version https://git-lfs.github.com/spec/v1\n", "Line 1 .*not valid XML"),
        ("", "Line 1 .*not valid XML"),
    ],
)
def test_bad_files_are_told_with_the_line(tmp_path, content, told):
    path = tmp_path / "bad.tbx"
    path.write_text(content, encoding="utf-8")
    if told is None:
        assert [found.reason for found in open_termbase(path).entries()] == ["", "The entry is empty."]
        return
    with pytest.raises(ExchangeError, match=told) as caught:
        read(path)
    assert caught.value.hint


def test_a_pointer_in_place_of_a_termbase_is_told(shared):
    with pytest.raises(ExchangeError, match=r"Line 1 .*not valid XML"):
        open_termbase(shared / "formats" / "malformed" / "lfs-pointer_eba_320.tbx")


def test_pairs_are_not_read_from_concepts(tmp_path):
    path = tmp_path / "t.tbx"
    path.write_text(tbx(entry_of("a")), encoding="utf-8")
    assert read_terms(path) == []
