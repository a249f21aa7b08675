import shutil

import pytest


@pytest.fixture
def copies(tarjama, tmp_path, home):
    """Make two copies of a project, in which Anna and Bashir have translated the same segment, and a stranger's."""
    (tmp_path / "news.txt").write_text("واحد\n\nاثنان \n", encoding="utf-8")
    tarjama("init", "anna.tarjama")
    tarjama("import", "anna.tarjama", "news.txt")
    shutil.copy("anna.tarjama", "bashir.tarjama")
    write(tarjama, home, tmp_path, "Anna", "anna.tarjama", "one \x1b[31m")
    write(tarjama, home, tmp_path, "Bashir", "bashir.tarjama", "two")
    author(home, "Anna")
    tarjama("init", "strange.tarjama")
    tarjama("import", "strange.tarjama", "news.txt")


def author(home, name):
    home.settings.parent.mkdir(parents=True, exist_ok=True)
    home.settings.write_text(f'author = "{name}"\n', encoding="utf-8")


def write(tarjama, home, folder, name, project, text):
    author(home, name)
    (folder / "t").write_text(text, encoding="utf-8")
    uid = tarjama("segments", project, "--json").json[0]["uid"]
    assert tarjama("set", project, uid, "--target-file", "t").code == 0


def stands(tarjama, project="anna.tarjama"):
    return tarjama("segments", project, "--json").json[0]["target"]


def test_a_merge_lists_conflicts_and_they_are_decided(tarjama, copies):
    tried = tarjama("merge", "anna.tarjama", "bashir.tarjama", "--dry-run")
    assert (tried.code, stands(tarjama)) == (1, "one \x1b[31m")
    assert "1 would be changed" in tried.out
    merged = tarjama("merge", "anna.tarjama", "bashir.tarjama")
    assert merged.code == 1
    assert "kept, Bashir: two\n  offered, Anna (" in merged.out
    assert "\x1b" not in merged.out
    assert stands(tarjama) == "two"
    assert "nothing new" in tarjama("merge", "anna.tarjama", "bashir.tarjama").out
    (conflict,) = tarjama("conflicts", "anna.tarjama", "--json").json
    assert (conflict["kept"], conflict["offered"], conflict["offered_state"]) == ("two", "one \x1b[31m", "translated")
    decided = tarjama("conflicts", "anna.tarjama", "--mine")
    assert (decided.code, decided.out, stands(tarjama)) == (0, "No conflicts.\n", "one \x1b[31m")
    assert tarjama("undo", "anna.tarjama").code == 0
    assert stands(tarjama) == "two"


@pytest.mark.parametrize(
    ("options", "text"), [(("--theirs",), "two"), (("--take", "offered"), "one \x1b[31m"), (("--take", "kept"), "two")]
)
def test_one_conflict_is_decided_by_its_uid(tarjama, copies, options, text):
    (conflict,) = tarjama("merge", "anna.tarjama", "bashir.tarjama", "--json").json["conflicts"]
    assert tarjama("conflicts", "anna.tarjama", "--settle", conflict["uid"], *options).code == 0
    assert stands(tarjama) == text
    assert tarjama("conflicts", "anna.tarjama", "--settle", conflict["uid"], *options).code == 2


def test_what_is_neither_s_is_not_decided_for_one(tarjama, copies, home):
    tarjama("merge", "anna.tarjama", "bashir.tarjama")
    author(home, "Carla")
    result = tarjama("conflicts", "anna.tarjama", "--mine")
    assert (result.code, "which of the two is yours" in result.err) == (1, True)


def test_wrong_use_is_told(tarjama, copies):
    refused = tarjama("merge", "anna.tarjama", "strange.tarjama")
    assert (refused.code, "nothing in common" in refused.err) == (2, True)
    assert tarjama("merge", "anna.tarjama", "strange.tarjama", "--all").code == 0
    for options in (("--take", "kept"), ("--settle", "x"), ("--settle", "x", "--mine")):
        assert tarjama("conflicts", "anna.tarjama", *options).code == 2
