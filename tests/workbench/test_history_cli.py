import pytest


@pytest.fixture
def uid(tarjama, tmp_path):
    (tmp_path / "news.txt").write_text("وصلوا إلى المدينة اليوم.\n", encoding="utf-8")
    tarjama("init", "p.tarjama")
    tarjama("import", "p.tarjama", "news.txt")
    (segment,) = tarjama("segments", "p.tarjama", "--json").json
    for text, state in (
        ("They reached \x1b[31m", "edited"),
        ("They reached it.", "edited"),
        ("Reached.", "translated"),
    ):
        (tmp_path / "t").write_text(text, encoding="utf-8")
        assert tarjama("set", "p.tarjama", segment["uid"], "--target-file", "t", "--state", state).code == 0
    return segment["uid"]


def stands(tarjama):
    (segment,) = tarjama("segments", "p.tarjama", "--json").json
    return segment["target"], segment["state"]


def test_history_shows_each_state_and_restore_brings_one_back(tarjama, uid):
    history = tarjama("history", "p.tarjama", uid, "--all", "--json").json
    assert [(one["number"], one["cause"], one["state"]) for one in history] == [
        (1, "import", "untranslated"),
        (2, "typed", "edited"),
        (3, "typed", "edited"),
        (4, "confirmed", "translated"),
    ]
    assert history[3]["diff"] == "[-They reached it-]{+Reached+}."
    assert [one["number"] for one in tarjama("history", "p.tarjama", uid, "--json").json] == [1, 4]
    lines = tarjama("history", "p.tarjama", uid, "--all")
    assert "\x1b" not in lines.out
    assert ": typed (edited)\n  They reached {+it.+}" in lines.out.replace("[-␛[31m-]", "")
    assert tarjama("revert", "p.tarjama", uid, "3").out == f"{uid}: edited\n  They reached it.\n"
    assert stands(tarjama) == ("They reached it.", "edited")
    failed = tarjama("revert", "p.tarjama", uid, "9")
    assert (failed.code, failed.out) == (2, "")
    assert "no number 9" in failed.err


def test_undo_and_redo_go_on_from_command_to_command(tarjama, uid):
    assert tarjama("undo", "p.tarjama").code == 0
    assert stands(tarjama) == ("", "untranslated")
    assert tarjama("redo", "p.tarjama").code == 0
    assert stands(tarjama) == ("Reached.", "translated")
    assert tarjama("redo", "p.tarjama").code == 2
