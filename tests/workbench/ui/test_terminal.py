"""Asking a terminal and switching its modes, on a pseudo-terminal whose other side the test plays."""

from __future__ import annotations

import os
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext

import pytest

if sys.platform == "win32":
    pytest.skip("there are no pseudo-terminals", allow_module_level=True)

import pty
import select
import termios

from workbench.ui.bidi.detect import QUESTIONS, Modes, Profile
from workbench.ui.bidi.emit import Emitter
from workbench.ui.terminal import ask, modes, recognize

XTERM = b"\x1bP>|XTerm(379)\x1b\\\x1b[8;0$y\x1b[>41;379;0c\x1b[?64;1;2c"


@contextmanager
def terminal(*, reply: bytes | None) -> Iterator[tuple[str, int]]:
    """Yield the name of a terminal that gives ``reply`` to the questions, and its user's side."""
    master, slave = pty.openpty()
    answering = threading.Thread(target=_answer, args=(master, reply))
    if reply is not None:
        answering.start()
    try:
        yield os.ttyname(slave), slave
    finally:
        if reply is not None:
            answering.join()
        os.close(slave)
        os.close(master)


def _answer(master: int, reply: bytes) -> None:
    asked = b""
    while QUESTIONS.encode() not in asked:
        asked += os.read(master, 1024)
    for byte in reply:
        os.write(master, bytes([byte]))


def test_a_terminal_is_asked_and_nothing_is_left_behind():
    with terminal(reply=XTERM) as (name, slave):
        before = termios.tcgetattr(slave)
        answers = ask({"TERM": "xterm"}, name)
        assert (answers.version, answers.bidi_mode, answers.attributes) == ("XTerm(379)", "0", "41;379;0")
        assert termios.tcgetattr(slave) == before
        assert not select.select([slave], [], [], 0)[0]


@pytest.mark.parametrize("reply", [None, b"\x1bP>|XTerm", b"\x1b[8;1$y"])
def test_a_terminal_that_does_not_finish_is_given_up(reply):
    with terminal(reply=reply) as (name, slave):
        before = termios.tcgetattr(slave)
        ask({"TERM": "xterm"}, name)
        assert termios.tcgetattr(slave) == before
        assert not select.select([slave], [], [], 0)[0]


def test_where_there_is_no_terminal_nothing_is_asked(tmp_path):
    assert ask({"TERM": "xterm"}, str(tmp_path / "none")).version == ""
    (tmp_path / "file").touch()
    assert ask({"TERM": "xterm"}, str(tmp_path / "file")).version == ""
    assert ask({}, "/dev/tty").version == ""
    assert (tmp_path / "file").read_bytes() == b""


def test_a_served_screen_asks_nothing():
    environment = {"TERM": "xterm", "TEXTUAL_DRIVER": "textual.drivers.web_driver:WebDriver"}
    assert recognize(environment, bidi="auto", marks="auto").emitter is Emitter.VISUAL


@pytest.mark.parametrize("end", [None, RuntimeError, SystemExit, KeyboardInterrupt])
def test_modes_are_switched_back_however_the_screen_ends(end):
    profile = Profile(Emitter.ARMOR, "a test", modes=Modes("\x1b[8l", "\x1b[8h"))
    master, slave = pty.openpty()
    with pytest.raises(end) if end else nullcontext(), modes(profile, os.ttyname(slave)):
        assert os.read(master, 100) == b"\x1b[8l"
        if end is not None:
            raise end
    assert os.read(master, 100) == b"\x1b[8h"
    os.close(slave)
    os.close(master)


def test_without_a_terminal_modes_are_nothing(tmp_path):
    with modes(Profile(Emitter.ARMOR, "a test", modes=Modes("\x1b[8l", "\x1b[8h")), str(tmp_path / "none")):
        pass
    assert not (tmp_path / "none").exists()
