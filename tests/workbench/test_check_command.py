"""The command that checks a project."""

import pytest


@pytest.fixture
def project(tarjama, tmp_path):
    (tmp_path / "news.txt").write_text("وصل ٣٠ لاجئا إلى المخيم.\n\nهل عادوا؟\n", encoding="utf-8")
    tarjama("init", "p.tarjama")
    tarjama("import", "p.tarjama", "news.txt")
    tarjama("glossary", "add", "لاجئ", "refugee")
    for segment, text in zip(
        tarjama("segments", "p.tarjama", "--json").json,
        ("13 migrants came to the camp.", "Are they back؟"),
        strict=True,
    ):
        (tmp_path / "t.txt").write_text(text, encoding="utf-8")
        tarjama("set", "p.tarjama", segment["uid"], "--target-file", "t.txt")
    return "p.tarjama"


def test_terms_and_everything_else_are_checked_in_reading_order(tarjama, project):
    result = tarjama("check", project, "--json")
    assert result.code == 1
    assert [(one["order"], one["check"]) for one in result.json] == [
        (1, "number"),
        (1, "number"),
        (1, "term-missing"),
        (2, "arabic-mark"),
    ]
    assert result.json[2]["suggestion"] == "refugee"
    assert (result.json[3]["target_span"], result.json[3]["fix"]) == ([13, 14], "?")


def test_findings_are_told_in_lines(tarjama, project):
    result = tarjama("check", project)
    assert "news.txt:2: warning arabic-mark" in result.out
    assert result.out.endswith("4 findings.\n")


def test_drafts_are_checked_when_asked_for_and_nothing_is_no_error(tarjama, project, tmp_path):
    assert tarjama("check", project, "--state", "reviewed").out == "Nothing was found.\n"
    assert tarjama("check", project, "--state", "reviewed").code == 0
