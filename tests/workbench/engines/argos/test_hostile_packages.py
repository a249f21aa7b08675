"""Packages made to do harm: each is refused with its reason, and leaves nothing behind."""

import json
import os
import signal
import stat
import struct
import subprocess
import sys
import zipfile
from contextlib import suppress
from pathlib import Path

import pytest

from tests.workbench.engines.argos.conftest import metadata
from workbench.engines.argos import packages, unpacking
from workbench.engines.argos.engine import ArgosEngine
from workbench.engines.argos.packages import install_file, installed, verify
from workbench.errors import PackageError

ROOT = Path(__file__).parents[4]
NAME = "translate-ar_en-tiny"


@pytest.fixture
def models(tmp_path):
    return tmp_path / "models"


def saying(**changes):
    return {f"{NAME}/metadata.json": json.dumps(metadata() | changes).encode()}


def other_rows(data, name, change):
    """Return a model file whose variable ``name`` has what ``change`` makes of its first dimension."""
    place = data.index(name) + len(name) + 1
    (rows,) = struct.unpack_from("<I", data, place + 1)
    return data[: place + 1] + struct.pack("<I", change(rows)) + data[place + 5 :]


HOSTILE = {
    "a file above": ({"../evil.txt": b"x"}, "outside its folder"),
    "a file above, inside": ({f"{NAME}/../../evil.txt": b"x"}, "outside its folder"),
    "an absolute path": ({"/tmp/evil.txt": b"x"}, "outside its folder"),  # noqa: S108
    "a drive": ({"C:/evil.txt": b"x"}, "outside its folder"),
    "a stream of Windows": ({f"{NAME}/README.md:evil": b"x"}, "outside its folder"),
    "backslashes": ({f"{NAME}\\..\\..\\evil.txt": b"x"}, "outside its folder"),
    "a hidden name": ({f"{NAME}/./README.md": b"x"}, "hides what it is"),
    "another package's folder": ({"translate-ar_en-other/metadata.json": b"{}"}, "exactly one folder"),
    "a folder that looks the same": ({"translate-аr_en-tiny/README.md": b"x"}, "exactly one folder"),
    "a stray folder": ({"__MACOSX/x": b"1"}, "exactly one folder"),
    "names that differ by case": ({f"{NAME}/readme.MD": b"1", f"{NAME}/README.md": b"2"}, "a name twice"),
    "folders that differ by case": ({f"{NAME.upper()}/README.md": b"1"}, "exactly one folder"),
    "a name that looks the same": ({f"{NAME}/metаdata.json": b"{}"}, "which no package needs"),
    "a program": ({f"{NAME}/model/run.py": b"print()"}, "which no package needs"),
    "a package in it": ({f"{NAME}/model/model/model.bin": b"x"}, "which no package needs"),
    "a device of Windows": ({f"{NAME}/aux.txt": b"x"}, "which no package needs"),
    "a bomb": ({f"{NAME}/model/vmap.txt": b"\0" * (4 << 20)}, "far more than"),
    "a bomb among splitters": ({f"{NAME}/stanza/x.pt": b"\0" * (4 << 20)}, "far more than"),
    "many files": ({f"{NAME}/stanza/{number}": b"" for number in range(600)}, "far more files"),
    "no metadata": ({f"{NAME}/metadata.json": None}, "no metadata.json"),
    "bad metadata": ({f"{NAME}/metadata.json": b"{bad"}, "cannot be understood"),
    "metadata of another kind": ({f"{NAME}/metadata.json": b"[1]"}, "cannot be understood"),
    "deep metadata": ({f"{NAME}/metadata.json": b"[" * 500_000}, "cannot be understood"),
    "metadata that is no text": ({f"{NAME}/metadata.json": b"\xff\xfe"}, "cannot be understood"),
    "large metadata": ({f"{NAME}/metadata.json": os.urandom(50_000).hex().encode() * 20}, "too large"),
    "languages that are paths": (saying(from_code="../../x"), "no two languages"),
    "languages that are the same": (saying(from_code="en"), "no two languages"),
    "a version that is a path": (saying(package_version="1/../../2"), "no version"),
    "a version that is a list": (saying(package_version=[1]), "no version"),
    "control characters": (saying(from_name="Arabic\x1b]0;owned\x07"), "nobody can see"),
    "control characters deep": (saying(links=[{"a": ["\x9b2J"]}]), "nobody can see"),
    "marks of direction": (saying(to_name="\u202eEnglish"), "nobody can see"),
    "a kind that passes for a human's": (saying(tarjama_kind="memory"), "does not translate"),
    "a kind that is a list": (saying(tarjama_kind=["gloss"]), "does not translate"),
    "a splitter": (saying(type="sbd"), "does not translate"),
    "no model": ({f"{NAME}/model/model.bin": None}, "no model/model.bin"),
    "an empty model": ({f"{NAME}/model/model.bin": b""}, "damaged"),
    "a garbage model": ({f"{NAME}/model/model.bin": b"garbage" * 1000}, "damaged"),
    "no tokenizer": ({f"{NAME}/sentencepiece.model": None}, "no tokenizer"),
    "a garbage tokenizer": ({f"{NAME}/sentencepiece.model": b"garbage" * 10}, "does not load"),
    "no vocabulary": ({f"{NAME}/model/source_vocabulary.json": None}, "no vocabulary"),
    "a short vocabulary": ({f"{NAME}/model/source_vocabulary.json": b'["<unk>", "<s>", "</s>"]'}, "has 3 words"),
    "a vocabulary of numbers": ({f"{NAME}/model/source_vocabulary.json": b"[1, 2, 3]"}, "damaged"),
    "a deep vocabulary": ({f"{NAME}/model/source_vocabulary.json": b"[" * 500_000}, "damaged"),
    "a configuration that is none": ({f"{NAME}/model/config.json": b"[" * 500_000}, "does not load"),
}


def refused(archive, models, reason):
    """Assert that ``archive`` is refused for ``reason`` and that nothing is left of it."""
    folder = archive.parent
    before = sorted(folder.rglob("*"))
    with pytest.raises(PackageError, match=reason) as caught:
        install_file(archive, models)
    assert caught.value.hint
    left = [path for path in sorted(folder.rglob("*")) if path not in before and path.name not in {"models", ".lock"}]
    assert left == []
    assert [package for package in installed(models) if not package.bundled] == []


@pytest.mark.parametrize(("changes", "reason"), HOSTILE.values(), ids=HOSTILE.keys())
def test_a_hostile_package_is_refused_with_its_reason(pack, models, changes, reason):
    refused(pack(changes), models, reason)


@pytest.mark.parametrize("top", ["CON", "nul.1", "Lpt9.x", "tiny.", "..", "ti ny", "tiny@1.0", "-tiny", "t" * 101])
def test_a_folder_must_have_a_name_that_every_system_takes(pack, models, top):
    changes = {f"{top}/metadata.json": json.dumps(metadata()).encode()}
    refused(pack(changes, top=top), models, "cannot be the name|outside its folder")


def test_a_package_of_the_same_name_overwrites_no_file_of_another(pack, models):
    first = install_file(pack(), models)
    before = {path: path.read_bytes() for path in first.path.rglob("*") if path.is_file()}
    evil = json.dumps(metadata() | {"links": ["evil"]}).encode()
    second = install_file(pack({f"{NAME}/metadata.json": evil}), models)
    assert first.path != second.path
    assert {path: path.read_bytes() for path in first.path.rglob("*") if path.is_file()} == before
    assert verify(first) == []


@pytest.mark.parametrize(
    ("mode", "reason"), [(stat.S_IFLNK, "link"), (stat.S_IFIFO, "neither file"), (stat.S_IFCHR, "neither file")]
)
def test_a_link_or_a_device_is_refused(pack, models, mode, reason):
    archive = pack()
    with zipfile.ZipFile(archive, "a") as file:
        link = zipfile.ZipInfo(f"{NAME}/LICENSE")
        link.create_system = 3
        link.external_attr = (mode | 0o777) << 16
        file.writestr(link, "/etc/passwd")
    refused(archive, models, reason)


def test_a_file_that_stands_twice_is_refused(pack, models):
    archive = pack()
    with pytest.warns(UserWarning, match="Duplicate"), zipfile.ZipFile(archive, "a") as file:
        file.writestr(f"{NAME}/metadata.json", b"{}")
    refused(archive, models, "a name twice")


def edited(archive, change, *, name=b"metadata.json"):
    """Change the header of the first file called ``name``, where it stands and in the directory."""
    data = bytearray(archive.read_bytes())
    with zipfile.ZipFile(archive) as file:
        local = next(entry.header_offset for entry in file.infolist() if entry.filename.encode().endswith(name))
        central = data.rindex(b"PK\x01\x02", 0, data.rindex(f"{NAME}/".encode() + name))
    change(data, local, central)
    archive.write_bytes(data)
    return archive


def test_an_encrypted_package_is_refused(pack, models):
    def encrypted(data, local, central):
        data[local + 6] |= 1
        data[central + 8] |= 1

    refused(edited(pack(), encrypted), models, "encrypted")


def test_a_package_compressed_otherwise_is_refused(pack, models):
    archive = pack({f"{NAME}/model/vmap.txt": None})
    with zipfile.ZipFile(archive, "a") as file:
        file.writestr(f"{NAME}/model/vmap.txt", b"x" * 1000, zipfile.ZIP_BZIP2)
    refused(archive, models, "compressed in a way")


@pytest.mark.parametrize("declared", [10, 900])
def test_a_file_that_lies_about_its_size_is_refused(pack, models, declared):
    """Its directory says ``declared`` bytes; what is packed is 50 million."""

    def lying(data, local, central):
        struct.pack_into("<I", data, local + 22, declared)
        struct.pack_into("<I", data, central + 24, declared)

    archive = pack({f"{NAME}/model/vmap.txt": b"\0" * 50_000_000})
    refused(edited(archive, lying, name=b"model/vmap.txt"), models, "not as large as it says")


def test_a_file_whose_content_is_damaged_is_refused(pack, models):
    def damaged(data, local, central):
        struct.pack_into("<I", data, central + 16, 12345)
        struct.pack_into("<I", data, local + 14, 12345)

    refused(edited(pack(), damaged, name=b"model/model.bin"), models, "is damaged")


@pytest.mark.slow
def test_seventy_thousand_files_are_refused_before_they_are_read(tmp_path, models, monkeypatch):
    archive = tmp_path / "many.argosmodel"
    with zipfile.ZipFile(archive, "w") as file:
        for number in range(70_000):
            file.writestr(f"{NAME}/{number}", b"")
    monkeypatch.setattr(zipfile.ZipFile, "__init__", lambda *_: pytest.fail("it was read"))
    refused(archive, models, "far more files")


@pytest.mark.parametrize("count", [0xFFFF, 501])
def test_a_directory_that_is_said_to_be_large_is_not_read(pack, models, count):
    archive = pack()
    data = bytearray(archive.read_bytes())
    struct.pack_into("<HH", data, len(data) - 14, count, count)
    archive.write_bytes(data)
    refused(archive, models, "far more files")


def test_a_directory_in_the_larger_records_is_not_read(pack, models, monkeypatch):
    """They tell of as many files as they like, while the small record says few."""
    archive = pack()
    data = archive.read_bytes()
    locator = b"PK\x06\x07" + b"\0" * 16
    archive.write_bytes(data[:-22] + locator + data[-22:])
    monkeypatch.setattr(zipfile.ZipFile, "__init__", lambda *_: pytest.fail("it was read"))
    refused(archive, models, "far more files")


@pytest.mark.parametrize("kept", [0, 3, 21, 100, -1000, -1])
def test_a_truncated_archive_is_refused(pack, models, kept):
    archive = pack()
    archive.write_bytes(archive.read_bytes()[:kept])
    refused(archive, models, "damaged")


def test_bytes_after_the_archive_are_refused(pack, models):
    archive = pack()
    archive.write_bytes(archive.read_bytes() + b"PK\x05\x06" + b"\0" * 30)
    refused(archive, models, "damaged")


@pytest.mark.parametrize("share", [0.01, 0.5, 0.9, 0.999])
def test_a_truncated_model_is_refused(pack, models, tiny_folder, share):
    data = (tiny_folder / "model" / "model.bin").read_bytes()
    refused(pack({f"{NAME}/model/model.bin": data[: int(len(data) * share)]}), models, "damaged")


@pytest.mark.parametrize("rows", ["one more", "one less", "billions", "none"])
@pytest.mark.parametrize(
    "name", ["encoder/embeddings_0/weight", "decoder/embeddings/weight", "decoder/projection/weight"]
)
def test_a_model_whose_shapes_lie_is_refused(pack, models, tiny_folder, rows, name):
    change = {
        "one more": lambda n: n + 1,
        "one less": lambda n: n - 1,
        "billions": lambda _: 2**32 - 1,
        "none": lambda _: 0,
    }
    data = (tiny_folder / "model" / "model.bin").read_bytes()
    data = other_rows(data, name.encode(), change[rows])
    refused(pack({f"{NAME}/model/model.bin": data}), models, "damaged")


@pytest.mark.slow
@pytest.mark.parametrize("place", range(0, 60, 4))
def test_a_model_with_crafted_bytes_at_its_beginning_is_refused_or_loads(pack, models, tiny_folder, place):
    data = bytearray((tiny_folder / "model" / "model.bin").read_bytes())
    data[place : place + 4] = b"\xff\xff\xff\x7f"
    with suppress(PackageError):
        install_file(pack({f"{NAME}/model/model.bin": bytes(data)}), models)
    for package in installed(models):  # all there is can be used
        assert verify(package) == []
        assert list(ArgosEngine(package, threads=1).draft(["من"]))


def test_a_model_that_kills_the_process_that_tries_it_is_refused(pack, models, monkeypatch, tmp_path):
    """The first load is in a process of its own: one that dies there takes nothing with it."""
    killer = tmp_path / "killer"
    killer.mkdir()
    (killer / "ctranslate2.py").write_text("import os\nos.kill(os.getpid(), 11)\n")
    monkeypatch.setenv("PYTHONPATH", str(killer))
    archive = pack()
    with pytest.raises(PackageError, match="does not load"):
        install_file(archive, models)
    assert [path.name for path in models.iterdir()] == [".lock"]


@pytest.mark.parametrize("moment", ["check_vocabularies", "probe", "record_fingerprint"])
def test_an_interruption_at_any_moment_leaves_nothing(pack, models, monkeypatch, moment):
    def interrupt(*_, **__):
        raise KeyboardInterrupt

    monkeypatch.setattr(packages, moment, interrupt)
    archive = pack()
    with pytest.raises(KeyboardInterrupt):
        install_file(archive, models)
    assert [path.name for path in models.iterdir()] == [".lock"]
    monkeypatch.undo()
    assert install_file(archive, models).name == NAME


STALLING = """
import os
with open(os.environ["STARTED"], "w"):
    pass
open(os.environ["NEVER"])
"""


@pytest.mark.skipif(sys.platform == "win32", reason="needs the signals of Unix")
def test_control_c_while_a_model_is_tried_leaves_nothing(pack, home, tmp_path):
    """The process that loads the model says that it has begun, and waits for ever."""
    fake = tmp_path / "fake"
    fake.mkdir()
    (fake / "ctranslate2.py").write_text(STALLING)
    places = {"STARTED": str(tmp_path / "started"), "NEVER": str(tmp_path / "never")}
    for place in places.values():
        os.mkfifo(place)
    archive = pack()
    child = subprocess.Popen(
        [sys.executable, "-m", "workbench", "models", "install", str(archive)],
        cwd=ROOT,
        env=os.environ | places | {"PYTHONPATH": str(fake)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    with Path(places["STARTED"]).open():  # waits until it has begun
        pass
    assert [path.name for path in home.models.iterdir() if path.name.startswith(".installing-")]
    child.send_signal(signal.SIGINT)
    child.communicate(timeout=60)
    assert child.returncode == 130
    assert [path.name for path in home.models.iterdir()] == [".lock"]


def test_a_disk_with_too_little_room_is_told_before(pack, models, monkeypatch):
    archive = pack()
    monkeypatch.setattr(unpacking.shutil, "disk_usage", lambda _: type("Usage", (), {"free": 1000}))
    refused(archive, models, "the disk has 0 MB left")


def test_a_disk_that_fills_up_is_told_and_left_as_it_was(pack, models, monkeypatch):
    models.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", str(models)], check=False, capture_output=True
    )
    if mounted.returncode:
        pytest.skip("whoever runs this may not mount a disk in memory")
    try:
        archive = pack()
        monkeypatch.setattr(unpacking.shutil, "disk_usage", lambda _: type("Usage", (), {"free": 1 << 40}))
        refused(archive, models, "No space left")
    finally:
        subprocess.run(["umount", "--lazy", str(models)], check=True, capture_output=True)


@pytest.mark.skipif(sys.platform == "win32" or os.geteuid() == 0, reason="whoever runs this may write anywhere")
def test_a_folder_that_may_not_be_written_is_told(pack, models):
    models.mkdir(mode=0o500)
    refused(pack(), models, "cannot be installed")


def test_the_folder_of_models_may_not_be_a_file(pack, tmp_path):
    (tmp_path / "models").write_text("")
    with pytest.raises(PackageError, match="cannot be installed"):
        install_file(pack(), Path(tmp_path / "models"))
