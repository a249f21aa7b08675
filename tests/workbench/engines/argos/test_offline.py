"""Drafting asks no network for anything and loads none of the heavy libraries argostranslate names."""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[4]

OFFLINE = """
import sys, os
def forbid(event, args):
    if event in ("socket.connect", "socket.getaddrinfo", "socket.gethostbyname", "socket.bind", "socket.sendto"):
        raise SystemExit(f"{event} {args}")
sys.addaudithook(forbid)
from pathlib import Path
from workbench.engines.argos.engine import ArgosEngine
from workbench.engines.argos.packages import read_package
environment = dict(os.environ)
(drafted,) = ArgosEngine(read_package(Path(sys.argv[1])), threads=1).draft(["من"])
assert drafted.text == "from"
assert dict(os.environ) == environment | {"ORT_DISABLE_TELEMETRY": "1"}, "the environment was changed"
heavy = [name for name in ("torch", "stanza", "spacy", "minisbd", "onnxruntime") if name in sys.modules]
assert heavy == [], heavy
print("drafted")
"""


def test_a_draft_is_made_with_sockets_forbidden_and_a_home_that_stays_empty(tiny_folder, tmp_path):
    home = tmp_path / "empty-home"
    home.mkdir()
    result = subprocess.run(
        [sys.executable, "-c", OFFLINE, str(tiny_folder)],
        capture_output=True,
        text=True,
        check=False,
        cwd=ROOT,
        env={"HOME": str(home), "PATH": "/usr/bin:/bin", "TMPDIR": str(tmp_path), "PYTHONDONTWRITEBYTECODE": "1"},
    )
    assert (result.stdout.strip(), result.stderr) == ("drafted", "")
    assert list(home.rglob("*")) == []
