"""The commands that take terms in and out of files."""

import os
import signal
import subprocess
import sys
import time

import pytest

from glossary.store import GlossaryStore


def test_a_preview_shows_columns_and_terms_and_changes_nothing(tarjama, tmp_path):
    (tmp_path / "t.csv").write_text("Term,Arabic,Mark\ntruce,هدنة,x\n", encoding="utf-8")
    out = tarjama("glossary", "import", "--glossary", "g.db", "t.csv", "--column", "target=Term", "--preview").out
    assert "source <- Arabic" in out
    assert "row 2: هدنة = truce (column:Mark: x)" in out
    assert not (tmp_path / "g.db").exists()


def test_a_dry_run_changes_nothing(tarjama, tmp_path):
    (tmp_path / "t.csv").write_text("source,target\nهدنة,truce\nهدنة,truce\n", encoding="utf-8")
    out = tarjama("glossary", "import", "--glossary", "g.db", "t.csv", "--dry-run").out
    assert "t.csv: 1 added, 1 already there (dry run: nothing was changed)" in out
    assert "row 3: هدنة = truce" in out
    assert not (tmp_path / "g.db").exists()


def test_many_duplicates_are_counted(tarjama, tmp_path):
    (tmp_path / "t.csv").write_text("source,target\n" + "هدنة,truce\n" * 30, encoding="utf-8")
    assert "  and 9 more" in tarjama("glossary", "import", "--glossary", "g.db", "t.csv").out


def test_a_glossary_goes_out_and_in_by_every_format(tarjama, tmp_path):
    (tmp_path / "t.csv").write_text(
        "source,target,domain,tags\nهدنة,truce,war,A\nمحكمة,court,law,B\n", encoding="utf-8"
    )
    tarjama("glossary", "import", "--glossary", "g.db", "t.csv")
    for suffix in ("csv", "tsv", "xlsx", "tbx", "utx", "tmx"):
        assert "Wrote 2 terms" in tarjama("glossary", "export", "--glossary", "g.db", "-o", f"out.{suffix}").out
        assert "2 added" in tarjama("glossary", "import", "--glossary", f"{suffix}.db", f"out.{suffix}").out
    out = tarjama(
        "glossary",
        "export",
        "--glossary",
        "g.db",
        "-o",
        "o.tbx",
        "--tbx-dialect",
        "min",
        "--tbx-style",
        "dct",
        "--tag",
        "A",
    ).out
    assert "Wrote 1 terms" in out
    assert 'style="dct"' in (tmp_path / "o.tbx").read_text(encoding="utf-8")
    assert (
        "Wrote 0 terms"
        in tarjama("glossary", "export", "--glossary", "g.db", "-o", "o.tbx", "--status", "forbidden,proposed").out
    )


def test_a_bad_file_makes_no_glossary(tarjama, tmp_path):
    (tmp_path / "t.csv").write_text("source,target\nهدنة,truce\nقال,\n", encoding="utf-8")
    result = tarjama("glossary", "import", "--glossary", "g.db", "t.csv")
    assert (result.code, "Row 3" in result.err) == (2, True)
    assert not (tmp_path / "g.db").exists()


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no SIGINT for a child")
def test_an_interrupted_import_leaves_the_glossary_as_it_was(tarjama, tmp_path):
    (tmp_path / "first.csv").write_text("source,target\nهدنة,truce\n", encoding="utf-8")
    tarjama("glossary", "import", "--glossary", "g.db", "first.csv")
    rows = "".join(f"مصطلح{number},term {number}\n" for number in range(200_000))
    (tmp_path / "large.csv").write_text("source,target\n" + rows, encoding="utf-8")
    process = subprocess.Popen(
        [sys.executable, "-m", "workbench", "glossary", "import", "--glossary", "g.db", "large.csv"],
        env=os.environ,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    wal = tmp_path / "g.db-wal"
    while process.poll() is None and not (wal.exists() and wal.stat().st_size > 0):
        time.sleep(0.01)  # until its transaction has spilled to disk, so the interrupt comes in the middle
    process.send_signal(signal.SIGINT)
    process.communicate(timeout=60)
    assert process.returncode != 0
    with GlossaryStore.open(tmp_path / "g.db") as store:
        assert [entry.target for entry in store.entries()] == ["truce"]
        assert store.problems() == []
