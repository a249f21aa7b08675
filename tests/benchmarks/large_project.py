"""A project of 10,000 documents and a million segments: ``uv run python tests/benchmarks/large_project.py [OPTIONS]``.

The project is made through the real import and kept at ``--file`` (by default in the temporary folder), so that the
second run only measures. Each measurement is a process of its own: its time by the clock, starting Python included, and
the most memory it held.
"""

from __future__ import annotations

import argparse
import json
import random
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from corpus.importing import import_bytes
from corpus.store import CorpusStore

WORDS = [
    "قال", "المتحدث", "إن", "القافلة", "وصلت", "إلى", "المدينة", "صباح", "الثلاثاء", "بعد", "ثلاث", "سنوات",
    "من", "الحصار", "وأضاف", "أن", "السكان", "عادوا", "في", "هدوء",
]  # fmt: skip

# What is measured, each as the code of a process; ``path`` is the project.
MEASURED = {
    "open": "store = CorpusStore.open(path)",
    "open, status counted": "session = Session.open(path, home=home); overview = session.overview()",
    "first document's segments": "session = Session.open(path, home=home); session.segments(session.first)",
    "one segment written": """
session = Session.open(path, home=home)
uid = session.segments(session.first)[0].uid
begin = time.perf_counter()
session.set_target(uid, f"written {time.time()}", State.EDITED)
""",
    "all segments, as the editor has them": "segments = CorpusStore.open(path).segments()",
}
BEGINNING = """
import json, resource, sys, time
from pathlib import Path
from corpus.model import State
from corpus.store import CorpusStore
from workbench.paths import Home
from workbench.session import Session
path, home = Path(sys.argv[1]), Home(Path(sys.argv[2]))
Session.first = property(lambda session: session._store.documents()[0].uid)
begin = time.perf_counter()
"""
ENDING = """
took = time.perf_counter() - begin
status = Path("/proc/self/status")  # where there is none, the most that the parent has held counts too
if status.exists():
    held = int(status.read_text().split("VmHWM:")[1].split()[0])
else:
    held = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
print(json.dumps([took, held / 1024]))
"""


def paragraph(chance: random.Random) -> str:
    return " ".join(chance.choices(WORDS, k=chance.randint(15, 60))) + "."


def build(path: Path, documents: int, paragraphs: int) -> None:
    chance = random.Random(1)
    store = CorpusStore.create(path, {"source_language": "ar", "target_language": "en"})
    spent = last = 0.0
    for number in range(documents):
        text = "\n".join(paragraph(chance) for _ in range(paragraphs)).encode()
        begin = time.perf_counter()
        store.import_document(import_bytes(text, f"news-{number:05}.txt"), "benchmark")
        spent += time.perf_counter() - begin
        if (number + 1) % (documents // 10 or 1) == 0:
            rate = (documents // 10 or 1) * paragraphs / (spent - last)
            print(f"  {number + 1:6} documents, the last tenth at {rate:8,.0f} paragraphs/s", flush=True)
            last = spent
    store.close()
    held = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"imported {documents * paragraphs / spent:,.0f} paragraphs/s, {held:.0f} MB of memory at most")


def measure(path: Path) -> None:
    print(f"{path.stat().st_size / 1e6:,.0f} MB on disk")
    with tempfile.TemporaryDirectory() as home:
        for name, code in MEASURED.items():
            command = [sys.executable, "-c", BEGINNING + code + ENDING, str(path), home]
            begin = time.perf_counter()
            took, held = json.loads(subprocess.run(command, check=True, capture_output=True).stdout)
            whole = time.perf_counter() - begin
            print(f"{name:<40} {took:7.3f} s, {whole:6.2f} s with its process, {held:7,.0f} MB")
        command = [sys.executable, "-m", "workbench", "status", str(path), "--json"]
        for attempt in ("tarjama status --json", "  again"):
            begin = time.perf_counter()
            subprocess.run(command, check=True, capture_output=True)
            print(f"{attempt:<40} {time.perf_counter() - begin:7.3f} s for the whole process")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--documents", type=int, default=10_000)
    parser.add_argument("--paragraphs", type=int, default=100, help="of each document")
    parser.add_argument("--file", type=Path, default=Path(tempfile.gettempdir()) / "tarjama-large.tarjama")
    given = parser.parse_args()
    if not given.file.exists():
        build(given.file, given.documents, given.paragraphs)
    measure(given.file)
