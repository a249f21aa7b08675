import json
import stat
import zipfile

import pytest

from corpus.model import DraftKind
from workbench.engines.argos.engine import ArgosEngine
from workbench.engines.argos.packages import (
    broken,
    bundled,
    choose,
    install_file,
    installed,
    remove,
    verify,
)
from workbench.errors import PackageError

NAME = "translate-ar_en-tiny"


@pytest.fixture
def models(tmp_path):
    return tmp_path / "models"


def test_an_installed_package_is_listed_chosen_and_sound(pack, models):
    package = install_file(pack(), models)
    assert [path.name for path in models.iterdir()] == [NAME]
    assert installed(models)[0] == package
    assert choose(models, "ar", "en") == package
    assert verify(package) == []
    assert next(iter(ArgosEngine(package, threads=1).draft(["من"]))).text == "from"


def test_splitters_inside_a_package_are_never_kept(pack, models):
    archive = pack({f"{NAME}/stanza/ar/tokenize/padt.pt": b"\x80\x04.", f"{NAME}/README.md": b"# hello"})
    package = install_file(archive, models)
    assert not (package.path / "stanza").exists()
    assert (package.path / "README.md").exists()


def test_installing_again_replaces(pack, models):
    install_file(pack(), models)
    newer = json.loads((models / NAME / "metadata.json").read_text()) | {"package_version": "2.0"}
    package = install_file(pack({f"{NAME}/metadata.json": json.dumps(newer).encode()}), models)
    assert package.version == "2.0"
    assert [path.name for path in models.iterdir()] == [NAME]


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
    assert len(broken(models)) == 3
    remove("bad-json", models)
    assert len(broken(models)) == 2


def test_the_bundled_gloss_is_sound_and_stays(models):
    (gloss,) = bundled()
    assert (gloss.kind, gloss.bundled) == (DraftKind.GLOSS, True)
    assert verify(gloss) == []
    with pytest.raises(PackageError, match="comes with Tarjama"):
        remove(gloss.name, models)


HOSTILE = {
    "a file above": {"../evil.txt": b"x"},
    "a file above, inside": {f"{NAME}/../../evil.txt": b"x"},
    "an absolute path": {"/tmp/evil.txt": b"x"},  # noqa: S108
    "another package's folder": {"translate-ar_en-other/metadata.json": b"{}"},
    "a stray folder": {"__MACOSX/x": b"1"},
    "a program": {f"{NAME}/model/run.py": b"print()"},
    "a bomb": {f"{NAME}/model/vmap.txt": b"\0" * (64 << 20)},
    "no metadata": {f"{NAME}/metadata.json": None},
    "bad metadata": {f"{NAME}/metadata.json": b"{bad"},
    "metadata of another kind": {f"{NAME}/metadata.json": b"[1]"},
    "languages that are paths": {
        f"{NAME}/metadata.json": b'{"package_version":"1","from_code":"../../x","to_code":"en"}'
    },
    "no model": {f"{NAME}/model/model.bin": None},
    "an empty model": {f"{NAME}/model/model.bin": b""},
    "a garbage model": {f"{NAME}/model/model.bin": b"garbage" * 1000},
    "no tokenizer": {f"{NAME}/sentencepiece.model": None},
    "a garbage tokenizer": {f"{NAME}/sentencepiece.model": b"garbage" * 10},
    "no vocabulary": {f"{NAME}/model/source_vocabulary.json": None},
    "a short vocabulary": {f"{NAME}/model/source_vocabulary.json": b'["<unk>", "<s>", "</s>"]'},
}


@pytest.mark.parametrize("changes", HOSTILE.values(), ids=HOSTILE.keys())
def test_a_hostile_package_changes_nothing(pack, models, tmp_path, changes):
    archive = pack(changes)
    before = sorted(tmp_path.rglob("*"))
    with pytest.raises(PackageError) as caught:
        install_file(archive, models)
    assert caught.value.hint
    assert [path for path in sorted(tmp_path.rglob("*")) if path not in before and path != models] == []


def test_a_link_is_refused(pack, models):
    archive = pack()
    with zipfile.ZipFile(archive, "a") as file:
        link = zipfile.ZipInfo(f"{NAME}/LICENSE")
        link.create_system = 3
        link.external_attr = (stat.S_IFLNK | 0o777) << 16
        file.writestr(link, "/etc/passwd")
    with pytest.raises(PackageError, match="link"):
        install_file(archive, models)


def test_a_truncated_archive_is_refused(pack, models, tmp_path):
    archive = pack()
    archive.write_bytes(archive.read_bytes()[:-1000])
    with pytest.raises(PackageError, match="damaged"):
        install_file(archive, models)


def test_a_truncated_model_is_refused(pack, models, tiny_folder):
    data = (tiny_folder / "model" / "model.bin").read_bytes()
    with pytest.raises(PackageError):
        install_file(pack({f"{NAME}/model/model.bin": data[: len(data) // 2]}), models)
