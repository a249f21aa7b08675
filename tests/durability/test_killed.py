"""Writers are killed at random moments: what they have acknowledged is there, and the file is sound.

SIGKILL is what a crash of the program or of the system's memory looks like. A power cut cannot be played here; for that
there is ``synchronous=FULL``, which test_database.py looks at.
"""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import time
from contextlib import closing, contextmanager
from itertools import islice
from pathlib import Path

import pytest

from corpus.memory.features import source_features
from corpus.memory.store import MemoryStore
from corpus.store import CorpusStore
from glossary.store import GlossaryStore
from workbench.paths import Home
from workbench.session import Session

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork and SIGKILL")

ROOT = Path(__file__).parents[2]
WRITER = Path(__file__).with_name("writer.py")


@contextmanager
def nursery(kind, folder):
    """Start the process whose children are killed."""
    with subprocess.Popen(
        [sys.executable, str(WRITER), kind, str(folder)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    ) as process:
        yield process
        process.stdin.close()
        assert process.wait() == 0


_END = json.dumps({"end": -signal.SIGKILL}).encode() + b"\n"


def killed(process, chance):
    """Let a child write, kill it at a random moment and return what it has said."""
    process.stdin.write(f"{chance.randrange(2**32)}\n".encode())
    process.stdin.flush()
    lines = map(json.loads, process.stdout)
    child = next(lines)["child"]
    said = list(islice(lines, chance.randint(1, 60)))
    time.sleep(chance.random() * 0.01)  # so that also the middle of a long step is met
    os.kill(child, signal.SIGKILL)
    rest = [line for line in iter(process.stdout.readline, _END) if line.strip()]
    return said + list(_whole(rest))


def _whole(lines):
    """Yield what was said; the last line may be cut, when a child is killed while it writes more than a pipe takes."""
    for number, line in enumerate(lines, 1):
        try:
            yield json.loads(line)
        except json.JSONDecodeError:
            assert number == len(lines)


class Acknowledged:
    """How things stood, as the writers have told."""

    def __init__(self):
        self.stand = {}
        self.documents = {}
        self.terms = set()
        self.steps = 0

    def hear(self, said):
        """Take what a killed writer has said; return the uids that its last, unfinished step may have touched."""
        touched = []
        for line in said:
            self.steps += "begins" in line
            touched = line.get("touches", touched)
            self.stand.update(line.get("stand", {}))
            if "gone" in line:
                self.stand.pop(line["gone"], None)
            if "document" in line:
                self.documents[line["document"]] = line["sources"]
            if "term" in line:
                self.terms.add(line["term"])
        return set(touched)


def check_project(folder, acknowledged, touched, *, thoroughly):
    """Compare with the file after reopening, then take that for what is known."""
    with Session.open(folder / "p.tarjama", home=Home(folder / "home")) as session:
        store: CorpusStore = session._store
        assert store.problems() == []
        assert not thoroughly or list(store.unexplained()) == []
        actual = {one.uid: [one.source, one.target, one.state, one.version] for one in store.segments()}
        sources = {}
        for segment in store.segments():
            sources.setdefault(segment.document_uid, []).append(segment.source)
        for uid, stood in acknowledged.stand.items():
            if uid not in touched:
                assert actual[uid] == stood
            elif uid in actual and actual[uid] != stood:
                assert actual[uid][3] > stood[3]  # the step was done, and nobody had the time to say so
        for document in store.documents():
            known = acknowledged.documents.get(document.uid)
            whole = (folder / document.name).read_text(encoding="utf-8").split("\n")
            assert sources[document.uid] in (known, whole)
        assert acknowledged.documents.keys() <= sources.keys()
        assert sum(tally.segments for tally in store.tallies()) == len(actual)
    acknowledged.stand, acknowledged.documents = actual, sources
    if acknowledged.terms:
        with GlossaryStore.open(folder / "home" / "glossary.db") as glossary:
            assert acknowledged.terms <= {entry.uid for entry in glossary.entries()}
            assert glossary.problems() == []
            assert not thoroughly or glossary.unexplained() == []


def check_glossary(folder, acknowledged, touched, *, thoroughly):
    with GlossaryStore.open(folder / "g.db") as store:
        assert store.problems() == []
        assert not thoroughly or store.unexplained() == []
        actual = {entry.uid: entry.note for entry in store.entries()}
    for uid, note in acknowledged.stand.items():
        if uid not in touched:
            assert actual[uid] == note
    acknowledged.stand = actual


def check_memory(folder, acknowledged, touched, *, thoroughly):
    with closing(MemoryStore.open_or_create(folder / "m.db")) as store:
        assert [row["integrity_check"] for row in store._db.query("PRAGMA integrity_check")] == ["ok"]
        units = store.units(range(1, store.index.version()[0] + 1))
        for number in sorted(units)[-60 if thoroughly else -10 :]:
            for feature in source_features(units[number].source):  # the index has come to the same end as the units
                assert number in store.index.postings(feature)
        actual = {unit.uid: unit.source for unit in units.values()}
    for uid, source in acknowledged.stand.items():
        if uid not in touched:
            assert actual[uid] == source
    acknowledged.stand = actual


def kill_often(kind, folder, check, times, seed):
    chance = random.Random(seed)
    acknowledged = Acknowledged()
    with nursery(kind, folder) as process:
        for left in reversed(range(times)):
            touched = acknowledged.hear(killed(process, chance))
            # The whole journal is read again and again: what is wrong in it once stays wrong.
            check(folder, acknowledged, touched, thoroughly=left % 10 == 0)
    assert acknowledged.steps > times
    return acknowledged


@pytest.fixture
def project(tmp_path):
    text = "\n".join(f"فقرة رقم {number} من أول خبر في الصباح." for number in range(50))
    (tmp_path / "first.txt").write_text(text, encoding="utf-8")
    with Session.create(tmp_path / "p.tarjama", home=Home(tmp_path / "home")) as session:
        session.import_file(tmp_path / "first.txt")
    return tmp_path


@pytest.fixture
def glossary(tmp_path):
    GlossaryStore.open_or_create(tmp_path / "g.db").close()
    return tmp_path


def test_a_few_kills_lose_nothing_of_a_project(project):
    kill_often("project", project, check_project, times=8, seed=1)


def test_a_few_kills_lose_nothing_of_a_glossary(glossary):
    kill_often("glossary", glossary, check_glossary, times=4, seed=2)


def test_a_few_kills_lose_nothing_of_a_memory(tmp_path):
    kill_often("memory", tmp_path, check_memory, times=4, seed=3)


@pytest.mark.slow
def test_two_hundred_kills_lose_nothing_of_a_project(project):
    acknowledged = kill_often("project", project, check_project, times=200, seed=4)
    print(f"{acknowledged.steps} steps, {len(acknowledged.stand)} segments, {len(acknowledged.terms)} terms")


@pytest.mark.slow
def test_fifty_kills_lose_nothing_of_a_glossary(glossary):
    kill_often("glossary", glossary, check_glossary, times=50, seed=5)


@pytest.mark.slow
def test_fifty_kills_lose_nothing_of_a_memory(tmp_path):
    kill_often("memory", tmp_path, check_memory, times=50, seed=6)
