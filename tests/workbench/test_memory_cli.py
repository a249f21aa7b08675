import pytest
from lxml import etree

from corpus.memory.store import MemoryStore

TMX = """<?xml version="1.0"?><!DOCTYPE tmx SYSTEM "tmx14.dtd"><tmx version="1.4"><header/><body>
<tu><tuv xml:lang="ar-SA"><seg>أعلن المجلس هدنة في المدينة</seg></tuv>
<tuv xml:lang="en-US" changedate="20200102T030405Z" changeid="omar"><seg>The council declared a truce</seg></tuv>
<tuv xml:lang="en-GB"><seg>The council announced a truce</seg></tuv></tu>
<tu><tuv xml:lang="ar"><seg>وصلت القافلة</seg></tuv><tuv xml:lang="fr"><seg>Le convoi</seg></tuv></tu>
<tu><prop type="x-origin">gloss</prop><tuv xml:lang="ar"><seg>نعم</seg></tuv>
<tuv xml:lang="en"><seg>yes</seg></tuv></tu>
</body></tmx>"""


@pytest.fixture
def imported(tarjama, tmp_path):
    (tmp_path / "client.tmx").write_text(TMX, encoding="utf-8")
    return tarjama("memory", "import", "client.tmx")


def test_a_translation_memory_is_imported_and_says_what_was_left_out(imported, tarjama, home):
    assert imported.code == 0
    assert imported.out == (
        "client.tmx: 2 units; 1 left out, without both languages (it has ar, ar-SA, en-US, en-GB, fr, en); "
        "1 left out, which nobody has confirmed\n"
    )
    assert tarjama("memory", "import", "client.tmx").code == 0  # it takes its own place
    status = tarjama("memory", "status", "--json").json
    assert (status["units"], status["path"]) == (2, str(home.memory))
    assert [(one["name"], one["units"]) for one in status["provenances"]] == [("client.tmx", 2)]
    assert status["languages"] == [{"from": "ar", "to": "en", "units": 2}]
    assert "client.tmx: 2" in tarjama("memory", "status").out


def test_a_damaged_file_is_told_with_its_place_and_changes_nothing(imported, tarjama, tmp_path):
    (tmp_path / "client.tmx").write_text(TMX.replace("</body>", ""), encoding="utf-8")
    outcome = tarjama("memory", "import", "client.tmx")
    assert outcome.code == 2
    assert "Line 8 (column" in outcome.err
    assert tarjama("memory", "status", "--json").json["units"] == 2


def test_search_tells_scores_and_the_words_that_differ(imported, tarjama):
    found = tarjama("memory", "search", "أعلن المجلس هدنة في القرية", "--json").json
    assert [one["target"] for one in found] == ["The council announced a truce", "The council declared a truce"]
    assert found[1]["author"] == "omar"
    assert 75 <= found[0]["score"] < 99
    assert [(part["what"], part["text"]) for part in found[0]["diff"] if part["what"] != "kept"] == [
        ("deleted", "المدينة"),
        ("inserted", "القرية"),
    ]
    shown = tarjama("memory", "search", "أعلن المجلس هدنة في القرية", "--limit", "1")
    assert "[-المدينة-]{+القرية+}" in shown.out
    assert tarjama("memory", "search", "كلام آخر").code == 1
    assert tarjama("memory", "search", "كلام آخر", "--json").json == []


def test_concordance_looks_on_either_side(imported, tarjama):
    assert "declared a truce" in tarjama("memory", "concordance", "المجلس هدنة").out
    found = tarjama("memory", "concordance", "a truce", "--target", "--json", "--limit", "1").json
    assert (len(found["units"]), found["complete"]) == (1, False)
    assert tarjama("memory", "concordance", "truce a", "--target").code == 1


def test_what_is_exported_comes_back(imported, tarjama, tmp_path):
    assert tarjama("memory", "export", "out.tmx").out == "Wrote 2 units to out.tmx\n"
    changed = [tuv.get("changedate") for tuv in etree.parse(tmp_path / "out.tmx").iter("tuv")]
    assert changed == [None, "20200102T030405Z", None, None]
    before = tarjama("memory", "search", "أعلن المجلس هدنة في المدينة", "--json").json
    assert tarjama("memory", "forget", "client.tmx").out == "2 units of client.tmx are forgotten.\n"
    assert tarjama("memory", "search", "أعلن المجلس هدنة في المدينة").code == 1
    tarjama("memory", "import", "out.tmx")
    after = tarjama("memory", "search", "أعلن المجلس هدنة في المدينة", "--json").json
    what = ("source", "target", "author", "changed_at", "score")
    assert [[one[name] for name in what] for one in after] == [[one[name] for name in what] for one in before]


def test_sentences_leave_as_sentences(tarjama, tmp_path):
    (tmp_path / "a.txt").write_text("قال المتحدث نعم. وعاد السكان.", encoding="utf-8")
    (tmp_path / "t.txt").write_text("The spokesman said yes. People returned.", encoding="utf-8")
    tarjama("init", "p.tarjama")
    tarjama("import", "p.tarjama", "a.txt")
    (only,) = tarjama("segments", "p.tarjama", "--json").json
    tarjama("set", "p.tarjama", only["uid"], "--target-file", "t.txt")
    assert tarjama("memory", "export", "out.tmx").code == 0
    units = etree.parse(tmp_path / "out.tmx").iter("tu")
    told = [(unit.get("segtype"), unit.findtext("tuv[2]/seg")) for unit in units]
    assert sorted(told, key=str) == [
        ("sentence", "People returned."),
        ("sentence", "The spokesman said yes."),
        (None, "The spokesman said yes. People returned."),
    ]


def test_other_bilingual_files_come_in_too(tarjama, tmp_path):
    (tmp_path / "pairs.tsv").write_text("source\ttarget\nمرحبا\tHello\nأهلا\t\n", encoding="utf-8")
    (tmp_path / "plain.txt").write_text("نص", encoding="utf-8")
    assert tarjama("memory", "import", "pairs.tsv").out.startswith("pairs.tsv: 1 units; 1 left out")
    outcome = tarjama("memory", "import", "plain.txt")
    assert outcome.code == 2
    assert "no translations" in outcome.err


def test_a_part_is_named_by_its_uid_where_two_have_a_name(imported, tarjama, tmp_path):
    (tmp_path / "other").mkdir()
    (tmp_path / "other" / "client.tmx").write_text(TMX, encoding="utf-8")
    tarjama("memory", "import", "other/client.tmx")
    outcome = tarjama("memory", "forget", "client.tmx")
    assert outcome.code == 2
    uid = f"file:{tmp_path}/other/client.tmx"
    assert uid in outcome.err
    assert tarjama("memory", "export", "part.tmx", "--only", uid).out.startswith("Wrote 2 units")
    assert tarjama("memory", "forget", uid).code == 0
    assert "comes from" in tarjama("memory", "forget", "nobody").err


def test_without_a_memory_one_is_told_how_it_comes_to_be(tarjama, home):
    for arguments in (["status"], ["search", "x"], ["concordance", "x"], ["forget", "x"], ["export", "x.tmx"]):
        outcome = tarjama("memory", *arguments)
        assert outcome.code == 2
        assert "no memory" in outcome.err
    assert not home.memory.exists()


def test_a_project_is_added_and_what_is_confirmed_fills_the_same_sources(tarjama, tmp_path, home):
    (tmp_path / "a.txt").write_text("مرحبا بكم\n\nنعم\n\nمرحبا بكم", encoding="utf-8")
    (tmp_path / "t.txt").write_text("Welcome", encoding="utf-8")
    tarjama("init", "p.tarjama")
    tarjama("import", "p.tarjama", "a.txt")
    first, _, third = tarjama("segments", "p.tarjama", "--json").json
    assert "1 segments with the same source" in tarjama("set", "p.tarjama", first["uid"], "--target-file", "t.txt").out
    last = tarjama("segments", "p.tarjama", "--json").json[2]
    assert (last["uid"], last["draft"], last["origin"]) == (third["uid"], "Welcome", "memory")
    assert tarjama("undo", "p.tarjama").out.startswith("1 segments changed")
    assert tarjama("segments", "p.tarjama", "--json").json[2]["origin"] == "none"
    home.memory.unlink()
    assert tarjama("memory", "add", "p.tarjama").out == "1 units of p.tarjama are in the memory.\n"
    with MemoryStore.open(home.memory) as memory:
        assert [unit.target for unit in memory.all_units(("ar", "en"))] == ["Welcome"]
