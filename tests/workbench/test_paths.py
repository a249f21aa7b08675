from pathlib import Path

from workbench.paths import Home


def test_the_environment_chooses_the_home():
    home = Home.from_environment({"TARJAMA_HOME": "/somewhere"})
    assert home.glossary == Path("/somewhere/glossary.db")


def test_without_it_the_platform_does_and_nothing_is_made(tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    monkeypatch.setenv("HOME", str(tmp_path))
    home = Home.from_environment({})
    assert "tarjama" in home.root.name.lower()
    assert list(tmp_path.iterdir()) == []
