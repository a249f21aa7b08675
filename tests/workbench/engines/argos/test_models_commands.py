"""The commands on models, with packages of our own."""

import hashlib
import io
import json

import pytest

from tests.workbench.engines.argos.conftest import metadata
from workbench.cli.models import _progress_bar
from workbench.engines.argos.packages import installed

NAME = "translate-ar_en-tiny"


@pytest.fixture
def project(tarjama, tmp_path):
    (tmp_path / "news.txt").write_text("قال المتحدث في المدينة .", encoding="utf-8")
    tarjama("init", "fr.tarjama", "--to", "fr")
    tarjama("import", "fr.tarjama", "news.txt")
    tarjama("init", "p.tarjama")
    tarjama("import", "p.tarjama", "news.txt")
    return "p.tarjama"


def test_a_package_is_installed_shown_verified_and_removed(tarjama, home, pack):
    archive = pack()
    digest = hashlib.sha256(archive.read_bytes()).hexdigest()
    done = tarjama("models", "install", archive, "--sha256", digest)
    assert (done.code, done.err) == (0, "")
    assert f"SHA-256 of the archive: {digest}" in done.out
    (report,) = tarjama("models", "info", NAME, "--json").json
    assert (report["name"], report["version"], report["archive_sha256"]) == (NAME, "1.0", digest)
    assert report["full_name"] == f"{NAME}@1.0+{report['fingerprint'][:8]}"
    assert report["bytes"] > 10_000
    shown = tarjama("models", "info", f"{NAME}@1.0").out
    assert f"archive_sha256: {digest}\n" in shown
    assert tarjama("models", "verify", NAME).out == f"{report['full_name']}: sound\n"
    assert tarjama("models", "remove", NAME).out == f"Removed {report['full_name']}\n"
    assert tarjama("models", "info", NAME).code == 2


def test_a_wrong_digest_is_refused(tarjama, home, pack):
    refused = tarjama("models", "install", pack(), "--sha256", "0" * 64)
    assert refused.code == 2
    assert "not the package that was expected" in refused.err
    assert not home.models.exists()


def test_the_newest_drafts_unless_another_is_named(tarjama, home, pack, project):
    for version in ("1.0", "2.0"):
        tarjama("models", "install", pack(version=version))
    assert "(translation by translate-ar_en-tiny 2.0)" in tarjama("draft", project).out
    older = tarjama("draft", project, "--redo", "--model", f"{NAME}@1.0").out
    assert "(translation by translate-ar_en-tiny 1.0)" in older
    home.settings.write_text(f'models = "{NAME}@1.0"\n')
    assert "tiny 1.0)" in tarjama("draft", project, "--redo").out
    refused = tarjama("draft", project, "--redo", "--model", f"{NAME}@9.9")
    assert (refused.code, refused.err.count("\n")) == (2, 2)
    several = tarjama("models", "remove", NAME)
    assert several.code == 2
    assert f"{NAME}@1.0+" in several.err
    assert f"{NAME}@2.0+" in several.err
    assert len(installed(home.models)) == 3


def test_doctor_tells_of_a_wanted_model_that_is_not_there(tarjama, home):
    home.root.mkdir()
    home.settings.write_text('models = "translate-ar_en-gloss translate-ar_en-tiny@1.0"')
    done = tarjama("doctor", "--json")
    assert done.code == 1
    assert done.json["problems"] == ["The setting “models” names “translate-ar_en-tiny@1.0”, which is not installed."]


def test_a_draft_through_english_says_so(tarjama, home, pack, french_folder, project):
    assert "tarjama models install ar fr" in tarjama("draft", "fr.tarjama").err
    tarjama("models", "install", pack())
    tarjama("models", "install", pack(top="translate-en_fr-tiny", folder=french_folder))
    done = tarjama("draft", "fr.tarjama")
    assert done.out == (
        "Drafted 1 segments (pivot by translate-ar_en-tiny + translate-en_fr-tiny through en 1.0 + 1.0).\n"
    )
    (segment,) = tarjama("segments", "fr.tarjama", "--json").json
    assert segment["draft"] == "dit porte-parole dans ville ."
    assert segment["origin"] == "machine translation through a third language"
    tarjama("export", "fr.tarjama", "--format", "jsonl", "-o", "out.jsonl")
    assert "through a third language" in (home.root.parent / "out.jsonl").read_text(encoding="utf-8")


def test_a_direct_model_replaces_drafts_through_english(tarjama, pack, french_folder, project):
    tarjama("models", "install", pack())
    tarjama("models", "install", pack(top="translate-en_fr-tiny", folder=french_folder))
    tarjama("draft", "fr.tarjama")
    assert tarjama("draft", "fr.tarjama").out.startswith("Drafted 0 segments")
    direct = {"translate-ar_fr-x/metadata.json": json.dumps(metadata("ar", "fr")).encode()}
    tarjama("models", "install", pack(direct, top="translate-ar_fr-x"))
    assert tarjama("draft", "fr.tarjama").out == "Drafted 1 segments (translation by translate-ar_fr-x 1.0).\n"


def test_broken_folders_are_told_by_verify(tarjama, home):
    (home.models / "bro\x1bken").mkdir(parents=True)
    done = tarjama("models", "verify")
    assert done.code == 1
    assert "is not a sound package" in done.err
    assert "\x1b" not in done.err


class Terminal(io.StringIO):
    def isatty(self):
        return True


def test_a_terminal_sees_how_much_has_come(monkeypatch):
    terminal = Terminal()
    monkeypatch.setattr("sys.stderr", terminal)
    with _progress_bar() as advance:
        advance(0, 90_000_000)
        advance(45_000_000, 90_000_000)
        advance(90_000_000, 90_000_000)
    assert "90.0 of 90.0 MB" in terminal.getvalue()
    assert "100%" in terminal.getvalue()


def test_an_index_goes_with_two_languages_only(tarjama, pack):
    assert tarjama("models", "install", pack(), "--index", "https://example.org/").code == 2
    assert "no codes of two languages" in tarjama("models", "install", "../ar", "en").err
