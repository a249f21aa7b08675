"""Several programs write one project at the same time: each change is there, and nobody sees a lock."""

import json
import subprocess
import sys
from pathlib import Path

from workbench.session import Session

ROOT = Path(__file__).parents[2]

WRITER = """
import json, sys
from pathlib import Path
from workbench.paths import Home
from workbench.session import Session
path, home, number, count = Path(sys.argv[1]), Home(Path(sys.argv[2])), int(sys.argv[3]), int(sys.argv[4])
with Session.open(path, home=home, actor=f"writer {number}") as session:
    own = session.segments()[number::4]
    for turn in range(count):
        segment = session.segment(own[turn % len(own)].uid)
        written = session.save_target(segment.uid, f"{number} {turn}", segment.version)
        print(json.dumps([written.uid, written.target]))
    session.import_file(path.with_name(f"own-{number}.txt"))
"""


def test_four_write_at_once(tmp_path, home):
    path = tmp_path / "p.tarjama"
    (tmp_path / "news.txt").write_text("\n".join(f"فقرة رقم {n}." for n in range(40)), encoding="utf-8")
    for number in range(4):
        (tmp_path / f"own-{number}.txt").write_text(f"خبر رقم {number}.", encoding="utf-8")
    with Session.create(path, home=home) as session:
        session.import_file(tmp_path / "news.txt")
    running = [
        subprocess.Popen(
            [sys.executable, "-c", WRITER, str(path), str(home.root), str(number), "60"],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            cwd=ROOT,
        )
        for number in range(4)
    ]
    outcomes = [process.communicate() for process in running]
    assert [error.decode() for _, error in outcomes] == [""] * 4
    said = dict(json.loads(line) for out, _ in outcomes for line in out.splitlines())
    with Session.open(path, home=home) as session:
        assert session.problems() == []
        assert {one.uid: one.target for one in session.segments() if one.target} == said
        names = sorted(one.document.name for one in session.overview().documents)
        assert names == ["news.txt", *(f"own-{number}.txt" for number in range(4))]
