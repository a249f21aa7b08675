"""Disks that are full or read-only: a clear message, and nothing that was acknowledged is lost."""

import resource
import signal
import subprocess
import sys
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from corpus.backup import back_up
from corpus.errors import TarjamaError
from corpus.model import ImportedDocument, ImportedSegment, State
from corpus.store import CorpusStore
from glossary.model import NewTerm
from glossary.store import GlossaryStore

ROOT = Path(__file__).parents[2]
PARAGRAPHS = tuple(ImportedSegment(f"فقرة رقم {number}") for number in range(20))
NEWS = ImportedDocument("news.txt", "text", "utf-8", "0" * 64, PARAGRAPHS)


@contextmanager
def mounted(folder, *options):
    """Mount a small disk in memory at ``folder``; skip where this may not be done."""
    folder.mkdir(exist_ok=True)
    made = subprocess.run(["mount", "-t", "tmpfs", *options, "tmpfs", str(folder)], check=False, capture_output=True)
    if made.returncode:
        pytest.skip("whoever runs this may not mount a disk in memory")
    try:
        yield
    finally:
        subprocess.run(["umount", "--lazy", str(folder)], check=True, capture_output=True)


def made_project(path):
    store = CorpusStore.create(path, {"source_language": "ar"})
    store.add_document(NEWS, "anna")
    return store


def write_until_refused(store, text="word " * 200):
    """Write until the disk refuses; return the error and what was acknowledged."""
    acknowledged = {}
    for number in range(10_000):
        segment = store.segments()[number % len(PARAGRAPHS)]
        try:
            store.set_target(segment.uid, f"{number} {text}", State.EDITED, "anna", segment.version)
        except TarjamaError as error:
            return error, acknowledged
        acknowledged[segment.uid] = f"{number} {text}"
    pytest.fail("nothing was refused")


def stands(store, acknowledged):
    assert store.problems() == []
    found = {segment.uid: segment.target for segment in store.segments() if segment.target}
    assert found == acknowledged


def test_a_file_that_may_not_grow_keeps_what_it_has(tmp_path):
    with closing(made_project(tmp_path / "p.tarjama")) as store:
        store._db.execute("PRAGMA max_page_count = 40")
        error, acknowledged = write_until_refused(store)
        assert "no room left on the disk" in error.message
        assert "Make room" in error.hint
        assert acknowledged
        stands(store, acknowledged)
        store._db.execute("PRAGMA max_page_count = 100000")  # somebody has made room
        segment = store.segments()[0]
        store.set_target(segment.uid, "again", State.EDITED, "anna", segment.version)
        stands(store, {**acknowledged, segment.uid: "again"})


def test_an_import_that_does_not_fit_leaves_no_part_of_it(tmp_path):
    with closing(made_project(tmp_path / "p.tarjama")) as store:
        before = list(store.journal())
        store._db.execute("PRAGMA max_page_count = 60")
        large = ImportedDocument("large.txt", "text", "utf-8", "1" * 64, PARAGRAPHS * 200)
        with pytest.raises(TarjamaError, match="no room left"):
            store.add_document(large, "anna")
        assert [document.name for document in store.documents()] == ["news.txt"]
        assert list(store.journal()) == before
        assert store.problems() == []


LIMITED = """
import resource, sys
from pathlib import Path
from corpus.errors import TarjamaError
from corpus.model import State
from corpus.store import CorpusStore
store = CorpusStore.open(Path(sys.argv[1]))
resource.setrlimit(resource.RLIMIT_FSIZE, (300_000, resource.RLIM_INFINITY))
for number in range(10_000):
    segment = store.segments()[number % 20]
    try:
        store.set_target(segment.uid, f"{number} " + "word " * 200, State.EDITED, "anna", segment.version)
    except TarjamaError as error:
        print("refused", error.message)
        break
    print(segment.uid, number, flush=True)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="needs limits of Unix")
def test_files_that_may_not_grow_by_the_system_itself(tmp_path):
    made_project(tmp_path / "p.tarjama").close()
    done = subprocess.run(
        [sys.executable, "-c", LIMITED, str(tmp_path / "p.tarjama")],
        check=True,
        capture_output=True,
        cwd=ROOT,
        preexec_fn=lambda: signal.signal(signal.SIGXFSZ, signal.SIG_IGN),
    )
    *lines, last = done.stdout.decode().splitlines()
    assert last.startswith("refused")
    acknowledged = {uid: f"{number} " + "word " * 200 for uid, number in map(str.split, lines)}
    assert acknowledged
    with closing(CorpusStore.open(tmp_path / "p.tarjama")) as store:
        stands(store, acknowledged)
    assert resource.getrlimit(resource.RLIMIT_FSIZE)[1] == resource.RLIM_INFINITY


def test_a_disk_that_is_full(tmp_path):
    disk = tmp_path / "disk"
    with mounted(disk, "-o", "size=2m"):
        ballast = disk / "ballast"
        ballast.write_bytes(b"x" * 300_000)
        with closing(made_project(disk / "p.tarjama")) as store:
            error, acknowledged = write_until_refused(store)
            assert "no room left on the disk" in error.message or "disk refuses" in error.message
            assert len(acknowledged) > 5
            stands(store, acknowledged)
            with pytest.raises(TarjamaError, match="backup"):
                back_up(disk / "p.tarjama", disk / "backups")
            assert not list((disk / "backups").glob("*"))
        with closing(CorpusStore.open(disk / "p.tarjama")) as store:
            stands(store, acknowledged)
        filler = disk / "filler"
        with filler.open("wb", buffering=0) as file, pytest.raises(OSError, match="No space left"):
            while True:
                file.write(b"x" * 4096)
        with pytest.raises(TarjamaError) as told:
            GlossaryStore.open_or_create(disk / "g.db")
        assert "disk is not full" in told.value.hint
        filler.unlink()
        ballast.unlink()
        with closing(CorpusStore.open(disk / "p.tarjama")) as store:
            stands(store, acknowledged)
            segment = store.segments()[0]
            store.set_target(segment.uid, "there is room again", State.EDITED, "anna", segment.version)


def test_a_disk_that_is_read_only(tmp_path):
    disk = tmp_path / "disk"
    with mounted(disk, "-o", "size=4m"):
        with closing(made_project(disk / "p.tarjama")) as store:
            segment = store.segments()[0]
            store.set_target(segment.uid, "safe", State.EDITED, "anna", segment.version)
            subprocess.run(["mount", "-o", "remount,ro", str(disk)], check=False, capture_output=True)
            # an open file keeps a disk from becoming read-only: it is tried again below
        with GlossaryStore.open_or_create(disk / "g.db") as glossary:
            glossary.add(NewTerm("هدنة", "truce"), "anna")
        subprocess.run(["mount", "-o", "remount,ro", str(disk)], check=True, capture_output=True)
        for opening in (CorpusStore.open, GlossaryStore.open_or_create):
            with pytest.raises(TarjamaError) as told:
                opening(disk / ("p.tarjama" if opening == CorpusStore.open else "g.db"))
            assert "may be written" in told.value.hint or "may write" in told.value.hint
        back_up(disk / "p.tarjama", tmp_path / "backups")  # reading is enough
        subprocess.run(["mount", "-o", "remount,rw", str(disk)], check=True, capture_output=True)
        with closing(CorpusStore.open(disk / "p.tarjama")) as store:
            assert store.segments()[0].target == "safe"
            assert store.problems() == []


def test_a_file_that_may_not_be_written(tmp_path):
    path = tmp_path / "p.tarjama"
    made_project(path).close()
    before = path.read_bytes()
    if subprocess.run(["chattr", "+i", str(path)], check=False, capture_output=True).returncode:
        pytest.skip("whoever runs this may not make a file unchangeable")
    try:
        with closing(CorpusStore.open(path)) as store:
            segment = store.segments()[0]
            with pytest.raises(TarjamaError, match="may not be written"):
                store.set_target(segment.uid, "x", State.EDITED, "anna", segment.version)
    finally:
        subprocess.run(["chattr", "-i", str(path)], check=True)
    assert path.read_bytes() == before
