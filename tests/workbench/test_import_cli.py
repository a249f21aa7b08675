"""``tarjama import`` as scripts see it."""

import io
import sys

import pytest

ARTICLE = "هدنة هشة في طرابلس\n\nقال المتحدث إن الهدنة صامدة في المدينة.\n\nوعاد السكان إلى بيوتهم.\n"


@pytest.fixture
def project(tarjama, tmp_path):
    (tmp_path / "news.txt").write_text(ARTICLE, encoding="utf-8")
    assert tarjama("init", "p.tarjama").code == 0
    assert tarjama("import", "p.tarjama", "news.txt").code == 0
    return tmp_path / "p.tarjama"


def test_a_folder_is_imported_and_what_cannot_be_is_told_at_the_end(tarjama, project, tmp_path):
    folder = tmp_path / "inbox"
    (folder / "a").mkdir(parents=True)
    (folder / "a" / "page.html").write_text("<p>قال نعم", encoding="utf-8")
    (folder / "bad.docx").write_bytes(b"PK\x03\x04 broken")
    (folder / "picture.jpg").write_bytes(b"\xff\xd8\xff")
    (folder / "z.srt").write_text("1\n00:00:01,000 --> 00:00:02,000\nنعم\n", encoding="utf-8")
    result = tarjama("import", project, folder)
    assert result.code == 1
    assert result.out == "a/page.html: 1 segments (html, utf-8)\nz.srt: 1 segments (srt, utf-8)\n"
    left_out, failed = result.err.splitlines()
    assert left_out.startswith("Left out 1 file")
    assert failed.startswith("Not imported: bad.docx: The document is damaged")
    names = [document["name"] for document in tarjama("status", project, "--json").json["documents"]]
    assert names == ["news.txt", "a/page.html", "z.srt"]


def test_one_bad_file_alone_is_an_error(tarjama, project, tmp_path):
    (tmp_path / "bad.docx").write_bytes(b"PK\x03\x04 broken")
    result = tarjama("import", project, "bad.docx")
    assert (result.code, result.out) == (2, "")
    assert result.err.startswith("Error: bad.docx: The document is damaged")
    assert "\nHint: " in result.err


def test_standard_input_becomes_a_document(tarjama, project, monkeypatch):
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO("قال نعم".encode())))
    result = tarjama("import", project, "-", "--json")
    assert result.code == 0
    (report,) = result.json
    assert (report["name"], report["format"], report["segments"]) == ("standard input", "text", 1)


def test_a_changed_file_takes_the_place_of_the_old_one(tarjama, project, tmp_path):
    uid = tarjama("segments", project, "--json").json[1]["uid"]
    (tmp_path / "t").write_text("The spokesman said", encoding="utf-8")
    assert tarjama("set", project, uid, "--target-file", "t").code == 0
    assert tarjama("import", project, "news.txt").out == "news.txt: 3 segments (text, utf-8), as before\n"
    changed = ARTICLE.replace("المتحدث", "الناطق") + "\nوأضاف أن القافلة ستصل غدا.\n"
    (tmp_path / "news.txt").write_text(changed, encoding="utf-8")
    result = tarjama("import", project, "news.txt")
    assert result.out == "news.txt: 4 segments (text, utf-8): 2 kept, 1 changed, 1 new\n"
    segments = tarjama("segments", project, "--json").json
    assert [segment["state"] for segment in segments] == ["untranslated", "edited", "untranslated", "untranslated"]
    assert (segments[1]["uid"], segments[1]["target"]) == (uid, "The spokesman said")
    assert "[-المتحدث-]{+الناطق+}" in segments[1]["note"]


def test_another_file_of_the_same_name_needs_a_word(tarjama, project, tmp_path):
    (tmp_path / "news.txt").write_text("شيء آخر تماما لا صلة له بذلك.", encoding="utf-8")
    refused = tarjama("import", project, "news.txt")
    assert (refused.code, "--new" in refused.err) == (2, True)
    assert tarjama("import", project, "news.txt", "--new").out == "news.txt: 1 segments (text, utf-8)\n"
    assert len(tarjama("status", project, "--json").json["documents"]) == 2


def test_columns_of_a_table_can_be_named(tarjama, project, tmp_path):
    (tmp_path / "t.csv").write_text("no,نص,translation\n1,قال نعم,He said yes\n", encoding="utf-8")
    done = tarjama("import", project, "t.csv", "--source-column", "نص", "--target-column", "C")
    assert done.out == "t.csv: 1 segments (csv, utf-8)\n"
    segment = tarjama("segments", project, "--document", "t.csv", "--json").json[0]
    assert (segment["place"], segment["source"], segment["target"]) == ("B2", "قال نعم", "He said yes")


def test_what_surrounds_an_article_is_not_drafted_and_not_counted(tarjama, project, tmp_path):
    page = "<html><body><nav>قائمة طويلة من الكلمات</nav><article><p>قال المتحدث إن الهدنة صامدة.</p></article>"
    (tmp_path / "a.html").write_text(page, encoding="utf-8")
    assert tarjama("import", project, "a.html").code == 0
    *_, document = tarjama("status", project, "--json").json["documents"]
    assert (document["segments"], document["words"]) == (2, 5)
    assert tarjama("draft", project, "--document", "a.html").code == 0
    states = {
        segment["kind"]: segment["state"]
        for segment in tarjama("segments", project, "--document", "a.html", "--json").json
    }
    assert states == {"boilerplate": "untranslated", "paragraph": "drafted"}
