"""The main job as a person does it: the real program in a real terminal multiplexer, keys in, screen out."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
import uuid
from collections.abc import Callable
from pathlib import Path

import pytest

from corpus.model import Segment, State
from workbench.paths import Home
from workbench.session import Session
from workbench.settings import save_setting

ROOT = Path(__file__).parent.parent
PATIENCE_SECONDS = 30

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(shutil.which("tmux") is None, reason="tmux is not installed"),
]


class Terminal:
    """A tmux server of its own, with one window."""

    def __init__(self, command: list[str], environment: dict[str, str]) -> None:
        self._socket = f"tarjama-{uuid.uuid4().hex}"
        self._tmux("-f", "/dev/null", "new-session", "-d", "-x", "120", "-y", "36", *command, environment=environment)

    def _tmux(self, *arguments: str, environment: dict[str, str] | None = None) -> str:
        done = subprocess.run(
            ["tmux", "-u", "-L", self._socket, *arguments],
            check=True,
            capture_output=True,
            encoding="utf-8",
            env={**os.environ, "LC_ALL": "C.UTF-8", **(environment or {})},
        )
        return done.stdout

    def keys(self, *keys: str) -> None:
        self._tmux("send-keys", *keys)

    def type(self, text: str) -> None:
        self._tmux("send-keys", "-l", text)

    def screen(self) -> str:
        return self._tmux("capture-pane", "-p")

    def ended(self) -> bool:
        return (
            subprocess.run(["tmux", "-L", self._socket, "list-sessions"], check=False, capture_output=True).returncode
            != 0
        )

    def close(self) -> None:
        subprocess.run(["tmux", "-L", self._socket, "kill-server"], check=False, capture_output=True)


def wait_for(condition: Callable[[], bool], what: str) -> None:
    """Look again and again until ``condition`` holds: the program runs in another process."""
    deadline = time.monotonic() + PATIENCE_SECONDS
    while not condition():
        if time.monotonic() > deadline:
            pytest.fail(f"did not happen: {what}")
        time.sleep(0.05)


def stored(project: Path, home: Home) -> list[Segment]:
    with Session.open(project, home=home) as session:
        return session.segments()


def test_real_documents_are_translated_and_exported_in_a_terminal(shared, tmp_path, home):
    project = tmp_path / "seeds.tarjama"
    with Session.create(project, home=home) as session:
        for file in sorted((shared / "seeds").glob("*.txt")):
            session.import_file(file)
        count = len(session.segments())
    terminal = Terminal(
        [sys.executable, "-m", "workbench", "open", str(project)],
        {"TARJAMA_HOME": str(home.root), "PYTHONPATH": str(ROOT)},
    )
    try:
        wait_for(lambda: f"1/{count}" in terminal.screen(), "the project opens")
        wait_for(lambda: "gloss by" in terminal.screen() and "≈" in terminal.screen(), "glosses appear")
        for text in ("Akhbar Al Aan, Dubai", "A first paragraph in English", "And a second one"):
            terminal.keys("C-k")
            terminal.type(text)
            wait_for(lambda text=text: text in terminal.screen(), f"{text!r} is shown")
            terminal.keys("Enter")
        wait_for(lambda: f"4/{count}" in terminal.screen(), "three segments are confirmed")
        segments_before = stored(project, home)
        typed = "Not confirmed. "
        terminal.type(typed)
        wait_for(
            lambda: stored(project, home)[3].target == typed + segments_before[3].text, "the text is saved by itself"
        )
        terminal.keys("C-e")
        wait_for(lambda: "Export aligned bilingual text" in terminal.screen(), "the dialog opens")
        terminal.keys("Down", "Enter")
        wait_for(project.with_suffix(".tsv").exists, "the file is written")
        terminal.keys("C-q")
        wait_for(terminal.ended, "the program ends")
    finally:
        terminal.close()
    with Session.open(project, home=home) as session:
        segments = session.segments()
    assert [segment.target for segment in segments[:3]] == [
        "Akhbar Al Aan, Dubai",
        "A first paragraph in English",
        "And a second one",
    ]
    assert {segment.state for segment in segments[:3]} == {State.TRANSLATED}
    assert segments[3].target.startswith("Not confirmed. ")
    assert segments[3].state is State.EDITED
    assert {segment.state for segment in segments[4:]} == {State.DRAFTED}
    lines = project.with_suffix(".tsv").read_text(encoding="utf-8").splitlines()
    assert len(lines) == count + 1
    assert lines[1].split("\t")[1:4] == ["Akhbar Al Aan, Dubai", "translated", "human"]


def test_a_terminated_screen_saves_and_gives_the_terminal_back(tmp_path, home):
    """SIGTERM, as from `kill`, a session manager or a machine that shuts down."""
    project = tmp_path / "news.tarjama"
    (tmp_path / "news.txt").write_text("فقرة قصيرة.", encoding="utf-8")
    with Session.create(project, home=home) as session:
        session.import_file(tmp_path / "news.txt")
    save_setting(home.settings, "bidi", "app")
    log, pid = tmp_path / "typescript", tmp_path / "pid"
    program = f"echo $$ > {pid}; exec {sys.executable} -m workbench open {project}"
    terminal = Terminal(
        ["sh", "-c", f"TMUX= TERM=xterm-256color script -qefc '{program}' {log}; echo ended; sleep 60"],
        {"TARJAMA_HOME": str(home.root), "PYTHONPATH": str(ROOT)},
    )
    try:
        wait_for(lambda: "gloss by" in terminal.screen(), "the screen is shown")
        terminal.keys("C-k")
        terminal.type("Typed just now")
        wait_for(lambda: "Typed just now" in terminal.screen(), "the text is shown")
        os.kill(int(pid.read_text()), signal.SIGTERM)
        wait_for(lambda: "ended" in terminal.screen(), "the screen ends")
    finally:
        terminal.close()
    with Session.open(project, home=home) as session:
        assert session.segments()[0].target == "Typed just now"
    written = log.read_bytes()
    assert 0 <= written.index(b"\x1b[8l") < written.index(b"\x1b[?1049h")
    assert written.rindex(b"\x1b[8h") > written.rindex(b"\x1b[?1049l")
