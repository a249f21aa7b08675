import pytest

ARTICLE = "وصلوا إلى المدينة اليوم.\nوبمدينتهم سوق.\nقال المتحدث نعم.\n"


@pytest.fixture
def uid(tarjama, tmp_path):
    """Return the uid of a term that was city and is town now, in a project that says city twice."""
    (tmp_path / "news.txt").write_text(ARTICLE, encoding="utf-8")
    assert tarjama("init", "p.tarjama").code == 0
    assert tarjama("import", "p.tarjama", "news.txt").code == 0
    for segment, text in zip(texts(tarjama), ("They reached the city.", "A market \x1b[31m", "Cities"), strict=True):
        (tmp_path / "t").write_text(text, encoding="utf-8")
        assert tarjama("set", "p.tarjama", segment["uid"], "--target-file", "t").code == 0
    tarjama("glossary", "add", "مدينة", "city")
    (entry,) = tarjama("glossary", "search", "city", "--json").json
    assert tarjama("glossary", "edit", entry["uid"], "--target", "town").code == 0
    return entry["uid"]


def texts(tarjama):
    return tarjama("segments", "p.tarjama", "--json").json


def test_affected_segments_are_listed_with_what_could_be_written(tarjama, uid):
    report = tarjama("glossary", "impact", "p.tarjama", uid, "--json").json
    assert (report["term"]["target"], report["wanted"], report["applied"]) == ("town", "town", None)
    assert [(one["order"], one["proposed"]) for one in report["affected"]] == [(1, "They reached the town."), (2, None)]
    first = report["affected"][0]
    assert [first["source"][start:end] for start, end in first["source_spans"]] == ["المدينة"]
    assert [first["text"][start:end] for start, end in first["old_spans"]] == ["city"]
    lines = tarjama("glossary", "impact", "p.tarjama", uid).out
    assert "مدينة = town (preferred): 2 segments, 1 with a certain new text" in lines
    assert "- They reached the city.\n  + They reached the town." in lines
    assert "\x1b" not in lines


def test_applying_prints_the_change_and_undo_takes_it_back(tarjama, uid):
    result = tarjama("glossary", "impact", "p.tarjama", uid, "--apply", "--json").json
    change = result["applied"]["change"]
    assert [len(result["applied"][name]) for name in ("written", "left")] == [1, 0]
    assert [(one["target"], one["state"]) for one in texts(tarjama)[:1]] == [("They reached the town.", "edited")]
    undone = tarjama("undo", "p.tarjama", change)
    assert (undone.code, undone.out.startswith("1 segments changed: change ")) == (0, True)
    assert [(one["target"], one["state"]) for one in texts(tarjama)[:1]] == [("They reached the city.", "translated")]


def test_undo_takes_the_last_change_by_itself_and_tells_what_it_leaves(tarjama, uid, tmp_path):
    applied = tarjama("glossary", "impact", "p.tarjama", uid, "--apply").out
    assert "1 segments changed: change " in applied
    first = texts(tarjama)[0]["uid"]
    assert tarjama("set", "p.tarjama", first, "--target-file", "t").code == 0
    change = applied.split()[-1]
    assert tarjama("undo", "p.tarjama", change).out == f"0 segments changed\n  {first} left as it is: changed since\n"
    assert "1 segments changed: change " in tarjama("undo", "p.tarjama").out
    assert texts(tarjama)[0]["target"] == "They reached the town."
    assert "1 segments changed: change " in tarjama("undo", "p.tarjama").out
    assert texts(tarjama)[0]["target"] == "They reached the city."


def test_what_is_not_there_is_wrong_input(tarjama, uid):
    for arguments in (
        ("undo", "p.tarjama", "nothing"),
        ("redo", "p.tarjama"),
        ("glossary", "impact", "p.tarjama", "x"),
    ):
        result = tarjama(*arguments)
        assert (result.code, result.out) == (2, "")
        assert result.err.startswith("Error: ")
