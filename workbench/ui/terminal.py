"""Ask the terminal what it is, and switch its modes for as long as the screen is shown.

Both go to the controlling terminal by a file of their own, before and after Textual has it: what is asked is answered
or given up on before the first key is read.
"""

from __future__ import annotations

import asyncio
import os
import shutil
import signal
import subprocess
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress

from workbench.ui.bidi.detect import QUESTIONS, Answers, Profile, detect, is_complete

# Ten terminals were seen to answer in 0.1 to 57 ms. One that stays silent costs the whole wait, once, at the start.
_WAIT_SECONDS = 0.5
_WAIT_SECONDS_FAR = 2.0
_TMUX_WAIT_SECONDS = 1.0


def recognize(environment: Mapping[str, str], *, bidi: str, marks: str) -> Profile:
    """Return how to write Arabic to this terminal, asking it where the settings leave that open."""
    asks = bidi in {"auto", "konsole"} and not environment.get("TEXTUAL_DRIVER")
    return detect(environment, ask(environment) if asks else None, bidi=bidi, marks=marks)


def ask(environment: Mapping[str, str], device: str = "/dev/tty") -> Answers:
    """Return what the terminal says of itself; empty where there is none, or where it does not speak."""
    if environment.get("TERM", "dumb") == "dumb":
        return Answers()
    wait = _WAIT_SECONDS_FAR if environment.get("SSH_CONNECTION") else _WAIT_SECONDS
    return Answers.of(_reply(device, wait), _behind_tmux(environment))


def _reply(device: str, wait_seconds: float) -> str:
    """Put the questions and read until the fence or the end of the wait; nothing stays in the terminal's input."""
    try:
        import select
        import termios
        import tty
    except ImportError:  # Windows, whose terminal leaves characters where they are put
        return ""
    try:
        file = os.open(device, os.O_RDWR | os.O_NOCTTY)
    except OSError:
        return ""
    reply = ""
    try:
        before = termios.tcgetattr(file)
        try:
            tty.setraw(file, termios.TCSANOW)
            os.write(file, QUESTIONS.encode())
            end = time.monotonic() + wait_seconds
            while not is_complete(reply) and (left := end - time.monotonic()) > 0:
                if select.select([file], [], [], left)[0]:
                    reply += os.read(file, 4096).decode("latin-1")
        finally:
            termios.tcsetattr(file, termios.TCSAFLUSH, before)
    except (OSError, termios.error):
        return reply
    finally:
        os.close(file)
    return reply


def _behind_tmux(environment: Mapping[str, str]) -> str:
    """Return the name of the terminal that tmux is shown in now, which need not be the one it was started in."""
    tmux = shutil.which("tmux")
    if not environment.get("TMUX") or tmux is None:
        return ""
    with suppress(OSError, subprocess.TimeoutExpired, UnicodeDecodeError):
        asked = subprocess.run(
            [tmux, "display-message", "-p", "#{client_termtype}"],
            capture_output=True,
            check=False,
            env=dict(environment),
            text=True,
            timeout=_TMUX_WAIT_SECONDS,
        )
        return asked.stdout.strip()
    return ""


def end_on_signals(end: Callable[[int], None]) -> None:
    """Call ``end`` with an exit code when the process is asked to end, or its terminal is closed.

    So that what was typed is saved and the terminal's modes are switched back. For the running event loop.
    """
    for name in ("SIGTERM", "SIGHUP"):
        number = getattr(signal, name, None)
        if number is not None:
            with suppress(NotImplementedError):  # Windows: its console ends processes without a signal
                asyncio.get_running_loop().add_signal_handler(number, end, 128 + number)


@contextmanager
def modes(profile: Profile, device: str = "/dev/tty") -> Iterator[None]:
    """Switch the terminal's modes as ``profile`` says, and back however the screen ends."""
    _write(profile.modes.enter, device)
    try:
        yield
    finally:
        _write(profile.modes.leave, device)


def _write(sequence: str, device: str) -> None:
    if not sequence:
        return
    with suppress(OSError):  # no terminal, or it is gone: then there are no modes either
        file = os.open(device, os.O_WRONLY | os.O_NOCTTY)
        try:
            os.write(file, sequence.encode())
        finally:
            os.close(file)
