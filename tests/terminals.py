"""Look at Arabic in real terminals: ``uv run python tests/terminals.py FOLDER [NAME ...]`` (not part of any test run).

Starts each terminal on a virtual screen, opens a small project in it, and leaves a picture of each in FOLDER, to be
looked at by a person who reads Arabic. Where a terminal gives its cells back (xterm by printing, kitty by remote
control, tmux by capturing) the first Arabic line is compared with the expected order, and a difference is told.

Set-up, on Debian:

    apt-get install xvfb xdotool imagemagick fonts-dejavu-core tmux dbus-x11 \
        xterm konsole xfce4-terminal mlterm kitty alacritty rxvt-unicode chromium
    uv pip install textual-serve     # for the browser
"""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
import tempfile
import time
import unicodedata
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from rich.cells import cell_len

from workbench.ui.bidi.clusters import Typography
from workbench.ui.bidi.layout import layout_line

ROOT = Path(__file__).parent.parent
SCREEN = "1320x800x24"
FONT = "DejaVu Sans Mono"
PORT = 8917
SETTLING_SECONDS = 6

SAMPLE = """\
أكّد «قسد» (SDF) مقتل 24 لاجئاً.

(تويتر – @AlmuhanaJawad)

وقال: «لا إله إلا الله»، الأول لأنّ كتـــاب 12/3؟ (50%)
"""
FIRST_LINE = SAMPLE.splitlines()[0]


@dataclass(frozen=True)
class Terminal:
    """How to start a terminal with a script in it, and how to read its cells back, where it can be asked."""

    command: Callable[[str, Path], list[str]]
    cells: Callable[[Path], str] | None = None
    multiplexer: bool = False


def xterm(script: str, folder: Path) -> list[str]:
    printer = f"XTerm*printerCommand: cat > {shlex.quote(str(folder / 'printed'))}"
    base = ["xterm", "-tn", "xterm-256color", "-u8", "-fa", FONT, "-fs", "11", "-geometry", "130x30+0+0"]
    return [
        *base,
        "-xrm",
        printer,
        "-xrm",
        "XTerm*VT100.Translations: #override <Key>F12: print(noNewPage)",
        "-e",
        script,
    ]


def konsole(script: str, _: Path) -> list[str]:
    return [
        "konsole",
        "--nofork",
        "--hide-menubar",
        "--geometry",
        "1300x700+0+0",
        "-p",
        f"Font={FONT},11",
        "-e",
        script,
    ]


def vte(script: str, _: Path) -> list[str]:
    options = ["--disable-server", "--hide-menubar", "--geometry=130x30+0+0", f"--font={FONT} 11"]
    return ["dbus-run-session", "--", "xfce4-terminal", *options, "-x", script]


def mlterm(script: str, _: Path) -> list[str]:
    return ["mlterm", "--fontsize=16", "-g", "120x30", "-T", "xft", "--sb=false", "-e", script]


def kitty(script: str, folder: Path) -> list[str]:
    options = {
        "font_family": FONT,
        "font_size": "11",
        "initial_window_width": "130c",
        "initial_window_height": "30c",
        "remember_window_size": "no",
        "linux_display_server": "x11",
        "update_check_interval": "0",
        "allow_remote_control": "yes",
        "listen_on": f"unix:{folder / 'kitty'}",
    }
    return ["kitty", "--config", "NONE", *(part for item in options.items() for part in ("-o", "=".join(item))), script]


def alacritty(script: str, _: Path) -> list[str]:
    size = ["-o", "window.dimensions.columns=130", "-o", "window.dimensions.lines=30"]
    return ["alacritty", "-o", f"font.normal.family='{FONT}'", "-o", "font.size=10", *size, "-e", script]


def urxvt(script: str, _: Path) -> list[str]:
    return ["urxvt", "-fn", f"xft:{FONT}:size=11", "-geometry", "120x30+0+0", "-e", script]


def browser(script: str, folder: Path) -> list[str]:
    serve = f"from textual_serve.server import Server; Server({script!r}, port={PORT}).serve()"
    chromium = (
        f"chromium --no-sandbox --test-type --no-first-run --use-angle=swiftshader --enable-unsafe-swiftshader "
        f"--user-data-dir={folder / 'chromium'} --window-size=1300,700 --window-position=0,0 "
        f"--app='http://localhost:{PORT}/?fontsize=14'"
    )
    shell = f"{shlex.quote(sys.executable)} -c {shlex.quote(serve)} & sleep 3; {chromium}; wait"
    return ["bash", "-c", shell]


def printed_by_xterm(folder: Path) -> str:
    run("xdotool", "key", "F12")
    time.sleep(1)
    printed = folder / "printed"
    text = printed.read_text(encoding="utf-8", errors="replace") if printed.exists() else ""
    return re.sub("\x1b(\\[[^m]*m|#5)", "", text)


def told_by_kitty(folder: Path) -> str:
    socket = next(folder.glob("kitty-*"), folder / "none")  # kitty adds its process number
    return run("kitty", "@", "--to", f"unix:{socket}", "get-text")


def captured_by_tmux(folder: Path) -> str:
    return run("tmux", "-S", str(folder / "tmux"), "capture-pane", "-p")


TERMINALS = {
    "xterm": Terminal(xterm, printed_by_xterm),
    "xterm-tmux": Terminal(xterm, captured_by_tmux, multiplexer=True),
    "vte": Terminal(vte),
    "vte-tmux": Terminal(vte, captured_by_tmux, multiplexer=True),
    "konsole": Terminal(konsole),
    "konsole-tmux": Terminal(konsole, multiplexer=True),
    "mlterm": Terminal(mlterm),
    "kitty": Terminal(kitty, told_by_kitty),
    "alacritty": Terminal(alacritty),
    "urxvt": Terminal(urxvt),
    "browser": Terminal(browser),
}


def run(*command: str) -> str:
    return subprocess.run(command, check=False, capture_output=True, encoding="utf-8").stdout


@contextmanager
def virtual_screen(number: int) -> Iterator[None]:
    os.environ |= {"DISPLAY": f":{number}", "LIBGL_ALWAYS_SOFTWARE": "1", "WINIT_UNIX_BACKEND": "x11"}
    screen = subprocess.Popen(["Xvfb", f":{number}", "-screen", "0", SCREEN], stderr=subprocess.DEVNULL)
    time.sleep(1)
    try:
        yield
    finally:
        screen.kill()
        screen.wait()


def make_script(folder: Path, *, multiplexer: bool) -> Path:
    """Write a script that opens the sample project, in a tmux of its own if wanted."""
    program = f"{shlex.quote(sys.executable)} -m workbench"
    environment = f"export TARJAMA_HOME={folder}/home PYTHONPATH={ROOT} COLORTERM=truecolor LC_ALL=C.UTF-8"
    sample, project = folder / "sample.txt", folder / "sample.tarjama"
    sample.write_text(SAMPLE, encoding="utf-8")
    opening = folder / "open"
    opening.write_text(f"#!/bin/bash\n{environment}\nexec {program} open {project}\n", encoding="utf-8")
    tmux = f"exec tmux -u -f /dev/null -S {folder}/tmux new-session {opening}"
    script = folder / "script"
    script.write_text(f"#!/bin/bash\n{environment}\n{tmux if multiplexer else f'exec {opening}'}\n", encoding="utf-8")
    for file in (opening, script):
        file.chmod(0o755)
    for arguments in (["init", str(project)], ["import", str(project), str(sample)]):
        command = [sys.executable, "-m", "workbench", *arguments]
        subprocess.run(command, check=True, cwd=ROOT, env={**os.environ, "TARJAMA_HOME": f"{folder}/home"})
    return script


def look(name: str, terminal: Terminal, pictures: Path, number: int) -> str:
    """Start a terminal, take its picture, and return what could be found out without eyes."""
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as temporary, virtual_screen(number):
        folder = Path(temporary)
        script = make_script(folder, multiplexer=terminal.multiplexer)
        command = terminal.command(str(script), folder)
        process = subprocess.Popen(
            command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True
        )
        time.sleep(SETTLING_SECONDS * (3 if name == "browser" else 1))
        picture = pictures / f"{name}.png"
        run("import", "-window", "root", str(picture))
        text = terminal.cells(folder) if terminal.cells else None
        run("tmux", "-S", str(folder / "tmux"), "kill-server")
        os.killpg(process.pid, 15)
        process.wait()
    if text is None:
        return f"look at {picture}"
    return ("cells in order" if expected() in folded(text, name) else "CELLS NOT IN ORDER") + f"; look at {picture}"


def expected() -> str:
    return unicodedata.normalize("NFKC", layout_line(FIRST_LINE, Typography(cell_len, marks=False)).text)


def folded(text: str, name: str) -> str:
    """Return what a terminal gave back as letters in visual order, vowel marks and invisible characters left out."""
    kept = "".join(character for character in text if unicodedata.category(character) not in {"Mn", "Cf"})
    if name == "kitty":  # it gives words as they were written to it
        turned = str.maketrans("()«»", ")(»«")
        words = kept.split(" ")
        kept = " ".join(word[::-1].translate(turned) if re.search("[\ufe80-\ufefc]", word) else word for word in words)
    return unicodedata.normalize("NFKC", kept)


def main() -> None:
    pictures = Path(sys.argv[1])
    pictures.mkdir(parents=True, exist_ok=True)
    for place, name in enumerate(sys.argv[2:] or TERMINALS):
        sys.stdout.write(f"{name}: {look(name, TERMINALS[name], pictures, 120 + place)}\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
