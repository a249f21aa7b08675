import hashlib
import io
import sys
import zipfile

import pytest
from documents import archive, docx, epub, odt, paragraph, pdf
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.errors import DocumentError
from corpus.importing import MAX_BYTES, documents_named, import_bytes, import_file, importers
from corpus.importing import archive as archive_module
from corpus.importing.content import ImportOptions

ARABIC = "قال المتحدث في المدينة نعم"

SAMPLES = {
    "docx": docx(paragraph(ARABIC)),
    "odt": odt(f"<text:p>{ARABIC}</text:p>"),
    "epub": epub({"a.xhtml": f"<html><body><p>{ARABIC}</p></body></html>"}),
    "pdf": pdf([[(50.0, 700, 10.0, ARABIC[::-1])]]),
    "xliff": (
        f'<?xml version="1.0"?><!-- x --><xliff version="1.2"><file><body><trans-unit id="1"><source>{ARABIC}</source>'
        "</trans-unit></body></file></xliff>"
    ).encode(),
    "vtt": f"WEBVTT\n\n00:01.000 --> 00:02.000\n{ARABIC}\n".encode(),
    "srt": f"1\r\n00:00:01,000 --> 00:00:02,000\r\n{ARABIC}\r\n".encode(),
    "po": f'# x\n\nmsgid "{ARABIC}"\nmsgstr ""\n'.encode(),
    "html": f"<!-- x --><!DOCTYPE html><html><p>{ARABIC}</p>".encode(),
    "text": ARABIC.encode("utf-16"),
}


def test_a_document_knows_its_bytes(tmp_path):
    path = tmp_path / "old.txt"
    path.write_bytes(ARABIC.encode("cp1256"))
    document = import_file(path)
    assert (document.name, document.format, document.encoding) == ("old.txt", "text", "windows-1256")
    assert document.sha256 == hashlib.sha256(path.read_bytes()).hexdigest()


def test_a_name_in_an_old_encoding_can_be_kept():
    name = b"\xce\xc8\xd1.txt".decode("utf-8", "surrogateescape")
    assert import_bytes(ARABIC.encode(), name).name.encode("utf-8").endswith(b".txt")


@pytest.mark.parametrize("suffix", ["", ".txt", ".docx", ".pdf", ".bin"])
@pytest.mark.parametrize("format_name", SAMPLES)
def test_the_format_is_told_by_content_whatever_the_name_says(format_name, suffix):
    document = import_bytes(SAMPLES[format_name], f"a{suffix}")
    assert (document.format, [segment.source for segment in document.segments]) == (format_name, [ARABIC])


@pytest.mark.parametrize(("name", "format_name"), [("a.md", "markdown"), ("a.CSV", "csv"), ("a.htm", "html")])
def test_text_of_no_certain_format_goes_by_its_name(name, format_name):
    assert import_bytes(ARABIC.encode(), name).format == format_name


def test_a_person_may_say_otherwise():
    document = import_bytes(SAMPLES["html"], "a.html", ImportOptions(format_name="text"))
    assert (document.format, len(document.segments)) == ("text", 1)
    with pytest.raises(DocumentError, match="no import format") as caught:
        import_bytes(b"x", "a", ImportOptions(format_name="wordstar"))
    assert "docx" in caught.value.hint


def test_standard_input_is_read(monkeypatch):
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(SAMPLES["docx"])))
    (file,) = documents_named(["-"]).files
    document = import_file(file.path, name=file.name)
    assert (document.name, document.format) == ("standard input", "docx")


def compound_file(stream: str) -> bytes:
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(100) + stream.encode("utf-16-le") + bytes(100)


BOMB_XML = (
    '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]>'
    '<xliff version="1.2"><file><body><trans-unit><source>&b;</source></trans-unit></body></file></xliff>'
)
FILE_XML = '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><xliff version="1.2"><source>&a;</source></xliff>'


@pytest.mark.parametrize(
    ("name", "data", "says"),
    [
        ("a.txt", b"", "no text"),
        ("a.txt", b" \r\n\t", "no text"),
        ("a.docx", SAMPLES["docx"][:200], "damaged"),
        ("a.docx", SAMPLES["docx"][:-30], "damaged"),
        ("a.docx", docx("<w:p><w:r>"), "damaged"),
        ("a.docx", compound_file("EncryptedPackage"), "password"),
        ("a.doc", compound_file("WordDocument"), "old Office"),
        ("a.rtf", b"{\\rtf1 x}", "RTF"),
        ("a.zip", archive({"a.txt": "x"}), "archive"),
        ("a.xlf", BOMB_XML.encode(), "entities"),
        ("a.xlf", FILE_XML.encode(), "entities"),
        ("a.xlf", b"<?xml version='1.0'?><xliff version='1.2'><source>" + b"<a>" * 300, "damaged"),
        ("a.tmx", b"<?xml version='1.0'?><tmx/>", "kind that is not imported"),
        ("a.srt", b"\x89PNG\r\n\x1a\n" + bytes(range(256)), "not text"),
        ("a.odt", archive({"mimetype": "application/vnd.oasis.opendocument.text"}), "damaged"),
        ("a.epub", archive({"mimetype": "application/epub+zip", "META-INF/container.xml": "<c/>"}), "damaged"),
        ("a.xlsx", archive({"xl/workbook.xml": "<x/>"}), "damaged"),
        ("a.xlsx", archive({"xl/workbook.xml": "<!DOCTYPE x><x/>"}), "entities"),
        ("a.docx", docx(""), "no text"),
    ],
)
def test_bad_input_is_one_sentence_and_a_hint(name, data, says):
    with pytest.raises(DocumentError, match=says) as caught:
        import_bytes(data, name)
    assert caught.value.message.startswith(f"{name}: ")
    assert caught.value.hint


def test_an_archive_that_unpacks_to_too_much_is_refused(monkeypatch):
    bomb = docx(paragraph("ا" * 3_000_000))
    assert len(bomb) < 100_000
    monkeypatch.setattr(archive_module, "MAX_TOTAL_BYTES", 1_000_000)
    with pytest.raises(DocumentError, match="unpacks to more"):
        import_bytes(bomb, "a.docx")


def test_an_archive_that_lies_about_sizes_is_refused(monkeypatch):
    data = docx(paragraph("ا" * 100_000))
    with zipfile.ZipFile(io.BytesIO(data)) as file:
        size = file.getinfo("word/document.xml").file_size
    lying = data.replace(size.to_bytes(4, "little"), (10).to_bytes(4, "little"))
    monkeypatch.setattr(archive_module, "MAX_MEMBER_BYTES", 50_000)
    with pytest.raises(DocumentError):
        import_bytes(lying, "a.docx")


def is_read_or_refused(data, name, options):
    try:
        return bool(import_bytes(data, name, options).segments)
    except DocumentError as error:
        return bool(error.hint)


@pytest.mark.parametrize("format_name", SAMPLES)
@settings(max_examples=40, deadline=None)
@given(chance=st.randoms(use_true_random=False))
def test_a_damaged_file_is_read_or_refused_but_never_crashes(format_name, chance):
    data = bytearray(SAMPLES[format_name])
    for _ in range(chance.randint(1, 5)):
        place = chance.randrange(len(data))
        match chance.randint(0, 2):
            case 0:
                data[place] = chance.randrange(256)
            case 1:
                del data[place : place + chance.randint(1, 50)]
            case _:
                data[place:place] = data[: chance.randint(1, 50)]
        data = data or bytearray(b"x")
    for name in ("a", "a.csv"):
        assert is_read_or_refused(bytes(data), name, ImportOptions())


@pytest.mark.parametrize("format_name", [importer.name for importer in importers()])
@settings(max_examples=30, deadline=None)
@given(data=st.binary(max_size=300) | st.text(max_size=100).map(lambda text: text.encode("utf-8", "replace")))
def test_any_bytes_as_any_format_are_read_or_refused(format_name, data):
    assert is_read_or_refused(data, "a", ImportOptions(format_name=format_name))


def test_a_file_that_is_too_large_is_refused_unread(tmp_path):
    path = tmp_path / "large.txt"
    with path.open("wb") as file:
        file.truncate(100 * 1024 * 1024)
    assert path.stat().st_size > MAX_BYTES
    with pytest.raises(DocumentError, match="too large"):
        import_file(path)


def test_a_folder_gives_its_documents_by_their_way_from_it(tmp_path):
    for name in ("b.txt", "a/index.html", "c/index.html", "a/~$lock.docx", ".git/x.txt", "picture.png"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes(b"x")
    found = documents_named([str(tmp_path)])
    assert ([file.name for file in found.files], found.left_out) == (["a/index.html", "b.txt", "c/index.html"], 1)


def test_a_pattern_that_no_shell_expanded_is_expanded(tmp_path):
    for name in ("a.txt", "b.txt", "c.md", "d/e.txt"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes(b"x")
    assert [file.name for file in documents_named([f"{tmp_path}/*.txt"]).files] == ["a.txt", "b.txt"]
    assert [file.name for file in documents_named([f"{tmp_path}/**/*.txt"]).files] == ["a.txt", "b.txt", "d/e.txt"]
    with pytest.raises(DocumentError, match="No file matches"):
        documents_named([f"{tmp_path}/*.docx"])


def test_a_file_named_twice_is_one(tmp_path):
    (tmp_path / "a.txt").write_bytes(b"x")
    assert len(documents_named([str(tmp_path / "a.txt"), str(tmp_path)]).files) == 1


def test_a_folder_without_documents_says_so(tmp_path):
    with pytest.raises(DocumentError, match="no documents"):
        documents_named([str(tmp_path)])
