import hashlib
import shutil

import pytest

from corpus.model import DraftKind
from workbench.engines.argos import unpacking
from workbench.engines.argos.choosing import choose
from workbench.engines.argos.engine import ArgosEngine
from workbench.engines.argos.packages import (
    broken,
    bundled,
    fingerprint,
    install_file,
    installed,
    recorded,
    remove,
    verify,
)
from workbench.errors import PackageError

NAME = "translate-ar_en-tiny"


@pytest.fixture
def models(tmp_path):
    return tmp_path / "models"


def folders(models):
    """Return what stands among the models, the lock of installations left out."""
    return sorted(path.name for path in models.iterdir() if path.name != ".lock") if models.exists() else []


def test_an_installed_package_is_listed_chosen_and_sound(pack, models):
    archive = pack()
    package = install_file(archive, models)
    assert folders(models) == [f"{NAME}@1.0+{fingerprint(package.path)[:8]}"]
    assert (package.name, package.version, package.full_name) == (NAME, "1.0", folders(models)[0])
    assert installed(models)[0] == package
    assert choose(models, "ar", "en") == package
    assert verify(package) == []
    assert recorded(package.path)["archive_sha256"] == hashlib.sha256(archive.read_bytes()).hexdigest()
    assert next(iter(ArgosEngine(package, threads=1).draft(["من"]))).text == "from"


def test_splitters_inside_a_package_are_never_unpacked(pack, models, monkeypatch):
    archive = pack({f"{NAME}/stanza/ar/tokenize/padt.pt": b"\x80\x04.", f"{NAME}/minisbd/ar.onnx": b"x"})
    written = []
    write = unpacking._write
    monkeypatch.setattr(unpacking, "_write", lambda *given: written.append(given[2].name) or write(*given))
    package = install_file(archive, models)
    assert not {"padt.pt", "ar.onnx"} & {*written, *(path.name for path in package.path.rglob("*"))}
    assert "model.bin" in written


def test_a_file_for_onnx_elsewhere_is_refused(pack, models):
    with pytest.raises(PackageError, match="which no package needs"):
        install_file(pack({f"{NAME}/model/ar.onnx": b"x"}), models)


def test_versions_stand_side_by_side_and_the_newest_drafts(pack, models):
    for version in ("1.10", "1.9", "1.0"):
        install_file(pack(version=version), models)
    assert [package.version for package in installed(models)[:-1]] == ["1.0", "1.10", "1.9"]
    assert choose(models, "ar", "en").version == "1.10"
    assert choose(models, "ar", "en", [f"{NAME}@1.9"]).version == "1.9"
    assert choose(models, "ar", "en", ["other", f"{NAME}@1.0"]).version == "1.0"
    assert choose(models, "ar", "en", [NAME]).version == "1.10"
    assert choose(models, "ar", "en", ["translate-ar_en-gloss"]).kind is DraftKind.GLOSS


def test_another_package_of_the_same_name_and_version_replaces_none(pack, models):
    first = install_file(pack(), models)
    second = install_file(pack({f"{NAME}/README.md": b"other"}), models)
    assert first.path != second.path
    assert verify(first) == verify(second) == []
    assert choose(models, "ar", "en") == second, "the one installed last"


def test_installing_the_same_again_changes_nothing(pack, models):
    package = install_file(pack(), models)
    before = recorded(package.path)
    assert install_file(pack(), models) == package
    assert recorded(package.path) == before


def test_installing_again_mends_a_damaged_one(pack, models):
    package = install_file(pack(), models)
    (package.path / "sentencepiece.model").write_bytes(b"other")
    assert install_file(pack(), models) == package
    assert verify(package) == []
    assert folders(models) == [package.full_name]


def test_the_digest_that_is_asked_for_is_kept_to(pack, models):
    archive = pack()
    with pytest.raises(PackageError, match="SHA-256"):
        install_file(archive, models, sha256="0" * 64)
    assert folders(models) == []
    assert install_file(archive, models, sha256=hashlib.sha256(archive.read_bytes()).hexdigest().upper())


def test_removing_asks_which_of_several(pack, models):
    first, second = (install_file(pack(version=version), models) for version in ("1.0", "2.0"))
    with pytest.raises(PackageError, match="Several models") as caught:
        remove(NAME, models)
    assert first.full_name in caught.value.message
    assert second.full_name in caught.value.message
    assert remove(f"{NAME}@1.0", models) == first.full_name
    assert remove(NAME, models) == second.full_name
    assert folders(models) == []


def test_removing_a_link_leaves_what_it_leads_to(tiny_folder, models):
    models.mkdir()
    (models / "mine").symlink_to(tiny_folder)
    remove("mine", models)
    assert folders(models) == []
    assert (tiny_folder / "metadata.json").exists()


def test_only_one_installs_at_a_time(pack, models):
    models.mkdir()
    with unpacking.staging(models), pytest.raises(PackageError, match="Another package is being installed"):
        install_file(pack(), models)


def test_what_a_killed_installation_left_is_cleared(pack, models):
    (models / ".installing-left" / "x").mkdir(parents=True)
    package = install_file(pack(), models)
    assert folders(models) == [package.full_name]


def test_a_folder_of_an_older_tarjama_is_still_a_package(tiny_folder, models):
    shutil.copytree(tiny_folder, models / NAME)
    assert choose(models, "ar", "en").full_name == NAME
    remove(NAME, models)


def test_a_full_package_goes_before_the_gloss(pack, models):
    assert choose(models, "ar", "en").kind is DraftKind.GLOSS
    install_file(pack(), models)
    assert choose(models, "ar", "en").kind is DraftKind.TRANSLATION
    remove(NAME, models)
    assert choose(models, "ar", "en").kind is DraftKind.GLOSS
    assert choose(models, "fr", "en") is None


def test_changed_files_are_noticed(pack, models):
    package = install_file(pack(), models)
    (package.path / "sentencepiece.model").write_bytes(b"other")
    assert "not those that were installed" in verify(package)[0]


def test_a_broken_folder_hides_no_other(pack, models):
    install_file(pack(), models)
    for name, content in (("__MACOSX", None), ("bad-json", "{bad"), ("minimal", '{"package_version": "2"}')):
        (models / name).mkdir()
        if content is not None:
            (models / name / "metadata.json").write_text(content)
    assert installed(models)[0].name == NAME
    (models / "deep").mkdir()
    (models / "deep" / "metadata.json").write_text("[" * 100_000)
    remove("deep", models)
    assert len(broken(models)) == 3
    remove("bad-json", models)
    assert len(broken(models)) == 2


def test_the_bundled_gloss_is_sound_and_stays(models):
    (gloss,) = bundled()
    assert (gloss.kind, gloss.bundled) == (DraftKind.GLOSS, True)
    assert verify(gloss) == []
    with pytest.raises(PackageError, match="comes with Tarjama"):
        remove(gloss.name, models)
