"""The command line as scripts see it: output, exit codes, and one sentence for everything that is wrong."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from workbench.cli import main
from workbench.cli.screen import only_window

ROOT = Path(__file__).parents[2]

ARTICLE = """هدنة هشة في طرابلس

قال المتحدث إن الهدنة صامدة في المدينة.

وعاد السكان إلى بيوتهم.
"""


@pytest.fixture
def project(tarjama, tmp_path):
    (tmp_path / "news.txt").write_text(ARTICLE, encoding="utf-8")
    assert tarjama("init", "p.tarjama").code == 0
    assert tarjama("import", "p.tarjama", "news.txt").code == 0
    return tmp_path / "p.tarjama"


def test_import_tells_what_it_read(tarjama, project, tmp_path):
    (tmp_path / "old.txt").write_bytes(ARTICLE.encode("cp1256"))
    result = tarjama("import", project, "old.txt")
    assert (result.code, result.out) == (0, "old.txt: 3 segments (text, windows-1256)\n")


def test_segments_are_listed_as_the_contract_says(tarjama, project):
    segments = tarjama("segments", project, "--json").json
    assert [segment["source"] for segment in segments] == ARTICLE.strip().split("\n\n")
    assert [segment["order"] for segment in segments] == [1, 2, 3]
    assert segments[0] | {"uid": ""} == {
        "uid": "",
        "document": "news.txt",
        "order": 1,
        "part": 0,
        "kind": "heading",
        "place": "",
        "source": "هدنة هشة في طرابلس",
        "draft": None,
        "target": "",
        "state": "untranslated",
        "origin": "none",
        "flags": [],
        "draft_before_terms": None,
        "draft_terms": [],
        "note": "",
        "version": 1,
    }


def test_a_scripted_edit_goes_the_whole_way(tarjama, project, tmp_path):
    uid = tarjama("segments", project, "--json").json[1]["uid"]
    (tmp_path / "t.txt").write_text("The truce is holding.\n", encoding="utf-8")
    assert tarjama("set", project, uid, "--target-file", "t.txt").code == 0
    (segment,) = tarjama("segments", project, "--json", "--state", "translated+").json
    assert (segment["uid"], segment["target"], segment["state"]) == (
        uid,
        "The truce is holding.",
        "translated",
    )
    status = tarjama("status", project, "--json").json
    assert (status["segments"], status["states"]["translated"], status["words"], status["words_left"]) == (
        3,
        1,
        15,
        8,
    )


def test_drafts_are_made_and_kept_apart_from_targets(tarjama, project):
    result = tarjama("draft", project)
    assert result.code == 0
    assert "3 segments" in result.out
    assert "gloss" in result.out
    segments = tarjama("segments", project, "--json").json
    assert all(segment["draft"] and not segment["target"] for segment in segments)
    assert {segment["origin"] for segment in segments} == {"gloss"}
    assert "Drafted 0 segments" in tarjama("draft", project).out
    assert "Drafted 3 segments" in tarjama("draft", project, "--redo").out


def test_export_writes_what_was_asked_for(tarjama, project, tmp_path):
    tarjama("draft", project)
    result = tarjama("export", project, "--format", "tsv", "-o", "out.tsv")
    assert (result.code, result.out) == (0, "Wrote 3 pairs to out.tsv\n")
    assert tarjama("export", project, "--format", "tsv", "-o", "t.tsv", "--state", "translated+").out.startswith(
        "Wrote 0"
    )


def test_glossary_commands(tarjama, tmp_path, monkeypatch):
    assert tarjama("glossary", "add", "--glossary", "g.db", "الباغوز", "Baghouz", "--pos", "proper noun").code == 0
    assert tarjama("glossary", "export", "--glossary", "g.db", "-o", "g.tsv").code == 0
    assert tarjama("glossary", "import", "--glossary", "h.db", "g.tsv").out == "g.tsv: 1 added, 0 already there\n"
    assert tarjama("glossary", "import", "--glossary", "h.db", "g.tsv").out.startswith("g.tsv: 0 added, 1 already")
    (term,) = tarjama("glossary", "list", "--glossary", "h.db", "--json").json
    assert (term["source"], term["target"], term["pos"], term["status"]) == (
        "الباغوز",
        "Baghouz",
        "proper noun",
        "preferred",
    )


def test_match_prints_the_contract(tarjama, tmp_path):
    tarjama("glossary", "add", "--glossary", "g.db", "الباغوز", "Baghouz")
    text = "😀 مرّوا وبالباغوزِ أمس"
    result = subprocess.run(
        [sys.executable, "-m", "workbench", "glossary", "match", "--glossary", "g.db", "--json"],
        input=text,
        capture_output=True,
        encoding="utf-8",
        check=True,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        cwd=tmp_path,
    )
    (match,) = json.loads(result.stdout)
    assert text[match["start"] : match["end"]] == match["surface"]
    assert match["surface"].startswith("وبالباغوز")
    assert (match["term"], match["target"], match["status"]) == ("الباغوز", "Baghouz", "preferred")
    assert match["analysis"]["proclitics"] == ["و", "ب", "ال"]
    assert match["analysis"]["stem"] == "باغوز"
    assert set(match["analysis"]) == {"proclitics", "stem", "enclitic", "rule"}


def test_models_come_with_a_sound_gloss(tarjama):
    (model,) = tarjama("models", "list", "--json").json
    assert (model["kind"], model["bundled"], model["from"], model["to"]) == ("gloss", True, "ar", "en")
    assert tarjama("models", "verify").code == 0
    refused = tarjama("models", "remove", model["name"])
    assert refused.code == 2


def test_doctor_is_truthful_about_a_sound_place(tarjama, project):
    result = tarjama("doctor", "--json", project)
    report = result.json
    assert result.code == 0
    assert report["problems"] == []
    assert report["engine"]["works"] is True
    assert report["engine"]["kind"] == "gloss"
    assert report["databases"] == [{"what": "project", "path": str(project), "sound": True, "newest backup": None}]


def test_doctor_is_truthful_about_a_broken_one(tarjama, tmp_path, home):
    home.root.mkdir()
    home.glossary.write_bytes(b"not a database")
    broken = home.models / "translate-ar_en-9_9"
    broken.mkdir(parents=True)
    (broken / "metadata.json").write_text("{bad")
    result = tarjama("doctor", "--json")
    assert result.code == 1
    assert any("glossary" in problem for problem in result.json["problems"])
    assert any("translate-ar_en-9_9" in problem for problem in result.json["problems"])


def bad_inputs(tmp_path):
    (tmp_path / "empty.txt").write_bytes(b"")
    (tmp_path / "blank.txt").write_text(" \n\u00a0\n")
    (tmp_path / "binary.txt").write_bytes(bytes(range(256)) * 4)
    (tmp_path / "nul.txt").write_bytes("قال\0قال".encode())
    (tmp_path / "folder.txt").mkdir()
    (tmp_path / "other.tarjama").write_bytes(b"SQLite format 3\0 but not really")
    (tmp_path / "latin1.txt").write_bytes(b"caf\xe9 \xff\xfe")
    (tmp_path / "terms.tsv").write_text("source\ttarget\tstatus\nقال\tsaid\tfine\n")


@pytest.mark.parametrize(
    "arguments",
    [
        ("import", "p.tarjama", "empty.txt"),
        ("import", "p.tarjama", "blank.txt"),
        ("import", "p.tarjama", "binary.txt"),
        ("import", "p.tarjama", "nul.txt"),
        ("import", "p.tarjama", "folder.txt"),
        ("import", "p.tarjama", "missing.txt"),
        ("import", "p.tarjama", "news.txt", "--encoding", "klingon"),
        ("import", "p.tarjama", "news.txt", "--encoding", "ascii"),
        ("import", "p.tarjama", "news.txt", "--format", "wordstar"),
        ("import", "other.tarjama", "news.txt"),
        ("import", "missing.tarjama", "news.txt"),
        ("init", "p.tarjama"),
        ("init", "no/such/folder/p.tarjama"),
        ("status", "folder.txt"),
        ("status", "news.txt"),
        ("segments", "p.tarjama", "--state", "done"),
        ("segments", "p.tarjama", "--document", "other"),
        ("set", "p.tarjama", "no-such-uid", "--target-file", "news.txt"),
        ("set", "p.tarjama", "no-such-uid", "--target-file", "missing.txt"),
        ("set", "p.tarjama", "no-such-uid", "--target-file", "binary.txt"),
        ("set", "p.tarjama", "no-such-uid", "--target-file", "news.txt", "--state", "drafted"),
        ("export", "p.tarjama", "--format", "wordstar", "-o", "x"),
        ("export", "p.tarjama", "--format", "tsv", "-o", "folder.txt"),
        ("export", "p.tarjama", "--format", "tsv", "-o", "no/such/folder/x.tsv"),
        ("draft", "p.tarjama", "--engine", "oracle"),
        ("glossary", "list", "--glossary", "missing.db"),
        ("glossary", "list", "--glossary", "p.tarjama"),
        ("glossary", "import", "--glossary", "g.db", "terms.tsv"),
        ("glossary", "import", "--glossary", "g.db", "binary.txt"),
        ("glossary", "add", "--glossary", "g.db", "", "nothing"),
        ("models", "install", "news.txt"),
        ("models", "install", "missing.argosmodel"),
        ("models", "install", "a", "b", "c"),
        ("models", "remove", "nothing"),
        ("models", "verify", "nothing"),
        ("frobnicate",),
        ("export", "p.tarjama"),
    ],
    ids=" ".join,
)
def test_wrong_input_is_one_sentence_and_a_hint(tarjama, project, tmp_path, arguments):
    bad_inputs(tmp_path)
    before = {path: path.read_bytes() for path in tmp_path.glob("*") if path.is_file()}
    result = tarjama(*arguments)
    assert result.code == 2
    assert result.out == ""
    error, hint = result.err.splitlines()
    assert error.startswith("Error: ")
    assert hint.startswith("Hint: ")
    assert "Traceback" not in result.err
    after = {
        path: path.read_bytes() for path in tmp_path.glob("*") if path.is_file() and path.suffix in (".txt", ".tsv")
    }
    assert after == {path: data for path, data in before.items() if path.suffix in (".txt", ".tsv")}
    assert len(tarjama("segments", "p.tarjama", "--json").json) == 3


def test_an_unknown_setting_is_named_with_the_nearest(tarjama, home):
    home.root.mkdir()
    home.settings.write_text("beamsize = 4\n")
    result = tarjama("init", "q.tarjama")
    assert result.code == 2
    assert "beam_size" in result.err
    assert "Traceback" not in result.err


def test_debug_shows_where_an_error_comes_from(tarjama, tmp_path):
    with pytest.raises(Exception, match="missing"):
        main(["--debug", "status", str(tmp_path / "missing.tarjama")])


def test_the_project_is_refused_when_another_window_has_it(tarjama, project, home, monkeypatch):
    for stream in (sys.stdin, sys.stdout):
        monkeypatch.setattr(stream, "isatty", lambda: True)
    with only_window(project, home):
        result = tarjama("open", project)
    assert result.code == 2
    assert "already open" in result.err


def test_without_a_terminal_the_screen_is_refused(tarjama, project):
    result = tarjama("open", project)
    assert result.code == 2
    assert "needs a terminal" in result.err


def test_the_demo_without_a_terminal_does_the_whole_job(tarjama, tmp_path):
    result = tarjama("demo", "--folder", "demo")
    assert result.code == 0
    made = {path.suffix for path in (tmp_path / "demo").iterdir()}
    assert {".tarjama", ".tmx", ".tsv", ".jsonl", ".html"} <= made
    for line in result.out.splitlines():
        assert line
    assert "gloss" in result.out
    status = tarjama("status", tmp_path / "demo" / "demo.tarjama", "--json").json
    assert len(status["documents"]) == 3
    assert status["drafts"] == status["segments"] > 12


def test_terms_are_found_changed_and_removed(tarjama):
    tarjama("glossary", "add", "قصف", "shelling")
    (entry,) = tarjama("glossary", "search", "قَصف", "--json").json
    assert entry["uid"] in tarjama("glossary", "search", "SHELL").out
    edited = tarjama("glossary", "edit", entry["uid"], "--target", "bombing", "--status", "admitted")
    assert "bombing (admitted)" in edited.out
    assert "Removed قصف = bombing" in tarjama("glossary", "remove", entry["uid"]).out
    assert tarjama("glossary", "list", "--json").json == []
    assert [step["action"] for step in tarjama("glossary", "history", entry["uid"], "--json").json].count("change") == 1
    assert "remove term" in tarjama("glossary", "history", entry["uid"]).out
    assert tarjama("glossary", "edit", "x", "--note", "y").code == 2
