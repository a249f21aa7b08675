import json

import pytest


@pytest.fixture
def project(tarjama, tmp_path):
    (tmp_path / "news.txt").write_text("وصل ثلاثون لاجئا.\n\nعاد السكان.\n", encoding="utf-8")
    tarjama("init", "p.tarjama")
    tarjama("import", "p.tarjama", "news.txt")
    uid = tarjama("segments", "p.tarjama", "--json").json[0]["uid"]
    (tmp_path / "t.txt").write_text("Thirty refugees came.", encoding="utf-8")
    tarjama("set", "p.tarjama", uid, "--target-file", "t.txt")
    return "p.tarjama"


def test_numbers_are_told_in_lines(tarjama, project):
    out = tarjama("numbers", project).out
    assert "news.txt: 2 segments (1 untranslated, 1 translated)" in out
    assert "0 min 30 s worked, 3 source words confirmed, 360 words per hour" in out


def test_numbers_are_json(tarjama, project):
    said = tarjama("numbers", project, "--json", "--by", "segment", "--idle", "0.2").json
    assert [row["state"] for row in said["rows"]] == ["translated", "untranslated"]
    assert (said["longest_pause_seconds"], said["after_pause_seconds"]) == (12, 12)
    assert said["total"]["seconds"] == 12
    assert said["metrics"] is None


def test_numbers_are_written_to_a_file(tarjama, project, tmp_path):
    assert tarjama("numbers", project, "-o", "n.csv", "--effort").out == "Wrote n.csv\n"
    assert (tmp_path / "n.csv").read_text(encoding="utf-8").startswith("document,segments,source_words")
    tarjama("numbers", project, "-o", "n.json", "--document", "news.txt")
    assert json.loads((tmp_path / "n.json").read_text(encoding="utf-8"))["document"] == "news.txt"


@pytest.mark.parametrize("arguments", [["-o", "n.txt"], ["--json", "--csv"], ["--document", "other.txt"]])
def test_what_cannot_be_is_told(tarjama, project, arguments):
    result = tarjama("numbers", project, *arguments)
    assert result.code == 2
    assert result.err.startswith("Error: ")
